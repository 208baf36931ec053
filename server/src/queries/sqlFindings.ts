/** What Spark would say of each statement, and the edits that mend it. */
import type { SparkError } from '#shared/protocol/engine.ts';
import { likelyFunctions } from '#sql/functions/likelyFunctions.ts';
import { findFunction } from '#sql/functions/table.ts';
import { parametersOf } from '#sql/rewrite.ts';
import { nearestName } from '#shared/nearestName.ts';
import type { Expression, Relation } from '#sql/plan/unresolved.ts';
import { childNodes, everyNode, isRelation, pathAt } from './nodes.ts';
import type { SqlDocument, SqlStatement } from './sqlDocument.ts';
import { isAnalyzed, queryOf } from './sqlDocument.ts';
import { syntaxFixes } from './syntaxFixes.ts';
import { typeWords } from './wordLists.ts';
import type { SqlTables } from './sqlTables.ts';
import { outcomeOf, StatementTables } from './sqlTables.ts';

export interface SqlEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface SqlFix {
  readonly title: string;
  readonly edit: SqlEdit;
  /** Instead of an edit, of which there is none then: a name for a file, kept for the whole folder. */
  readonly view?: { readonly name: string; readonly path: string };
}

export interface SqlFinding {
  readonly start: number;
  readonly end: number;
  /** Spark's error class. */
  readonly condition: string;
  readonly message: string;
  readonly severity: 'error' | 'warning';
  readonly fixes: readonly SqlFix[];
}

export function findingsOf(document: SqlDocument, tables: SqlTables): readonly SqlFinding[] {
  const made = new StatementTables(document, tables);
  return document.statements.flatMap((statement, index) => {
    const own = made.before(index);
    return problemsOf(statement, own).map((problem) => findingOf(problem, statement, own));
  });
}

/** `tables` are those that the statement sees. */
export function problemsOf(statement: SqlStatement, tables: SqlTables): readonly SparkError[] {
  const { problems } = statement.parsed;
  if (problems.length > 0) return problems;
  const parsed = statement.parsed.statement;
  if (parsed?.kind === 'unsupported') {
    const end = statement.tokens[parsed.feature.split(' ').length - 1]?.end ?? 0;
    const message = `[UNSUPPORTED_COMMAND] The statement ${parsed.feature} is not supported by this engine. SQLSTATE: 0A000`;
    return [
      {
        kind: 'spark',
        class: 'UNSUPPORTED_COMMAND',
        sqlState: '0A000',
        message,
        parameters: {},
        start: 0,
        end,
      },
    ];
  }
  const query = queryOf(statement);
  // What is put in for `${…}` may be anything.
  if (!query || statement.hasSubstitutions || !isAnalyzed(statement)) return [];
  const error = outcomeOf(query, tables)?.error;
  if (!error) return [];
  const hasParameters = parametersOf({ kind: 'query', relation: query, range: query.range });
  const isBound = hasParameters.names.size === 0 && hasParameters.count === 0;
  // The type of what a parameter is given can't be known, but names can.
  return isBound || /^(UNRESOLVED|AMBIGUOUS|TABLE_OR_VIEW)/.test(error.class) ? [error] : [];
}

export function findingOf(
  problem: SparkError,
  statement: SqlStatement,
  tables: SqlTables,
): SqlFinding {
  const { start, end } = visibleRange(problem, statement);
  let fixes: readonly SqlFix[] | undefined;
  return {
    start: statement.start + start,
    end: statement.start + end,
    condition: problem.class,
    message: problem.message,
    severity: problem.class.startsWith('UNSUPPORTED_') && isOurs(problem) ? 'warning' : 'error',
    // Nobody looks at most of them.
    get fixes() {
      return (fixes ??= fixesOf(problem, statement, tables).map(({ edit, ...fix }) => ({
        ...fix,
        edit: {
          start: statement.start + edit.start,
          end: statement.start + edit.end,
          text: edit.text,
        },
      })));
    },
  };
}

/** Spark can do it; the engine here can't yet. */
function isOurs({ class: name }: SparkError): boolean {
  return ['UNSUPPORTED_SYNTAX', 'UNSUPPORTED_FUNCTION', 'UNSUPPORTED_COMMAND'].includes(name);
}

/** At the end of a statement there is nothing to underline but what stands last. */
function visibleRange(problem: SparkError, statement: SqlStatement) {
  const [first, last] = [statement.tokens[0], statement.tokens.at(-2)];
  const start = problem.start ?? first?.start ?? 0;
  const end = problem.end ?? first?.end ?? 0;
  if (end > start)
    return isQuery(statement, start, end) ? wordAt(statement, start) : { start, end };
  return last ? { start: last.start, end: last.end } : { start: 0, end: statement.text.length };
}

/** What is wrong with a whole query is said at its first word; a page in red helps nobody. */
function isQuery({ text }: SqlStatement, start: number, end: number): boolean {
  return /^(?:select|with|from|values)\s/i.test(text.slice(start, end));
}

function wordAt({ tokens }: SqlStatement, at: number) {
  const token = tokens.find(({ start }) => start >= at);
  return { start: token?.start ?? at, end: token?.end ?? at };
}

function fixesOf(
  problem: SparkError,
  statement: SqlStatement,
  tables: SqlTables,
): readonly SqlFix[] {
  const { class: condition, parameters, start, end } = problem;
  if (start === undefined || end === undefined) return [];
  const replace = (title: string, text: string): SqlFix => ({ title, edit: { start, end, text } });
  switch (condition) {
    case 'PARSE_SYNTAX_ERROR':
      return syntaxFixes(statement, start);
    case 'UNRESOLVED_COLUMN.WITH_SUGGESTION':
      return suggested(
        quotedNames(parameters.proposal ?? ''),
        statement.text.slice(start, end),
      ).map((name) => replace(`Change to '${name}'`, name));
    case 'AMBIGUOUS_REFERENCE':
      // Two columns of one query may have the same name, which says nothing.
      return [...new Set(quotedNames(parameters.referenceNames ?? ''))]
        .filter((name) => name !== statement.text.slice(start, end))
        .map((name) => replace(`Qualify as '${name}'`, name));
    case 'FIELD_NOT_FOUND': {
      const [written = ''] = quotedNames(parameters.fieldName ?? '');
      const near = nearestName(written, quotedNames(parameters.fields ?? ''));
      const from = end - written.length;
      if (near === undefined || statement.text.slice(from, end) !== written) return [];
      return [{ title: `Change to '${near}'`, edit: { start: from, end, text: near } }];
    }
    case 'UNSUPPORTED_DATATYPE': {
      const near = nearestName(statement.text.slice(start, end).toLowerCase(), typeWords);
      return near === undefined ? [] : [replace(`Change to '${near}'`, near)];
    }
    case 'MISSING_AGGREGATION':
    case 'MISSING_GROUP_BY':
      return addToGroupBy(statement, start, end);
    case 'TABLE_OR_VIEW_NOT_FOUND': {
      const written = statement.text.slice(start, end);
      const near = nearestName(written.toLowerCase(), tables.names);
      const files = tables.files.filter((path) => stemOf(path) === written.toLowerCase());
      const none = { start, end: start, text: '' };
      return [
        ...(near === undefined ? [] : [replace(`Change to '${near}'`, near)]),
        ...files.slice(0, 3).flatMap((path): readonly SqlFix[] => [
          {
            title: `Add ${path} as the view '${written}'`,
            edit: none,
            view: { name: written, path },
          },
          replace(`Read the file ${path}`, `${formatOf(path)}.\`${path}\` ${written}`),
        ]),
      ];
    }
    case 'UNRESOLVED_ROUTINE': {
      const name = /^[\w.]+/.exec(statement.text.slice(start))?.[0] ?? '';
      return likelyFunctions(name).map((near) => ({
        title: `Change to '${near}'`,
        edit: { start, end: start + name.length, text: near },
      }));
    }
    default:
      return [];
  }
}

/** The first is Spark's best guess; of the others those that could be what was meant. */
function suggested(names: readonly string[], written: string): readonly string[] {
  const last = (name: string) => name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return names
    .filter(
      (name, index) =>
        index === 0 ||
        nearestName(last(written), [last(name)]) !== undefined ||
        last(name) === last(written),
    )
    .slice(0, 3);
}

function stemOf(path: string): string {
  return (path.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '').toLowerCase();
}

export function formatOf(path: string): string {
  const ending = path.toLowerCase().split('.').at(-1) ?? '';
  if (ending === 'parquet') return 'parquet';
  return ['json', 'jsonl', 'ndjson'].includes(ending) ? 'json' : 'csv';
}

/** Names as messages have them, in backquotes; without those where they need none. */
function quotedNames(text: string): readonly string[] {
  return (text.match(/`(?:[^`]|``)+`(?:\.`(?:[^`]|``)+`)*/g) ?? []).map((name) =>
    name.replace(/`([A-Za-z_]\w*)`/g, '$1'),
  );
}

/** What is selected without being grouped joins the GROUP BY, or makes one. */
function addToGroupBy(statement: SqlStatement, start: number, end: number): readonly SqlFix[] {
  const query = queryOf(statement);
  const path = query ? pathAt(query, start) : [];
  const select = path.findLast((node) => node.kind === 'aggregate' || node.kind === 'project');
  if (select?.kind === 'aggregate') {
    const last = select.groupingExpressions.at(-1);
    const name = statement.text.slice(start, end);
    if (!last || name === '') return [];
    const edit = { start: last.range.end, end: last.range.end, text: `, ${name}` };
    return [{ title: `Add '${name}' to GROUP BY`, edit }];
  }
  if (select?.kind !== 'project') return [];
  const names = select.expressions
    .filter((expression) => expression.kind !== 'literal' && !aggregates(expression))
    .map((item) => textOf(statement, item.kind === 'alias' ? item.expression.range : item.range))
    .join(', ');
  const below = childNodes(select).filter(isRelation);
  const at = Math.max(...below.map((relation) => endOf(relation)));
  if (names === '' || at <= 0) return [];
  const edit = { start: at, end: at, text: ` GROUP BY ${names}` };
  return [{ title: `Add '${names}' to GROUP BY`, edit }];
}

function endOf(relation: Relation): number {
  let { end } = relation.range;
  everyNode(relation, ({ range }) => {
    end = Math.max(end, range.end);
  });
  return end;
}

export function aggregates(expression: Expression): boolean {
  let found = false;
  everyNode(expression, (node) => {
    if (node.kind !== 'unresolvedFunction') return;
    if (findFunction(node.functionName)?.kind === 'aggregate') found = true;
  });
  return found;
}

function textOf(statement: SqlStatement, range: { readonly start: number; readonly end: number }) {
  return statement.text.slice(range.start, range.end);
}
