/** Reads a type as SQL and schemas write it: `DECIMAL(10, 2)`, `array<struct<a: int>>`. */
import { collatedString, collationOf, indeterminateCollation } from './collation.ts';
import type { DataType, DayTimeUnit, StructField, YearMonthUnit } from './types.ts';
import {
  binaryType,
  booleanType,
  byteType,
  calendarIntervalType,
  dateType,
  decimalType,
  doubleType,
  floatType,
  intType,
  longType,
  maxDecimalPrecision,
  maxTimePrecision,
  shortType,
  stringType,
  timeType,
  timestampNtzType,
  timestampType,
  variantType,
  voidType,
} from './types.ts';

export type TypeText =
  | { readonly ok: true; readonly type: DataType; readonly end: number }
  | { readonly ok: false; readonly reason: 'syntax'; readonly at: number }
  | {
      readonly ok: false;
      readonly reason: 'unknown' | 'precision' | 'timePrecision' | 'collation' | 'notSupported';
      readonly at: number;
      readonly end: number;
      readonly name: string;
    };

const named: Readonly<Record<string, DataType>> = {
  boolean: booleanType,
  tinyint: byteType,
  byte: byteType,
  smallint: shortType,
  short: shortType,
  int: intType,
  integer: intType,
  bigint: longType,
  long: longType,
  float: floatType,
  real: floatType,
  double: doubleType,
  date: dateType,
  timestamp: timestampType,
  timestamp_ltz: timestampType,
  timestamp_ntz: timestampNtzType,
  string: stringType,
  binary: binaryType,
  void: voidType,
  variant: variantType,
};
const yearMonth: readonly string[] = ['year', 'month'];
const dayTime: readonly string[] = ['day', 'hour', 'minute', 'second'];
const maxNesting = 100;

/** The type of a whole text, or undefined. */
export function parseType(text: string): DataType | undefined {
  const parsed = parseTypeAt(text, 0);
  return parsed.ok && text.slice(parsed.end).trim() === '' ? parsed.type : undefined;
}

/** As {@link parseType}, of Spark's simple string too, which has the names of fields as they are: `struct<a b:int>`. */
export function parseSimpleString(text: string): DataType | undefined {
  const known = parseType(text);
  if (known !== undefined || !text.includes('<')) return known;
  const reader = new TypeReader(text, 0, false, true);
  const type = reader.type(0);
  return reader.offset === text.length ? type : undefined;
}

/** The type that begins at an offset, and where it ends. */
export function parseTypeAt(
  text: string,
  offset: number,
  { timestampIsLocal = false }: { readonly timestampIsLocal?: boolean } = {},
): TypeText {
  const reader = new TypeReader(text, offset, timestampIsLocal);
  const type = reader.type(0);
  return type === undefined
    ? (reader.failure ?? { ok: false, reason: 'syntax', at: reader.offset })
    : { ok: true, type, end: reader.offset };
}

class TypeReader {
  readonly text: string;
  offset: number;
  failure: TypeText | undefined;

  private readonly timestampIsLocal: boolean;
  private readonly hasBareNames: boolean;

  constructor(text: string, offset: number, timestampIsLocal: boolean, hasBareNames = false) {
    this.timestampIsLocal = timestampIsLocal;
    this.hasBareNames = hasBareNames;
    this.text = text;
    this.offset = offset;
  }

  type(depth: number): DataType | undefined {
    if (depth > maxNesting) return undefined;
    const start = this.skipSpace();
    const word = this.word()?.toLowerCase();
    if (word === undefined) return undefined;
    const simple = Object.hasOwn(named, word) ? named[word] : undefined;
    if (word === 'timestamp' && this.timestampIsLocal) return timestampNtzType;
    if (word === 'string') return this.collated(start);
    if (simple !== undefined) return simple;
    switch (word) {
      case 'decimal':
      case 'dec':
      case 'numeric': {
        const sizes = this.sizes();
        const [precision = 10, scale = 0] = sizes;
        if (precision > maxDecimalPrecision || scale > precision) {
          return this.fail('precision', start, String(precision));
        }
        return decimalType(precision, scale);
      }
      case 'time': {
        const [precision = maxTimePrecision] = this.sizes();
        const rest = this.text.slice(this.offset, this.offset + 80);
        this.offset += /^\s+without\s+time\s+zone\b/i.exec(rest)?.[0].length ?? 0;
        if (precision > maxTimePrecision)
          return this.fail('timePrecision', start, String(precision));
        return timeType(precision);
      }
      case 'char':
      case 'character':
      case 'varchar':
        // Lengths matter to stored columns only; a cast to them is a cast to string.
        return this.sizes().length === 1 ? stringType : this.fail('unknown', start, word);
      case 'interval':
        return this.interval();
      case 'array': {
        const element = this.between(() => this.type(depth + 1));
        return element && { kind: 'array', element, containsNull: true };
      }
      case 'map':
        return this.between(() => {
          const key = this.type(depth + 1);
          if (key === undefined || !this.symbol(',')) return undefined;
          const value = this.type(depth + 1);
          return value && { kind: 'map', key, value, valueContainsNull: true };
        });
      case 'struct':
        return this.between(() => this.fields(depth));
      default:
        return this.fail('unknown', start, word);
    }
  }

  /** `STRING`, or `STRING COLLATE name`. */
  private collated(start: number): DataType | undefined {
    const rest = this.text.slice(this.offset, this.offset + 200);
    const collation = /^\s+collate\s+([\w.]+|`[^`]*`)/i.exec(rest);
    if (collation === null) return stringType;
    this.offset += collation[0].length;
    const name = (collation[1] ?? '').replace(/^.*\.|`/g, '');
    if (name === indeterminateCollation) return { kind: 'string', collation: name };
    const found = collationOf(name);
    if (found.ok) return collatedString(found.collation.name);
    return this.fail(found.reason === 'invalid' ? 'collation' : 'notSupported', start, name);
  }

  private fields(depth: number): DataType | undefined {
    const fields: StructField[] = [];
    this.skipSpace();
    if (this.text[this.offset] === '>') return { kind: 'struct', fields };
    do {
      this.skipSpace();
      const name = this.name();
      if (name === undefined) return undefined;
      this.symbol(':');
      const type = this.type(depth + 1);
      if (type === undefined) return undefined;
      const notNull = /^\s+not\s+null\b/i.exec(this.text.slice(this.offset, this.offset + 40));
      if (notNull !== null) this.offset += notNull[0].length;
      const comment = /^\s+comment\s+(?:'[^']*'|"[^"]*")/i.exec(this.text.slice(this.offset));
      if (comment !== null) this.offset += comment[0].length;
      fields.push({ name, type, nullable: notNull === null });
    } while (this.symbol(','));
    return { kind: 'struct', fields };
  }

  private interval(): DataType {
    const units =
      /^\s+(year|month|day|hour|minute|second)\b(?:\s+to\s+(month|hour|minute|second)\b)?/i.exec(
        this.text.slice(this.offset, this.offset + 80),
      );
    const first = units?.[1]?.toLowerCase();
    if (units === null || first === undefined) return calendarIntervalType;
    const last = units[2]?.toLowerCase() ?? first;
    this.offset += units[0].length;
    if (yearMonth.includes(first) && yearMonth.includes(last)) {
      return {
        kind: 'yearMonthInterval',
        first: first as YearMonthUnit,
        last: last as YearMonthUnit,
      };
    }
    if (dayTime.includes(first) && dayTime.indexOf(last) >= dayTime.indexOf(first)) {
      return { kind: 'dayTimeInterval', first: first as DayTimeUnit, last: last as DayTimeUnit };
    }
    return calendarIntervalType;
  }

  private between<T>(inside: () => T | undefined): T | undefined {
    if (!this.symbol('<')) return undefined;
    const result = inside();
    return result !== undefined && this.symbol('>') ? result : undefined;
  }

  private sizes(): readonly number[] {
    const match = /^\s*\(\s*(\d{1,9})\s*(?:,\s*(\d{1,9})\s*)?\)/.exec(
      this.text.slice(this.offset, this.offset + 60),
    );
    if (match === null) return [];
    this.offset += match[0].length;
    return match
      .slice(1)
      .flatMap((size: string | undefined) => (size === undefined ? [] : [Number(size)]));
  }

  private fail(
    reason: 'unknown' | 'precision' | 'timePrecision' | 'collation' | 'notSupported',
    at: number,
    name: string,
  ): DataType | undefined {
    this.failure ??= { ok: false, reason, at, end: this.offset, name };
    return undefined;
  }

  private symbol(symbol: string): boolean {
    this.skipSpace();
    if (this.text[this.offset] !== symbol) return false;
    this.offset++;
    return true;
  }

  private name(): string | undefined {
    if (this.hasBareNames) {
      const end = this.text.indexOf(':', this.offset);
      const name = this.text.slice(this.offset, Math.max(end, this.offset));
      this.offset += name.length;
      return name;
    }
    const quoted = /^`((?:[^`]|``)*)`/.exec(this.text.slice(this.offset));
    if (quoted === null) return this.word();
    this.offset += quoted[0].length;
    return quoted[1]?.replaceAll('``', '`');
  }

  private word(): string | undefined {
    const match = /^[\p{L}\p{Nd}_]+/u.exec(this.text.slice(this.offset, this.offset + 300));
    if (match === null) return undefined;
    this.offset += match[0].length;
    return match[0];
  }

  private skipSpace(): number {
    while (/\s/.test(this.text[this.offset] ?? '')) this.offset++;
    return this.offset;
  }
}
