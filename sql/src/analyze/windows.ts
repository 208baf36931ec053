/** Window functions: their frames and their checks. */
import { quotedText, quotedType } from '../plan/columnText.ts';
import type {
  AggregateCall,
  EvalMode,
  Expression,
  Frame,
  FrameBound,
  SortOrder,
  WindowExpression,
} from '../plan/resolved.ts';
import { some } from '../plan/traverse.ts';
import type { DataType } from '../plan/types.ts';
import { intType, isNumeric, sameType } from '../plan/types.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { frameText, windowSpecText } from '../plan/windowText.ts';
import { quoteName, raise } from '../problem.ts';
import { callOf, castOf } from '../typing/build.ts';
import { canCast } from '../typing/cast.ts';
import { evaluate } from '../typing/evaluate.ts';
import type { Scope } from './context.ts';

interface Resolvers {
  readonly expression: (scope: Scope, expression: unresolved.Expression) => Expression;
  readonly call: (scope: Scope, call: unresolved.UnresolvedFunction) => Expression;
}

export function resolveWindow(
  scope: Scope,
  expression: unresolved.Window,
  resolvers: Resolvers,
): WindowExpression {
  const { windowFunction, range } = expression;
  const spec = specOf(scope, expression.window, range);
  if (windowFunction.kind !== 'unresolvedFunction') {
    return raise('UNSUPPORTED_WINDOW_FUNCTION', { funcName: 'expression' }, range);
  }
  const { timeZone } = scope.context.settings;
  const called = resolvers.call(scope, windowFunction);
  if (called.kind !== 'aggregateCall') {
    const funcName = quotedText(called, timeZone);
    return raise('UNSUPPORTED_WINDOW_FUNCTION', { funcName }, range);
  }
  if (called.filter !== undefined) raise('_LEGACY_ERROR_TEMP_1030', {}, range);
  const resolve = (item: unresolved.Expression) => resolvers.expression(scope, item);
  const partition = spec.partition.map(resolve);
  const order = spec.order.map(({ child, direction, nullOrdering }): SortOrder => ({
    child: resolve(child),
    direction,
    nullOrdering,
  }));
  const isWindowFunction = windowFunctions.has(called.name);
  if (isWindowFunction && order.length === 0) {
    const wf = quotedText(called, timeZone).slice(1, -1);
    raise('_LEGACY_ERROR_TEMP_1037', { wf }, range);
  }
  const written = spec.frame && frameOf(scope, spec.frame, order, resolve);
  const window: WindowExpression = {
    kind: 'windowExpression',
    function: called,
    partition,
    order,
    frame: written ?? defaultFrame(order),
    type: called.type,
    nullable: true,
    range,
  };
  if (written !== undefined) checkFrame(window, timeZone);
  const own = ownFrame(called, scope.context.settings.ansi ? 'ansi' : 'legacy');
  const framed = own === undefined ? window : { ...window, frame: own };
  if (own !== undefined && written !== undefined && !sameFrame(own, written)) {
    raise(
      'WINDOW_FUNCTION_AND_FRAME_MISMATCH',
      { funcName: quotedText(called, timeZone), windowExpr: quotedText(window, timeZone) },
      range,
    );
  }
  if (called.isDistinct) {
    const windowExpr = quotedText(framed, timeZone);
    raise('DISTINCT_WINDOW_FUNCTION_UNSUPPORTED', { windowExpr }, range);
  }
  checkNested(framed, timeZone);
  if (wantsWholePartition(called) && (order.length > 0 || written !== undefined)) {
    raise(
      'INVALID_WINDOW_SPEC_FOR_AGGREGATION_FUNC',
      { aggFunc: quotedText(called, timeZone) },
      range,
    );
  }
  return { ...framed, nullable: isNullable(framed) };
}

/** Functions that mean nothing without OVER. */
export const windowFunctions: ReadonlySet<string> = new Set([
  'row_number',
  'rank',
  'dense_rank',
  'percent_rank',
  'cume_dist',
  'ntile',
  'lag',
  'lead',
  'nth_value',
]);

const neverNull = new Set([
  'row_number',
  'rank',
  'dense_rank',
  'percent_rank',
  'cume_dist',
  'ntile',
  'count',
  'count_if',
]);

function wantsWholePartition({ name, arguments: { length } }: AggregateCall): boolean {
  // A listagg has keys where an order stands WITHIN GROUP.
  if (name === 'listagg') return length > 2;
  return ['median', 'percentile_cont', 'percentile_disc'].includes(name);
}

export function containsWindow(expression: Expression): boolean {
  return some(expression, (part) => part.kind === 'windowExpression');
}

function isNullable({ function: called }: WindowExpression): boolean {
  if (neverNull.has(called.name)) return false;
  if (called.name === 'lag' || called.name === 'lead') return called.nullable;
  return called.nullable || windowFunctions.has(called.name);
}

function specOf(
  scope: Scope,
  window: unresolved.WindowSpec | string,
  range: unresolved.Window['range'],
): unresolved.WindowSpec {
  if (typeof window !== 'string') return window;
  const found = scope.names.windows.findLast(
    ({ name }) => name.toLowerCase() === window.toLowerCase(),
  );
  if (found === undefined) {
    const docroot = 'https://spark.apache.org/docs/latest';
    return raise('MISSING_WINDOW_SPECIFICATION', { windowName: window, docroot }, range);
  }
  if (typeof found.window !== 'string') return found.window;
  const { window: target } = found;
  const second = scope.names.windows.findLast(
    ({ name }) => name.toLowerCase() === target.toLowerCase(),
  );
  if (second === undefined) {
    return raise('INVALID_SQL_SYNTAX.UNRESOLVED_WINDOW_REFERENCE', { windowName: target }, range);
  }
  if (typeof second.window === 'string') {
    return raise('INVALID_SQL_SYNTAX.INVALID_WINDOW_REFERENCE', { windowName: target }, range);
  }
  return second.window;
}

function defaultFrame(order: readonly SortOrder[]): Frame {
  return order.length > 0
    ? {
        frameType: 'range',
        lower: { kind: 'unboundedPreceding' },
        upper: { kind: 'currentRow' },
      }
    : {
        frameType: 'row',
        lower: { kind: 'unboundedPreceding' },
        upper: { kind: 'unboundedFollowing' },
      };
}

/** Ranking functions and those of one offset have a frame that nothing else may be written for. */
function ownFrame(called: AggregateCall, evalMode: EvalMode): Frame | undefined {
  const upToHere = (frameType: Frame['frameType']): Frame => ({
    frameType,
    lower: { kind: 'unboundedPreceding' },
    upper: { kind: 'currentRow' },
  });
  switch (called.name) {
    case 'row_number':
    case 'rank':
    case 'dense_rank':
    case 'percent_rank':
    case 'ntile':
      return upToHere('row');
    case 'cume_dist':
      return upToHere('range');
    case 'lag':
    case 'lead': {
      const [, offset] = called.arguments;
      if (offset === undefined) return undefined;
      const bound: FrameBound = {
        kind: 'following',
        value: offsetOf(called.name, offset, evalMode),
      };
      return { frameType: 'row', lower: bound, upper: bound };
    }
    default:
      return undefined;
  }
}

function offsetOf(name: string, offset: Expression, evalMode: EvalMode): Expression {
  if (name === 'lead') return offset;
  const value = evaluate(offset);
  if (value !== undefined && typeof value.value === 'bigint') {
    return { ...value, value: -value.value };
  }
  const { type, nullable, range } = offset;
  return { kind: 'call', name: 'negative', arguments: [offset], type, nullable, evalMode, range };
}

function sameFrame(left: Frame, right: Frame): boolean {
  return (
    frameText(left, (value) => JSON.stringify(evaluate(value)?.value?.toString())) ===
    frameText(right, (value) => JSON.stringify(evaluate(value)?.value?.toString()))
  );
}

function frameOf(
  scope: Scope,
  frame: unresolved.WindowFrame,
  order: readonly SortOrder[],
  resolve: (expression: unresolved.Expression) => Expression,
): Frame {
  const mode = scope.context.settings.ansi ? 'ansi' : 'legacy';
  const [only] = order;
  const ordering = frame.frameType === 'range' && order.length === 1 ? only?.child.type : undefined;
  const bound = (boundary: unresolved.WindowBoundary): FrameBound => {
    if (!('value' in boundary)) return boundary;
    const value = resolve(boundary.value);
    const cast = boundaryCast(value, ordering, mode);
    if (cast === value || boundary.kind === 'following')
      return { kind: boundary.kind, value: cast };
    // A cast goes around what comes before as the negative of what follows.
    const { type, nullable, range } = value;
    const negative = callOf('negative', [value], type, mode, range, nullable);
    return { kind: 'following', value: boundaryCast(negative, ordering, mode) };
  };
  return { frameType: frame.frameType, lower: bound(frame.lower), upper: bound(frame.upper) };
}

/** A distance takes the type of what is ordered by, but for moments, whose distances are intervals. */
function boundaryCast(
  value: Expression,
  ordering: DataType | undefined,
  mode: EvalMode,
): Expression {
  if (ordering === undefined || sameType(ordering, value.type)) return value;
  const isMoment = ['date', 'timestamp', 'timestamp_ntz'].includes(ordering.kind);
  if (isMoment || !canCast(value.type, ordering, mode === 'ansi')) return value;
  return castOf(value, ordering, mode, true);
}

function checkFrame(window: WindowExpression, timeZone: string): void {
  const { frame, order, range } = window;
  const isRange = frame.frameType === 'range';
  const { lower, upper } = frame;
  const sqlExpr = `"${frameText(frame, (value) => quotedText(value, timeZone).slice(1, -1))}"`;
  for (const [location, bound] of [
    ['lower', lower],
    ['upper', upper],
  ] as const) {
    if (!('value' in bound)) continue;
    const { value } = bound;
    if (evaluate(value) === undefined && readsColumn(value)) {
      const expression = quotedText(value, timeZone);
      raise(
        'DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_WITHOUT_FOLDABLE',
        { sqlExpr, location, expression },
        range,
      );
    }
    const isAccepted = isRange ? isDistance(value.type) : value.type.kind === 'int';
    if (isAccepted) continue;
    const expectedType = isRange
      ? '("NUMERIC" or "INTERVAL DAY TO SECOND" or "INTERVAL YEAR TO MONTH" or "INTERVAL")'
      : quotedType(intType);
    raise(
      'DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_UNACCEPTED_TYPE',
      { sqlExpr, location, exprType: quotedType(value.type), expectedType },
      range,
    );
  }
  if (lower.kind === 'unboundedFollowing' || upper.kind === 'unboundedPreceding') {
    const text = (bound: FrameBound) =>
      'value' in bound
        ? quotedText(bound.value, timeZone)
        : `"${bound.kind.replace(/[A-Z]/g, ' $&').toUpperCase()}"`;
    raise(
      'DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_INVALID_BOUND',
      { sqlExpr, upper: text(upper), lower: text(lower) },
      range,
    );
  }
  if ('value' in lower && 'value' in upper) {
    if (!sameType(lower.value.type, upper.value.type)) {
      raise(
        'DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_DIFF_TYPES',
        {
          sqlExpr,
          lower: quotedText(lower.value, timeZone),
          upper: quotedText(upper.value, timeZone),
          lowerType: quotedType(lower.value.type),
          upperType: quotedType(upper.value.type),
        },
        range,
      );
    }
    const [from, to] = [signed(lower), signed(upper)];
    if (from !== undefined && to !== undefined && from > to) {
      raise(
        'DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_WRONG_COMPARISON',
        { sqlExpr, comparison: 'less than or equal' },
        range,
      );
    }
  }
  if (isRange) checkRange(window, timeZone, order);
}

function checkRange(window: WindowExpression, timeZone: string, order: readonly SortOrder[]): void {
  const { frame, range } = window;
  const sqlExpr = `"(${windowSpecText(window, (value) => quotedText(value, timeZone).slice(1, -1))})"`;
  const { lower, upper } = frame;
  const isUnbounded = lower.kind === 'unboundedPreceding' && upper.kind === 'unboundedFollowing';
  if (!isUnbounded && order.length === 0) {
    raise('DATATYPE_MISMATCH.RANGE_FRAME_WITHOUT_ORDER', { sqlExpr }, range);
  }
  const values = [lower, upper].flatMap((bound) => ('value' in bound ? [bound.value] : []));
  const [first] = values;
  const [only] = order;
  if (first === undefined || only === undefined) return;
  if (order.length > 1) {
    const orderSpec = order.map(({ child }) => quotedText(child, timeZone)).join(',');
    raise('DATATYPE_MISMATCH.RANGE_FRAME_MULTI_ORDER', { sqlExpr, orderSpec }, range);
  }
  if (isValidDistance(only.child.type, first.type)) return;
  raise(
    'DATATYPE_MISMATCH.RANGE_FRAME_INVALID_TYPE',
    {
      sqlExpr,
      orderSpecType: quotedType(only.child.type),
      valueBoundaryType: quotedType(first.type),
    },
    range,
  );
}

function isDistance(type: DataType): boolean {
  return isNumeric(type) || type.kind.endsWith('Interval');
}

function isValidDistance(ordering: DataType, distance: DataType): boolean {
  switch (ordering.kind) {
    case 'date':
      return (
        distance.kind === 'int' ||
        distance.kind === 'yearMonthInterval' ||
        (distance.kind === 'dayTimeInterval' && distance.last === 'day')
      );
    case 'timestamp':
    case 'timestamp_ntz':
      return distance.kind.endsWith('Interval');
    default:
      return sameType(ordering, distance);
  }
}

function signed(bound: FrameBound & { readonly value: Expression }): number | undefined {
  const value = distanceOf(bound.value);
  return value !== undefined && bound.kind === 'preceding' ? -value : value;
}

/** A number, whatever it is cast to. */
function distanceOf(expression: Expression): number | undefined {
  const value = evaluate(expression)?.value;
  if (typeof value === 'bigint' || typeof value === 'number') return Number(value);
  if (expression.kind === 'cast') return distanceOf(expression.child);
  if (expression.kind !== 'call' || expression.name !== 'negative') return undefined;
  const [operand] = expression.arguments;
  const size = operand && distanceOf(operand);
  return size === undefined ? undefined : -size;
}

function readsColumn(expression: Expression): boolean {
  return some(expression, ({ kind }) => kind === 'attribute' || kind === 'aggregateCall');
}

function checkNested(window: WindowExpression, timeZone: string): void {
  const nested = window.function.arguments.find(containsWindow);
  if (nested === undefined) return;
  raise(
    'UNSUPPORTED_WINDOW_FUNCTION',
    { funcName: quoteName([quotedText(nested, timeZone).slice(1, -1)]) },
    nested.range,
  );
}
