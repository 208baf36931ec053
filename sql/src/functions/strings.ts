/** Functions of strings. */
import {
  arrayType,
  binaryType,
  booleanType,
  intType,
  longType,
  stringType,
} from '../plan/types.ts';
import type { Expression } from '../plan/resolved.ts';
import { coerced, literalOf } from '../typing/build.ts';
import { concatenatedArrays, reversedArray } from './arrays.ts';
import type { CallSite, FunctionRow, Typed } from './row.ts';
import { anyNull, cast, plain } from './row.ts';

const ofString = (name: string, doc: string, aliases: readonly string[] = []) =>
  plain(name, [stringType], stringType, doc, { aliases });

const isBinary = ({ type }: Expression) => type.kind === 'binary';

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

const zeroByte = literalOf(Uint8Array.of(0), binaryType);

const padded = (name: string, doc: string): FunctionRow =>
  plain(name, [stringType, intType, stringType], stringType, doc, {
    minimum: 2,
    maximum: 3,
    resolve: (site) => {
      const [text, , fill] = site.arguments as readonly [Expression, Expression, Expression?];
      const ofBytes = isBinary(text) && (fill === undefined || isBinary(fill));
      const type = ofBytes ? binaryType : stringType;
      const given = withDefault(site, 2, ofBytes ? zeroByte : literalOf(' ', stringType));
      const values = cast(given, [type, intType, type]);
      return { arguments: values, type, nullable: anyNull(values) };
    },
  });

/** Of texts, or of bytes where both are. */
const affix = (name: string, doc: string): FunctionRow =>
  plain(name, [stringType, stringType], booleanType, doc, {
    resolve: (site) => {
      const ofBytes = site.arguments.every(
        (value) => isBinary(value) || value.type.kind === 'void',
      );
      const type = ofBytes && site.arguments.some(isBinary) ? binaryType : stringType;
      const values = cast(site, [type, type]);
      return { arguments: values, type: booleanType, nullable: anyNull(values) };
    },
  });

/** Texts, and arrays of texts, whose elements are joined like them. */
function joinedArrays(site: CallSite): Typed {
  const texts = arrayType(stringType, true);
  const mode = site.ansi ? 'ansi' : 'legacy';
  const values = site.arguments.flatMap((value) =>
    value.type.kind === 'array'
      ? [coerced(value, texts, mode)]
      : cast({ ...site, arguments: [value] }, [stringType]),
  );
  return { arguments: values, type: stringType, nullable: values[0]?.nullable ?? true };
}

function joined(site: CallSite): Typed {
  const nested = site.arguments.find((value) => value.type.kind === 'array');
  if (nested !== undefined && site.name === 'concat') return concatenatedArrays(site);
  if (nested !== undefined) return joinedArrays(site);
  const ofBytes =
    site.name !== 'concat_ws' && site.arguments.length > 0 && site.arguments.every(isBinary);
  const type = ofBytes ? binaryType : stringType;
  const values = cast(site, [type]);
  const separatorNull = values[0]?.nullable ?? true;
  return {
    arguments: values,
    type,
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
      const values = cast(site, ['textOrBinary']);
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
      const type = site.arguments.slice(0, 1).some(isBinary) ? binaryType : stringType;
      const given = withDefault(site, 2, literalOf(2147483647n, intType));
      const values = cast(given, [type, intType, intType]);
      return { arguments: values, type, nullable: anyNull(values) };
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
  affix('contains', 'Whether the second is in the first.'),
  affix('startswith', 'Whether the first begins with the second.'),
  affix('endswith', 'Whether the first ends with the second.'),
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
