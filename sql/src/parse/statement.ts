/** A whole text as one statement. */
import type { SparkError } from '#shared/protocol/engine.ts';
import type { Statement } from '../plan/unresolved.ts';
import { problem } from '../problem.ts';
import { parseExpression, parseValue } from './expression.ts';
import { startsQuery } from './name.ts';
import { parseQuery, parseValues } from './query.ts';
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
};

const otherStatements = new Set(
  (
    'ADD ALTER ANALYZE BEGIN CACHE CALL CLEAR COMMENT CREATE DECLARE DELETE DESC DESCRIBE DROP EXECUTE ' +
    'EXPLAIN EXPORT GRANT IMPORT INSERT LIST LOAD LOCK MAP MERGE MSCK REDUCE REFRESH REPAIR REPLACE RESET ' +
    'REVOKE SET SHOW START TRUNCATE UNCACHE UNLOCK UPDATE USE'
  ).split(' '),
);

/** Never throws on any text. `timeZone` is the session's: timestamp literals need it. */
export function parseStatement(text: string, timeZone: string): Parsed {
  const stream = new TokenStream(text, timeZone, grammar);
  const first = stream.next;
  if (first.kind === 'end') {
    stream.report('PARSE_EMPTY_STATEMENT', {}, first);
    return { statement: undefined, problems: stream.problems };
  }
  if (!startsQuery(stream) && !stream.isWord('SELECT') && !stream.isWord('WITH')) {
    if (first.kind === 'word' && otherStatements.has(first.text)) {
      const range = { start: first.start, end: first.end };
      const unsupported = problem('UNSUPPORTED_SYNTAX', { feature: first.text }, range);
      return { statement: undefined, problems: [unsupported] };
    }
    stream.syntaxError();
    return { statement: undefined, problems: stream.problems };
  }
  const relation = parseQuery(stream);
  stream.acceptOperators(';');
  if (!stream.atEnd) stream.syntaxError();
  const range = { start: first.start, end: stream.lastEnd };
  return { statement: { kind: 'query', relation, range }, problems: stream.problems };
}
