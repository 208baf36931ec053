import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { testDatabase } from '../duckdb/evaluate.ts';
import { countOutcomes, goldenFiles, goldensFolder, runGoldens } from './goldens.ts';

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

const { path, isWhole } = goldensFolder(root);
type Scores = Record<'whole' | 'sample', ReturnType<typeof countOutcomes>>;

/** The counts may get better, and are then written down; a worse one fails. */
test('Spark’s golden queries give what Spark gave', async () => {
  const chosen = isWhole ? files : goldenFiles(path);
  const judged = await runGoldens(path, chosen, await testDatabase());
  const counts = countOutcomes(judged);
  const known = JSON.parse(readFileSync(scoresPath, 'utf8')) as Scores;
  const corpus = isWhole ? 'whole' : 'sample';
  if (process.env.UPDATE === '1') {
    writeFileSync(scoresPath, `${JSON.stringify({ ...known, [corpus]: counts }, null, 2)}\n`);
    return;
  }
  const wrong = judged.filter(({ outcome }) => outcome === 'wrong');
  const listed = wrong.map(({ file, index, detail }) => `${file} #${index}: ${detail}`);
  expect(counts.matched, 'matched').toBeGreaterThanOrEqual(known[corpus].matched);
  expect(wrong.length, listed.join('\n')).toBeLessThanOrEqual(known[corpus].wrong);
});
