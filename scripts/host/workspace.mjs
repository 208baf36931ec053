// The folder that host tests open: the examples, and a table of 120,000 rows to keep an engine busy with.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npy } from '../npy.mjs';
import { root } from '../run.mjs';

export const LARGE_ROW_COUNT = 120_000;

export function makeWorkspace(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const course = join(root, 'examples/course');
  cpSync(join(root, 'examples'), folder, { recursive: true, filter: (path) => path !== course });
  for (const file of ['buffers/nested_names.npz', 'formats/rgb.png'])
    cpSync(join(root, 'test-fixtures', file), join(folder, 'packed', file));
  writeFileSync(join(folder, 'measurements.csv'), largeTable());
  writeFileSync(join(folder, 'field.npy'), largeArray());
  writeFileSync(join(folder, 'no_rows.npy'), npy("'<f8'", false, [0, 3], Buffer.alloc(0)));
}

/** 400 × 300 × 2 of float64, 240,000 elements: a wave, with a NaN and both infinities near the start. */
function largeArray() {
  const values = Float64Array.from({ length: 400 * 300 * 2 }, (_, index) => {
    const [row, column] = [Math.floor(index / 600), index % 600];
    return Math.sin(row / 20) * Math.cos(column / 35) * 1000;
  });
  values.set([Number.NaN, Infinity, -Infinity, -0], 2);
  return npy("'<f8'", false, [400, 300, 2], Buffer.from(values.buffer));
}

/** Deterministic, with long names, nulls and decimals: what a results grid has to cope with. */
function largeTable() {
  const stations = ['Åsgårdstrand', 'North Sea buoy 17', 'Val-d’Or', 'São João da Boa Vista', ''];
  const lines = ['measurement_id,station,taken_at,temperature,humidity,is_calibrated'];
  let state = 12345;
  for (let id = 1; id <= LARGE_ROW_COUNT; id++) {
    state = (state * 1103515245 + 12345) % 2147483648;
    const minute = String(id % 60).padStart(2, '0');
    const hour = String(Math.floor(id / 60) % 24).padStart(2, '0');
    const day = String((Math.floor(id / 1440) % 28) + 1).padStart(2, '0');
    const temperature = id % 97 === 0 ? '' : ((state % 6000) / 100 - 20).toFixed(2);
    lines.push(
      `${id},${stations[state % stations.length]},2024-03-${day} ${hour}:${minute}:00,${temperature},${state % 101},${state % 3 !== 0}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
