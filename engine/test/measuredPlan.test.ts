/**
 * What was measured, on the nodes of our physical plan (test-fixtures/measured-plans): each file has a query over
 * the bundled examples and the plan's nodes, with the rows that left each. `time` stands where a node has time of
 * its own; a node without numbers was no step of the engine's, or none that surely is the same.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PlanNode } from '#shared/protocol/engine.ts';
import { ok } from '#shared/result.ts';
import { createEngine } from '../src/session/engine.ts';
import { testDatabase } from './duckdb/evaluate.ts';

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const fixtures = root('test-fixtures/measured-plans');
const { signal } = new AbortController();
const sessionId = 'measured';
const engine = createEngine({
  database: async () => ok(await testDatabase()),
  onProgress: () => undefined,
  storeByteLength: 1 << 24,
});

beforeAll(async () => {
  await engine.answers.openSession({ sessionId, settings: {} }, signal);
  for (const [name, file] of Object.entries({
    customers: 'customers.csv',
    orders: 'orders.csv',
    products: 'products.csv',
    transactions: 'transactions.parquet',
  }))
    await engine.answers.defineView(
      { sessionId, view: { name, path: root(`examples/${file}`) } },
      signal,
    );
});
afterAll(() => engine.dispose());

function lines(node: PlanNode, depth = 0): readonly string[] {
  const { measured } = node;
  const facts = measured
    ? `${measured.rows}${measured.ownMs === undefined ? '' : ', time'}`
    : 'nothing';
  return [
    `${'  '.repeat(depth)}${node.name}: ${facts}`,
    ...node.children.flatMap((child) => lines(child, depth + 1)),
  ];
}

test.each(readdirSync(fixtures))('%s', async (name) => {
  const path = `${fixtures}/${name}`;
  const [query = '', expected] = readFileSync(path, 'utf8').split('\n---\n');
  const explained = await engine.answers.explain(
    { sessionId, text: query, mode: 'analyze' },
    signal,
  );
  if (!explained.ok) throw new Error(JSON.stringify(explained.error));
  const found = lines(explained.value.trees.physical).join('\n');
  if (process.env.UPDATE) writeFileSync(path, `${query}\n---\n${found}\n`);
  else expect(found).toBe(expected?.trimEnd());
});
