/** GROUP BY with its grouping analytics. */
import type { Expression, GroupingAnalytics } from '../plan/unresolved.ts';
import type { TokenStream } from './tokenStream.ts';

/** GROUP BY is known to come next. */
export function parseGroupBy(
  stream: TokenStream,
  parseOne: (stream: TokenStream) => Expression = (inner) => inner.grammar.expression(inner),
): readonly Expression[] {
  const { start } = stream.take();
  stream.take();
  const expressions: Expression[] = [];
  do {
    expressions.push(parseAnalytics(stream) ?? parseOne(stream));
  } while (stream.acceptOperator(','));
  const range = () => ({ start, end: stream.lastEnd });
  const sets = () => expressions.map((expression) => [expression]);
  if (stream.acceptWord('WITH', 'ROLLUP')) {
    return [{ kind: 'groupingAnalytics', groupType: 'rollup', sets: sets(), range: range() }];
  }
  if (stream.acceptWord('WITH', 'CUBE')) {
    return [{ kind: 'groupingAnalytics', groupType: 'cube', sets: sets(), range: range() }];
  }
  if (stream.isWord('GROUPING') && stream.isWord('SETS', 1)) {
    const analytics = parseAnalytics(stream);
    if (analytics !== undefined) return [{ ...analytics, of: expressions }];
  }
  return expressions;
}

function parseAnalytics(stream: TokenStream): GroupingAnalytics | undefined {
  const { start } = stream.next;
  const groupType = (['rollup', 'cube'] as const).find(
    (name) => stream.isWord(name.toUpperCase()) && stream.isOperator('(', 1),
  );
  if (groupType !== undefined) {
    stream.take();
    const sets = parseSets(stream).map((set) => ('sets' in set ? [set] : set.set));
    const range = { start, end: stream.lastEnd };
    if (sets.some((set) => set.length === 0)) {
      stream.report('_LEGACY_ERROR_TEMP_0051', { element: groupType.toUpperCase() }, range);
    }
    return { kind: 'groupingAnalytics', groupType, sets, range };
  }
  if (!stream.areWords('GROUPING', 'SETS') || !stream.isOperator('(', 2)) return undefined;
  stream.take();
  stream.take();
  const sets = parseSets(stream, parseAnalytics).map((set) => ('sets' in set ? [set] : set.set));
  const range = { start, end: stream.lastEnd };
  return { kind: 'groupingAnalytics', groupType: 'groupingSets', sets, range };
}

function parseSets(
  stream: TokenStream,
  nested: (stream: TokenStream) => GroupingAnalytics | undefined = () => undefined,
): readonly (GroupingAnalytics | { readonly set: readonly Expression[] })[] {
  stream.take();
  const sets: (GroupingAnalytics | { readonly set: readonly Expression[] })[] = [];
  do {
    sets.push(nested(stream) ?? { set: parseSet(stream) });
  } while (stream.acceptOperator(','));
  stream.expectOperator(')');
  return sets;
}

/** `(a, b)`, `()` or one expression, which may begin with a parenthesis of its own. */
function parseSet(stream: TokenStream): readonly Expression[] {
  if (!stream.isOperator('(')) return [stream.grammar.expression(stream)];
  const mark = stream.mark();
  stream.take();
  if (stream.acceptOperator(')')) return [];
  const expressions: Expression[] = [];
  do {
    expressions.push(stream.grammar.expression(stream));
  } while (stream.acceptOperator(','));
  const isWhole = stream.acceptOperator(')') && (stream.isOperator(',') || stream.isOperator(')'));
  if (isWhole) return expressions;
  stream.rewind(mark);
  return [stream.grammar.expression(stream)];
}
