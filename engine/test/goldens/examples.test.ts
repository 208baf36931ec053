import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { testDatabase } from '../duckdb/evaluate.ts';
import { exampleFiles, examplesFolder, runExamples } from './examples.ts';
import { countOutcomes } from './goldens.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const scoresPath = fileURLToPath(new URL('../scores.json', import.meta.url));
type Scores = Partial<Record<'functions', ReturnType<typeof countOutcomes>>>;

/** The counts may get better, and are then written down; a worse one fails. */
test('the examples of Spark’s functions give what the documentation shows', async () => {
  const folder = examplesFolder(root);
  if (folder === undefined) return;
  const judged = await runExamples(folder, exampleFiles(folder), await testDatabase());
  const counts = countOutcomes(judged);
  const scores = JSON.parse(readFileSync(scoresPath, 'utf8')) as Scores;
  if (process.env.UPDATE === '1') {
    writeFileSync(scoresPath, `${JSON.stringify({ ...scores, functions: counts }, null, 2)}\n`);
    return;
  }
  const wrong = judged.filter(({ outcome }) => outcome === 'wrong');
  const listed = wrong.map(({ file, index, detail }) => `${file} #${index}: ${detail}`);
  const known = scores.functions;
  expect(counts.matched, 'matched').toBeGreaterThanOrEqual(known?.matched ?? 0);
  expect(wrong.length, listed.join('\n')).toBeLessThanOrEqual(known?.wrong ?? Infinity);
}, 120_000);
