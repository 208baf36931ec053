/** Scores may rise, and then scores.json follows (`UPDATE=1`); they may not fall. */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { goldenFiles, isWholeCorpus } from './goldenFiles.ts';
import type { Scores } from './goldenScores.ts';
import { scoreOf } from './goldenScores.ts';

const path = new URL('scores.json', import.meta.url);
const kept = JSON.parse(readFileSync(path, 'utf8')) as { whole: Scores; sample: Scores };

test("the score over Spark's golden files does not fall", () => {
  const corpus = isWholeCorpus ? 'whole' : 'sample';
  const scores = scoreOf(goldenFiles());
  if (process.env.UPDATE === '1') {
    writeFileSync(path, `${JSON.stringify({ ...kept, [corpus]: scores }, undefined, 2)}\n`);
    return;
  }
  const before = kept[corpus];
  for (const better of ['parsed', 'parseErrorSame', 'schemaSame', 'errorSame'] as const) {
    expect(scores[better], better).toBeGreaterThanOrEqual(before[better]);
  }
  // Wrong answers are worse than refusals: more of them need a reason, whatever else rose.
  for (const worse of ['parseRejected', 'schemaDifferent', 'rejected'] as const) {
    expect(scores[worse], worse).toBeLessThanOrEqual(before[worse]);
  }
});
