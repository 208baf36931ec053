/** Aggregates in the steps that a cluster takes: in each partition, then over all. */
import { aggregateText } from '../plan/expressionText.ts';
import type { AggregateStep } from '../plan/expressionText.ts';
import type {
  Aggregate,
  AggregateCall,
  Attribute,
  Expression,
  NamedExpression,
} from '../plan/resolved.ts';
import { attributeOf } from '../plan/output.ts';
import { nowhere } from '../plan/range.ts';
import { childrenOf, expressionKey, mapChildren, references } from '../plan/traverse.ts';
import type { DataType } from '../plan/types.ts';
import { booleanType, longType } from '../plan/types.ts';
import type { Partitioning, PhysicalNode, PlanningContext } from './physicalNode.ts';
import { clustered, runsHere } from './physicalNode.ts';

const inOnePass = 'this machine aggregates in one pass; a cluster does it in each partition first';

export function planAggregate(
  context: PlanningContext,
  aggregate: Aggregate,
  input: PhysicalNode,
): PhysicalNode {
  const { keys, child, aggregates } = pullOutGrouping(context, aggregate, input);
  const calls = callsOf(aggregates);
  const family = familyOf(calls);
  const step = new Steps(context, family, aggregate.range, keys);
  const plain = calls.filter(({ isDistinct }) => !isDistinct);
  const distinct = calls.filter(({ isDistinct }) => isDistinct);
  const buffers = plain.flatMap((call) => buffersOf(context, call));
  const values = new Map(calls.map((call) => [expressionKey(call), finishedOf(context, call)]));
  const last = {
    functions: texts([...plain, ...distinct], 'final', context),
    attributes: [...plain, ...distinct].flatMap((call) => values.get(expressionKey(call)) ?? []),
    output: aggregates.map(attributeOf),
    results: aggregates.map((item) => withFinished(item, values)),
    here: runsHere,
  };
  if (distinct.length === 0) {
    const partial = step.make(child, {
      functions: texts(plain, 'partial', context),
      attributes: buffers,
      output: [...keys, ...buffers],
    });
    return step.make(clustered(context, partial, keys), last);
  }
  // One set of distinct values is made unique by grouping by it first, several by an Expand.
  const counted = uniqueOf(distinct.flatMap((call) => call.arguments)).map((value) =>
    value.kind === 'attribute' ? value : column(context, context.text(value), value.type),
  );
  const sets = new Set(distinct.map((call) => call.arguments.map(expressionKey).join()));
  const wide = [...keys, ...counted];
  const base = sets.size > 1 ? expand(context, child, wide) : child;
  const unique = new Steps(context, family, aggregate.range, wide);
  const wideOutput = { attributes: buffers, output: [...wide, ...buffers] };
  const partial = unique.make(base, {
    functions: texts(plain, 'partial', context),
    ...wideOutput,
  });
  const merged = unique.make(clustered(context, partial, wide), {
    functions: texts(plain, 'merge', context),
    ...wideOutput,
  });
  const distinctBuffers = distinct.flatMap((call) => buffersOf(context, call));
  const partialDistinct = step.make(merged, {
    functions: [...texts(plain, 'merge', context), ...texts(distinct, 'partial', context)],
    attributes: [...buffers, ...distinctBuffers],
    output: [...keys, ...buffers, ...distinctBuffers],
  });
  return step.make(clustered(context, partialDistinct, keys), last);
}

interface Step {
  readonly functions: readonly string[];
  /** What the functions yield: buffers, or at the end their values. */
  readonly attributes: readonly Attribute[];
  readonly output: readonly Attribute[];
  /** What the output is computed as, where that is more than keys and buffers. */
  readonly results?: readonly NamedExpression[];
  readonly here?: string;
}

type Family = 'HashAggregate' | 'ObjectHashAggregate' | 'SortAggregate';

class Steps {
  private readonly context: PlanningContext;
  private readonly family: Family;
  private readonly range: Aggregate['range'];
  private readonly keys: readonly Attribute[];

  constructor(
    context: PlanningContext,
    family: Family,
    range: Aggregate['range'],
    keys: readonly Attribute[],
  ) {
    this.context = context;
    this.family = family;
    this.range = range;
    this.keys = keys;
  }

  make(input: PhysicalNode, step: Step): PhysicalNode {
    const { functions, attributes, output, results = output, here = inOnePass } = step;
    const { context, family, keys } = this;
    const child =
      family === 'SortAggregate' && keys.length > 0 ? sorted(context, input, keys) : input;
    const word = family === 'SortAggregate' ? 'key' : 'keys';
    const detail = `(${word}=${context.list(keys)}, functions=[${functions.join(', ')}])`;
    const partitioning: Partitioning = child.partitioning;
    return {
      name: family,
      detail,
      line: `${family}${detail}`,
      extended: `, output=${context.list(output)})`,
      formatted: {
        lines: [
          context.countedColumns('Input', child.output),
          context.countedColumns('Keys', keys),
          context.counted('Functions', functions),
          context.countedColumns('Aggregate Attributes', attributes),
          context.countedColumns('Results', results),
        ],
      },
      facts: [
        ['Keys', keys.length === 0 ? 'none' : context.list(keys)],
        ['Functions', functions.length === 0 ? 'none' : functions.join(', ')],
      ],
      children: [child],
      output,
      partitioning,
      here,
      range: this.range,
    };
  }
}

export function sorted(
  context: PlanningContext,
  child: PhysicalNode,
  keys: readonly Expression[],
): PhysicalNode {
  const order = `[${keys.map((key) => `${context.text(key)} ASC NULLS FIRST`).join(', ')}]`;
  const detail = `${order}, false, 0`;
  return {
    name: 'Sort',
    detail,
    formatted: { lines: [context.countedColumns('Input', child.output), `Arguments: ${detail}`] },
    facts: [['Order', order]],
    children: [child],
    output: child.output,
    partitioning: child.partitioning,
    here: 'a cluster would sort each partition; this machine hashes instead',
    range: child.range,
  };
}

/** Grouping expressions that are no columns become columns of a Project below. */
function pullOutGrouping(context: PlanningContext, aggregate: Aggregate, input: PhysicalNode) {
  const named = new Map<string, Attribute>();
  const computed: NamedExpression[] = [];
  const keys = aggregate.grouping.map((expression): Attribute => {
    if (expression.kind === 'attribute') return expression;
    const key = expressionKey(expression);
    const known = named.get(key);
    if (known !== undefined) return known;
    const { type, nullable, range } = expression;
    const exprId = context.freshId();
    const alias = {
      kind: 'alias',
      child: expression,
      name: '_groupingexpression',
      exprId,
      type,
      nullable,
      range,
    } as const;
    computed.push(alias);
    const column = attributeOf(alias);
    named.set(key, column);
    return column;
  });
  if (computed.length === 0) return { keys, child: input, aggregates: aggregate.aggregates };
  const replace = (expression: Expression): Expression =>
    named.get(expressionKey(expression)) ?? mapChildren(expression, replace);
  const aggregates = aggregate.aggregates.map((item): NamedExpression =>
    item.kind === 'attribute' ? item : { ...item, child: replace(item.child) },
  );
  const read = new Set(aggregates.flatMap((item) => [...references(item)]));
  const columns = input.output.filter(
    ({ exprId }) => read.has(exprId) || keys.some((key) => key.exprId === exprId),
  );
  const expressions = [...columns, ...computed];
  const child: PhysicalNode = {
    name: 'Project',
    detail: context.list(expressions),
    formatted: {
      lines: [
        context.countedColumns('Output', expressions),
        context.countedColumns('Input', input.output),
      ],
    },
    facts: [],
    children: [input],
    output: expressions.map(attributeOf),
    partitioning: input.partitioning,
    here: runsHere,
    range: aggregate.range,
  };
  return { keys, child, aggregates };
}

function expand(
  context: PlanningContext,
  child: PhysicalNode,
  columns: readonly Attribute[],
): PhysicalNode {
  const output = [...columns, column(context, 'gid', { kind: 'int' })];
  return {
    name: 'Expand',
    detail: context.list(output),
    formatted: { lines: [context.countedColumns('Input', child.output)] },
    facts: [['Reason', 'Each set of distinct values is counted on rows of its own.']],
    children: [child],
    output,
    partitioning: child.partitioning,
    here: 'this machine keeps one set of values per aggregate instead',
    range: child.range,
  };
}

function callsOf(aggregates: readonly NamedExpression[]): readonly AggregateCall[] {
  const found = new Map<string, AggregateCall>();
  const visit = (expression: Expression) => {
    if (expression.kind === 'aggregateCall') found.set(expressionKey(expression), expression);
    else childrenOf(expression).forEach(visit);
  };
  aggregates.forEach(visit);
  return [...found.values()];
}

function uniqueOf(expressions: readonly Expression[]): readonly Expression[] {
  return [...new Map(expressions.map((item) => [expressionKey(item), item])).values()];
}

function texts(
  calls: readonly AggregateCall[],
  step: AggregateStep,
  context: PlanningContext,
): readonly string[] {
  return calls.map((call) => aggregateText(call, step, context.options));
}

/** Buffers of fixed size can be updated in place; others make Spark sort, or keep objects. */
function familyOf(calls: readonly AggregateCall[]): Family {
  if (calls.some(({ name }) => objectBuffers.test(name))) return 'ObjectHashAggregate';
  const keepsValue = (call: AggregateCall) =>
    /^(min|max|first|last|any_value|mode|max_by|min_by)/.test(call.name) &&
    call.arguments.some(({ type }) => !isFixedWidth(type));
  return calls.some(keepsValue) ? 'SortAggregate' : 'HashAggregate';
}

const objectBuffers =
  /^(collect_|array_agg|percentile|median|mode|approx_|histogram|listagg|string_agg)/;

function isFixedWidth({ kind }: DataType): boolean {
  return !['string', 'binary', 'array', 'map', 'struct'].includes(kind);
}

function buffersOf(context: PlanningContext, call: AggregateCall): readonly Attribute[] {
  const [value] = call.arguments;
  switch (call.name) {
    case 'count':
    case 'count_if':
      return [column(context, 'count', longType)];
    case 'avg':
      return [
        column(context, 'sum', call.type.kind === 'decimal' ? call.type : { kind: 'double' }),
        column(context, 'count', longType),
      ];
    case 'sum':
      return call.type.kind === 'decimal'
        ? [column(context, 'sum', call.type), column(context, 'isEmpty', booleanType)]
        : [column(context, 'sum', call.type)];
    case 'first':
    case 'last':
      return [
        column(context, call.name, value?.type ?? call.type),
        column(context, 'valueSet', booleanType),
      ];
    case 'min':
    case 'max':
      return [column(context, call.name, call.type)];
    default:
      return [column(context, 'buf', call.type)];
  }
}

/** The column that holds the value of an aggregate call in the last step. */
function finishedOf(context: PlanningContext, call: AggregateCall): Attribute {
  return column(context, aggregateText(call, 'final', context.options), call.type);
}

function withFinished(
  item: NamedExpression,
  values: ReadonlyMap<string, Attribute>,
): NamedExpression {
  const replace = (expression: Expression): Expression =>
    expression.kind === 'aggregateCall'
      ? (values.get(expressionKey(expression)) ?? expression)
      : mapChildren(expression, replace);
  return item.kind === 'attribute' ? item : { ...item, child: replace(item.child) };
}

function column(context: PlanningContext, name: string, type: DataType): Attribute {
  const exprId = context.freshId();
  return { kind: 'attribute', exprId, name, type, nullable: true, qualifier: [], range: nowhere };
}
