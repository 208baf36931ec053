/** What operators bind: literals, names, calls, CASE, CAST and what stands in parentheses. */
import { parseTypeAt } from '../plan/typeText.ts';
import type { DataType } from '../plan/types.ts';
import { booleanType, simpleString, stringType, voidType } from '../plan/types.ts';
import type {
  CaseWhen,
  Expression,
  UnresolvedFunction,
  UnresolvedStar,
} from '../plan/unresolved.ts';
import { parseInterval } from './interval.ts';
import {
  isNumber,
  isString,
  literal,
  parseNumber,
  parseString,
  parseTypedLiteral,
} from './literal.ts';
import {
  isName,
  isNameContinuation,
  missing,
  nameOf,
  operation,
  parseExpressions,
  parseIdentifierName,
  parseNameParts,
  startsQuery,
} from './name.ts';
import type { TokenStream } from './tokenStream.ts';
import { parseOver, parseSortOrders } from './window.ts';

/** Where an expression is expected these are taken for the next clause, so that half a query reads well. */
const clauseWords = new Set(
  (
    'SELECT FROM WHERE GROUP HAVING ORDER LIMIT OFFSET UNION EXCEPT INTERSECT JOIN ON USING AS THEN WHEN ' +
    'AND OR BETWEEN LIKE IS BY'
  ).split(' '),
);

export function parsePrimary(stream: TokenStream): Expression {
  const token = stream.next;
  if (isNumber(token)) return parseNumber(stream, false, token.start);
  if (isString(token)) return parseString(stream);
  if (token.kind === 'quotedWord') return parseNamed(stream);
  if (token.kind === 'operator') return parsePunctuated(stream);
  if (token.kind !== 'word') return unexpected(stream);
  const isCall = token.text === 'LIKE' && stream.isOperator('(', 1);
  if (clauseWords.has(token.text) && !isCall && !stream.isOperator('.', 1)) {
    return unexpected(stream);
  }
  const special = parseSpecial(stream);
  if (special !== undefined) return special;
  const isBare = /^(CURRENT_|SESSION_USER|USER$)/.test(token.text);
  if (token.isReserved && !isBare && !stream.isOperator('(', 1)) return unexpected(stream);
  return parseNamed(stream);
}

function unexpected(stream: TokenStream): Expression {
  stream.syntaxError();
  return missing({ start: stream.next.start, end: stream.next.start });
}

function parsePunctuated(stream: TokenStream): Expression {
  const { start, text } = stream.next;
  if (text === '*') {
    stream.take();
    const range = { start, end: stream.lastEnd };
    return starExcept(stream, { kind: 'unresolvedStar', target: [], range });
  }
  if (text === '?' || (text === ':' && isName(stream.peek(1)))) {
    stream.take();
    const parameter = text === '?' ? stream.countParameter() : nameOf(stream, stream.take());
    return { kind: 'missing', parameter, range: { start, end: stream.lastEnd } };
  }
  if (text !== '(') return unexpected(stream);
  return parseParenthesized(stream);
}

function parseParenthesized(stream: TokenStream): Expression {
  const { start } = stream.take();
  if (startsQuery(stream)) {
    const plan = stream.grammar.query(stream);
    stream.expectOperator(')');
    const range = { start, end: stream.lastEnd };
    return { kind: 'subqueryExpression', subqueryType: 'scalar', plan, inValues: [], range };
  }
  const first = parseAliased(stream);
  if (!stream.isOperator(',')) {
    stream.expectOperator(')');
    // `(a, b) -> …` and `(a) -> …` are lambdas.
    return lambdaAfter(stream, first, start);
  }
  const values = [first];
  while (stream.acceptOperator(',')) values.push(parseAliased(stream));
  stream.expectOperator(')');
  const range = { start, end: stream.lastEnd };
  return lambdaAfter(stream, { ...call('struct', values, range), operator: true }, start);
}

function parseAliased(stream: TokenStream): Expression {
  const expression = stream.grammar.expression(stream);
  if (!stream.acceptWord('AS')) return expression;
  if (!isName(stream.next)) {
    stream.syntaxError();
    return expression;
  }
  const name = nameOf(stream, stream.take());
  const range = { start: expression.range.start, end: stream.lastEnd };
  return { kind: 'alias', expression, name, range };
}

function lambdaAfter(stream: TokenStream, parameters: Expression, start: number): Expression {
  if (!stream.acceptOperator('->')) return parameters;
  const names = parameterNames(parameters);
  const body = stream.grammar.expression(stream);
  const range = { start, end: stream.lastEnd };
  if (names === undefined) {
    stream.syntaxError();
    return missing(range);
  }
  return { kind: 'lambdaFunction', function: body, arguments: names, range };
}

/** `x`, or `(x, y)`, which was read as a struct. */
function parameterNames(parameters: Expression): readonly string[] | undefined {
  if (parameters.kind === 'unresolvedAttribute') return nameOfParameter(parameters);
  if (parameters.kind !== 'unresolvedFunction' || !parameters.operator) return undefined;
  const names = parameters.arguments.flatMap((argument) => nameOfParameter(argument) ?? []);
  return names.length === parameters.arguments.length ? names : undefined;
}

function nameOfParameter(parameter: Expression): readonly string[] | undefined {
  const isName = parameter.kind === 'unresolvedAttribute' && parameter.nameParts.length === 1;
  return isName ? parameter.nameParts : undefined;
}

function call(
  functionName: string,
  values: readonly Expression[],
  range: { readonly start: number; readonly end: number },
): UnresolvedFunction {
  return {
    kind: 'unresolvedFunction',
    functionName,
    arguments: values,
    isDistinct: false,
    operator: false,
    range,
  };
}

/** Words with a syntax of their own; undefined where the word is a name after all. */
function parseSpecial(stream: TokenStream): Expression | undefined {
  const word = stream.next;
  const opens = stream.isOperator('(', 1);
  switch (word.text) {
    case 'NULL':
      return literal(null, voidType, stream.take());
    case 'TRUE':
    case 'FALSE':
      return literal(word.text === 'TRUE', booleanType, stream.take());
    case 'CASE':
      return isNameContinuation(stream.peek(1)) ? undefined : parseCase(stream);
    case 'CAST':
    case 'TRY_CAST':
      return opens ? parseCast(stream) : undefined;
    case 'INTERVAL': {
      const mark = stream.mark();
      stream.take();
      const interval = parseInterval(stream, word.start);
      if (interval === undefined) stream.rewind(mark);
      return interval;
    }
    case 'IDENTIFIER':
      return opens ? parseIdentifierClause(stream) : undefined;
    case 'EXISTS':
      return opens ? parseExists(stream) : undefined;
    case 'EXTRACT':
    case 'POSITION':
    case 'TRIM':
    case 'SUBSTRING':
    case 'SUBSTR':
    case 'OVERLAY':
      return opens ? parseWordedCall(stream) : undefined;
    default:
      return parseTypedLiteral(stream) ?? parseUnknownLiteral(stream);
  }
}

/** `GEO '…'`: Spark reads any name before a string as the type of a literal. */
function parseUnknownLiteral(stream: TokenStream): Expression | undefined {
  const word = stream.next;
  if (!isName(word) || !isString(stream.peek(1)) || notTypes.has(word.text)) return undefined;
  stream.take();
  const text = parseString(stream);
  const range = { start: word.start, end: text.range.end };
  const supportedTypes = ['DATE', 'TIMESTAMP_NTZ', 'TIMESTAMP_LTZ', 'TIMESTAMP', 'INTERVAL', 'X'];
  stream.report(
    'UNSUPPORTED_TYPED_LITERAL',
    {
      unsupportedType: `"${word.text}"`,
      supportedTypes: supportedTypes.map((name) => `"${name}"`).join(', '),
    },
    range,
  );
  return missing(range);
}

/** Keywords that a string may follow. */
const notTypes = new Set('NOT DISTINCT ALL BOTH LEADING TRAILING CASE WHEN THEN ELSE'.split(' '));

function parseCase(stream: TokenStream): Expression {
  const { start } = stream.take();
  const operand = stream.isWord('WHEN') ? undefined : stream.grammar.expression(stream);
  const branches: CaseWhen['branches'][number][] = [];
  while (stream.acceptWord('WHEN')) {
    const when = stream.grammar.expression(stream);
    const condition = operand === undefined ? when : operation('=', [operand, when], when.range);
    stream.expectWord('THEN');
    branches.push({ condition, value: stream.grammar.expression(stream) });
  }
  if (branches.length === 0) stream.syntaxError();
  const elseValue = stream.acceptWord('ELSE') ? stream.grammar.expression(stream) : undefined;
  stream.expectWord('END');
  const range = { start, end: stream.lastEnd };
  if (branches.length === 0) return missing(range);
  return {
    kind: 'caseWhen',
    branches,
    ...(elseValue === undefined ? {} : { elseValue }),
    range,
  };
}

function parseCast(stream: TokenStream): Expression {
  const word = stream.take();
  stream.take();
  const expression = stream.grammar.expression(stream);
  if (!stream.expectWord('AS')) return expression;
  const toType = parseTypeTokens(stream);
  stream.expectOperator(')');
  const range = { start: word.start, end: stream.lastEnd };
  if (toType === undefined) return missing(range);
  const evalMode = word.text === 'TRY_CAST' ? 'try' : 'default';
  return { kind: 'cast', expression, toType, evalMode, range };
}

/** Types have their own reader, since `>>` closes two of them. */
export function parseTypeTokens(stream: TokenStream): DataType | undefined {
  const { timestampIsLocal } = stream.context;
  const parsed = parseTypeAt(stream.text, stream.next.start, { timestampIsLocal });
  if (parsed.ok) {
    stream.continueAt(parsed.end);
    if (/\btime\(\d\)/.test(simpleString(parsed.type)) && !stream.context.timesOfDay)
      stream.report('UNSUPPORTED_TIME_TYPE', {}, stream.next);
    if (/_RTRIM\b/.test(simpleString(parsed.type)) && !stream.context.parser.trimCollations)
      stream.report('UNSUPPORTED_FEATURE.TRIM_COLLATION', {}, stream.next);
    return parsed.type;
  }
  if (parsed.reason === 'syntax') {
    stream.continueAt(parsed.at);
    stream.syntaxError();
    return undefined;
  }
  const range = { start: parsed.at, end: parsed.end };
  if (parsed.reason === 'precision') {
    stream.report(
      'DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION',
      { precision: parsed.name, maxPrecision: '38' },
      range,
    );
  } else if (parsed.reason === 'timePrecision') {
    stream.report('UNSUPPORTED_TIME_PRECISION', { precision: parsed.name }, range);
  } else if (parsed.reason === 'collation') {
    stream.report('COLLATION_INVALID_NAME', { collationName: parsed.name }, range);
  } else if (parsed.reason === 'notSupported') {
    stream.report('UNSUPPORTED_SYNTAX', { feature: `The collation ${parsed.name}` }, range);
  } else {
    stream.report('UNSUPPORTED_DATATYPE', { typeName: `"${parsed.name.toUpperCase()}"` }, range);
  }
  stream.continueAt(parsed.end);
  return stringType;
}

/** `IDENTIFIER(expression)`: a name, or that of a function that is called. */
function parseIdentifierClause(stream: TokenStream): Expression {
  const { start } = stream.next;
  const name = parseIdentifierName(stream);
  if (name === undefined) return unexpected(stream);
  if (!stream.isOperator('(')) {
    return { kind: 'unresolvedAttribute', ...name, range: { start, end: stream.lastEnd } };
  }
  const { identifier, nameParts } = name;
  const called = parseCall(stream, identifier ? [''] : nameParts, start);
  return identifier && called.kind === 'unresolvedFunction' ? { ...called, identifier } : called;
}

function parseExists(stream: TokenStream): Expression | undefined {
  const mark = stream.mark();
  const { start } = stream.take();
  stream.take();
  if (!startsQuery(stream)) {
    stream.rewind(mark);
    return undefined;
  }
  const plan = stream.grammar.query(stream);
  stream.expectOperator(')');
  const range = { start, end: stream.lastEnd };
  return { kind: 'subqueryExpression', subqueryType: 'exists', plan, inValues: [], range };
}

/** `EXTRACT(YEAR FROM d)`, `TRIM(BOTH 'x' FROM s)` and their like become plain calls. */
function parseWordedCall(stream: TokenStream): Expression | undefined {
  const mark = stream.mark();
  const word = stream.take();
  stream.take();
  const values = wordedArguments(stream, word.text);
  if (values === undefined || !stream.acceptOperator(')')) {
    stream.rewind(mark);
    return undefined;
  }
  const range = { start: word.start, end: stream.lastEnd };
  const [name, ...args] = values;
  return call(name, args, range);
}

function wordedArguments(
  stream: TokenStream,
  word: string,
): readonly [string, ...Expression[]] | undefined {
  const { expression, value } = stream.grammar;
  switch (word) {
    case 'EXTRACT': {
      if (!isName(stream.next) || !stream.isWord('FROM', 1)) return undefined;
      const field = stream.take();
      stream.take();
      return ['extract', literal(nameOf(stream, field), stringType, field), value(stream)];
    }
    case 'POSITION': {
      const wanted = value(stream);
      return stream.acceptWord('IN') ? ['locate', wanted, value(stream)] : undefined;
    }
    case 'TRIM': {
      const side = ['BOTH', 'LEADING', 'TRAILING'].find((name) => stream.isWord(name));
      if (side !== undefined && !isNameContinuation(stream.peek(1))) stream.take();
      const name = side === 'LEADING' ? 'ltrim' : side === 'TRAILING' ? 'rtrim' : 'trim';
      if (stream.acceptWord('FROM')) return [name, value(stream)];
      const characters = value(stream);
      // Spark's own order: what to trim comes first, as in `TRIM(characters, text)`.
      return stream.acceptWord('FROM') ? [name, characters, value(stream)] : undefined;
    }
    case 'OVERLAY': {
      const text = value(stream);
      if (!stream.acceptWord('PLACING')) return undefined;
      const replacement = value(stream);
      if (!stream.acceptWord('FROM')) return undefined;
      const position = value(stream);
      const length = stream.acceptWord('FOR') ? [value(stream)] : [];
      return ['overlay', text, replacement, position, ...length];
    }
    default: {
      const text = expression(stream);
      if (!stream.acceptWord('FROM')) return undefined;
      const position = value(stream);
      const length = stream.acceptWord('FOR') ? [value(stream)] : [];
      return ['substring', text, position, ...length];
    }
  }
}

function parseNamed(stream: TokenStream): Expression {
  const { start } = stream.next;
  const nameParts = parseNameParts(stream);
  if (stream.isOperator('(')) return parseCall(stream, nameParts, start);
  if (stream.isOperator('.') && stream.isOperator('*', 1)) {
    stream.take();
    stream.take();
    const range = { start, end: stream.lastEnd };
    return starExcept(stream, { kind: 'unresolvedStar', target: nameParts, range });
  }
  const range = { start, end: stream.lastEnd };
  return lambdaAfter(stream, { kind: 'unresolvedAttribute', nameParts, range }, start);
}

/** `* EXCEPT (a, b.c)`. */
function starExcept(stream: TokenStream, star: UnresolvedStar): Expression {
  if (!stream.isWord('EXCEPT') || !stream.isOperator('(', 1) || startsQuery(stream, 1)) return star;
  stream.take();
  stream.take();
  const except: (readonly string[])[] = [];
  do {
    if (!isName(stream.next)) {
      stream.syntaxError();
      break;
    }
    except.push(parseNameParts(stream));
  } while (stream.acceptOperator(','));
  stream.expectOperator(')');
  return { ...star, except, range: { start: star.range.start, end: stream.lastEnd } };
}

const unitFunctions = new Set(
  'dateadd date_add datediff date_diff timestampadd timestampdiff timediff'.split(' '),
);
const timeUnits = new Set(
  'YEAR QUARTER MONTH WEEK DAY DAYOFYEAR HOUR MINUTE SECOND MILLISECOND MICROSECOND'.split(' '),
);

/** Whether the parenthesis that was opened holds three arguments. */
function threeArguments(stream: TokenStream): boolean {
  let commas = 0;
  let depth = 1;
  for (let ahead = 0; depth > 0; ahead++) {
    const { kind, text } = stream.peek(ahead);
    if (kind === 'end') return false;
    if (kind !== 'operator') continue;
    if (text === '(' || text === '[') depth++;
    if (text === ')' || text === ']') depth--;
    if (text === ',' && depth === 1) commas++;
  }
  return commas === 2;
}

function parseCall(stream: TokenStream, nameParts: readonly string[], start: number): Expression {
  const name = nameParts.join('.');
  stream.take();
  const isDistinct = stream.isWord('DISTINCT') && !isNameContinuation(stream.peek(1));
  if (isDistinct) stream.take();
  else if (stream.isWord('ALL') && !isNameContinuation(stream.peek(1))) stream.take();
  const isUnitFunction = unitFunctions.has(name.toLowerCase());
  if (isUnitFunction && stream.next.kind === 'string' && threeArguments(stream)) {
    const invalidValue = stream.text.slice(stream.next.start, stream.next.end);
    stream.report(
      'INVALID_PARAMETER_VALUE.DATETIME_UNIT',
      { functionName: `\`${name}\``, parameter: '`unit`', invalidValue },
      stream.next,
    );
  }
  if (isUnitFunction && timeUnits.has(stream.next.text)) {
    if (stream.next.kind === 'word' && stream.isOperator(',', 1)) {
      const unit = stream.take();
      stream.take();
      const values = parseExpressions(stream);
      stream.expectOperator(')');
      const isDifference = /diff$/i.test(name);
      return call(
        isDifference ? 'timestampdiff' : 'timestampadd',
        [literal(unit.text, stringType, unit), ...values],
        { start, end: stream.lastEnd },
      );
    }
  }
  const values: Expression[] = [];
  if (!stream.isOperator(')') && !stream.atEnd) {
    do {
      values.push(parseArgument(stream));
    } while (stream.acceptOperator(','));
  }
  let ignoreNulls = parseNullTreatment(stream);
  if (stream.isWord('ORDER')) {
    while (!stream.atEnd && !stream.isOperator(')')) stream.take();
    stream.unsupported('ORDER BY inside a function', start);
  }
  stream.expectOperator(')');
  let withinGroup: UnresolvedFunction['withinGroup'];
  if (stream.isWord('WITHIN') && stream.isWord('GROUP', 1)) {
    stream.take();
    stream.take();
    stream.expectOperator('(');
    if (stream.expectWord('ORDER')) stream.expectWord('BY');
    withinGroup = parseSortOrders(stream);
    stream.expectOperator(')');
  }
  let filter: Expression | undefined;
  if (stream.isWord('FILTER') && stream.isOperator('(', 1) && stream.isWord('WHERE', 2)) {
    stream.take();
    stream.take();
    stream.take();
    filter = stream.grammar.expression(stream);
    stream.expectOperator(')');
  }
  ignoreNulls = parseNullTreatment(stream) ?? ignoreNulls;
  const called: UnresolvedFunction = {
    ...call(name, values, { start, end: stream.lastEnd }),
    isDistinct,
    ...(filter === undefined ? {} : { filter }),
    ...(ignoreNulls === undefined ? {} : { ignoreNulls }),
    ...(withinGroup === undefined ? {} : { withinGroup }),
  };
  if (stream.isWord('OVER') && (stream.isOperator('(', 1) || isName(stream.peek(1)))) {
    stream.take();
    const window = parseOver(stream);
    const range = { start, end: stream.lastEnd };
    return { kind: 'window', windowFunction: called, window, range };
  }
  return called;
}

export function parseArgument(stream: TokenStream): Expression {
  if (isName(stream.next) && stream.isOperator('=>', 1)) {
    const token = stream.take();
    stream.take();
    const value = stream.grammar.expression(stream);
    const range = { start: token.start, end: stream.lastEnd };
    return { kind: 'namedArgument', name: nameOf(stream, token), value, range };
  }
  if (startsQuery(stream) && !stream.isOperator('(')) {
    stream.syntaxError();
    return { kind: 'missing', range: stream.next };
  }
  return parseAliased(stream);
}

function parseNullTreatment(stream: TokenStream): boolean | undefined {
  if (stream.acceptWord('IGNORE', 'NULLS')) return true;
  return stream.acceptWord('RESPECT', 'NULLS') ? false : undefined;
}
