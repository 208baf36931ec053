/** OVER and the WINDOW clause. */
import type {
  Expression,
  SortOrder,
  WindowBoundary,
  WindowFrame,
  WindowSpec,
  WithWindows,
} from '../plan/unresolved.ts';
import { isName, nameOf, parseExpressions } from './name.ts';
import type { TokenStream } from './tokenStream.ts';

/** What follows OVER: a name, or a specification in parentheses. */
export function parseOver(stream: TokenStream): WindowSpec | string {
  if (isName(stream.next)) return nameOf(stream, stream.take());
  if (!stream.expectOperator('(')) return { partition: [], order: [] };
  if (isName(stream.next) && stream.isOperator(')', 1)) {
    const name = nameOf(stream, stream.take());
    stream.take();
    return name;
  }
  return parseSpec(stream);
}

function parseSpec(stream: TokenStream): WindowSpec {
  let partition: readonly Expression[] = [];
  let order: readonly SortOrder[] = [];
  if (stream.acceptWord('CLUSTER', 'BY')) {
    partition = parseExpressions(stream);
  } else {
    if (stream.acceptWord('PARTITION', 'BY') || stream.acceptWord('DISTRIBUTE', 'BY')) {
      partition = parseExpressions(stream);
    }
    if (stream.acceptWord('ORDER', 'BY') || stream.acceptWord('SORT', 'BY')) {
      order = parseSortOrders(stream);
    }
  }
  const frame = parseFrame(stream);
  stream.expectOperator(')');
  return { partition, order, ...(frame === undefined ? {} : { frame }) };
}

function parseFrame(stream: TokenStream): WindowFrame | undefined {
  const isRange = stream.isWord('RANGE');
  if (!isRange && !stream.isWord('ROWS')) return undefined;
  stream.take();
  const frameType = isRange ? 'range' : 'row';
  if (!stream.acceptWord('BETWEEN')) {
    return { frameType, lower: parseBoundary(stream), upper: { kind: 'currentRow' } };
  }
  const lower = parseBoundary(stream);
  stream.expectWord('AND');
  return { frameType, lower, upper: parseBoundary(stream) };
}

function parseBoundary(stream: TokenStream): WindowBoundary {
  if (stream.acceptWord('UNBOUNDED', 'PRECEDING')) return { kind: 'unboundedPreceding' };
  if (stream.acceptWord('UNBOUNDED', 'FOLLOWING')) return { kind: 'unboundedFollowing' };
  if (stream.acceptWord('CURRENT', 'ROW')) return { kind: 'currentRow' };
  const value = stream.grammar.expression(stream);
  if (!isConstant(value)) {
    const msg = 'Frame bound value must be a literal.';
    stream.report('_LEGACY_ERROR_TEMP_0064', { msg }, value.range);
  }
  if (stream.acceptWord('PRECEDING')) return { kind: 'preceding', value };
  stream.expectWord('FOLLOWING');
  return { kind: 'following', value };
}

/** Made of literals, operators and casts alone. */
function isConstant(value: Expression): boolean {
  switch (value.kind) {
    case 'literal':
    case 'missing':
      return true;
    case 'cast':
      return isConstant(value.expression);
    case 'unresolvedFunction':
      return value.operator && value.arguments.every(isConstant);
    default:
      return false;
  }
}

export function isWindowClause(stream: TokenStream): boolean {
  return stream.isWord('WINDOW') && isName(stream.peek(1)) && stream.isWord('AS', 2);
}

/** `WINDOW w AS (…), v AS w`. */
export function parseWindowClause(stream: TokenStream): WithWindows['definitions'] {
  stream.take();
  const definitions: WithWindows['definitions'][number][] = [];
  do {
    if (!isName(stream.next)) {
      stream.syntaxError();
      break;
    }
    const token = stream.take();
    const name = nameOf(stream, token);
    stream.expectWord('AS');
    if (definitions.some((other) => other.name.toLowerCase() === name.toLowerCase())) {
      stream.report('INVALID_SQL_SYNTAX.REPETITIVE_WINDOW_DEFINITION', { windowName: name }, token);
    }
    definitions.push({ name, window: parseOver(stream) });
  } while (stream.acceptOperator(','));
  return definitions;
}

export function parseSortOrders(stream: TokenStream): readonly SortOrder[] {
  const orders: SortOrder[] = [];
  do {
    const child = stream.grammar.expression(stream);
    const descending = stream.acceptWord('DESC');
    if (!descending) stream.acceptWord('ASC');
    const first = stream.acceptWord('NULLS', 'FIRST');
    const last = !first && stream.acceptWord('NULLS', 'LAST');
    orders.push({
      kind: 'sortOrder',
      child,
      direction: descending ? 'descending' : 'ascending',
      nullOrdering: first || (!last && !descending) ? 'nullsFirst' : 'nullsLast',
      range: { start: child.range.start, end: stream.lastEnd },
    });
  } while (stream.acceptOperator(','));
  return orders;
}
