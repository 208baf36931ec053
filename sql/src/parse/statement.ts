/** A whole text as one statement. */
import type { SparkError } from '#shared/protocol/engine.ts';
import type { Statement } from '../plan/statements.ts';
import type { ParseContext } from '../settings.ts';
import { parseCommand } from './commands/command.ts';
import { parseInsert } from './commands/tables.ts';
import { parseExpression, parseValue } from './expression.ts';
import { startsQuery } from './name.ts';
import { parseArgument } from './primary.ts';
import { parseNamedExpression } from './selectList.ts';
import { parseQuery, parseReferences, parseValues } from './query.ts';
import type { Grammar } from './tokenStream.ts';
import { TokenStream } from './tokenStream.ts';

/** As much of the statement as could be read, and what was wrong with it; the first problem is Spark's. */
export interface Parsed {
  readonly statement: Statement | undefined;
  readonly problems: readonly SparkError[];
}

const grammar: Grammar = {
  query: parseQuery,
  expression: parseExpression,
  value: parseValue,
  values: parseValues,
  named: parseNamedExpression,
  argument: parseArgument,
};

/** Never throws on any text. */
export function parseStatement(text: string, context: ParseContext): Parsed {
  const stream = new TokenStream(text, context, grammar);
  const first = stream.next;
  if (first.kind === 'end') {
    stream.report('PARSE_EMPTY_STATEMENT', {}, first);
    return { statement: undefined, problems: stream.problems };
  }
  const statement = parseAny(stream);
  if (statement !== undefined) {
    stream.acceptOperators(';');
    if (!stream.atEnd) stream.syntaxError();
  }
  return { statement, problems: inSparksOrder(stream.problems) };
}

/** Spark reads the whole text before it looks at what the words mean, so bad syntax is told first. */
function inSparksOrder(problems: readonly SparkError[]): readonly SparkError[] {
  const isSyntax = ({ class: name }: SparkError) =>
    name === 'PARSE_SYNTAX_ERROR' || name === 'UNCLOSED_BRACKETED_COMMENT';
  const [first] = problems;
  // After what we can't read, what looks like bad syntax need not be.
  if (first === undefined || isSyntax(first) || first.class.startsWith('UNSUPPORTED_SYNTAX')) {
    return problems;
  }
  return [...problems.filter(isSyntax), ...problems.filter((problem) => !isSyntax(problem))];
}

function parseAny(stream: TokenStream): Statement | undefined {
  const { start } = stream.next;
  if (stream.isWord('WITH') && insertsFurtherOn(stream)) {
    const { references } = parseReferences(stream);
    const insert = parseInsert(stream, start);
    const { range } = insert.query;
    return {
      ...insert,
      query: { kind: 'withRelations', root: insert.query, references, range },
    };
  }
  if (startsQuery(stream) || stream.isWord('SELECT') || stream.isWord('WITH')) {
    const relation = parseQuery(stream);
    if (stream.isWord('INSERT')) {
      const range = { start, end: stream.text.length };
      stream.skipToEnd();
      return { kind: 'unsupported', feature: 'FROM … INSERT', range };
    }
    return { kind: 'query', relation, range: { start, end: stream.lastEnd } };
  }
  const command = parseCommand(stream, parseAny);
  if (command === undefined) stream.syntaxError();
  return command;
}

/** Whether the query that a WITH introduces is that of an INSERT. */
function insertsFurtherOn(stream: TokenStream): boolean {
  let depth = 0;
  for (let ahead = 1; ; ahead++) {
    const token = stream.peek(ahead);
    if (token.kind === 'end') return false;
    if (token.kind === 'operator' && token.text === '(') depth++;
    if (token.kind === 'operator' && token.text === ')') depth--;
    if (depth > 0 || token.kind !== 'word') continue;
    if (token.text === 'INSERT' && stream.peek(ahead - 1).text === ')') return true;
    if (['SELECT', 'VALUES', 'FROM'].includes(token.text)) return false;
  }
}
