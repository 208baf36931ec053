/** Resolved expressions as plans print them: `(a#1 + 2)`, `cast(b#2 as bigint)`, `sum(c#3L) AS total#9L`. */
import { localTimeIn } from '../value/datetime.ts';
import { valueText } from './literalText.ts';
import type {
  AggregateCall,
  Expression,
  Frame,
  FrameBound,
  FunctionCall,
  SortOrder,
  Subquery,
} from './resolved.ts';
import type { DataType } from './types.ts';
import { simpleString } from './types.ts';
import type { LiteralValue } from './unresolved.ts';

/** The zone in which timestamp literals are shown. */
export interface TextOptions {
  readonly timeZone: string;
  /** What a physical plan calls a subquery, whose plan it shows elsewhere. */
  readonly subqueryText?: (subquery: Subquery) => string | undefined;
}
export const utcText: TextOptions = { timeZone: 'UTC' };

const infix: Readonly<Record<string, string>> = {
  '+': '+',
  '-': '-',
  '*': '*',
  '/': '/',
  '%': '%',
  div: 'div',
  '&': '&',
  '|': '|',
  '^': '^',
  '<<': '<<',
  '>>': '>>',
  '>>>': '>>>',
  '=': '=',
  '<=>': '<=>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  and: 'AND',
  or: 'OR',
};
const prefix: Readonly<Record<string, string>> = {
  not: 'NOT ',
  '~': '~',
  negative: '-',
  positive: '+',
};
const tried: Readonly<Record<string, string>> = {
  '+': 'try_add',
  '-': 'try_subtract',
  '*': 'try_multiply',
  '/': 'try_divide',
  '%': 'try_mod',
};
const capitalized: Readonly<Record<string, string>> = {
  startswith: 'StartsWith',
  endswith: 'EndsWith',
  contains: 'Contains',
  rlike: 'RLIKE',
};
/** Spark prints no longer list whole (`spark.sql.debug.maxToStringFields`). */
const maxListed = 25;

export function expressionText(expression: Expression, options: TextOptions = utcText): string {
  const text = (child: Expression) => expressionText(child, options);
  switch (expression.kind) {
    case 'attribute':
      return idText(expression.name, expression.exprId, expression.type);
    case 'literal':
      return literalText(expression.value, expression.type, options);
    case 'alias':
      return `${text(expression.child)} AS ${idText(expression.name, expression.exprId, expression.type)}`;
    case 'cast':
      return `${expression.evalMode === 'try' ? 'try_' : ''}cast(${text(expression.child)} as ${simpleString(expression.type)})`;
    case 'call':
      return callText(expression, text);
    case 'aggregateCall':
      return aggregateText(expression, 'whole', options);
    case 'caseWhen': {
      const branches = expression.branches.map(
        ({ condition, value }) => `WHEN ${text(condition)} THEN ${text(value)}`,
      );
      const otherwise =
        expression.elseValue === undefined ? '' : ` ELSE ${text(expression.elseValue)}`;
      return `CASE ${branches.join(' ')}${otherwise} END`;
    }
    case 'in':
      return `${text(expression.child)} IN (${expression.list.map(text).join(',')})`;
    case 'getStructField':
      return `${text(expression.child)}.${expression.name}`;
    case 'lambda':
      return `lambdafunction(${[expression.body, ...expression.parameters].map(text).join(', ')}, false)`;
    case 'lambdaVariable':
      return `lambda ${idText(expression.name, expression.exprId, expression.type)}`;
    case 'outerReference':
      return `outer(${idText(expression.name, expression.exprId, expression.type)})`;
    case 'subquery': {
      const { exprId, values, subqueryType } = expression;
      const planned = options.subqueryText?.(expression);
      if (planned !== undefined) return planned;
      const outer = `[${expression.outer.map(({ value }) => text(value)).join(' && ')}]`;
      if (subqueryType !== 'in') {
        const word = subqueryType === 'exists' ? 'exists' : 'scalar-subquery';
        return `${word}#${exprId} ${outer}`;
      }
      const left =
        values.length === 1 ? values.map(text).join() : `(${values.map(text).join(', ')})`;
      return `${left} IN (list#${exprId} ${outer})`;
    }
    case 'windowExpression': {
      const { partition, order, frame } = expression;
      const parts = [
        ...partition.map(text),
        ...order.map((item) => sortOrderText(item, options)),
        frameText(frame, text),
      ];
      const called = aggregateText(expression.function, 'whole', options);
      return `${called} windowspecdefinition(${parts.join(', ')})`;
    }
  }
}

function frameText(
  { frameType, lower, upper }: Frame,
  text: (expression: Expression) => string,
): string {
  const bound = (item: FrameBound): string => {
    if (!('value' in item)) return `${item.kind.toLowerCase()}$()`;
    return item.kind === 'preceding' ? `-${text(item.value)}` : text(item.value);
  };
  const type = frameType === 'row' ? 'RowFrame' : 'RangeFrame';
  return `specifiedwindowframe(${type}, ${bound(lower)}, ${bound(upper)})`;
}

/** An aggregate, whole or as one of the steps of a physical plan. */
export type AggregateStep = 'whole' | 'partial' | 'merge' | 'final';

export function aggregateText(
  call: AggregateCall,
  step: AggregateStep,
  options: TextOptions = utcText,
): string {
  const values = [
    ...call.arguments.map((argument) => expressionText(argument, options)),
    ...(hiddenArguments[call.name]?.(call) ?? []),
  ].join(', ');
  const prefix = step === 'partial' || step === 'merge' ? `${step}_` : '';
  const ignoring =
    call.ignoreNulls && hiddenArguments[call.name] === undefined ? ' ignore nulls' : '';
  // The first step has seen to it that later ones get no row that is filtered out.
  const isFiltered = call.filter !== undefined && (step === 'whole' || step === 'partial');
  const filter = isFiltered ? ` FILTER (WHERE ${expressionText(call.filter, options)})` : '';
  // These are called what the query calls them.
  const isAsWritten = ['avg', 'stddev_samp', 'var_samp'].includes(call.name);
  const name = isAsWritten ? (call.writtenAs ?? call.name) : call.name;
  return `${prefix}${name}(${call.isDistinct ? 'distinct ' : ''}${values})${ignoring}${filter}`;
}

/** What Spark prints of an aggregate beside what it was given: defaults, and the offsets of its buffers. */
const hiddenArguments: Readonly<Record<string, (call: AggregateCall) => readonly string[]>> = {
  collect_list: () => ['0', '0'],
  collect_set: () => ['0', '0'],
  first: ({ ignoreNulls }) => [String(ignoreNulls)],
  last: ({ ignoreNulls }) => [String(ignoreNulls)],
  any_value: ({ ignoreNulls }) => [String(ignoreNulls)],
  approx_count_distinct: ({ arguments: { length } }) => (length > 1 ? [] : ['0.05', '0', '0']),
  percentile: () => ['0', '0', 'false'],
};

export function sortOrderText(order: SortOrder, options: TextOptions = utcText): string {
  const direction = order.direction === 'ascending' ? 'ASC' : 'DESC';
  const nulls = order.nullOrdering === 'nullsFirst' ? 'NULLS FIRST' : 'NULLS LAST';
  return `${expressionText(order.child, options)} ${direction} ${nulls}`;
}

/** A list cut as Spark cuts it, without its brackets. */
export function listText(items: readonly string[], separator = ', '): string {
  if (items.length <= maxListed) return items.join(separator);
  return [...items.slice(0, maxListed), `... ${items.length - maxListed} more fields`].join(
    separator,
  );
}

function literalText(value: LiteralValue, type: DataType, { timeZone }: TextOptions): string {
  if (value instanceof Uint8Array) {
    return `0x${Array.from(value, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('')}`;
  }
  const isInstant = type.kind === 'timestamp' && typeof value === 'bigint';
  return valueText(isInstant ? (localTimeIn(timeZone, value) ?? value) : value, type);
}

function idText(name: string, exprId: number, type: DataType): string {
  return `${name}#${exprId}${type.kind === 'long' ? 'L' : ''}`;
}

function callText(call: FunctionCall, text: (child: Expression) => string): string {
  const { name } = call;
  const values = call.arguments.map(text);
  const [first = '', second = '', third = ''] = values;
  if (values.length === 1 && Object.hasOwn(prefix, name)) return `${prefix[name] ?? ''}${first}`;
  if (values.length === 2) {
    if (call.evalMode === 'try' && Object.hasOwn(tried, name)) {
      return `${tried[name] ?? name}(${first}, ${second})`;
    }
    if ((name === '+' || name === '-') && call.arguments.some(({ type }) => type.kind === 'time'))
      return `${first} ${name} ${second}`;
    if (Object.hasOwn(infix, name)) return `(${first} ${infix[name] ?? name} ${second})`;
    if (name === 'getarrayitem' || name === 'getmapvalue') return `${first}[${second}]`;
    if (name === 'like') return `${first} LIKE ${second}`;
  }
  if (values.length === 3) {
    if (name === 'getarraystructfields') return `${first}.${second}`;
    if (name === 'like') return `${first} LIKE ${second} ESCAPE '${third}'`;
    if (name === 'if') return `if (${first}) ${second} else ${third}`;
  }
  const shown = Object.hasOwn(capitalized, name) ? (capitalized[name] ?? name) : name;
  return `${shown}(${values.join(', ')})`;
}
