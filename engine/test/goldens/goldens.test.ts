import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { testDatabase } from '../duckdb/evaluate.ts';
import { countOutcomes, goldensFolder, runGoldens } from './goldens.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const scoresPath = fileURLToPath(new URL('../scores.json', import.meta.url));

/** Small, and broad in what they touch; `node scripts/goldens.mjs` runs all files. */
const files = [
  'bitwise',
  'cross-join',
  'decimalArithmeticOperations',
  'group-by-ordinal',
  'literals',
  'natural-join',
  'operators',
  'order-by-ordinal',
  'predicate-functions',
].map((name) => `${name}.json`);

const folder = goldensFolder(root);

/** The counts may get better, and are then written down; a worse one fails. */
test.runIf(folder !== undefined)(
  'Spark’s golden queries give what Spark gave',
  async () => {
    const judged = await runGoldens(folder ?? '', files, await testDatabase());
    const counts = countOutcomes(judged);
    const known = JSON.parse(readFileSync(scoresPath, 'utf8')) as typeof counts;
    const wrong = judged.filter(({ outcome }) => outcome === 'wrong');
    const listed = wrong
      .map(({ file, index, detail }) => `${file} #${index}: ${detail}`)
      .join('\n');
    if (process.env.UPDATE === '1')
      writeFileSync(scoresPath, `${JSON.stringify(counts, null, 2)}\n`);
    else {
      expect(counts.matched, 'matched').toBeGreaterThanOrEqual(known.matched);
      expect(wrong.length, listed).toBeLessThanOrEqual(known.wrong);
    }
  },
  60_000,
);
