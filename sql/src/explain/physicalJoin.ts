/** Which join Spark would take: a hash join with the smaller side sent everywhere, or a merge of two sorts. */
import { nonNullWhere } from '../optimize/nullability.ts';
import { outputOf } from '../plan/output.ts';
import type { Expression, Join, Relation } from '../plan/resolved.ts';
import { references } from '../plan/traverse.ts';
import { joinTypeNames } from '../plan/treeText.ts';
import { isIntegral } from '../plan/types.ts';
import type { JoinType } from '../plan/unresolved.ts';
import { sorted } from './physicalAggregate.ts';
import type { Partitioning, PhysicalNode, PlanningContext } from './physicalNode.ts';
import { broadcasts, copartitioned, runsHere, unknownPartitioning } from './physicalNode.ts';
import { byteLengthText, statisticsOf } from './statistics.ts';

interface Keys {
  readonly left: readonly Expression[];
  readonly right: readonly Expression[];
  /** What is left of the condition. */
  readonly rest: readonly Expression[];
}

type Side = 'left' | 'right';

export function planJoin(
  context: PlanningContext,
  join: Join,
  plan: (relation: Relation) => PhysicalNode,
): PhysicalNode {
  const keys = keysOf(join);
  const left = plan(join.left);
  const right = plan(join.right);
  const sizes = {
    left: statisticsOf(join.left).byteLength,
    right: statisticsOf(join.right).byteLength,
  };
  const shared = { context, join, keys, left, right, sizes };
  const isProduct = join.joinType === 'inner' || join.joinType === 'cross';
  const limit = context.options.broadcastByteLength;
  const sent = advisedSide(join, 'broadcast', sizes);
  // Without advice that can be followed, a side that is small enough is sent.
  const build = sent ?? buildSide(join.joinType, sizes, limit);
  if (keys.left.length > 0) {
    if (sent !== undefined) return hashJoin(shared, sent);
    if (isAdvised(join, 'merge')) return mergeJoin(shared);
    const hashed = advisedSide(join, 'shuffle_hash', sizes);
    if (hashed !== undefined) return shuffledHashJoin(shared, hashed);
    if (isProduct && isAdvised(join, 'shuffle_replicate_nl')) return product(shared);
    return build === undefined ? mergeJoin(shared) : hashJoin(shared, build);
  }
  if (sent === undefined && isProduct && isAdvised(join, 'shuffle_replicate_nl')) {
    return product(shared);
  }
  if (build === undefined && isProduct) return product(shared);
  return nestedLoop(shared, build ?? (join.joinType === 'rightOuter' ? 'left' : 'right'));
}

function isAdvised({ leftHint, rightHint }: Join, strategy: string): boolean {
  return [leftHint, rightHint].includes(`(strategy=${strategy})`);
}

/** The side that advice is about, where a join of its type can build from it; the smaller one of two. */
function advisedSide(
  join: Join,
  strategy: string,
  sizes: Readonly<Record<Side, number>>,
): Side | undefined {
  const about = (hint: string | undefined) => hint === `(strategy=${strategy})`;
  const unlimited = {
    left: about(join.leftHint) ? sizes.left : Infinity,
    right: about(join.rightHint) ? sizes.right : Infinity,
  };
  return buildSide(join.joinType, unlimited, Number.MAX_VALUE, strategy === 'shuffle_hash');
}

interface Planned {
  readonly context: PlanningContext;
  readonly join: Join;
  readonly keys: Keys;
  readonly left: PhysicalNode;
  readonly right: PhysicalNode;
  readonly sizes: Readonly<Record<Side, number>>;
}

function hashJoin(planned: Planned, build: Side): PhysicalNode {
  const { context, keys } = planned;
  const buildKeys = keys[build];
  const built = planned[build];
  const nonNull = testedIn(build === 'left' ? planned.join.left : planned.join.right);
  const bound = buildKeys.map((key) => boundKey(key, built, nonNull)).join(', ');
  const sent = broadcast(
    context,
    built,
    `HashedRelationBroadcastMode(List(${bound}),false)`,
    planned.sizes[build],
  );
  const sides = build === 'left' ? [sent, planned.right] : [planned.left, sent];
  const word = build === 'left' ? 'BuildLeft' : 'BuildRight';
  return joined(planned, 'BroadcastHashJoin', sides, {
    keys: true,
    words: [word],
    last: ['false'],
    partitioning: build === 'left' ? planned.right.partitioning : planned.left.partitioning,
  });
}

function mergeJoin(planned: Planned): PhysicalNode {
  const { context, keys, join } = planned;
  const left = sorted(context, copartitioned(context, planned.left, keys.left), keys.left);
  const right = sorted(context, copartitioned(context, planned.right, keys.right), keys.right);
  return joined(planned, 'SortMergeJoin', [left, right], {
    keys: true,
    words: [],
    last: [],
    partitioning: join.joinType === 'fullOuter' ? unknownPartitioning : hashOf(join, keys),
  });
}

function shuffledHashJoin(planned: Planned, build: Side): PhysicalNode {
  const { context, keys, join } = planned;
  const sides = [
    copartitioned(context, planned.left, keys.left),
    copartitioned(context, planned.right, keys.right),
  ];
  return joined(planned, 'ShuffledHashJoin', sides, {
    keys: true,
    words: [build === 'left' ? 'BuildLeft' : 'BuildRight'],
    last: [],
    partitioning: join.joinType === 'fullOuter' ? unknownPartitioning : hashOf(join, keys),
  });
}

/** Where every row that comes out has a match, the keys of one side are those of the other. */
function hashOf({ joinType }: Join, { left, right }: Keys): Partitioning {
  if (joinType === 'inner' || joinType === 'cross')
    return { kind: 'hash', keys: left, equalKeys: [right] };
  return { kind: 'hash', keys: joinType === 'rightOuter' ? right : left };
}

function product(planned: Planned): PhysicalNode {
  return joined(planned, 'CartesianProduct', [planned.left, planned.right], {
    keys: false,
    words: [],
    last: [],
    partitioning: unknownPartitioning,
  });
}

function nestedLoop(planned: Planned, build: Side): PhysicalNode {
  const sent = broadcast(
    planned.context,
    planned[build],
    'IdentityBroadcastMode',
    planned.sizes[build],
  );
  const sides = build === 'left' ? [sent, planned.right] : [planned.left, sent];
  return joined(planned, 'BroadcastNestedLoopJoin', sides, {
    keys: false,
    words: [build === 'left' ? 'BuildLeft' : 'BuildRight'],
    last: [],
    partitioning: unknownPartitioning,
  });
}

function joined(
  { context, join, keys, sizes }: Planned,
  name: string,
  children: readonly PhysicalNode[],
  shape: {
    readonly keys: boolean;
    readonly words: readonly string[];
    readonly last: readonly string[];
    readonly partitioning: Partitioning;
  },
): PhysicalNode {
  const type = joinTypeNames[join.joinType];
  const rest = keys.rest.map((part) => context.text(part));
  const condition = rest.reduce(
    (left, right) => (left === '' ? right : `(${left} AND ${right})`),
    '',
  );
  const keyLists = shape.keys ? [context.list(keys.left), context.list(keys.right)] : [];
  const isNested = name === 'BroadcastNestedLoopJoin';
  const isProduct = name === 'CartesianProduct';
  const detail = [
    ...keyLists,
    ...(isNested ? shape.words : []),
    ...(isProduct ? [] : [type]),
    ...(isNested ? [] : shape.words),
    ...(condition === '' ? [] : [condition]),
    ...shape.last,
  ].join(', ');
  return {
    name,
    detail,
    formatted: {
      title: [name, ...(isProduct ? [] : [type]), ...shape.words].join(' '),
      lines: [
        ...(shape.keys
          ? [
              context.countedColumns('Left keys', keys.left),
              context.countedColumns('Right keys', keys.right),
            ]
          : []),
        `Join type: ${type}`,
        `Join condition: ${condition === '' ? 'None' : condition}`,
      ],
    },
    facts: [
      ['Join type', type],
      ['Estimated size, left', byteLengthText(sizes.left)],
      ['Estimated size, right', byteLengthText(sizes.right)],
      ['Broadcast up to', byteLengthText(Math.max(0, context.options.broadcastByteLength))],
    ],
    children,
    output: /^left(Semi|Anti)$/.test(join.joinType)
      ? (children[0]?.output ?? [])
      : children.flatMap(({ output }) => output),
    partitioning: shape.partitioning,
    here: name === 'SortMergeJoin' ? 'this machine hashes instead of sorting both sides' : runsHere,
    range: join.range,
    of: join,
  };
}

function broadcast(
  context: PlanningContext,
  child: PhysicalNode,
  mode: string,
  byteLength: number,
): PhysicalNode {
  const detail = `${mode}, ${context.planId()}`;
  return {
    name: 'BroadcastExchange',
    detail,
    formatted: { lines: [context.countedColumns('Input', child.output), `Arguments: ${detail}`] },
    facts: [['Estimated size', byteLengthText(byteLength)]],
    children: [child],
    output: child.output,
    partitioning: unknownPartitioning,
    here: broadcasts,
    range: child.range,
  };
}

/** `cast(input[0, int, false] as bigint)`: a key by its place in the side that is sent. */
function boundKey(key: Expression, side: PhysicalNode, nonNull: ReadonlySet<number>): string {
  const index =
    key.kind === 'attribute'
      ? side.output.findIndex(({ exprId }) => exprId === key.exprId)
      : side.output.length;
  const { kind } = key.type;
  const type = kind === 'long' ? 'bigint' : kind;
  const isNullable = key.nullable && !(key.kind === 'attribute' && nonNull.has(key.exprId));
  const input = `input[${index}, ${type}, ${isNullable}]`;
  return isIntegral(key.type) && kind !== 'long' ? `cast(${input} as bigint)` : input;
}

/** The columns that a filter right on a side tests for null; further down Spark does not look. */
function testedIn(side: Relation): ReadonlySet<number> {
  return side.kind === 'filter' ? nonNullWhere(side.condition) : new Set();
}

export function keysOf(join: Join): Keys {
  const leftIds = new Set(outputOf(join.left).map(({ exprId }) => exprId));
  const rightIds = new Set(outputOf(join.right).map(({ exprId }) => exprId));
  const isOf = (expression: Expression, ids: ReadonlySet<number>) => {
    const used = references(expression);
    return used.size > 0 && [...used].every((id) => ids.has(id));
  };
  const left: Expression[] = [];
  const right: Expression[] = [];
  const rest: Expression[] = [];
  const visit = (part: Expression) => {
    if (part.kind === 'call' && part.name === 'and') {
      part.arguments.forEach(visit);
      return;
    }
    const [first, second] = part.kind === 'call' && part.name === '=' ? part.arguments : [];
    if (first !== undefined && second !== undefined) {
      const isStraight = isOf(first, leftIds) && isOf(second, rightIds);
      if (isStraight || (isOf(first, rightIds) && isOf(second, leftIds))) {
        left.push(isStraight ? first : second);
        right.push(isStraight ? second : first);
        return;
      }
    }
    rest.push(part);
  };
  if (join.condition !== undefined) visit(join.condition);
  return { left, right, rest };
}

/** The side to send, the smaller one where both may be; a side whose unmatched rows come out may not. */
function buildSide(
  joinType: JoinType,
  sizes: Readonly<Record<Side, number>>,
  limit: number,
  /** Each partition is built by itself, so that unmatched rows of either side can be found. */
  isShuffled = false,
): Side | undefined {
  const isInner = joinType === 'inner' || joinType === 'cross';
  const isOuter =
    isShuffled &&
    (joinType === 'leftOuter' || joinType === 'rightOuter' || joinType === 'fullOuter');
  const canRight =
    (isInner ||
      isOuter ||
      joinType === 'leftOuter' ||
      joinType === 'leftSemi' ||
      joinType === 'leftAnti') &&
    sizes.right <= limit;
  const canLeft = (isInner || isOuter || joinType === 'rightOuter') && sizes.left <= limit;
  if (canLeft && canRight) return sizes.left < sizes.right ? 'left' : 'right';
  if (canRight) return 'right';
  return canLeft ? 'left' : undefined;
}
