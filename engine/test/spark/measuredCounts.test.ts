/**
 * The rows that a measured plan says left a node are those that a query over that node's part of the plan counts:
 * over TPC-H, whose joins DuckDB orders anew and whose subqueries it takes apart.
 */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { allSteps, stepsOf } from '#sql/explain/advice/step.ts';
import { countsOf } from '#sql/explain/countsOf.ts';
import { planPhysical } from '#sql/explain/physicalPlan.ts';
import type { Relation } from '#sql/plan/resolved.ts';
import type { Database } from '../../src/duckdb/native.ts';
import { ownQueries } from '../../src/duckdb/sourceReader.ts';
import { explainPlan } from '../../src/session/explain.ts';
import { Session } from '../../src/session/session.ts';
import { createSourceCache } from '../../src/sources/openSource.ts';
import { testDatabase } from '../duckdb/evaluate.ts';

const folder = join(process.env.TPCH_DATA ?? join(homedir(), '.cache/strata/tpch-1.5.5'), 'sf0.01');
const tables = 'customer lineitem nation orders part partsupp region supplier'.split(' ');
const queries = existsSync(folder)
  ? (JSON.parse(readFileSync(join(folder, 'queries.json'), 'utf8')) as string[])
  : [];

describe.runIf(existsSync(folder))('what was measured is what a query counts', () => {
  const { signal } = new AbortController();
  let database: Database;
  let session: Session;
  let nodeCount = 0;

  beforeAll(async () => {
    database = await testDatabase();
    session = new Session('counts', {}, createSourceCache());
    for (const name of tables) {
      const view = { name, path: join(folder, `${name}.parquet`) };
      await session.defineView(view, ownQueries(database, signal), false);
    }
  });

  test.each(queries.map((query, at) => [at + 1, query] as const))('query %i', async (_, query) => {
    const reader = ownQueries(database, signal);
    const prepared = await session.prepare(query, { sample: false }, reader);
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
    const explained = await explainPlan(session, prepared.value, 'analyze', database, signal);
    if (!explained.ok) throw new Error(JSON.stringify(explained.error));
    const { compiled, explainOptions } = prepared.value;
    const root = stepsOf(
      planPhysical(compiled.optimized, explainOptions),
      explained.value.trees.physical,
    );
    const shown: string[] = [];
    const counted: string[] = [];
    for (const { id, node, measured } of allSteps(root)) {
      if (!node.of || !measured) continue;
      const count = await countOf(node.of);
      if (count === undefined) continue;
      shown.push(`${id} ${node.name} ${measured.rows}`);
      counted.push(`${id} ${node.name} ${count}`);
    }
    expect(shown).toEqual(counted);
    nodeCount += shown.length;

    /** Undefined of a subquery's plan that reads the row outside: it has no count of its own. */
    async function countOf(relation: Relation): Promise<number | undefined> {
      if (!prepared.ok) return undefined;
      // A scan counts what comes before the filters that it is told of.
      const whole = relation.kind === 'scan' ? { ...relation, pushedFilters: [] } : relation;
      const lowered = prepared.value.lower(countsOf(whole, []));
      if (!lowered.ok) return undefined;
      try {
        const { sql, functions } = lowered.value;
        const [row] = await ownQueries(database, signal, functions).rows(sql);
        return Number(row?.[0]);
      } catch (error) {
        if (/not found|does not exist/i.test(String(error))) return undefined;
        throw error;
      }
    }
  });

  test('and of most nodes something was', () => {
    expect(nodeCount).toBeGreaterThan(130);
  });
});
