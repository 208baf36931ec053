/** Functions of texts beside those of `strings.ts`: formats, encodings, masks, distances, parts. */
import { nowhere } from '../plan/range.ts';
import { collatedString, collationOf } from '../plan/collation.ts';
import type { Expression } from '../plan/resolved.ts';
import type { DataType } from '../plan/types.ts';
import {
  arrayType,
  binaryType,
  booleanType,
  decimalType,
  intType,
  isDatetime,
  isNumeric,
  stringType,
  voidType,
} from '../plan/types.ts';
import { raise } from '../problem.ts';
import { coerced, literalOf } from '../typing/build.ts';
import { evaluate } from '../typing/evaluate.ts';
import { isFoldable } from '../typing/foldable.ts';
import { constantText, requireFoldable, unexpectedType } from './checks.ts';
import { numberFormat } from './numberFormat.ts';
import type { CallSite, FunctionRow, Typed } from './row.ts';
import { anyNull, cast, commonArguments, plain, siteText } from './row.ts';

const text = (value: string) => literalOf(value, stringType);
const noText = literalOf(null, stringType);
const words: DataType = arrayType(stringType, true);

function overlaid(site: CallSite): Typed {
  const [base, , , length = literalOf(-1n, intType)] = site.arguments as readonly [
    Expression,
    Expression,
    Expression,
    Expression?,
  ];
  const isBinary = site.arguments.slice(0, 2).every(({ type }) => type.kind === 'binary');
  const type = isBinary ? binaryType : stringType;
  const values = cast({ ...site, arguments: [base, ...site.arguments.slice(1, 3), length] }, [
    type,
    type,
    intType,
    intType,
  ]);
  return { arguments: values, type, nullable: anyNull(values) };
}

/** What the session keeps of Spark's older ways with character sets. */
function olderWays({ settings }: CallSite): Expression {
  const kept = [
    ...(settings.javaCharsets ? ['javaCharsets'] : []),
    ...(settings.lenientCharsets ? ['codingErrorAction'] : []),
  ];
  return text(kept.join(' '));
}

/** `decode(bytes, charset)`, or a choice by comparing, as other databases have it. */
function decoded(site: CallSite): Typed {
  const { arguments: given } = site;
  if (given.length < 2) {
    raise(
      'WRONG_NUM_ARGS.WITHOUT_SUGGESTION',
      { functionName: '`decode`', expectedNum: '2', actualNum: String(given.length) },
      site.range,
    );
  }
  if (given.length === 2) {
    const values = cast(site, [binaryType, stringType]);
    return {
      arguments: [...values, olderWays(site)],
      shownCount: 2,
      type: stringType,
      nullable: true,
    };
  }
  const [value, ...rest] = given as readonly [Expression, ...Expression[]];
  const keys = rest.filter((_, index) => index % 2 === 0 && index + 1 < rest.length);
  const results = rest.filter((_, index) => index % 2 === 1 || index + 1 === rest.length);
  const keyType = commonArguments(site, [value, ...keys]).type;
  const resultType = commonArguments(site, results).type;
  const mode = site.ansi ? 'ansi' : 'legacy';
  const values = rest.map((one, index) => {
    const isKey = index % 2 === 0 && index + 1 < rest.length;
    return coerced(one, isKey ? keyType : resultType, mode);
  });
  return {
    name: 'decode_choice',
    writtenAs: 'decode',
    arguments: [coerced(value, keyType, mode), ...values],
    type: resultType,
    // Without a last result that has no key there is none for other values.
    nullable: rest.length % 2 === 0 || anyNull(results),
  };
}

function chosen(site: CallSite): Typed {
  const [index, ...rest] = site.arguments as readonly [Expression, ...Expression[]];
  if (rest.length === 0) {
    raise(
      'WRONG_NUM_ARGS.WITHOUT_SUGGESTION',
      { functionName: `\`${site.name}\``, expectedNum: '> 1', actualNum: '1' },
      site.range,
    );
  }
  const allBinary = rest.every(({ type }) => type.kind === 'binary');
  const type = allBinary ? binaryType : stringType;
  const [at] = cast({ ...site, arguments: [index] }, [intType]);
  const mode = site.ansi ? 'ansi' : 'legacy';
  return {
    arguments: [at ?? index, ...rest.map((value) => coerced(value, type, mode))],
    type,
    nullable: true,
  };
}

const maskText = (text: string | null) => ({
  kind: 'literal' as const,
  value: text,
  type: text === null ? voidType : stringType,
  range: nowhere,
});
const maskParameters = [
  { name: 'str' },
  { name: 'upperChar', default: maskText('X') },
  { name: 'lowerChar', default: maskText('x') },
  { name: 'digitChar', default: maskText('n') },
  { name: 'otherChar', default: maskText(null) },
];
const maskNames = ['upperChar', 'lowerChar', 'digitChar', 'otherChar'];

function masked(site: CallSite): Typed {
  const defaults = [text('X'), text('x'), text('n'), noText];
  const rest = defaults.slice(site.arguments.length - 1);
  const given = { ...site, arguments: [...site.arguments, ...rest] };
  for (const [index, argument] of given.arguments.slice(1).entries()) {
    const name = maskNames[index] ?? '';
    if (argument.type.kind !== 'string' && argument.type.kind !== 'void')
      unexpectedType(given, index + 1, '"STRING"');
    requireFoldable(given, argument, name, stringType);
    const constant = constantText(argument);
    if (constant !== undefined && Array.from(constant).length !== 1) {
      raise(
        'DATATYPE_MISMATCH.INPUT_SIZE_NOT_ONE',
        { sqlExpr: `"${siteText(given)}"`, exprName: name },
        site.range,
      );
    }
  }
  const values = cast(given, [stringType]);
  return { arguments: values, type: stringType, nullable: values[0]?.nullable ?? true };
}

const binaryFormats = ['hex', 'utf-8', 'utf8', 'base64'];

function toBinary(tries: boolean): FunctionRow['resolve'] {
  return (site) => {
    const [value, format] = site.arguments as readonly [Expression, Expression?];
    const evalMode = tries ? { evalMode: 'try' as const } : {};
    const name = tries ? { name: 'to_binary', writtenAs: site.name } : {};
    const [given] = cast({ ...site, arguments: [value] }, [stringType]);
    if (format !== undefined) {
      requireFoldable(site, format, 'fmt', stringType);
      const constant = evaluate(format)?.value;
      const isWrong =
        constant !== null &&
        constant !== undefined &&
        !(typeof constant === 'string' && binaryFormats.includes(constant.toLowerCase()));
      if (isWrong) {
        raise(
          'DATATYPE_MISMATCH.INVALID_ARG_VALUE',
          {
            sqlExpr: `"${siteText(site)}"`,
            inputName: 'fmt',
            requireType: 'case-insensitive "STRING"',
            validValues: "'hex', 'utf-8', 'utf8', or 'base64'",
            inputValue: `'${String(constant).toLowerCase()}'`,
          },
          site.range,
        );
      }
    }
    const shown = format === undefined ? [] : [coerced(format, stringType, 'ansi')];
    return {
      ...name,
      arguments: [given ?? value, ...shown],
      type: binaryType,
      nullable: true,
      ...evalMode,
    };
  };
}

/** Numbers by a format, times by a pattern, bytes by an encoding. */
function toCharacters(site: CallSite): Typed {
  const [value, format] = site.arguments as readonly [Expression, Expression];
  if (isDatetime(value.type) || value.type.kind === 'time') {
    const values = cast(site, [{ kind: 'timestamp' }, stringType]);
    const name = site.settings.timeParserPolicy === 'legacy' ? 'legacy_date_format' : 'date_format';
    return { name, writtenAs: 'date_format', arguments: values, type: stringType, nullable: true };
  }
  if (value.type.kind === 'binary') {
    if (!isFoldable(format)) requireConstant(site);
    const constant = constantText(format)?.trim().toLowerCase();
    if (constant === 'base64' || constant === 'hex')
      return {
        name: constant,
        writtenAs: site.name === 'to_varchar' ? site.name : constant,
        arguments: [value],
        type: stringType,
        nullable: value.nullable,
      };
    if (constant === 'utf-8')
      return {
        name: 'decode',
        writtenAs: site.name === 'to_varchar' ? site.name : 'decode',
        arguments: [value, format, olderWays(site)],
        shownCount: 2,
        type: stringType,
        nullable: true,
      };
    if (evaluate(format)?.value === null) {
      return { arguments: [value, format], name: 'to_char', type: stringType, nullable: true };
    }
    raise(
      'INVALID_PARAMETER_VALUE.BINARY_FORMAT',
      {
        parameter: '`format`',
        functionName: `\`${site.name}\``,
        invalidValue: `'${constantText(format) ?? ''}'`,
      },
      site.range,
    );
  }
  const [number, pattern] = cast(site, ['decimal', stringType]) as readonly [
    Expression,
    Expression,
  ];
  if (!isFoldable(pattern)) requireConstant(site);
  const constant = constantText(pattern);
  if (constant !== undefined) numberFormat(constant, site.range);
  return {
    name: 'to_char',
    writtenAs: 'to_char',
    arguments: [number, pattern],
    type: stringType,
    nullable: number.nullable || pattern.nullable,
  };
}

function requireConstant(site: CallSite): never {
  return raise(
    'NON_FOLDABLE_ARGUMENT',
    { funcName: `\`${site.name}\``, paramName: '`format`', paramType: '"STRING"' },
    site.range,
  );
}

function toNumber(tries: boolean): FunctionRow['resolve'] {
  return (site) => {
    const values = cast(site, [stringType, stringType]);
    const [, pattern] = values as readonly [Expression, Expression];
    if (!isFoldable(pattern)) requireFoldable(site, pattern, 'format', stringType);
    const constant = constantText(pattern);
    const format = constant === undefined ? undefined : numberFormat(constant, site.range);
    const type =
      format === undefined
        ? decimalType(38, 18)
        : decimalType(Math.max(1, format.precision), format.scale);
    return {
      name: 'to_number',
      writtenAs: site.name,
      arguments: values,
      type,
      nullable: tries || anyNull(values),
      ...(tries ? { evalMode: 'try' as const } : {}),
    };
  };
}

function formattedNumber(site: CallSite): Typed {
  const [, format] = site.arguments as readonly [Expression, Expression];
  const isPattern = format.type.kind === 'string';
  const values = cast(site, ['numeric', isPattern ? stringType : intType]);
  return { arguments: values, type: stringType, nullable: true };
}

const pattern = (name: string, type: DataType, doc: string, more: Partial<FunctionRow> = {}) =>
  plain(name, [stringType, stringType], type, doc, more);

const utf8 = (name: string, doc: string, type: DataType): FunctionRow =>
  plain(name, ['textOrBinary'], type, doc, { alwaysNullable: name.startsWith('try') });

const located = (name: string, defaults = true): FunctionRow =>
  plain(
    name,
    [stringType, stringType, intType],
    intType,
    'The position of a text in another from a place on; 0: none.',
    defaults ? { defaults: [literalOf(1n, intType)] } : {},
  );

export const characters: readonly FunctionRow[] = [
  plain('base64', [binaryType], stringType, 'Bytes to base 64.'),
  plain('unbase64', [stringType], binaryType, 'The bytes of a text to base 64.'),
  plain('encode', [stringType, stringType], binaryType, 'A text as bytes of a character set.', {
    resolve: (site) => ({
      arguments: [...cast(site, [stringType, stringType]), olderWays(site)],
      shownCount: 2,
      type: binaryType,
      nullable: anyNull(site.arguments),
    }),
  }),
  {
    ...plain(
      'decode',
      [binaryType, stringType],
      stringType,
      'Bytes of a character set as text; or the result beside the first key that is equal.',
    ),
    minimum: 0,
    maximum: Infinity,
    signature: 'decode(bytes, charset) or decode(value, key, result, …[, otherwise])',
    resolve: decoded,
  },
  {
    ...plain(
      'format_string',
      [stringType],
      stringType,
      "A text with arguments put in by Java's format.",
    ),
    aliases: ['printf'],
    maximum: Infinity,
    signature: 'format_string(format, value, …)',
    resolve: (site) => {
      const [format, ...rest] = site.arguments as readonly [Expression, ...Expression[]];
      const [given] = cast({ ...site, arguments: [format] }, [stringType]);
      const { nullable } = given ?? format;
      return { arguments: [given ?? format, ...rest], type: stringType, nullable };
    },
  },
  {
    ...plain(
      'format_number',
      ['numeric', intType],
      stringType,
      'A number with commas and so many decimal places, or by a pattern.',
    ),
    resolve: formattedNumber,
  },
  {
    ...plain(
      'to_char',
      ['any', stringType],
      stringType,
      'A number, a time or bytes as text by a format.',
    ),
    aliases: ['to_varchar'],
    signature: 'to_char(value, format)',
    resolve: toCharacters,
  },
  {
    ...plain(
      'to_number',
      [stringType, stringType],
      decimalType(38, 18),
      'The decimal of a text by a format.',
    ),
    resolve: toNumber(false),
  },
  {
    ...plain(
      'try_to_number',
      [stringType, stringType],
      decimalType(38, 18),
      'The decimal of a text by a format, or null.',
    ),
    resolve: toNumber(true),
  },
  {
    ...plain(
      'to_binary',
      [stringType, stringType],
      binaryType,
      'The bytes of a text in hex, base64 or utf-8.',
    ),
    minimum: 1,
    signature: 'to_binary(text[, format])',
    resolve: toBinary(false),
  },
  {
    ...plain(
      'try_to_binary',
      [stringType, stringType],
      binaryType,
      'The bytes of a text in hex, base64 or utf-8, or null.',
    ),
    minimum: 1,
    signature: 'try_to_binary(text[, format])',
    resolve: toBinary(true),
  },
  {
    ...plain('mask', [stringType], stringType, 'A text with its letters and digits hidden.'),
    maximum: 5,
    parameters: maskParameters,
    signature: 'mask(text[, upper[, lower[, digit[, other]]]])',
    resolve: masked,
  },
  plain('luhn_check', [stringType], booleanType, 'Whether digits pass the Luhn check.'),
  plain(
    'levenshtein',
    [stringType, stringType, intType],
    intType,
    'The edits between two texts; -1 where there are more than a threshold.',
    {
      minimum: 2,
      signature: 'levenshtein(text, text[, threshold])',
    },
  ),
  plain('soundex', [stringType], stringType, 'The Soundex code.'),
  plain('quote', [stringType], stringType, 'A text in quotes, with those in it escaped.'),
  {
    ...plain('elt', [intType, stringType], stringType, 'The text at a place of the arguments.'),
    minimum: 1,
    maximum: Infinity,
    signature: 'elt(n, text, …)',
    resolve: chosen,
  },
  plain(
    'find_in_set',
    [stringType, stringType],
    intType,
    'The place of a text in a list with commas; 0: none.',
  ),
  plain(
    'substring_index',
    [stringType, stringType, intType],
    stringType,
    'What is before so many delimiters, or behind them.',
  ),
  plain(
    'split_part',
    [stringType, stringType, intType],
    stringType,
    'A part between delimiters, counted from 1 or from the end.',
    { alwaysNullable: true },
  ),
  {
    ...plain(
      'overlay',
      [stringType, stringType, intType, intType],
      stringType,
      'A text with a part replaced by position.',
    ),
    minimum: 3,
    signature: 'overlay(text PLACING replacement FROM position[ FOR length])',
    resolve: overlaid,
  },
  located('locate'),
  {
    ...located('position'),
    resolve: (site) => {
      const given =
        site.arguments.length === 2 ? [...site.arguments, literalOf(1n, intType)] : site.arguments;
      const values = cast({ ...site, arguments: given }, [stringType, stringType, intType]);
      return {
        name: 'locate',
        writtenAs: site.name,
        arguments: values,
        type: intType,
        nullable: anyNull(values),
      };
    },
  },
  plain(
    'sentences',
    [stringType, stringType, stringType],
    arrayType(words),
    'A text as sentences of words.',
    {
      minimum: 1,
      signature: 'sentences(text[, language[, country]])',
      resolve: (site) => {
        const rest = [text(''), text('')].slice(site.arguments.length - 1);
        const values = cast({ ...site, arguments: [...site.arguments, ...rest] }, [stringType]);
        return {
          arguments: values,
          type: arrayType(arrayType(stringType, false), false),
          nullable: true,
        };
      },
    },
  ),
  plain(
    'regexp_extract',
    [stringType, stringType, intType],
    stringType,
    'The first match of a pattern, or a group of it.',
    {
      defaults: [literalOf(1n, intType)],
    },
  ),
  plain(
    'regexp_extract_all',
    [stringType, stringType, intType],
    words,
    'All matches of a pattern, or a group of them.',
    {
      defaults: [literalOf(1n, intType)],
    },
  ),
  plain(
    'regexp_replace',
    [stringType, stringType, stringType, intType],
    stringType,
    'Matches of a pattern replaced, from a position on.',
    {
      defaults: [literalOf(1n, intType)],
    },
  ),
  pattern('regexp_count', intType, 'The number of matches of a pattern.'),
  pattern('regexp_substr', stringType, 'The first match of a pattern, or null.', {
    resolve: (site) => ({
      arguments: cast(site, [stringType, stringType]),
      type: stringType,
      nullable: true,
    }),
  }),
  plain(
    'regexp_instr',
    [stringType, stringType, intType],
    intType,
    'The position of the first match; 0: none.',
    {
      defaults: [literalOf(0n, intType)],
    },
  ),
  utf8('is_valid_utf8', 'Whether bytes are UTF-8.', booleanType),
  utf8('make_valid_utf8', 'A text with what is no UTF-8 replaced.', stringType),
  utf8('validate_utf8', 'The text itself, or an error where it is no UTF-8.', stringType),
  utf8('try_validate_utf8', 'The text itself, or null where it is no UTF-8.', stringType),
  plain('nanvl', [], voidType, 'The second number where the first is NaN.', {
    minimum: 2,
    maximum: 2,
    signature: 'nanvl(number, otherwise)',
    resolve: (site) => {
      const isFloat = site.arguments.every(({ type }) => type.kind === 'float');
      const type: DataType = { kind: isFloat ? 'float' : 'double' };
      const values = cast(site, [type, type]);
      return { arguments: values, type, nullable: anyNull(values) };
    },
  }),
  plain('nullifzero', ['any'], intType, 'Null of zero, else the number.', {
    resolve: (site) => {
      const [value] = cast(site, ['numeric']) as readonly [Expression];
      const zero = coerced(literalOf(0n, intType), value.type, 'ansi');
      return {
        name: 'nullif',
        writtenAs: 'nullifzero',
        arguments: [value, zero, value],
        shownCount: 1,
        type: value.type,
        nullable: true,
      };
    },
  }),
  plain('zeroifnull', ['any'], intType, 'Zero of null, else the number.', {
    resolve: (site) => {
      const [value] = site.arguments as readonly [Expression];
      const type = value.type.kind === 'void' ? intType : value.type;
      if (!isNumeric(type)) cast(site, ['numeric']);
      const zero = coerced(literalOf(0n, intType), type, 'ansi');
      return {
        name: 'coalesce',
        writtenAs: 'zeroifnull',
        arguments: [coerced(value, type, 'ansi'), zero],
        shownCount: 1,
        type,
        nullable: false,
      };
    },
  }),
  plain('collate', [stringType, stringType], stringType, 'A text that compares by a collation.', {
    resolve: (site) => {
      const [text, name] = cast(site, [stringType]) as readonly [Expression, Expression];
      const written = name.kind === 'literal' && typeof name.value === 'string' ? name.value : '';
      const found = collationOf(written.replace(/^.*\./, ''));
      if (!found.ok && found.reason === 'invalid')
        raise('COLLATION_INVALID_NAME', { collationName: written }, name.range);
      if (!found.ok)
        raise('UNSUPPORTED_EXPRESSION', { feature: `the collation ${written}` }, name.range);
      if (found.collation.ignoresTrailingBlanks && !site.settings.parser.trimCollations)
        raise('UNSUPPORTED_FEATURE.TRIM_COLLATION', {}, name.range);
      const type = collatedString(found.collation.name);
      return { arguments: [text, name], type, nullable: text.nullable };
    },
  }),
  plain('collation', ['any'], stringType, 'The collation of a text.', {
    resolve: (site) => ({ arguments: site.arguments, type: stringType, nullable: false }),
  }),
];
