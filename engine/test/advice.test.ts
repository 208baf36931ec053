/**
 * Advice on plans (test-fixtures/advice, whose README says what a file has): the query gets it, the mended one
 * does not, and what was measured shrinks. Queries of `silent` get none.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Explanation, PlanNode } from '#shared/protocol/engine.ts';
import { databaseLoader } from '../src/duckdb/native.ts';
import { createEngine } from '../src/session/engine.ts';

const fixtures = new URL('../../test-fixtures/advice/', import.meta.url);
const names = readdirSync(fixtures)
  .filter((name) => name.endsWith('.sql'))
  .map((name) => name.slice(0, -4));
const sessionId = 'advised';
const { signal } = new AbortController();

test.each(names)('%s', { timeout: 120_000 }, async (rule) => {
  const [setup = '', query = '', mended = '', facts = ''] = readFileSync(
    new URL(`${rule}.sql`, fixtures),
    'utf8',
  ).split('\n---\n');
  const [[measure = '', factor = ''] = []] = facts.split('\n').map((line) => line.split(' '));
  const memory = /^memory (\S+)$/m.exec(facts)?.[1];
  const before = await explained(setup, query, memory);
  const after = await explained(setup, mended, memory);
  expect(rulesOf(before)).toContain(rule);
  expect(rulesOf(after)).not.toContain(rule);
  const [found] = before.advice.filter((each) => each.rule === rule);
  const node = nodesOf(before.trees.physical).find(({ id }) => id === found?.nodeId);
  expect(node?.name).toBe(/^at (.+)$/m.exec(facts)?.[1]);
  const [was, is] = [amount(before, measure), amount(after, measure)];
  if (process.env.ADVICE_GAINS) console.log(`${rule}: ${measure} ${was} → ${is}`);
  const gain = was / Math.max(1, is);
  expect(gain).toBeGreaterThanOrEqual(Number(factor));
});

const silent = new URL('silent/', fixtures);

test.each(readdirSync(silent))('silent: %s', { timeout: 120_000 }, async (name) => {
  const [setup = '', ...queries] = readFileSync(new URL(name, silent), 'utf8').split('\n---\n');
  for (const query of queries) {
    const { advice } = await explained(setup, query, undefined);
    expect({ query, advice: advice.map(({ finding }) => finding) }).toEqual({ query, advice: [] });
  }
});

/** Each in an engine of its own, as a file that was read before is read from memory. */
async function explained(
  setup: string,
  text: string,
  memory: string | undefined,
): Promise<Explanation> {
  const folder = mkdtempSync(join(tmpdir(), 'strata-advice-'));
  const env = { STRATA_TEMP: folder, STRATA_THREADS: '2' };
  const database = databaseLoader(
    memory === undefined ? env : { ...env, STRATA_MEMORY_LIMIT: memory },
  );
  const engine = createEngine({ database, onProgress: () => undefined, storeByteLength: 1 << 24 });
  try {
    await engine.answers.openSession({ sessionId, settings: {} }, signal);
    for (const statement of setup.replaceAll('{folder}', folder).split(';\n')) {
      if (statement.trim().replace(/;$/, '') === '') continue;
      const ran = await engine.answers.runQuery(
        { sessionId, text: statement.trim().replace(/;$/, '') },
        signal,
      );
      if (!ran.ok) throw new Error(JSON.stringify(ran.error));
    }
    const params = { sessionId, text, mode: 'analyze' as const };
    const reply = await engine.answers.explain(params, signal);
    if (!reply.ok) throw new Error(JSON.stringify(reply.error));
    return reply.value;
  } finally {
    engine.dispose();
    const opened = await database();
    if (opened.ok) opened.value.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

const rulesOf = ({ advice }: Explanation) => advice.map(({ rule }) => rule);
const nodesOf = (node: PlanNode): readonly PlanNode[] => [node, ...node.children.flatMap(nodesOf)];

function amount(explanation: Explanation, measure: string): number {
  const nodes = nodesOf(explanation.trees.physical);
  const rows = ({ measured }: PlanNode) => measured?.rows ?? 0;
  const whole = explanation.metrics?.whole;
  switch (measure) {
    case 'bytes':
      return sum(nodes.flatMap(({ facts }) => bytesOf(facts)));
    case 'read':
      return sum(nodes.filter(({ name }) => name.includes('Scan')).map(rows));
    case 'spilled':
      return whole?.spilledByteLength ?? 0;
    case 'joined':
      return Math.max(
        ...nodes.map(({ name, children }) =>
          /^(CartesianProduct|BroadcastNestedLoopJoin)$/.test(name)
            ? children.map(rows).reduce((product, each) => product * each, 1)
            : 0,
        ),
        ...nodes.filter(({ name }) => name.endsWith('Join')).map(rows),
      );
    case 'shuffled':
      return sum(nodes.filter(({ name }) => name === 'Exchange').map(rows));
    case 'files':
      return sum(nodes.flatMap(({ facts }) => facts.map(filesOf)));
    case 'largest':
      return Math.max(0, ...explanation.advice.map(({ finding }) => largestOf(finding)));
    default:
      throw new Error(`there is no measure '${measure}'`);
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
const filesOf = ([label, value]: readonly [string, string]) =>
  label === 'Files' ? Number(value) : 0;
/** What a scan of Parquet reads; of text that is the whole file. */
function bytesOf(facts: PlanNode['facts']): number {
  const known = new Map(facts);
  return byteLengthOf(known.get('Bytes read') ?? known.get('File size') ?? '');
}
function byteLengthOf(text: string): number {
  const [, number = '0', unit = 'B'] = /^([\d.]+) (B|KiB|MiB)$/.exec(text) ?? [];
  return Number(number) * 1024 ** ['B', 'KiB', 'MiB'].indexOf(unit);
}
const largestOf = (finding: string) =>
  Number(/^([\d,]+) rows of [\d,]+ rows have/.exec(finding)?.[1]?.replaceAll(',', '') ?? 0);
