/** Spark's data types. Simple types are shared constants, but compare with `sameType`, never by identity. */

export type SimpleKind =
  | 'void'
  | 'boolean'
  | 'byte'
  | 'short'
  | 'int'
  | 'long'
  | 'float'
  | 'double'
  | 'binary'
  | 'date'
  | 'timestamp'
  | 'timestamp_ntz'
  | 'calendarInterval'
  | 'variant';

export interface SimpleType {
  readonly kind: SimpleKind;
}
export interface StringType {
  readonly kind: 'string';
  /** Where texts do not compare as bytes: the collation's canonical name. */
  readonly collation?: string;
}
export interface DecimalType {
  readonly kind: 'decimal';
  readonly precision: number;
  readonly scale: number;
}
/** A time of day in nanoseconds; the precision says how many digits of the second are meant, not how many are there. */
export interface TimeType {
  readonly kind: 'time';
  readonly precision: number;
}
export type YearMonthUnit = 'year' | 'month';
export type DayTimeUnit = 'day' | 'hour' | 'minute' | 'second';
export interface YearMonthIntervalType {
  readonly kind: 'yearMonthInterval';
  readonly first: YearMonthUnit;
  readonly last: YearMonthUnit;
}
export interface DayTimeIntervalType {
  readonly kind: 'dayTimeInterval';
  readonly first: DayTimeUnit;
  readonly last: DayTimeUnit;
}
export interface ArrayType {
  readonly kind: 'array';
  readonly element: DataType;
  readonly containsNull: boolean;
}
export interface MapType {
  readonly kind: 'map';
  readonly key: DataType;
  readonly value: DataType;
  readonly valueContainsNull: boolean;
}
export interface StructField {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
}
export interface StructType {
  readonly kind: 'struct';
  readonly fields: readonly StructField[];
}
export type DataType =
  | SimpleType
  | StringType
  | DecimalType
  | TimeType
  | YearMonthIntervalType
  | DayTimeIntervalType
  | ArrayType
  | MapType
  | StructType;

const simple = (kind: SimpleKind): SimpleType => ({ kind });

export const voidType = simple('void');
export const booleanType = simple('boolean');
export const byteType = simple('byte');
export const shortType = simple('short');
export const intType = simple('int');
export const longType = simple('long');
export const floatType = simple('float');
export const doubleType = simple('double');
export const stringType: StringType = { kind: 'string' };
export const binaryType = simple('binary');
export const dateType = simple('date');
export const timestampType = simple('timestamp');
export const timestampNtzType = simple('timestamp_ntz');
export const calendarIntervalType = simple('calendarInterval');
export const variantType = simple('variant');
export const maxTimePrecision = 6;
export const maxDecimalPrecision = 38;

export function decimalType(precision: number, scale: number): DecimalType {
  return { kind: 'decimal', precision, scale };
}

export function timeType(precision = maxTimePrecision): TimeType {
  return { kind: 'time', precision };
}

export function arrayType(element: DataType, containsNull = true): ArrayType {
  return { kind: 'array', element, containsNull };
}

/** Equal but for the nullability of nested values, which is how Spark compares the sides of an operator. */
export function sameType(left: DataType, right: DataType): boolean {
  if (left === right) return true;
  switch (left.kind) {
    case 'string':
      return right.kind === 'string' && left.collation === right.collation;
    case 'decimal':
      return (
        right.kind === 'decimal' && left.precision === right.precision && left.scale === right.scale
      );
    case 'time':
      return right.kind === 'time' && left.precision === right.precision;
    case 'yearMonthInterval':
    case 'dayTimeInterval':
      return right.kind === left.kind && left.first === right.first && left.last === right.last;
    case 'array':
      return right.kind === 'array' && sameType(left.element, right.element);
    case 'map':
      return (
        right.kind === 'map' && sameType(left.key, right.key) && sameType(left.value, right.value)
      );
    case 'struct':
      return (
        right.kind === 'struct' &&
        left.fields.length === right.fields.length &&
        left.fields.every((field, index) => {
          const other = right.fields[index];
          return (
            other?.name.toLowerCase() === field.name.toLowerCase() &&
            sameType(field.type, other.type)
          );
        })
      );
    default:
      return left.kind === right.kind;
  }
}

const simpleNames: Readonly<Record<SimpleKind, string>> = {
  void: 'void',
  boolean: 'boolean',
  byte: 'tinyint',
  short: 'smallint',
  int: 'int',
  long: 'bigint',
  float: 'float',
  double: 'double',
  binary: 'binary',
  date: 'date',
  timestamp: 'timestamp',
  timestamp_ntz: 'timestamp_ntz',
  calendarInterval: 'interval',
  variant: 'variant',
};

/** Spark's `simpleString`, as in schemas: `decimal(10,2)`, `array<int>`, `struct<a:int>`. */
export function simpleString(type: DataType): string {
  switch (type.kind) {
    case 'string':
      return `string${collateClause(type, 'collate')}`;
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'time':
      return `time(${type.precision})`;
    case 'yearMonthInterval':
    case 'dayTimeInterval':
      return intervalName(type);
    case 'array':
      return `array<${simpleString(type.element)}>`;
    case 'map':
      return `map<${simpleString(type.key)},${simpleString(type.value)}>`;
    case 'struct':
      return `struct<${type.fields.map((field) => `${field.name}:${simpleString(field.type)}`).join(',')}>`;
    default:
      return simpleNames[type.kind];
  }
}

function collateClause({ collation }: StringType, word: string): string {
  return collation === undefined ? '' : ` ${word} ${collation}`;
}

/** Spark's `sql`, as in error messages and column names: `DECIMAL(10,2)`, `ARRAY<INT>`. */
export function typeSql(type: DataType): string {
  switch (type.kind) {
    case 'string':
      return `STRING${collateClause(type, 'COLLATE')}`;
    case 'array':
      return `ARRAY<${typeSql(type.element)}>`;
    case 'map':
      return `MAP<${typeSql(type.key)}, ${typeSql(type.value)}>`;
    case 'struct':
      return `STRUCT<${type.fields.map((field) => `${quoteIfNeeded(field.name)}: ${typeSql(field.type)}${field.nullable ? '' : ' NOT NULL'}`).join(', ')}>`;
    default:
      return simpleString(type).toUpperCase();
  }
}

/** A name as Spark prints it: backquoted only where it is not a plain word. */
export function quoteIfNeeded(name: string): string {
  return /^[a-zA-Z0-9_]+$/.test(name) && !/^\d+$/.test(name)
    ? name
    : `\`${name.replaceAll('`', '``')}\``;
}

export function isIntegral(type: DataType): boolean {
  return (
    type.kind === 'byte' || type.kind === 'short' || type.kind === 'int' || type.kind === 'long'
  );
}

export function isFractional(type: DataType): boolean {
  return type.kind === 'float' || type.kind === 'double';
}

export function isNumeric(type: DataType): boolean {
  return isIntegral(type) || isFractional(type) || type.kind === 'decimal';
}

export function isDatetime(type: DataType): boolean {
  return type.kind === 'date' || type.kind === 'timestamp' || type.kind === 'timestamp_ntz';
}

export function isAnsiInterval(
  type: DataType,
): type is YearMonthIntervalType | DayTimeIntervalType {
  return type.kind === 'yearMonthInterval' || type.kind === 'dayTimeInterval';
}

/** Maps have no order, and are never equal but as what groups by them. */
export function containsMap(type: DataType): boolean {
  switch (type.kind) {
    case 'map':
      return true;
    case 'array':
      return containsMap(type.element);
    case 'struct':
      return type.fields.some((field) => containsMap(field.type));
    default:
      return false;
  }
}

function intervalName(type: YearMonthIntervalType | DayTimeIntervalType): string {
  return type.first === type.last
    ? `interval ${type.first}`
    : `interval ${type.first} to ${type.last}`;
}
