/** `query |> operator …`. Most operators are the clause of their name over what stands before them. */
import type { Expression, Relation } from '../plan/unresolved.ts';
import { parseJoinsAfter } from './from.ts';
import { parseGroupBy } from './grouping.ts';
import { isName, nameOf, parseNameParts } from './name.ts';
import { isPivot, parsePivotOrUnpivot, parseSample } from './pivot.ts';
import { parseNamedExpressions } from './selectList.ts';
import type { TokenStream } from './tokenStream.ts';
import { rewrite } from '../rewrite.ts';
import { isWindowClause } from './window.ts';

/** What of a query's grammar stands after a pipe too. */
export interface QueryGrammar {
  readonly unit: (stream: TokenStream) => Relation;
  readonly select: (stream: TokenStream, start: number, before: Relation) => Relation;
  readonly organization: (stream: TokenStream, query: Relation) => Relation;
}

export function parsePipe(stream: TokenStream, input: Relation, grammar: QueryGrammar): Relation {
  const { start } = input.range;
  stream.take();
  const here = () => ({ start, end: stream.lastEnd });
  const operator = (
    name: (Relation & { readonly kind: 'pipe' })['operator'],
    expressions: readonly Expression[],
    groupingExpressions: readonly Expression[] = [],
  ): Relation => ({
    kind: 'pipe',
    input,
    operator: name,
    expressions,
    groupingExpressions,
    range: here(),
  });
  if (stream.isWord('SELECT')) return selected(grammar.select(stream, start, input));
  if (stream.acceptWord('EXTEND')) return operator('extend', parseNamedExpressions(stream));
  if (stream.acceptWord('SET')) return operator('set', parseAssignments(stream));
  if (stream.acceptWord('DROP')) return operator('drop', parseColumns(stream));
  if (stream.acceptWord('AS')) {
    if (!isName(stream.next)) stream.syntaxError();
    const alias = isName(stream.next) ? nameOf(stream, stream.take()) : '';
    checkHyphen(stream, alias);
    return { kind: 'subqueryAlias', input, alias, columnNames: [], range: here() };
  }
  if (stream.acceptWord('WHERE')) {
    const condition = stream.grammar.expression(stream);
    if (isWindowClause(stream)) {
      stream.report('NOT_ALLOWED_IN_PIPE_OPERATOR_WHERE.WINDOW_CLAUSE', {}, here());
      stream.skipToEnd();
    }
    return { kind: 'filter', input: separated(input), condition, range: here() };
  }
  if (isPivot(stream)) {
    const result = parsePivotOrUnpivot(stream, input);
    const isOther = isPivot(stream) && stream.isWord('PIVOT') !== (result.kind === 'pivot');
    if (!isOther) return result;
    stream.report('NOT_ALLOWED_IN_FROM.UNPIVOT_WITH_PIVOT', {}, here());
    return parsePivotOrUnpivot(stream, result);
  }
  if (stream.isWord('TABLESAMPLE')) return parseSample(stream, input);
  if (stream.acceptWord('AGGREGATE')) {
    const hasList = !stream.isWord('GROUP') && !stream.atEnd;
    const list = hasList ? parseNamedExpressions(stream) : [];
    const isGrouped = stream.isWord('GROUP') && stream.isWord('BY', 1);
    if (!isGrouped && !hasList) {
      const message =
        'The AGGREGATE clause requires a list of aggregate expressions or a list of grouping expressions, or both';
      stream.report('_LEGACY_ERROR_TEMP_0035', { message }, here());
    }
    const grouping = isGrouped ? parseGroupBy(stream, parseGroupingName) : [];
    const unsupported = unsupportedGrouping(grouping) ?? unsupportedAggregate(list);
    if (unsupported !== undefined) {
      stream.report(
        'UNSUPPORTED_FEATURE.PIPE_OPERATOR_AGGREGATE_UNSUPPORTED_CASE',
        { case: unsupported },
        here(),
      );
    }
    return operator('aggregate', list, grouping);
  }
  const setOperation = setOperations.find(([word]) => stream.isWord(word));
  if (setOperation !== undefined) {
    stream.take();
    const isAll = stream.acceptWord('ALL');
    if (!isAll) stream.acceptWord('DISTINCT');
    const [, setOpType] = setOperation;
    return {
      kind: 'setOp',
      leftInput: input,
      rightInput: grammar.unit(stream),
      setOpType,
      isAll,
      byName: false,
      range: here(),
    };
  }
  const joined = parseJoinsAfter(stream, input, 1);
  if (joined !== input) return joined;
  const boundary = separated(input);
  const clauseStart = stream.next.start;
  const organized = grammar.organization(stream, boundary);
  if (organized !== boundary) {
    const [clause1, clause2] = clausesOf(organized, boundary);
    if (clause1 !== undefined && clause2 !== undefined) {
      stream.report(
        'MULTIPLE_QUERY_RESULT_CLAUSES_WITH_PIPE_OPERATORS',
        { clause1, clause2 },
        { start: clauseStart, end: stream.lastEnd },
      );
    }
    return organized;
  }
  stream.syntaxError();
  return input;
}

/** A hyphen right after a name is taken for a part of it, as in names of other systems. */
function checkHyphen(stream: TokenStream, name: string): void {
  const [hyphen, rest] = [stream.next, stream.peek(1)];
  const isGlued = hyphen.start === stream.lastEnd && rest.start === hyphen.end;
  if (!stream.isOperator('-') || !isGlued || rest.kind !== 'word') return;
  const ident = `${name}-${stream.text.slice(rest.start, rest.end)}`;
  stream.report('INVALID_IDENTIFIER', { ident }, { start: hyphen.start, end: rest.end });
  stream.skipToEnd();
}

/** What the grouping of an AGGREGATE may not be; GROUP BY ALL is known only where its columns are. */
function unsupportedGrouping(grouping: readonly Expression[]): string | undefined {
  for (const item of grouping) {
    if (item.kind === 'groupingAnalytics') {
      const names = {
        rollup: 'GROUP BY ROLLUP',
        cube: 'GROUP BY CUBE',
        groupingSets: 'GROUPING SETS',
      };
      return names[item.groupType];
    }
    const isAll =
      grouping.length === 1 &&
      item.kind === 'unresolvedAttribute' &&
      item.nameParts.length === 1 &&
      item.nameParts[0]?.toLowerCase() === 'all';
    if (isAll) return 'GROUP BY ALL';
  }
  return undefined;
}

function unsupportedAggregate(list: readonly Expression[]): string | undefined {
  let found: string | undefined;
  rewrite(list, (node) => {
    // A subquery has clauses of its own.
    if (found !== undefined || node.kind === 'subquery') return node;
    const name = node.kind === 'unresolvedFunction' ? String(node.functionName).toUpperCase() : '';
    if (name === 'GROUPING' || name === 'GROUPING_ID') found = name;
    if (node.kind === 'window') {
      found =
        'window functions; please update the query to move the window functions to a subsequent |> SELECT operator instead';
    }
    return undefined;
  });
  return found;
}

/** The clauses of one pipe, of which there may be one, from the first that was written. */
function clausesOf(relation: Relation, boundary: Relation): readonly string[] {
  if (relation === boundary || !('input' in relation)) return [];
  const below = clausesOf(relation.input, boundary);
  switch (relation.kind) {
    case 'sort': {
      const word = relation.isGlobal ? 'ORDER BY' : 'SORT BY';
      // DISTRIBUTE BY and SORT BY go together.
      return relation.input.kind === 'repartitionByExpression' ? below : [...below, word];
    }
    case 'repartitionByExpression':
      return [...below, 'DISTRIBUTE BY'];
    case 'limit':
      return [...below.filter((clause) => clause !== 'OFFSET'), 'LIMIT'];
    case 'offset':
      // LIMIT and OFFSET go together.
      return below.includes('LIMIT') ? below : [...below, 'OFFSET'];
    default:
      return below;
  }
}

const setOperations = [
  ['UNION', 'union'],
  ['EXCEPT', 'except'],
  ['MINUS', 'except'],
  ['SETMINUS', 'except'],
  ['INTERSECT', 'intersect'],
] as const;

/** The select of a pipe may not aggregate, so it is told apart from others. */
function selected(relation: Relation): Relation {
  switch (relation.kind) {
    case 'project': {
      const { input, expressions, range } = relation;
      const operator = 'select';
      return { kind: 'pipe', input, operator, expressions, groupingExpressions: [], range };
    }
    case 'withWindows':
    case 'hint':
    case 'deduplicate':
      return { ...relation, input: selected(relation.input) };
    default:
      return relation;
  }
}

/** A clause over a select list of its own: it sees that list's names only. */
function separated(input: Relation): Relation {
  const { range } = input;
  const operator = 'boundary';
  return { kind: 'pipe', input, operator, expressions: [], groupingExpressions: [], range };
}

function parseGroupingName(stream: TokenStream): Expression {
  return stream.grammar.named(stream);
}

function parseAssignments(stream: TokenStream): readonly Expression[] {
  const assignments: Expression[] = [];
  do {
    const token = stream.next;
    if (!isName(token)) {
      stream.syntaxError();
      break;
    }
    const parts = parseNameParts(stream);
    if (parts.length > 1) {
      const message =
        'SQL pipe syntax |> SET operator with multi-part assignment key (only single-part keys are allowed)';
      stream.report('_LEGACY_ERROR_TEMP_0035', { message }, token);
    }
    if (!stream.expectOperator('=')) break;
    const expression = stream.grammar.expression(stream);
    const range = { start: token.start, end: stream.lastEnd };
    assignments.push({ kind: 'alias', expression, name: parts[0] ?? '', range });
  } while (stream.acceptOperator(','));
  return assignments;
}

function parseColumns(stream: TokenStream): readonly Expression[] {
  const columns: Expression[] = [];
  do {
    const { start } = stream.next;
    if (!isName(stream.next)) {
      stream.syntaxError();
      break;
    }
    const nameParts = [nameOf(stream, stream.take())];
    columns.push({ kind: 'unresolvedAttribute', nameParts, range: { start, end: stream.lastEnd } });
  } while (stream.acceptOperator(','));
  return columns;
}
