import type { PlanNode } from '#shared/protocol/engine.ts';
import { describe, expect, test } from 'vitest';
import {
  byteLengthOf,
  defaultExplainOptions,
  explain,
  explainOptionsFrom,
  explainText,
} from '#sql/explain/explain.ts';
import { compiled, expectedPlan, fixtureNames, normalized, textOf } from './planFixture.ts';

describe.each(fixtureNames('explain/'))('%s', (fixture) => {
  const plans = compiled(textOf(fixture));

  test('has the four plans of the fixture', () => {
    const { parsed, analyzed, optimized, physical } = explain(plans).text;
    const [one, two, three, four] = normalized(parsed, analyzed, optimized, physical);
    const actual = { parsed: one, analyzed: two, optimized: three, physical: four };
    expect(actual).toEqual(expectedPlan(fixture, actual));
  });

  test('has a node for every line, each with its own id and a range of the text', () => {
    const { text, trees } = explain(plans);
    for (const stage of ['parsed', 'analyzed', 'optimized', 'physical'] as const) {
      const nodes = nodesOf(trees[stage]);
      expect(nodes.map(({ id }) => id)).toEqual(nodes.map((_, index) => index));
      expect(nodes.length).toBe(text[stage].split('\n').length);
      for (const { start = 0, end = 0 } of nodes) {
        expect(start).toBeLessThanOrEqual(end);
        expect(end).toBeLessThanOrEqual(textOf(fixture).length);
      }
    }
  });

  test('says of every physical operator what becomes of it on this machine', () => {
    for (const node of nodesOf(explain(plans).trees.physical)) {
      expect(node.facts[0]?.[0]).toBe('Where it runs');
      if (node.name === 'Exchange') {
        expect(node.facts[0]?.[1]).toBe('a cluster would shuffle here; this machine does not');
      }
    }
  });
});

const join = 'SELECT o.id FROM orders AS o JOIN customers AS c ON o.customer_id = c.id';

test.each([
  [{}, 'BroadcastHashJoin'],
  [{ 'spark.sql.autoBroadcastJoinThreshold': '-1' }, 'SortMergeJoin'],
  [{ 'spark.sql.autoBroadcastJoinThreshold': '1k' }, 'SortMergeJoin'],
  [{ 'spark.sql.autoBroadcastJoinThreshold': '10MB' }, 'BroadcastHashJoin'],
])('with %o the join is a %s', (settings, expected) => {
  const { physical } = explain(compiled(join), explainOptionsFrom(settings)).text;
  expect(/\w+Join/.exec(physical)?.[0]).toBe(expected);
});

test('a shuffle has as many partitions as the setting says', () => {
  const options = explainOptionsFrom({ 'spark.sql.shuffle.partitions': '8' });
  const { physical } = explain(compiled('SELECT DISTINCT status FROM orders'), options).text;
  expect(physical).toContain('hashpartitioning(status#4, 8)');
});

test.each([
  ['10485760', 10_485_760],
  ['10MB', 10_485_760],
  ['-1', -1],
  ['much', undefined],
])('%s is a size of %s bytes', (text, expected) => {
  expect(byteLengthOf(text)).toBe(expected);
});

test.each([
  ['simple', ['Physical Plan']],
  [
    'extended',
    ['Parsed Logical Plan', 'Analyzed Logical Plan', 'Optimized Logical Plan', 'Physical Plan'],
  ],
  ['cost', ['Optimized Logical Plan', 'Physical Plan']],
  ['formatted', ['Physical Plan']],
] as const)('%s has its sections', (mode, sections) => {
  const text = explainText(mode, compiled(join));
  expect([...text.matchAll(/^== (.*) ==$/gm)].map(([, title]) => title)).toEqual(sections);
});

test('timestamps show in the zone of the session', () => {
  const plans = compiled("SELECT TIMESTAMP '2024-01-01 12:00:00' AS t");
  const { optimized } = explain(plans, { ...defaultExplainOptions, timeZone: 'Asia/Tokyo' }).text;
  expect(optimized).toContain('2024-01-01 21:00:00 AS t');
});

function nodesOf(node: PlanNode): readonly PlanNode[] {
  return [node, ...node.children.flatMap(nodesOf)];
}
