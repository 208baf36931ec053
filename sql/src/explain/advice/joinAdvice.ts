/** On joins: sides that are small after all, rows that multiply; and on windows too, keys that hold most of the rows. */
import { formatQuantity } from '#shared/quantities.ts';
import { maxRowCount } from '../../optimize/rowCount.ts';
import type { Aggregate, Expression, Join, Relation, Window } from '../../plan/resolved.ts';
import { countsOf } from '../countsOf.ts';
import { keysOf } from '../physicalJoin.ts';
import { defaultPhysicalOptions, type PhysicalOptions } from '../physicalNode.ts';
import { byteLengthText, statisticsOf, widthOf } from '../statistics.ts';
import { joinedName } from './joinedName.ts';
import { allSteps, type Finding, type Step } from './step.ts';

/** Rows of an input, and those of the value that its keys have most often. */
export interface KeyShare {
  readonly nodeId: number;
  /** Of the inputs of the join or window. */
  readonly childIndex: number;
  readonly rowCount: number;
  readonly largestRowCount: number;
  readonly keyCount: number;
  /** The keys, and that value, as text. */
  readonly keys: string;
  readonly value: string;
}

export function joinAdvice(
  step: Step,
  analyzed: Relation,
  options: PhysicalOptions,
  shares: readonly KeyShare[],
): readonly Finding[] {
  const { of: relation, name } = step.node;
  const own = shares.filter(({ nodeId }) => nodeId === step.id);
  if (relation?.kind === 'window') return own.flatMap((share) => skew(share, 'window', false));
  const skewed = own.flatMap((share) =>
    skew(share, 'join', options.isAdaptive && name === 'SortMergeJoin'),
  );
  if (relation?.kind !== 'join') return skewed;
  return [
    ...crossed(step, relation),
    ...(name === 'SortMergeJoin' ? broadcastable(own, relation, analyzed, options) : []),
    ...exploding(step, relation),
    ...skewed,
  ];
}

const rowsOf = ({ measured }: Step) => measured?.rows;

function crossed(step: Step, join: Join): readonly Finding[] {
  const isNested = /^(CartesianProduct|BroadcastNestedLoopJoin)$/.test(step.node.name);
  const isInner = join.joinType === 'inner' || join.joinType === 'cross';
  if (!isNested || !isInner) return [];
  if (maxRowCount(join.left) <= 1 || maxRowCount(join.right) <= 1) return [];
  const [left, right] = step.children.map(rowsOf);
  const compared =
    left === undefined || right === undefined
      ? 'each row of one side meets each row of the other'
      : `${formatQuantity(left, 'row')} meet ${formatQuantity(right, 'row')}, ${formatQuantity(left * right, 'pair')}`;
  return [
    {
      rule: 'crossJoin',
      title: join.condition ? 'A join without an equality' : 'A cross join',
      finding: join.condition
        ? `Its condition has no equality between the sides, so nothing can be looked up: ${compared}.`
        : `There is no condition between the sides: ${compared}, and all of them go on.`,
      remedy: join.condition
        ? 'Join on an equality first, of a bucket of the range if need be (`floor(x / 100)`), and let this condition filter what matches.'
        : 'Say how the sides belong together: `JOIN … ON a.key = b.key`. Where every pair is wanted, make the sides small first.',
      idea: 'shuffle',
    },
  ];
}

const sides = ['left', 'right'] as const;

function broadcastable(
  shares: readonly KeyShare[],
  join: Join,
  analyzed: Relation,
  options: PhysicalOptions,
): readonly Finding[] {
  // Who advised this kind of join has thought of the other.
  if (join.leftHint !== undefined || join.rightHint !== undefined) return [];
  const usual = defaultPhysicalOptions.broadcastByteLength;
  const limit = options.broadcastByteLength < usual ? usual : options.broadcastByteLength;
  const found = sides.flatMap((side, index) => {
    if (!maySend(join, side)) return [];
    const relation = join[side];
    // Counted by itself: in the join, DuckDB drops rows of one side that the other has no match for.
    const rows = shares.find(({ childIndex }) => childIndex === index)?.rowCount;
    const byteLength =
      rows === undefined ? statisticsOf(relation).byteLength : rows * widthOf(relation);
    return byteLength <= limit ? [{ side, relation, rows, byteLength }] : [];
  });
  const [smallest] = found.sort((a, b) => a.byteLength - b.byteLength);
  if (!smallest) return [];
  const { side, relation, rows, byteLength } = smallest;
  const size = byteLengthText(byteLength);
  const isOff = options.broadcastByteLength < usual && byteLength > options.broadcastByteLength;
  const estimate = byteLengthText(statisticsOf(relation).byteLength);
  return [
    {
      rule: 'broadcastJoin',
      title: 'A side is small enough to send',
      finding: `${rows === undefined ? `The ${side} side is some ${size}` : `The ${side} side came to ${formatQuantity(rows, 'row')}, some ${size}`}, and both sides are shuffled and sorted to meet. ${
        isOff
          ? '`spark.sql.autoBroadcastJoinThreshold` is lower than usual and keeps it from being sent.'
          : `Spark guessed ${estimate}: before it runs, it does not know how many rows a filter or a join leaves.${
              options.isAdaptive
                ? ' Adaptive execution sees it once both sides have been shuffled, and saves the sorts only.'
                : ''
            }`
      }`,
      remedy: `${broadcastAdvice(analyzed, relation, join)} Each machine then gets the small side whole, and the big one stays where it is.`,
      idea: 'broadcast',
    },
  ];
}

/** A side whose rows come out without a match has to be looked through where they are. */
function maySend({ joinType }: Join, side: (typeof sides)[number]): boolean {
  if (joinType === 'inner' || joinType === 'cross') return true;
  if (side === 'left') return joinType === 'rightOuter';
  return joinType === 'leftOuter' || joinType === 'leftSemi' || joinType === 'leftAnti';
}

function broadcastAdvice(analyzed: Relation, side: Relation, { joinType }: Join): string {
  const known = joinedName(analyzed, side);
  if (known?.isInSubquery === true && (joinType === 'leftSemi' || joinType === 'leftAnti'))
    return `Advise it in the subquery that becomes this side: \`(SELECT /*+ BROADCAST(${known.name}) */ …)\`.`;
  if (known) return `Advise it in the SELECT that joins it: \`/*+ BROADCAST(${known.name}) */\`.`;
  return 'Give the small side a name, and advise sending it: `SELECT /*+ BROADCAST(small) */ … JOIN (SELECT …) AS small ON …`.';
}

const explodedRows = 1000;
const explodedFactor = 10;

function exploding(step: Step, join: Join): readonly Finding[] {
  const rows = rowsOf(step);
  const [left, right] = step.children.map(rowsOf);
  if (rows === undefined || left === undefined || right === undefined) return [];
  const factor = rows / Math.max(1, left, right);
  const keys = keysOf(join).left;
  if (keys.length === 0 || rows < explodedRows || factor < explodedFactor) return [];
  return [
    {
      rule: 'explodingJoin',
      title: 'The join multiplies rows',
      finding: `${formatQuantity(left, 'row')} and ${formatQuantity(right, 'row')} become ${formatQuantity(rows, 'row')}, ${Math.round(factor)} times as many as the bigger side: neither side has its keys once only, so each match is repeated.`,
      remedy:
        'Make one side unique before the join, by GROUP BY on its keys or by DISTINCT, or join on the column that is missing in ON.',
      idea: 'shuffle',
    },
  ];
}

/** An input that a cluster divides by keys, and the plan that counts the rows of each. */
export interface KeyCount {
  readonly nodeId: number;
  readonly childIndex: number;
  readonly keys: string;
  readonly counts: Aggregate;
}

export function keysToMeasure(root: Step): readonly KeyCount[] {
  return allSteps(root).flatMap((step) => {
    const { of: relation, name } = step.node;
    if (relation?.kind === 'window') return windowKeys(step, relation);
    if (relation?.kind !== 'join' || !/^(SortMergeJoin|ShuffledHashJoin)$/.test(name)) return [];
    const keys = keysOf(relation);
    return sides.map((side, childIndex) => {
      const counts = countsOf(relation[side], keys[side]);
      return { nodeId: step.id, childIndex, keys: namesOf(keys[side]), counts };
    });
  });
}

/** Of a window that rows are shuffled for: what stands below may have them together already. */
function windowKeys(step: Step, { input, expressions }: Window): readonly KeyCount[] {
  const [first] = expressions;
  const keys = first?.child.kind === 'windowExpression' ? first.child.partition : [];
  const [sorted] = step.children;
  const below = sorted?.node.name === 'Sort' ? sorted.children[0] : sorted;
  if (keys.length === 0 || below?.node.name !== 'Exchange') return [];
  return [{ nodeId: step.id, childIndex: 0, keys: namesOf(keys), counts: countsOf(input, keys) }];
}

const namesOf = (keys: readonly Expression[]) =>
  keys.map((key) => (key.kind === 'attribute' ? key.name : 'an expression')).join(', ');

const skewedRows = 10_000;
const skewedFactor = 5;
const skewedShare = 0.2;

const skewRemedies = {
  join: {
    rule: 'skew',
    remedy:
      'Send the other side to all machines (`/*+ BROADCAST(…) */`) if it is small, take the rows of this key out and join them apart, or add a random part to the key on both sides.',
  },
  window: {
    rule: 'skewWindow',
    remedy:
      'Where the window is the whole partition, use `GROUP BY` instead: it adds up before rows are sent. Else filter the rows of this key first, or add a column to PARTITION BY that divides them.',
  },
} as const;

function skew(
  { keys, rowCount, largestRowCount, keyCount, value }: KeyShare,
  of: keyof typeof skewRemedies,
  isSplit: boolean,
): readonly Finding[] {
  const share = largestRowCount / rowCount;
  if (
    rowCount < skewedRows ||
    keyCount < 2 ||
    share < skewedShare ||
    largestRowCount < (skewedFactor * rowCount) / keyCount
  )
    return [];
  return [
    {
      rule: skewRemedies[of].rule,
      title: 'One key holds most of the rows',
      finding: `${formatQuantity(largestRowCount, 'row')} of ${formatQuantity(rowCount, 'row')} have ${keys} = ${value}, ${Math.round(share * 100)} %. On a cluster they all go to one machine, and the others wait for it${isSplit ? '; adaptive execution divides them only where they are more than 256 MiB' : ''}.`,
      remedy: skewRemedies[of].remedy,
      idea: 'partitions',
    },
  ];
}
