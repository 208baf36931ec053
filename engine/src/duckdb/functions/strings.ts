/** String functions. Positions and lengths count code points, as Spark's do and DuckDB's too. */
import type { Expression, FunctionCall } from '#sql/plan/resolved.ts';
import { raise } from '../runtimeError.ts';
import { refuse } from '../refusal.ts';
import { quoteString } from '../quote.ts';
import { concatenatedLists } from './arrays.ts';
import type { Row, Rows } from './row.ts';
import { template } from './row.ts';
import type { Lowering } from '../context.ts';
import { likeFunction } from '../scalarFunctions/regexes.ts';
import { scalarCall } from '../scalarFunctions/scalarFunction.ts';
import {
  affixBytesFunction,
  padBytesFunction,
  substringBytesFunction,
} from '../scalarFunctions/texts.ts';

export const strings: Rows = {
  length: characterLength,
  char_length: characterLength,
  character_length: characterLength,
  len: characterLength,
  octet_length: (args, call) =>
    `CAST(octet_length(${call.arguments[0]?.type.kind === 'binary' ? '' : 'encode('}${args[0] ?? ''}${call.arguments[0]?.type.kind === 'binary' ? '' : ')'}) AS INTEGER)`,
  bit_length: (args, call) =>
    call.arguments[0]?.type.kind === 'binary'
      ? `CAST(octet_length(${args[0] ?? ''}) * 8 AS INTEGER)`
      : `CAST(bit_length(${args[0] ?? ''}) AS INTEGER)`,
  upper: template('spark_upper($1)'),
  ucase: template('spark_upper($1)'),
  lower: template('spark_lower($1)'),
  lcase: template('spark_lower($1)'),
  // `trim` takes blanks only; a second argument is the set of characters to take.
  trim: trimmed('trim'),
  btrim: trimmed('trim'),
  ltrim: trimmed('ltrim'),
  rtrim: trimmed('rtrim'),
  substring,
  substr: substring,
  left: ([text = '', count = '']) =>
    `CASE WHEN ${count} <= 0 THEN ${text}[0:0] ELSE left(${text}, ${count}) END`,
  right: ([text = '', count = '']) =>
    `CASE WHEN ${text} IS NULL OR ${count} IS NULL THEN NULL WHEN ${count} <= 0 THEN '' ELSE right(${text}, ${count}) END`,
  concat: (args, call) => {
    if (call.type.kind === 'array') return concatenatedLists(args, call);
    if (call.type.kind === 'string' || call.type.kind === 'binary')
      return args.length === 0 ? "''" : `(${args.join(' || ')})`;
    throw refuse('UNSUPPORTED_FUNCTION', `concat of ${call.type.kind}`, call.range);
  },
  '||': (args, call, lowering) => strings.concat?.(args, call, lowering) ?? '',
  concat_ws: ([separator = '', ...parts], call) => {
    if (call.arguments.some((argument) => argument.type.kind === 'array')) {
      const lists = parts.map((part, index) =>
        call.arguments[index + 1]?.type.kind === 'array'
          ? `COALESCE(${part}, CAST([] AS VARCHAR[]))`
          : `[${part}]`,
      );
      // Nulls are left out.
      return `CASE WHEN ${separator} IS NOT NULL THEN array_to_string(flatten([${lists.join(', ')}]), ${separator}) END`;
    }
    if (parts.length === 0) return `CASE WHEN ${separator} IS NOT NULL THEN '' END`;
    return `CASE WHEN ${separator} IS NOT NULL THEN concat_ws(${separator}, ${parts.join(', ')}) END`;
  },
  repeat: ([text = '', count = '']) => `repeat(${text}, spark_count(${count}))`,
  reverse: (args, call) => {
    if (call.type.kind === 'array') return `list_reverse(${args[0] ?? ''})`;
    if (call.type.kind === 'string')
      return `array_to_string(list_reverse(regexp_extract_all(${args[0] ?? ''}, '(?s).')), '')`;
    throw refuse('UNSUPPORTED_FUNCTION', `reverse of ${call.type.kind}`, call.range);
  },
  replace: ([text = '', search = '', replacement = "''"]) =>
    `CASE WHEN ${search} = '' THEN ${text} ELSE replace(${text}, ${search}, ${replacement}) END`,
  instr: ([text = '', search = '']) => `CAST(instr(${text}, ${search}) AS INTEGER)`,
  startswith: affix('starts_with'),
  endswith: affix('ends_with'),
  contains: affix('contains'),
  lpad: padded('lpad'),
  rpad: padded('rpad'),
  ascii: ([text = '']) =>
    `CAST(CASE WHEN ${text} = '' THEN 0 ELSE unicode(${text}) END AS INTEGER)`,
  chr: ([code = '']) =>
    `CASE WHEN ${code} < 0 THEN '' WHEN ${code} % 256 = 0 THEN chr(0) ELSE chr(CAST(${code} % 256 AS INTEGER)) END`,
  char: (args, call, lowering) => strings.chr?.(args, call, lowering) ?? '',
  space: ([count = '']) => `repeat(' ', spark_count(${count}))`,
  like: (args, call, lowering) => like('LIKE', args, call, lowering),
  ilike: (args, call, lowering) => like('ILIKE', args, call, lowering),
  translate: template('translate($1, $2, $3)'),
  md5: ([bytes = '']) => `md5(${bytes})`,
  hex: (args, call) => {
    const kind = call.arguments[0]?.type.kind;
    if (kind === 'long') return `upper(to_hex(${args[0] ?? ''}))`;
    if (kind === 'string') return `hex(encode(${args[0] ?? ''}))`;
    return `hex(${args[0] ?? ''})`;
  },
};

function characterLength(args: readonly string[], call: Parameters<Row>[1]): string {
  const [text = ''] = args;
  return call.arguments[0]?.type.kind === 'binary'
    ? `CAST(octet_length(${text}) AS INTEGER)`
    : `CAST(length(${text}) AS INTEGER)`;
}

function trimmed(name: string): Row {
  return ([text = '', characters]) =>
    characters === undefined ? `${name}(${text}, ' ')` : `${name}(${text}, ${characters})`;
}

function affix(name: string): Row {
  return (args, call, lowering) => {
    if (call.arguments[0]?.type.kind !== 'string')
      return scalarCall(affixBytesFunction, args, call, lowering, call.name);
    return `${name}(${args.join(', ')})`;
  };
}

/**
 * One-based; 0 counts as 1, a negative position counts from the end, and one before the start takes the
 * length with it: `substring('abc', -5, 4)` is `'ab'`.
 */
function substring(args: readonly string[], call: FunctionCall, lowering: Lowering): string {
  const [text = '', position = '', count] = args;
  if (call.type.kind !== 'string') return scalarCall(substringBytesFunction, args, call, lowering);
  const [, at, length] = call.arguments;
  // What Spark writes where no length is given.
  const isWhole =
    length?.kind === 'literal' &&
    length.value === 2147483647n &&
    !(at?.kind === 'literal' && typeof at.value === 'bigint' && at.value < -2000000000n);
  const start = `(CASE WHEN ${position} IS NULL THEN NULL WHEN ${position} > 0 THEN CAST(${position} AS BIGINT) - 1 WHEN ${position} < 0 THEN length(${text}) + CAST(${position} AS BIGINT) ELSE 0 END)`;
  if (count === undefined || isWhole)
    return `CASE WHEN ${position} IS NOT NULL THEN substring(${text}, greatest(${start}, 0) + 1) END`;
  const end = `(${start} + CAST(${count} AS BIGINT))`;
  return `CASE WHEN ${position} IS NULL OR ${count} IS NULL THEN NULL WHEN ${end} <= greatest(${start}, 0) THEN CASE WHEN ${text} IS NOT NULL THEN '' END ELSE substring(${text}, greatest(${start}, 0) + 1, ${end} - greatest(${start}, 0)) END`;
}

function padded(name: 'lpad' | 'rpad'): Row {
  return (args, call, lowering) => {
    const [text = '', width = '', fill = "' '"] = args;
    if (call.type.kind !== 'string')
      return scalarCall(padBytesFunction, args, call, lowering, name);
    return `CASE WHEN ${fill} = '' THEN left(${text}, spark_count(${width})) ELSE ${name}(${text}, spark_count(${width}), ${fill}) END`;
  };
}

/** Spark's escape is `\` unless it is given, and may stand only before `_`, `%` and itself. */
function like(
  operator: string,
  args: readonly string[],
  call: FunctionCall,
  lowering: Lowering,
): string {
  const [text = '', pattern = ''] = args;
  const [, given, escapeArgument] = call.arguments;
  const escape = escapeArgument ? literalText(escapeArgument) : '\\';
  const computed = () => {
    const folded = operator === 'ILIKE' ? (sql: string) => `lower(${sql})` : (sql: string) => sql;
    const string = { type: { kind: 'string' } } as const;
    const all = { ...call, arguments: [string, string, string] };
    const sql = [folded(text), folded(pattern), args[2] ?? quoteString('\\')];
    return scalarCall(likeFunction, sql, all, lowering);
  };
  if (escape?.length !== 1) return computed();
  const test = `(${text} ${operator} ${pattern} ESCAPE ${quoteString(escape)})`;
  const literal = given ? literalText(given) : undefined;
  const quoted = quoteString(`'${literal ?? ''}'`);
  if (literal !== undefined) {
    // Nothing is escaped, and without ESCAPE DuckDB has quicker ways to look for the parts of a pattern.
    if (!literal.includes(escape)) return `(${text} ${operator} ${pattern})`;
    const problem = escapeProblem(literal, escape);
    if (!problem) return test;
    // A null text is null whatever the pattern.
    return `CASE WHEN ${text} IS NOT NULL THEN ${raise(problem, call.range, quoted, quoteString(escape))} END`;
  }
  if (escape !== '\\') return computed();
  const rest = `regexp_replace(${pattern}, '\\\\[_%\\\\]', '', 'g')`;
  return `CASE WHEN ${text} IS NOT NULL AND contains(${rest}, '\\') THEN ${raise('INVALID_FORMAT.ESC_IN_THE_MIDDLE', call.range, pattern, quoteString(escape))} ELSE ${test} END`;
}

function literalText(expression: Expression): string | undefined {
  if (expression.kind !== 'literal' || typeof expression.value !== 'string') return undefined;
  return expression.value;
}

function escapeProblem(
  pattern: string,
  escape: string,
): 'INVALID_FORMAT.ESC_IN_THE_MIDDLE' | 'INVALID_FORMAT.ESC_AT_THE_END' | undefined {
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] !== escape) continue;
    at += 1;
    if (at === pattern.length) return 'INVALID_FORMAT.ESC_AT_THE_END';
    if (![escape, '_', '%'].includes(pattern[at] ?? '')) return 'INVALID_FORMAT.ESC_IN_THE_MIDDLE';
  }
  return undefined;
}
