/** Stages that a cluster would run, as Spark cuts a plan into them: at each exchange. */
import { expect, test } from 'vitest';
import type { PlanNode } from '#shared/protocol/engine.ts';
import { nodesOf, sameNodeIn, totalMsOf } from '#webviews/results/planFacts.ts';
import { clusterText, exchangeText, stagesOf } from '#webviews/results/planStages.ts';

let nextId = 0;
const node = (line: string, ...children: PlanNode[]): PlanNode => {
  const [name = '', ...detail] = line.split(' ');
  return { id: nextId++, name, detail: detail.join(' '), facts: [], children };
};
const REQUIRED = 'ENSURE_REQUIREMENTS, [plan_id=';

const shuffled = (keys: string, planId: number, source: PlanNode) =>
  node(`Exchange hashpartitioning(${keys}, 200), ${REQUIRED}${planId}]`, source);

/** Each node with its stage, in the order of the text. */
function told(root: PlanNode): readonly string[] {
  const { ofNode } = stagesOf(root);
  return nodesOf(root).map(({ id, name }) => `${name} ${ofNode.get(id) ?? '-'}`);
}

test('an aggregate runs in two stages, with the exchange at the end of the first', () => {
  const root = node(
    'AdaptiveSparkPlan isFinalPlan=false',
    node('HashAggregate', shuffled('a#1', 1, node('HashAggregate', node('FileScan')))),
  );
  expect(told(root)).toEqual([
    'AdaptiveSparkPlan -',
    'HashAggregate 2',
    'Exchange 1',
    'HashAggregate 1',
    'FileScan 1',
  ]);
  expect(clusterText(stagesOf(root))).toBe('On a cluster: 2 stages, 1 shuffle (dashed).');
  expect([...stagesOf(root).exchanges.values()].map(exchangeText)).toEqual([
    'stage 1 → 2 · 200 partitions',
  ]);
});

test('the big side of a broadcast join stays in its stage, and the small one is sent from its own', () => {
  const root = node(
    'BroadcastHashJoin',
    node('BroadcastExchange HashedRelationBroadcastMode(x), [plan_id=1]', node('FileScan')),
    node('Filter', node('FileScan')),
  );
  expect(told(root)).toEqual([
    'BroadcastHashJoin 2',
    'BroadcastExchange 1',
    'FileScan 1',
    'Filter 2',
    'FileScan 2',
  ]);
  expect([...stagesOf(root).exchanges.values()].map(exchangeText)).toEqual([
    'stage 1 → 2 · to every machine',
  ]);
});

test('an exchange that is used again is of the stage that made it', () => {
  const root = node(
    'SortMergeJoin',
    shuffled('a#1', 7, node('FileScan')),
    node(`ReusedExchange [a#2], Exchange hashpartitioning(a#1, 200), ${REQUIRED}7]`),
  );
  expect(told(root)).toEqual(['SortMergeJoin 2', 'Exchange 1', 'FileScan 1', 'ReusedExchange 1']);
});

test.each([
  [`Exchange SinglePartition, ${REQUIRED}1]`, 'stage 1 → 2 · 1 partition'],
  [
    `Exchange rangepartitioning(a#1 ASC NULLS FIRST, 8), ${REQUIRED}1]`,
    'stage 1 → 2 · 8 partitions',
  ],
  [
    'Exchange RoundRobinPartitioning(10), REPARTITION_BY_NUM, [plan_id=1]',
    'stage 1 → 2 · 10 partitions',
  ],
])('%s', (line, text) => {
  const [facts] = stagesOf(node('Sort', node(line, node('Range')))).exchanges.values();
  expect(facts && exchangeText(facts)).toBe(text);
});

test('a subquery has stages of its own, which run first', () => {
  const root = node(
    'AdaptiveSparkPlan',
    node(
      'Filter',
      node('Subquery', node('AdaptiveSparkPlan', node('HashAggregate', node('FileScan')))),
      node('FileScan'),
    ),
  );
  expect(told(root)).toEqual([
    'AdaptiveSparkPlan -',
    'Filter 2',
    'Subquery -',
    'AdaptiveSparkPlan -',
    'HashAggregate 1',
    'FileScan 1',
    'FileScan 2',
  ]);
});

test('a plan without an exchange is one stage', () => {
  expect(clusterText(stagesOf(node('Project', node('FileScan'))))).toBe(
    'On a cluster: 1 stage, without a shuffle.',
  );
});

test('time with all sources is their sum', () => {
  const timed = (ms: number, ...children: PlanNode[]): PlanNode => ({
    ...node('Filter', ...children),
    measured: { rows: 1, ownMs: ms },
  });
  expect(totalMsOf(timed(5, node('Exchange', timed(2)), timed(1)))).toBe(8);
});

test('the same piece of the query is found in another plan, or what stands around it', () => {
  const at = (start: number, end: number, ...children: PlanNode[]) => ({
    ...node('Filter', ...children),
    start,
    end,
  });
  const other = at(0, 50, at(10, 40, at(20, 30)));
  expect(sameNodeIn(other, at(10, 40))).toBe(other.children[0]);
  expect(sameNodeIn(other, at(22, 28))).toBe(other.children[0]?.children[0]);
  expect(sameNodeIn(other, node('Project'))).toBeUndefined();
});
