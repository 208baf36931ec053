/** Cards of a plan: none on another, sources before their takers, left sources above right ones. */
import { describe, expect, test } from 'vitest';
import type { PlanNode } from '#shared/protocol/engine.ts';
import { essenceOf, heatOf, misjudged, nodeAt } from '#webviews/results/planFacts.ts';
import {
  CARD_HEIGHT,
  CARD_WIDTH,
  edgePath,
  edgeWidth,
  layoutPlan,
} from '#webviews/results/planLayout.ts';
import { stagesOf } from '#webviews/results/planStages.ts';
import { planSvg } from '#webviews/results/planSvg.ts';

let nextId = 0;
const node = (name: string, ...children: PlanNode[]): PlanNode => ({
  id: nextId++,
  name,
  detail: '',
  facts: [],
  children,
});
/** 2^(depth+1) − 1 nodes. */
const joins = (depth: number): PlanNode =>
  depth === 0 ? node('Scan') : node('Join', joins(depth - 1), joins(depth - 1));

describe.each(['right', 'down'] as const)('a plan that flows %s', (flow) => {
  const plan = layoutPlan(joins(7), new Set(), flow);
  const along = flow === 'right' ? 'x' : 'y';
  const across = flow === 'right' ? 'y' : 'x';

  test('has each card apart from all others', () => {
    expect(plan.cards).toHaveLength(255);
    for (const [i, a] of plan.cards.entries())
      for (const b of plan.cards.slice(i + 1)) {
        const touches = Math.abs(a.x - b.x) < CARD_WIDTH && Math.abs(a.y - b.y) < CARD_HEIGHT;
        expect(touches, `${a.id} on ${b.id}`).toBe(false);
      }
  });

  test('runs from sources to takers, and lies within its size', () => {
    for (const { from, to } of plan.edges) expect(from[along]).toBeLessThan(to[along]);
    for (const { x, y } of plan.cards) {
      expect(x + CARD_WIDTH).toBeLessThan(plan.width);
      expect(y + CARD_HEIGHT).toBeLessThan(plan.height);
      expect(Math.min(x, y)).toBeGreaterThan(0);
    }
  });

  test('has the left source of a join before the right one', () => {
    for (const card of plan.cards) {
      const [left, right] = plan.cards.filter(({ parent }) => parent === card.id);
      if (!left || !right) continue;
      expect(left[across]).toBeLessThan(right[across]);
      expect([left, right]).toMatchObject([
        { place: 1, placeCount: 2 },
        { place: 2, placeCount: 2 },
      ]);
    }
  });
});

test('what is folded is counted, and takes no place', () => {
  const root = node('Sort', joins(3));
  const plan = layoutPlan(root, new Set([String(root.children[0]?.id)]), 'right');
  expect(plan.cards.map(({ node: { name }, hiddenCount }) => [name, hiddenCount])).toEqual([
    ['Sort', 0],
    ['Join', 14],
  ]);
});

test('lines are as wide as their rows', () => {
  expect([undefined, 0, 99, 10_000_000, 1e12].map(edgeWidth)).toEqual([
    1,
    1,
    3,
    expect.closeTo(8, 1),
    8,
  ]);
  const [edge] = layoutPlan(node('Sort', node('Scan')), new Set(), 'right').edges;
  expect(edge && edgePath(edge, 'right')).toBe('M248 56C280 56 280 56 312 56');
});

test.each([
  [
    'FileScan csv',
    'csv [id#0,city#1L] Batched: false, DataFilters: [], Location: InMemoryFileIndex(1 paths)[file:/data/a b/shop.csv], PushedFilters: []',
    'shop.csv · [id,city]',
  ],
  [
    'Exchange',
    'hashpartitioning(city#9, 200), ENSURE_REQUIREMENTS, [plan_id=2]',
    'hashpartitioning(city, 200)',
  ],
  [
    'BroadcastHashJoin',
    '[id#1], [id#7], Inner, BuildRight, false',
    '[id], [id], Inner, BuildRight',
  ],
])('%s in a line', (name, detail, essence) => {
  expect(essenceOf({ ...node(name), detail })).toBe(essence);
});

test('the three that took most are hot, if they took a twentieth', () => {
  const timed = (ms: number, ...children: PlanNode[]): PlanNode => ({
    ...node(`${ms}`, ...children),
    measured: { rows: 1, ownMs: ms },
  });
  const root = timed(50, timed(2, timed(40)), timed(8));
  const { totalMs, hottest } = heatOf(root);
  expect(totalMs).toBe(100);
  expect([...hottest.values()]).toEqual([1, 2, 3]);
  expect(hottest.has(root.children[0]?.id ?? -1)).toBe(false);
});

test.each([
  [100, 12_000, 120],
  [12_000, 100, 120],
  [0, 30, 30],
  [100, 900, undefined],
])('%i rows where %i were expected', (rows, estimatedRows, factor) => {
  expect(misjudged({ ...node('Filter'), measured: { rows, estimatedRows } })).toBe(factor);
});

test('the picture that is exported has no markup of the plan’s own', () => {
  const plan = layoutPlan({ ...node('Filter'), detail: '(a < 3 & "b" > 1)' }, new Set(), 'right');
  const { svg } = planSvg(plan, undefined);
  expect(svg).toContain('(a &#60; 3 &#38; &#34;b&#34; &#62; 1)');
});

test('the picture that is exported tints the stages and says what its signs mean, and only those', () => {
  const exchange = {
    ...node('Exchange', node('Scan csv')),
    detail: 'hashpartitioning(a#1, 200), ENSURE_REQUIREMENTS, [plan_id=1]',
  };
  const shuffled = node('HashAggregate', exchange);
  const picture = planSvg(layoutPlan(shuffled, new Set(), 'right'), stagesOf(shuffled));
  expect(picture.svg).toContain('>Stage 1<');
  expect(picture.svg).toContain('>Stage 2<');
  expect(picture.svg).toContain('On a cluster: 2 stages, 1 shuffle');
  expect(picture.svg).not.toContain('took');
  const alone = planSvg(layoutPlan(node('Filter'), new Set(), 'right'), undefined);
  expect(alone.svg).not.toMatch(/Stage|cluster|took/);
});

test('a place in the query is of the node with the smallest piece of text around it', () => {
  const at = (id: number, start: number, end: number, ...children: PlanNode[]): PlanNode => ({
    id,
    name: '',
    detail: '',
    facts: [],
    children,
    start,
    end,
  });
  const root = at(0, 0, 50, at(1, 20, 40, at(2, 25, 30)), { ...at(3, 0, 0), children: [] });
  expect([3, 22, 27, 60].map((offset) => nodeAt(root, offset)?.id)).toEqual([0, 1, 2, undefined]);
});
