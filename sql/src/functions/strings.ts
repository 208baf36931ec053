/** Functions of strings. */
import { arrayType, booleanType, intType, longType, stringType } from '../plan/types.ts';
import { raise } from '../problem.ts';
import type { Expression } from '../plan/resolved.ts';
import { literalOf } from '../typing/build.ts';
import { concatenatedArrays, reversedArray } from './arrays.ts';
import type { CallSite, FunctionRow, Typed } from './row.ts';
import { anyNull, cast, plain } from './row.ts';

const ofString = (name: string, doc: string, aliases: readonly string[] = []) =>
  plain(name, [stringType], stringType, doc, { aliases });

const noBinary = (site: CallSite): CallSite => {
  if (site.arguments.some((value) => value.type.kind === 'binary')) {
    raise('UNSUPPORTED_EXPRESSION', { feature: `${site.name} of binary values` }, site.range);
  }
  return site;
};

/** The text comes first in the plan; `trim(characters, text)` is written the other way round, `btrim` is not. */
const trimmed = (name: string, doc: string): FunctionRow =>
  plain(name, [stringType], stringType, doc, {
    maximum: 2,
    signature: `${name}([characters,] text)`,
    resolve: (site) => {
      const values = cast(site, [stringType]);
      const sourceFirst = name === 'btrim' ? values : values.toReversed();
      return { arguments: sourceFirst, type: stringType, nullable: anyNull(values) };
    },
  });

/** Spark writes an argument that was left out into the call, and prints it. */
function withDefault(site: CallSite, index: number, value: Expression): CallSite {
  return site.arguments.length > index ? site : { ...site, arguments: [...site.arguments, value] };
}

const padded = (name: string, doc: string): FunctionRow =>
  plain(name, [stringType, intType, stringType], stringType, doc, {
    minimum: 2,
    maximum: 3,
    resolve: (site) => {
      const given = withDefault(noBinary(site), 2, literalOf(' ', stringType));
      const values = cast(given, [stringType, intType, stringType]);
      return { arguments: values, type: stringType, nullable: anyNull(values) };
    },
  });

function joined(site: CallSite): Typed {
  const nested = site.arguments.find((value) => value.type.kind === 'array');
  if (nested !== undefined && site.name === 'concat') return concatenatedArrays(site);
  if (nested !== undefined) {
    raise('UNSUPPORTED_EXPRESSION', { feature: `${site.name} of arrays` }, nested.range);
  }
  const values = cast(noBinary(site), [stringType]);
  const separatorNull = values[0]?.nullable ?? true;
  return {
    arguments: values,
    type: stringType,
    nullable: site.name === 'concat_ws' ? separatorNull : anyNull(values),
  };
}

export const strings: readonly FunctionRow[] = [
  plain('octet_length', ['textOrBinary'], intType, 'The length in bytes.'),
  plain('bit_length', ['textOrBinary'], intType, 'The length in bits.'),
  plain('chr', [longType], stringType, 'The character of a code, modulo 256.', {
    aliases: ['char'],
  }),
  plain('space', [intType], stringType, 'So many spaces.'),
  plain(
    'translate',
    [stringType, stringType, stringType],
    stringType,
    'Characters replaced one by one.',
  ),

  ofString('upper', 'In upper case.', ['ucase']),
  ofString('lower', 'In lower case.', ['lcase']),
  plain('length', [stringType], intType, 'The number of characters.', {
    aliases: ['len', 'char_length', 'character_length'],
    resolve: (site) => {
      const values = cast(noBinary(site), [stringType]);
      return { arguments: values, type: intType, nullable: anyNull(values) };
    },
  }),
  trimmed('trim', 'Without spaces, or the given characters, at both ends.'),
  trimmed('btrim', 'Without spaces, or the given characters, at both ends.'),
  trimmed('ltrim', 'Without spaces, or the given characters, at the start.'),
  trimmed('rtrim', 'Without spaces, or the given characters, at the end.'),
  plain('substring', [stringType, intType], stringType, 'A part, counted from 1 or from the end.', {
    aliases: ['substr'],
    maximum: 3,
    signature: 'substring(text, position[, length])',
    resolve: (site) => {
      const values = cast(noBinary(withDefault(site, 2, literalOf(2147483647n, intType))), [
        stringType,
        intType,
        intType,
      ]);
      return { arguments: values, type: stringType, nullable: anyNull(values) };
    },
  }),
  plain('left', [stringType, intType], stringType, 'The first characters.'),
  plain('right', [stringType, intType], stringType, 'The last characters.'),
  plain(
    'concat',
    [stringType],
    stringType,
    'Strings one after the other; null where one is null.',
    {
      minimum: 0,
      maximum: Infinity,
      signature: 'concat(text, …)',
      resolve: joined,
    },
  ),
  plain(
    'concat_ws',
    [stringType],
    stringType,
    'Strings that are not null with a separator between.',
    {
      minimum: 1,
      maximum: Infinity,
      signature: 'concat_ws(separator, text, …)',
      resolve: joined,
    },
  ),
  plain('replace', [stringType, stringType, stringType], stringType, 'Every occurrence replaced.', {
    minimum: 2,
    maximum: 3,
    resolve: (site) => {
      const values = cast(withDefault(site, 2, literalOf('', stringType)), [stringType]);
      return { arguments: values, type: stringType, nullable: anyNull(values) };
    },
  }),
  plain('reverse', [stringType], stringType, 'The characters from last to first.', {
    resolve: (site) => {
      if (site.arguments[0]?.type.kind === 'array') return reversedArray(site);
      const values = cast(site, [stringType]);
      return { arguments: values, type: stringType, nullable: anyNull(values) };
    },
  }),
  plain('repeat', [stringType, intType], stringType, 'The text several times.'),
  padded('lpad', 'Padded at the start to a length.'),
  padded('rpad', 'Padded at the end to a length.'),
  plain(
    'instr',
    [stringType, stringType],
    intType,
    'The position of a text in another, from 1; 0: none.',
  ),
  plain('contains', [stringType, stringType], booleanType, 'Whether the second is in the first.'),
  plain(
    'startswith',
    [stringType, stringType],
    booleanType,
    'Whether the first begins with the second.',
  ),
  plain(
    'endswith',
    [stringType, stringType],
    booleanType,
    'Whether the first ends with the second.',
  ),
  ofString('initcap', 'Every word with a capital, split at spaces.'),
  plain(
    'ascii',
    [stringType],
    intType,
    'The code point of the first character; 0 of an empty text.',
  ),
  plain(
    'split',
    [stringType, stringType],
    arrayType(stringType, false),
    'The parts around a pattern.',
    {
      maximum: 3,
      signature: 'split(text, pattern[, limit])',
      resolve: (site) => {
        const given = withDefault(site, 2, literalOf(-1n, intType));
        const values = cast(given, [stringType, stringType, intType]);
        return {
          arguments: values,
          type: arrayType(stringType, false),
          nullable: anyNull(values),
        };
      },
    },
  ),
];
