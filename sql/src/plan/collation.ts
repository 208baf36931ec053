/**
 * Collations: how texts compare. A text without one compares as bytes (`UTF8_BINARY`). Names are Spark's:
 * `UTF8_LCASE`, `UNICODE`, or a locale, then `_CI`, `_AI` and `_RTRIM` where case, accents or trailing blanks
 * do not count.
 */
import type { DataType, StringType } from './types.ts';
import { stringType } from './types.ts';

export interface Collation {
  readonly name: string;
  /** `binary` and `lcase` compare code points, `icu` as the locale's readers sort. */
  readonly order: 'binary' | 'lcase' | 'icu';
  /** Of `icu`: a language, or none where every language's texts sort alike. */
  readonly locale: string;
  readonly ignoresCase: boolean;
  readonly ignoresAccents: boolean;
  readonly ignoresTrailingBlanks: boolean;
}

export type CollationName =
  | { readonly ok: true; readonly collation: Collation }
  | { readonly ok: false; readonly reason: 'invalid' | 'unsupported' };

/** Languages whose order both DuckDB and Spark know. */
const languages = new Set(
  (
    'af am ar as az be bg bn bs ca cs cy da de el en eo es et fa fi fil fo fr ga gl gu he hi hr hu hy id is it ja ' +
    'ka kk km kn ko kok ky lb lo lt lv mk ml mn mr ms mt my nb ne nl nn pa pl ps pt ro ru si sk sl sq sr sv sw ta ' +
    'te th tk to tr ug uk ur uz vi yi zh zu'
  ).split(' '),
);

/** What two inputs of different collations have: nothing can be compared by it. */
export const indeterminateCollation = 'null';

export function collationOf(written: string): CollationName {
  const [base = '', ...specifiers] = written.toUpperCase().split('_');
  const family = base === 'UTF8' ? specifiers.shift() : undefined;
  const parts = ['CI', 'CS', 'AI', 'AS', 'RTRIM'];
  const region = family === undefined ? specifiers.filter((part) => !parts.includes(part)) : [];
  const flags = specifiers.filter((part) => parts.includes(part));
  const has = (flag: string) => flags.includes(flag);
  const isTwice = new Set(flags).size < flags.length;
  if (isTwice || (has('CI') && has('CS')) || (has('AI') && has('AS'))) return invalid;
  const suffix = has('RTRIM') ? '_RTRIM' : '';
  if (base === 'UTF8') {
    if (flags.length !== specifiers.length || flags.some((flag) => flag !== 'RTRIM'))
      return invalid;
    if (family !== 'BINARY' && family !== 'LCASE') return invalid;
    return {
      ok: true,
      collation: {
        name: `UTF8_${family}${suffix}`,
        order: family === 'LCASE' ? 'lcase' : 'binary',
        locale: '',
        ignoresCase: family === 'LCASE',
        ignoresAccents: false,
        ignoresTrailingBlanks: has('RTRIM'),
      },
    };
  }
  const language = base.toLowerCase();
  const isRoot = base === 'UNICODE';
  if (!isRoot && !/^[a-z]{2,3}$/.test(language)) return invalid;
  if (region.length > 0) return isRoot ? invalid : unsupported;
  if (!isRoot && !languages.has(language)) return unsupported;
  const rest = `${has('CI') ? '_CI' : ''}${has('AI') ? '_AI' : ''}${suffix}`;
  return {
    ok: true,
    collation: {
      name: `${isRoot ? 'UNICODE' : language}${rest}`,
      order: 'icu',
      locale: isRoot ? '' : language,
      ignoresCase: has('CI'),
      ignoresAccents: has('AI'),
      ignoresTrailingBlanks: has('RTRIM'),
    },
  };
}

const invalid = { ok: false, reason: 'invalid' } as const;
const unsupported = { ok: false, reason: 'unsupported' } as const;

/** The type of texts under a collation, by its canonical name. */
export function collatedString(name: string): StringType {
  return name === 'UTF8_BINARY' ? stringType : { kind: 'string', collation: name };
}

/** Of a canonical name. */
export function knownCollation(name: string): Collation | undefined {
  const found = collationOf(name);
  return found.ok ? found.collation : undefined;
}

/** The type with `map` of each string type in it. */
export function mapStrings(type: DataType, map: (type: StringType) => StringType): DataType {
  switch (type.kind) {
    case 'string':
      return map(type);
    case 'array':
      return { ...type, element: mapStrings(type.element, map) };
    case 'map':
      return { ...type, key: mapStrings(type.key, map), value: mapStrings(type.value, map) };
    case 'struct':
      return {
        ...type,
        fields: type.fields.map((field) => ({ ...field, type: mapStrings(field.type, map) })),
      };
    default:
      return type;
  }
}

export function someString(type: DataType, test: (type: StringType) => boolean): boolean {
  switch (type.kind) {
    case 'string':
      return test(type);
    case 'array':
      return someString(type.element, test);
    case 'map':
      return someString(type.key, test) || someString(type.value, test);
    case 'struct':
      return type.fields.some((field) => someString(field.type, test));
    default:
      return false;
  }
}

export const isCollated = (type: DataType): boolean =>
  someString(type, ({ collation }) => collation !== undefined);

export const withoutCollation = (type: DataType): DataType =>
  isCollated(type) ? mapStrings(type, () => stringType) : type;
