/** SQL functions, session variables and EXECUTE IMMEDIATE. */
import type {
  ColumnDefinition,
  Command,
  ExecuteImmediate,
  ObjectName,
} from '../../plan/statements.ts';
import type { DataType } from '../../plan/types.ts';
import { isString } from '../literal.ts';
import { isName, nameOf, startsQuery } from '../name.ts';
import type { TokenStream } from '../tokenStream.ts';
import {
  expectString,
  parseColumnDefinitions,
  parseColumnType,
  parseIfExists,
  parseIfNotExists,
  parseObjectName,
  textSince,
} from './pieces.ts';

/** After CREATE [OR REPLACE] [TEMPORARY]; FUNCTION comes next. */
export function parseCreateFunction(
  stream: TokenStream,
  start: number,
  { temporary, replace }: { readonly temporary: boolean; readonly replace: boolean },
): Command {
  stream.take();
  const ifNotExists = parseIfNotExists(stream);
  const name = parseObjectName(stream);
  if (temporary && name.nameParts.length > 1) {
    const database = `\`${name.nameParts[0] ?? ''}\``;
    stream.report('INVALID_SQL_SYNTAX.CREATE_TEMP_FUNC_WITH_DATABASE', { database }, name.range);
  }
  const head = { kind: 'createFunction', name, temporary, replace, ifNotExists } as const;
  if (stream.acceptWord('AS')) {
    expectString(stream);
    if (stream.acceptWord('USING')) {
      do {
        stream.take();
        expectString(stream);
      } while (stream.acceptOperator(','));
    }
    const range = { start, end: stream.lastEnd };
    return { kind: 'unsupported', feature: 'A function in Java', range };
  }
  let parameters: readonly ColumnDefinition[] = [];
  if (stream.isOperator('(')) parameters = parseColumnDefinitions(stream);
  else stream.expectOperator('(');
  const returns = stream.acceptWord('RETURNS') ? parseReturns(stream) : undefined;
  let clauses: { comment?: string; deterministic?: boolean; language?: string } = {};
  for (;;) {
    if (stream.acceptWord('LANGUAGE')) {
      clauses = { ...clauses, language: isName(stream.next) ? stream.take().text : '' };
    } else if (stream.acceptWord('NOT', 'DETERMINISTIC')) {
      clauses = { ...clauses, deterministic: false };
    } else if (stream.acceptWord('DETERMINISTIC')) clauses = { ...clauses, deterministic: true };
    else if (stream.acceptWord('COMMENT')) clauses = { ...clauses, comment: expectString(stream) };
    else if (
      !stream.acceptWord('CONTAINS', 'SQL') &&
      !stream.acceptWord('READS', 'SQL', 'DATA') &&
      !stream.acceptWord('SQL', 'SECURITY', 'DEFINER') &&
      !stream.acceptWord('SQL', 'SECURITY', 'INVOKER')
    )
      break;
  }
  const { language, ...kept } = clauses;
  if (language !== undefined && language !== 'SQL') {
    stream.unsupported(`A function in ${language}`, start);
    stream.skipToEnd();
  } else if (!stream.acceptWord('RETURN')) stream.syntaxError();
  const from = stream.next.start;
  const isQuery = startsQuery(stream) && !stream.isOperator('(');
  const query = isQuery ? stream.grammar.query(stream) : undefined;
  const body = isQuery || stream.atEnd ? undefined : stream.grammar.expression(stream);
  const bodyText = textSince(stream, from);
  const range = { start, end: stream.lastEnd };
  return { ...head, parameters, returns, body, bodyText, query, ...kept, range };
}

function parseReturns(
  stream: TokenStream,
): DataType | readonly ColumnDefinition[] | 'table' | undefined {
  if (!stream.acceptWord('TABLE')) return parseColumnType(stream)?.type;
  return stream.isOperator('(') ? parseColumnDefinitions(stream) : 'table';
}

/** After DROP [TEMPORARY]; FUNCTION comes next. */
export function parseDropFunction(stream: TokenStream, start: number, temporary: boolean): Command {
  stream.take();
  const ifExists = parseIfExists(stream);
  const name = parseObjectName(stream);
  if (temporary && name.nameParts.length > 1) {
    const shown = name.nameParts.map((part) => `\`${part}\``).join('.');
    const parameters = { statement: 'DROP TEMPORARY FUNCTION', name: shown };
    stream.report('INVALID_SQL_SYNTAX.MULTI_PART_NAME', parameters, name.range);
  }
  const range = { start, end: stream.lastEnd };
  return { kind: 'dropFunction', name, temporary, ifExists, range };
}

/** `DECLARE [OR REPLACE] [VARIABLE] a, b [type] [DEFAULT|= expression]`. */
export function parseDeclare(stream: TokenStream, start: number): Command {
  stream.take();
  const replace = stream.acceptWord('OR', 'REPLACE');
  const isWord = ['VARIABLE', 'VAR'].some((word) => stream.isWord(word));
  if (isWord && (isName(stream.peek(1)) || stream.isWord('IDENTIFIER', 1))) stream.take();
  const names: ObjectName[] = [];
  do {
    names.push(parseObjectName(stream));
  } while (stream.acceptOperator(','));
  const isTyped = isName(stream.next) && !stream.isWord('DEFAULT');
  const typed = isTyped ? parseColumnType(stream) : undefined;
  let value: Pick<Extract<Command, { kind: 'declareVariables' }>, 'default' | 'defaultText'> = {};
  if (stream.acceptWord('DEFAULT') || stream.acceptOperator('=') || stream.acceptOperator('==')) {
    const from = stream.next.start;
    const expression = stream.grammar.expression(stream);
    value = { default: expression, defaultText: textSince(stream, from) };
  }
  const range = { start, end: stream.lastEnd };
  if (typed === undefined && value.default === undefined) {
    stream.report('INVALID_SQL_SYNTAX.VARIABLE_TYPE_OR_DEFAULT_REQUIRED', {}, range);
  }
  const type = typed === undefined ? {} : { type: typed.type };
  return { kind: 'declareVariables', names, replace, ...type, ...value, range };
}

/** After DROP TEMPORARY; VARIABLE comes next. */
export function parseDropVariable(stream: TokenStream, start: number): Command {
  stream.take();
  const ifExists = parseIfExists(stream);
  const name = parseObjectName(stream);
  return { kind: 'dropVariable', name, ifExists, range: { start, end: stream.lastEnd } };
}

/** `EXECUTE IMMEDIATE text [INTO a, b] [USING 1, 2 AS x]`. */
export function parseExecuteImmediate(stream: TokenStream, start: number): Command {
  stream.take();
  stream.expectWord('IMMEDIATE');
  const text = isString(stream.next)
    ? stream.grammar.value(stream)
    : stream.grammar.expression(stream);
  const into: ObjectName[] = [];
  let values: ExecuteImmediate['arguments'] = [];
  for (let clause = 0; clause < 2; clause++) {
    if (into.length === 0 && stream.acceptWord('INTO')) {
      do {
        into.push(parseObjectName(stream));
      } while (stream.acceptOperator(','));
    } else if (values.length === 0 && stream.acceptWord('USING')) {
      values = parseExecuteArguments(stream);
    }
  }
  const range = { start, end: stream.lastEnd };
  const names = values.flatMap(({ name }) => (name === undefined ? [] : [name.toLowerCase()]));
  const twice = names.filter((name, index) => names.indexOf(name) < index);
  if (twice.length > 0) {
    stream.report(
      'EXEC_IMMEDIATE_DUPLICATE_ARGUMENT_ALIASES',
      { aliases: [...new Set(twice)].map((name) => `\`${name}\``).join(', ') },
      range,
    );
  }
  return { kind: 'executeImmediate', text, into, arguments: values, range };
}

function parseExecuteArguments(stream: TokenStream): ExecuteImmediate['arguments'] {
  const isParenthesized = !startsQuery(stream) && stream.acceptOperator('(');
  const values: ExecuteImmediate['arguments'][number][] = [];
  do {
    const value = stream.grammar.expression(stream);
    const explicit = stream.acceptWord('AS');
    const isAliased = explicit || (isName(stream.next) && !stream.isWord('INTO'));
    values.push(
      isAliased && isName(stream.next) ? { name: nameOf(stream, stream.take()), value } : { value },
    );
  } while (stream.acceptOperator(','));
  if (isParenthesized) stream.expectOperator(')');
  return values;
}
