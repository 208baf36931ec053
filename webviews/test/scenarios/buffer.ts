/** Every state of the buffer inspector, as a host that shows it. Used by the tests and by the gallery. */
import type { ArrayDescription, BufferViewContract } from '#shared/protocol/bufferView.ts';
import { usualView } from '#webviews/buffer/arrayView.ts';
import { fail, ok } from '#shared/result.ts';
import { arrayOf, bufferHost, npyFile } from '../fakeBuffer.ts';
import type { FakeFile } from '../fakeBuffer.ts';
import type { FakeHost } from '../fakeHost.ts';
import { editedHost } from '../fakeEdits.ts';
import { never } from '../fakeHost.ts';

/** (1024, 768, 3) float32 with the special values that a grid must mark. */
export function weights(): FakeFile {
  const array = arrayOf({ dtype: '<f4', shape: [1024, 768, 3] });
  return npyFile('weights.npy', array, (view, position) => {
    const special = [Number.NaN, Infinity, -Infinity, -0, 1e-7, 123456.789];
    const row = Math.floor(position / (768 * 3));
    const value =
      position % 37 === 11
        ? (special[(position + row) % special.length] ?? 0)
        : Math.round(Math.sin(position * 0.37) * 1000) / 1000;
    view.setFloat32(0, value, true);
  });
}

export function billionRows(): FakeFile {
  const array = arrayOf({ dtype: '<i4', shape: [1_000_000_000, 4] });
  return npyFile('events.npy', array, (view, position) => {
    view.setInt32(0, position % 2_000_000_000, true);
  });
}

export function millionColumns(): FakeFile {
  const array = arrayOf({ dtype: '<i2', shape: [3, 1_000_000] });
  return npyFile('wide.npy', array, (view, position) => {
    view.setInt16(0, position % 30_000, true);
  });
}

const TRADE =
  "[('id', '<u4'), ('symbol', 'S6'), ('', '|V2'), ('price', '<f8'), ('quantity', '>i4'), ('at', '<M8[ms]'), ('corners', '<i2', (2, 2))]";

export function trades(): FakeFile {
  const array = arrayOf({ dtype: TRADE, shape: [5000] });
  const symbols = ['AAPL', 'MSFT', 'NVDA', 'SIE', 'ASML'];
  return npyFile('trades.npy', array, (view, position) => {
    const bytes = new Uint8Array(view.buffer).fill(0);
    view.setUint32(0, 1_000_000 + position, true);
    bytes.set(new TextEncoder().encode(symbols[position % symbols.length]), 4);
    view.setFloat64(12, Math.round((100 + 40 * Math.sin(position)) * 100) / 100, true);
    view.setInt32(20, (position % 9) * 100, false);
    view.setBigInt64(24, 1_700_000_000_000n + BigInt(position) * 1500n, true);
    for (let i = 0; i < 4; i++) view.setInt16(32 + 2 * i, position % 7 === i ? -i : i * 10, true);
  });
}

export function scalar(): FakeFile {
  return npyFile('pi.npy', arrayOf({ dtype: '>f8', shape: [] }), (view) => {
    view.setFloat64(0, Math.PI, false);
  });
}

export function vector(): FakeFile {
  return npyFile('temperatures.npy', arrayOf({ dtype: '<f8', shape: [1461] }), (view, position) => {
    view.setFloat64(0, Math.round((12 + 9 * Math.sin(position / 58)) * 10) / 10, true);
  });
}

export function fortran(): FakeFile {
  const array = arrayOf({ dtype: '>i4', shape: [6, 4], order: 'F' });
  return npyFile('fortran.npy', array, (view, position) => {
    view.setInt32(0, position, false);
  });
}

export function noElements(): FakeFile {
  return npyFile('empty.npy', arrayOf({ dtype: '<f8', shape: [0, 3] }), () => undefined);
}

export function hostile(): FakeFile {
  const good = vector();
  return {
    ...good,
    description: {
      ...good.description,
      fileName: 'bad_huge_shape.npy',
      byteLength: 136,
      arrays: [],
      regions: [
        { label: 'magic', start: 0, end: 8 },
        { label: 'header', start: 8, end: 128 },
      ],
      problems: [
        {
          kind: 'shape-exceeds-file',
          severity: 'error',
          message:
            'The header promises (99999999999,) float64, which are 745 GiB, but only 8 bytes follow it. The array is not shown.',
          start: 8,
          end: 128,
        },
        {
          kind: 'trailing-bytes',
          severity: 'warning',
          message: '8 bytes follow the header and belong to nothing.',
          start: 128,
          end: 136,
        },
      ],
    },
  };
}

function container(): FakeFile {
  const first = arrayOf({ dtype: '<f4', shape: [4, 8], name: 'encoder.weight', offset: 256 });
  const second = arrayOf({ dtype: '<f4', shape: [8], name: 'encoder.bias', offset: 384 });
  const file = npyFile('model.safetensors', first, (view, position) => {
    view.setFloat32(0, position / 8, true);
  });
  return {
    ...file,
    description: {
      ...file.description,
      byteLength: 416,
      format: 'safetensors',
      formatLabel: 'safetensors',
      arrays: [first, second],
      regions: [
        { label: 'header length', start: 0, end: 8 },
        { label: 'header', start: 8, end: 256 },
        { label: 'data', start: 256, end: 416 },
      ],
    },
  };
}

/** An archive of which nothing is an array as it stands. */
export function packed(): FakeFile {
  const { description, byteAt } = container();
  const part = (name: string, shape: readonly number[] | null, byteLength: number) => ({
    name,
    byteLength,
    packedByteLength: Math.ceil(byteLength / 7),
    array: shape && { dtypeText: '<f4', shape },
    isShown: false,
    canOpen: true,
  });
  return {
    byteAt,
    description: {
      ...description,
      fileName: 'checkpoint.npz',
      format: 'npz',
      formatLabel: 'NumPy archive',
      arrays: [],
      parts: [
        part('encoder.weight.npy', [1024, 768], 3_145_856),
        part('encoder.bias.npy', [768], 3200),
        part('a directory/with a long name/that.goes.on.and.on/weight.npy', [2, 3, 4], 224),
        part('notes.txt', null, 812),
        { ...part('secret.npy', null, 3200), canOpen: false },
      ],
    },
  };
}

/** What the panel saved before a reload, with the bytes hidden unless they are asked for. */
function saved(mode: string, array: ArrayDescription, more: object = {}): object {
  return {
    arrayIndex: 0,
    view: usualView(array),
    cell: { row: 0, column: 0 },
    bytes: { anchor: array.offset, active: array.offset },
    panes: { grid: true, hex: false },
    share: 0.6,
    mode,
    ...more,
  };
}

function inMode(mode: string, file: FakeFile, more: object = {}): BufferHost {
  const [array] = file.description.arrays;
  if (!array) throw new Error('the file has no array');
  return bufferHost(file, {}, saved(mode, array, more));
}

export function small(): FakeFile {
  const array = arrayOf({ dtype: '<i4', shape: [2, 3, 4] });
  return npyFile('a.npy', array, (view, position) => {
    view.setInt32(0, position, true);
  });
}

/** A picture of 160 × 240 pixels in three bytes each. */
export function picture(): FakeFile {
  const array = arrayOf({ dtype: '|u1', shape: [160, 240, 3] });
  return npyFile('picture.npy', array, (view, position) => {
    const channel = position % 3;
    const column = Math.floor(position / 3) % 240;
    const row = Math.floor(position / 720);
    view.setUint8(0, channel === 0 ? row : channel === 1 ? column : 255 - row);
  });
}

export function records(): FakeFile {
  const array = arrayOf({ dtype: '|u1', shape: [480], offset: 0 });
  return {
    description: {
      fileName: 'records.dat',
      byteLength: 480,
      generation: 1,
      format: 'raw',
      formatLabel: 'Raw bytes',
      arrays: [array],
      regions: [],
      problems: [],
    },
    byteAt: (byteOffset) => (byteOffset * 37) % 251,
  };
}

function rawHost(): BufferHost {
  return bufferHost(records(), {
    suggestLayouts: () =>
      ok([
        {
          layout: { kind: 'struct', type: '<bidh', shape: '', order: 'C', offset: '', strides: '' },
          label: '<bidh',
          reason: 'load.py, line 12 opens it so',
        },
      ]),
  });
}

const ARROW_NAMES = ['Ada', 'Grace', '', 'Barbara', 'Margaret', 'Radia', 'Frances', 'Jean'];

/** Names in Arrow: a validity bit each, offsets, and the text of all of them. */
export function arrowNames(): FakeFile {
  const text = new TextEncoder().encode(ARROW_NAMES.join(''));
  const ends = ARROW_NAMES.reduce<number[]>(
    (all, name) => [...all, (all.at(-1) ?? 0) + name.length],
    [0],
  );
  const column = (kind: string, dtype: string, count: number, offset: number) => ({
    ...arrayOf({ dtype, shape: [count], offset, name: `batch 0/name.${kind}` }),
    note: `string: ${kind === 'offsets' ? 'value i is what lies from offsets[i] to offsets[i + 1]' : kind}`,
    isOfColumn: true,
  });
  return {
    byteAt(byteOffset) {
      if (byteOffset === 64) return 0xfb;
      if (128 <= byteOffset && byteOffset < 164 && byteOffset % 4 === 0)
        return ends[(byteOffset - 128) / 4] ?? 0;
      return 192 <= byteOffset ? (text[byteOffset - 192] ?? 0) : 0;
    },
    description: {
      fileName: 'people.arrow',
      byteLength: 256,
      generation: 1,
      format: 'arrow',
      formatLabel: 'Arrow IPC file, 1 column, 8 rows in 1 batch',
      arrays: [
        column('offsets', '<i4', 9, 128),
        column('validity', '|u1', 1, 64),
        column('data', '|u1', text.length, 192),
      ],
      regions: [
        { label: 'magic', start: 0, end: 8 },
        { label: 'message', start: 8, end: 64 },
        { label: 'batch 0/name.validity', start: 64, end: 65 },
        { label: 'batch 0/name.offsets', start: 128, end: 164 },
        { label: 'batch 0/name.data', start: 192, end: 192 + text.length },
      ],
      problems: [],
    },
  };
}

function arrowHost(): BufferHost {
  const ends = ARROW_NAMES.reduce<number[]>(
    (all, name) => [...all, (all.at(-1) ?? 0) + name.length],
    [0],
  );
  return bufferHost(arrowNames(), {
    readValue({ element }) {
      const position = Math.min(element, ARROW_NAMES.length - 1);
      const [start = 0, end = 0] = ends.slice(position, position + 2);
      const isNull = position === 2;
      const column = 'batch 0/name';
      const steps = [
        {
          buffer: `${column}.validity`,
          text: `byte 0 is 251 = 0b11111011, bit ${position} is ${isNull ? '0: null' : '1: not null'}`,
          start: 64,
          end: 65,
        },
        {
          buffer: `${column}.offsets`,
          text: `offsets[${position}] is ${start}, offsets[${position + 1}] is ${end}`,
          start: 128 + 4 * position,
          end: 136 + 4 * position,
        },
        {
          buffer: `${column}.data`,
          text: `bytes ${start} to ${end - 1}`,
          start: 192 + start,
          end: 192 + end,
        },
      ];
      const reading = {
        column,
        typeName: 'string',
        position,
        text: isNull ? 'None' : `'${ARROW_NAMES[position] ?? ''}'`,
        steps: isNull ? steps.slice(0, 1) : steps,
      };
      return ok({ generation: 1, reading });
    },
  });
}

/** Parquet's map as the worker tells it: many regions, no array. */
export function parquetMap(): FakeFile {
  const column = (name: string, start: number) => [
    { label: `row group 0/${name}: dictionary page`, start, end: start + 90 },
    { label: `row group 0/${name}: data page 0`, start: start + 90, end: start + 400 },
  ];
  return {
    byteAt: (byteOffset) => (byteOffset * 53) % 256,
    description: {
      fileName: 'yellow_taxi_2024_01_and_a_long_name.parquet',
      byteLength: 2048,
      generation: 1,
      format: 'parquet',
      formatLabel: 'Parquet, 3 columns, 12,000 rows in 1 row group',
      arrays: [],
      regions: [
        { label: 'magic', start: 0, end: 4 },
        ...column('pickup_location_identifier', 4),
        ...column('fare', 404),
        ...column('tip', 804),
        { label: 'footer', start: 1700, end: 2040 },
        { label: 'footer length', start: 2040, end: 2044 },
        { label: 'magic at the end', start: 2044, end: 2048 },
      ],
      problems: [],
    },
  };
}

/** What a program holds, in the debugger. */
export function liveView(): FakeFile {
  const base = arrayOf({ dtype: '<f8', shape: [64], offset: 0, name: 'base' });
  const view = { ...base, name: '', shape: [32], strides: [16], order: 'strided' as const };
  return {
    byteAt: (byteOffset) => (byteOffset % 8 === 7 ? 0x40 : byteOffset % 8 === 6 ? byteOffset : 0),
    description: {
      fileName: 'simulation.state[::2]',
      byteLength: 512,
      generation: 1,
      format: 'live',
      formatLabel: 'numpy.ndarray',
      arrays: [view, base],
      regions: [{ label: 'float64 (64,) at 0x7f10a4c0', start: 0, end: 512 }],
      problems: [],
      live: {
        objectClass: 'numpy.ndarray',
        facts: [
          { label: 'base', text: 'view of float64 (64,)' },
          { label: 'contiguity', text: 'not contiguous' },
        ],
        whyReadOnly: 'The array is not writeable.',
      },
    },
  };
}

function wide(): FakeFile {
  const names = Array.from({ length: 40 }, (_, k) => `('measurement_${k}_of_the_station', '<f4')`);
  const array = arrayOf({ dtype: `[${names.join(', ')}]`, shape: [1_000_000] });
  return npyFile('stations.npy', array, (view, position) => {
    for (let k = 0; k < 40; k++)
      view.setFloat32(4 * k, k === 3 ? NaN : Math.round(position * 1.5 + k * 100) / 100, true);
  });
}

export type BufferHost = FakeHost<BufferViewContract>;

export const bufferScenarios: Readonly<Record<string, () => BufferHost>> = {
  content: () => bufferHost(weights()),
  struct: () => bufferHost(trades()),
  vector: () => bufferHost(vector()),
  scalar: () => bufferHost(scalar()),
  fortran: () => bufferHost(fortran()),
  container: () => bufferHost(container()),
  packed: () => bufferHost(packed()),
  huge: () => bufferHost(billionRows()),
  layout: () =>
    inMode('layout', small(), {
      steps: [
        { kind: 'transpose', axes: [1, 0, 2] },
        { kind: 'slice', text: '::2, :, ::-1' },
      ],
    }),
  'layout copy': () =>
    inMode('layout', small(), {
      steps: [{ kind: 'transpose' }, { kind: 'reshape', shape: [4, 6], order: 'C' }],
      panes: { grid: true, hex: true },
    }),
  'layout error': () =>
    inMode('layout', trades(), {
      steps: [{ kind: 'cast', format: 'd' }, { kind: 'transpose' }],
    }),
  'hex inspector': () =>
    inMode('grid', trades(), {
      panes: { grid: false, hex: true },
      bookmarks: [128, 200],
      hexOptions: { width: 24, groupBytes: 4, encoding: 'utf-8', inspector: true },
    }),
  'grid heat': () =>
    inMode('grid', weights(), {
      gridOptions: { format: 'plain', digits: 3, heat: true },
      steps: [{ kind: 'slice', text: '::2, :, 0' }],
    }),
  compare: () => inMode('compare', vector(), { panes: { grid: true, hex: true } }),
  compared: () => {
    const file = vector();
    const [array] = file.description.arrays;
    return bufferHost(
      file,
      {
        compare: () =>
          ok({
            generation: 1,
            mode: 'values',
            otherName: 'temperatures.npy at HEAD',
            otherByteLength: 11_816,
            note: null,
            count: 2,
            compared: 1461,
            greatest: 0.5,
            differences: [
              {
                position: 3,
                start: 152,
                end: 160,
                otherStart: 152,
                otherEnd: 160,
                here: '12.5',
                there: '12.0',
              },
              {
                position: 9,
                start: 200,
                end: 208,
                otherStart: 200,
                otherEnd: 208,
                here: 'nan',
                there: '13.4',
              },
            ],
          }),
      },
      saved('compare', array!, { panes: { grid: true, hex: true } }),
    );
  },
  raw: () => rawHost(),
  image: () => inMode('plot', weights(), { panes: { grid: true, hex: true } }),
  'image colours': () => inMode('plot', picture()),
  line: () => inMode('plot', vector()),
  statistics: () => inMode('statistics', vector()),
  wide: () => bufferHost(wide()),
  arrow: () => arrowHost(),
  parquet: () => bufferHost(parquetMap()),
  live: () => bufferHost(liveView()),
  editable: () => editedHost(fortran()),
  conflict: () => editedHost(fortran(), { conflict: true, isDirty: true, changed: [132, 136] }),
  'statistics running': () =>
    bufferHost(
      weights(),
      { statistics: never, unique: never },
      saved('statistics', weights().description.arrays[0]!),
    ),
  'statistics failed': () =>
    bufferHost(
      weights(),
      {
        statistics: () => fail({ kind: 'unreadable', message: 'the disk reported an error (EIO)' }),
      },
      saved('statistics', weights().description.arrays[0]!),
    ),
  'no elements': () => bufferHost(noElements()),
  hostile: () => bufferHost(hostile()),
  loading: () => bufferHost(weights(), { describe: never }),
  'pages pending': () => bufferHost(weights(), { readBytes: never, readElements: never }),
  'pages failed': () =>
    bufferHost(weights(), {
      readElements: () => fail({ kind: 'unreadable', message: 'EIO: i/o error, read' }),
    }),
  error: () =>
    bufferHost(weights(), {
      describe: () =>
        fail({ kind: 'unreadable', message: 'EACCES: permission denied, open weights.npy' }),
    }),
};

function press(label: string) {
  document.querySelector<HTMLElement>(`button[aria-label^="${label}"]`)?.click();
}

function choose(label: string, value: string) {
  const select = document.querySelector<HTMLSelectElement>(`select[aria-label="${label}"]`);
  if (!select) return;
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
}

function openMenuAt(selector: string) {
  const cell = document.querySelector<HTMLElement>(selector);
  const { left, bottom } = cell?.getBoundingClientRect() ?? { left: 0, bottom: 0 };
  cell?.dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, clientX: left + 8, clientY: bottom }),
  );
}

/** States that need a step after another scenario than the first is there. */
export const bufferStepsOn: Readonly<
  Record<string, { readonly on: string; readonly step: () => void }>
> = {
  'raw form': {
    on: 'raw',
    step: () => {
      press('Lay a type over the bytes');
    },
  },
  find: {
    on: 'struct',
    step: () => {
      press('Find');
    },
  },
  'go to': {
    on: 'struct',
    step: () => {
      press('Go to index or offset');
    },
  },
  histogram: {
    on: 'line',
    step: () => {
      choose('Kind of plot', 'histogram');
    },
  },
  'edit menu': {
    on: 'editable',
    step: () => {
      openMenuAt('[aria-label^="Elements"] [role="gridcell"]');
    },
  },
  'hex menu': {
    on: 'editable',
    step: () => {
      openMenuAt('[aria-label^="Bytes"] [role="gridcell"]');
    },
  },
  comparison: {
    on: 'compared',
    step: () => {
      for (const button of document.querySelectorAll<HTMLElement>('.link-button'))
        if (button.textContent === 'With HEAD') button.click();
    },
  },
  'line statistics': {
    on: 'content',
    step: () => {
      press('Statistics of row and column');
    },
  },
};

/** States that need a step after the panel is there. */
export const bufferSteps: Readonly<Record<string, (host: BufferHost) => void>> = {
  comparing: (host) => {
    host.end.emit('compareWith', { kind: 'head' });
  },
  stale: (host) => {
    host.hangUp();
  },
};
