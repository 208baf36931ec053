/** Functions of texts that DuckDB has not, or has otherwise. `strings.ts` has the others. */
import type { FunctionCall } from '#sql/plan/resolved.ts';
import type { Lowering } from '../context.ts';
import { castTo } from '../context.ts';
import { quoteString } from '../quote.ts';
import { Refusal } from '../refusal.ts';
import { raise } from '../runtimeError.ts';
import {
  base64Function,
  decodeFunction,
  encodeFunction,
  toBinaryFunction,
  unbase64Function,
  utf8Function,
} from '../scalarFunctions/encodings.ts';
import { formatNumberFunction, formatStringFunction } from '../scalarFunctions/javaFormat.ts';
import { toCharFunction, toNumberFunction } from '../scalarFunctions/numberFormats.ts';
import {
  countFunction,
  extractAllFunction,
  extractFunction,
  matchesFunction,
  positionFunction,
  replaceFunction,
  splitFunction,
  substringFunction,
} from '../scalarFunctions/regexes.ts';
import type { ScalarFunction } from '../scalarFunctions/scalarFunction.ts';
import { scalarCall, scalarRow } from '../scalarFunctions/scalarFunction.ts';
import {
  findInSetFunction,
  initcapFunction,
  levenshteinFunction,
  locateFunction,
  luhnFunction,
  maskFunction,
  overlayFunction,
  quoteFunction,
  sentencesFunction,
  soundexFunction,
  splitPartFunction,
  substringIndexFunction,
} from '../scalarFunctions/texts.ts';
import { javaRegex } from '../scalarFunctions/javaRegex.ts';
import { re2Pattern } from './regex.ts';
import type { Row, Rows } from './row.ts';

/** Messages name the function as it was written. */
const named =
  (definition: ScalarFunction): Row =>
  (args, call, lowering) =>
    scalarCall(definition, args, call, lowering, call.writtenAs ?? call.name);

export const texts: Rows = {
  base64: scalarRow(base64Function),
  unbase64: scalarRow(unbase64Function),
  encode: (args, call, lowering) => {
    // What everyone asks for is how DuckDB keeps its texts.
    const set = call.arguments[1];
    const isUtf8 = set?.kind === 'literal' && /^utf-8$/i.test(String(set.value));
    return isUtf8 ? `encode(${args[0] ?? ''})` : scalarCall(encodeFunction, args, call, lowering);
  },
  decode: scalarRow(decodeFunction),
  decode_choice: ([value = '', ...rest], call) => {
    const branches: string[] = [];
    for (let at = 0; at + 1 < rest.length; at += 2)
      branches.push(
        `WHEN ${value} IS NOT DISTINCT FROM ${rest[at] ?? ''} THEN ${rest[at + 1] ?? ''}`,
      );
    const otherwise = rest.length % 2 === 1 ? ` ELSE ${rest.at(-1) ?? ''}` : '';
    return castTo(`CASE ${branches.join(' ')}${otherwise} END`, call.type);
  },
  format_string: scalarRow(formatStringFunction),
  format_number: scalarRow(formatNumberFunction),
  to_char: scalarRow(toCharFunction),
  to_number: scalarRow(toNumberFunction),
  to_binary: scalarRow(toBinaryFunction),
  mask: scalarRow(maskFunction),
  luhn_check: scalarRow(luhnFunction),
  levenshtein: scalarRow(levenshteinFunction),
  soundex: scalarRow(soundexFunction),
  quote: scalarRow(quoteFunction),
  initcap: scalarRow(initcapFunction),
  elt: ([index = '', ...rest], call) => {
    const branches = rest.map((sql, at) => `WHEN ${index} = ${at + 1} THEN ${sql}`);
    const outside =
      call.evalMode === 'ansi'
        ? ` WHEN ${index} IS NOT NULL THEN ${raise('INVALID_ARRAY_INDEX', call.range, `CAST(${index} AS VARCHAR)`, quoteString(String(rest.length)))}`
        : '';
    return castTo(`CASE ${branches.join(' ')}${outside} END`, call.type);
  },
  find_in_set: scalarRow(findInSetFunction),
  substring_index: scalarRow(substringIndexFunction),
  split_part: scalarRow(splitPartFunction),
  overlay: scalarRow(overlayFunction),
  locate: (args, call, lowering) => {
    const [wanted = '', text = ''] = args;
    const from = call.arguments[2];
    return from?.kind === 'literal' && from.value === 1n
      ? `CAST(instr(${text}, ${wanted}) AS INTEGER)`
      : scalarCall(locateFunction, args, call, lowering);
  },
  sentences: scalarRow(sentencesFunction),
  split: (args, call, lowering) => {
    const [pattern, limit] = call.arguments.slice(1);
    const isPlain =
      pattern?.kind === 'literal' &&
      typeof pattern.value === 'string' &&
      /^[\w\s,;:/@%=<>'"~!-]+$/.test(pattern.value) &&
      limit?.kind === 'literal' &&
      limit.value === -1n;
    return isPlain
      ? `string_split(${args[0] ?? ''}, ${args[1] ?? ''})`
      : named(splitFunction)(args, call, lowering);
  },
  rlike: matched,
  regexp_extract: named(extractFunction),
  regexp_extract_all: named(extractAllFunction),
  regexp_replace: named(replaceFunction),
  regexp_count: named(countFunction),
  regexp_substr: named(substringFunction),
  regexp_instr: (args, call, lowering) => {
    const shown = { ...call, arguments: call.arguments.slice(0, 2) };
    const group = args[2] ?? '';
    return `CASE WHEN ${group} IS NOT NULL THEN ${named(positionFunction)(args.slice(0, 2), shown, lowering)} END`;
  },
  is_valid_utf8: named(utf8Function),
  make_valid_utf8: named(utf8Function),
  validate_utf8: named(utf8Function),
  try_validate_utf8: named(utf8Function),
  collation: () => quoteString('SYSTEM.BUILTIN.UTF8_BINARY'),
};

/** By RE2 where it reads the pattern as Java does, else in JavaScript. */
function matched(args: readonly string[], call: FunctionCall, lowering: Lowering): string {
  const written = call.arguments[1];
  // What is no pattern of Java's is said to be none as its rows are read.
  const isKnown = written?.kind !== 'literal' || javaRegex(String(written.value)).ok;
  if (!isKnown) return named(matchesFunction)(args, call, lowering);
  try {
    const pattern = re2Pattern(written, 'rlike', call.range);
    return `regexp_matches(${args[0] ?? ''}, ${quoteString(pattern)})`;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return named(matchesFunction)(args, call, lowering);
  }
}
