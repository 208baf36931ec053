import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { testDatabase } from '../duckdb/evaluate.ts';
import { compareWithSpark, sparkFiles } from './sparkCases.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const knownPath = fileURLToPath(
  new URL('../../../test-fixtures/spark/known.json', import.meta.url),
);

/** Queries that are known to differ, under why; and how many are refused by name. */
interface Known {
  readonly refused: number;
  readonly different: Readonly<Record<string, readonly string[]>>;
}

/** A difference that is not known fails, and so does a known one that is gone. */
test('queries give what a real Spark gave', async () => {
  const compared = await compareWithSpark(root, sparkFiles(root), await testDatabase());
  const known = JSON.parse(readFileSync(knownPath, 'utf8')) as Known;
  const keyOf = ({ query, settings }: { query: string; settings: object }) =>
    Object.keys(settings).length === 0 ? query : `${JSON.stringify(settings)} ${query}`;
  const different = compared.filter(({ outcome }) => outcome === 'different').map(keyOf);
  const refused = compared.filter(({ outcome }) => outcome === 'refused').length;
  if (process.env.UPDATE === '1') {
    writeFileSync(knownPath, `${JSON.stringify(updated(known, different, refused), null, 2)}\n`);
    return;
  }
  expect(different.sort()).toEqual([...new Set(Object.values(known.different).flat())].sort());
  expect(refused).toBeLessThanOrEqual(known.refused);
}, 240_000);

function updated(known: Known, different: readonly string[], refused: number): Known {
  const kept = Object.entries(known.different).map(
    ([reason, queries]) => [reason, queries.filter((query) => different.includes(query))] as const,
  );
  const listed = new Set(kept.flatMap(([, queries]) => queries));
  const fresh = different.filter((query) => !listed.has(query));
  return {
    refused,
    different: {
      ...Object.fromEntries(kept.filter(([, queries]) => queries.length > 0)),
      ...(fresh.length > 0 ? { 'not judged yet': fresh } : {}),
    },
  };
}
