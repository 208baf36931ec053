/**
 * Variants travel through DuckDB as text: JSON, in which what JSON has no value for is an object of one
 * field with a name of our own, `{"\u0001": [kind, text]}`. Fields are ordered by name.
 */
import { valueText } from '#sql/plan/literalText.ts';
import type { DataType } from '#sql/plan/types.ts';
import { typeSql } from '#sql/plan/types.ts';
import { formatDate, formatLocalTimestamp, localTimeIn } from '#sql/value/datetime.ts';
import { javaDouble } from '#sql/plan/literalText.ts';
import type { JsonNode } from '#sql/value/json.ts';
import { defaultJsonOptions, parseJson, quoteJson } from '#sql/value/json.ts';
import type { Value } from './scalarFunction.ts';

export type Variant =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'long'; readonly value: bigint }
  | { readonly kind: 'decimal'; readonly unscaled: bigint; readonly scale: number }
  | { readonly kind: 'double' | 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'date'; readonly days: number }
  | { readonly kind: 'timestamp' | 'timestamp_ntz'; readonly micros: bigint }
  | { readonly kind: 'binary'; readonly bytes: Uint8Array }
  | { readonly kind: 'array'; readonly items: readonly Variant[] }
  | { readonly kind: 'object'; readonly fields: readonly (readonly [string, Variant])[] };

const marker = '\u0001';

export class DuplicateKey extends Error {}

/** Of JSON as a user wrote it; undefined where it is malformed. */
export function variantOfJson(text: string): Variant | undefined {
  const node = parseJson(text, strict, 'first');
  return node && fromJson(node);
}

const strict = { ...defaultJsonOptions, singleQuotes: false, nonNumericNumbers: false };

export function fromJson(node: JsonNode): Variant {
  switch (node.kind) {
    case 'null':
    case 'boolean':
      return node;
    case 'string':
      return { kind: 'string', value: node.text };
    case 'number':
      return numberOf(node.text, node.isInteger);
    case 'array':
      return { kind: 'array', items: node.items.map(fromJson) };
    case 'object':
      return objectOf(node.fields.map(([name, value]) => [name, fromJson(value)]));
  }
}

export function objectOf(fields: readonly (readonly [string, Variant])[]): Variant {
  const sorted = [...fields].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const twice = sorted.find(([name], index) => sorted[index - 1]?.[0] === name);
  if (twice !== undefined) throw new DuplicateKey(twice[0]);
  return { kind: 'object', fields: sorted };
}

/** A number is exact where 38 digits hold it. */
function numberOf(text: string, isInteger: boolean): Variant {
  if (isInteger) {
    const value = BigInt(text);
    if (BigInt.asIntN(64, value) === value) return { kind: 'long', value };
  }
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  const [, sign = '', whole = '', fraction = ''] = match ?? [];
  if (match !== null && whole.replace(/^0+/, '').length + fraction.length <= 38) {
    return decimalOf(BigInt(`${sign}${whole}${fraction}`), fraction.length);
  }
  return { kind: 'double', value: Number(text) };
}

/** Without zeros at the end. */
export function decimalOf(unscaled: bigint, scale: number): Variant {
  let [digits, places] = [unscaled, scale];
  while (places > 0 && digits % 10n === 0n) {
    digits /= 10n;
    places -= 1;
  }
  return { kind: 'decimal', unscaled: digits, scale: places };
}

export function encoded(variant: Variant): string {
  const tagged = (kind: string, text: string) =>
    `{${quoteJson(marker)}:[${quoteJson(kind)},${quoteJson(text)}]}`;
  switch (variant.kind) {
    case 'null':
      return 'null';
    case 'boolean':
    case 'long':
      return String(variant.value);
    case 'string':
      return quoteJson(variant.value);
    case 'array':
      return `[${variant.items.map(encoded).join(',')}]`;
    case 'object':
      return `{${variant.fields.map(([name, value]) => `${quoteJson(name)}:${encoded(value)}`).join(',')}}`;
    case 'decimal':
      return tagged('decimal', `${variant.unscaled} ${variant.scale}`);
    case 'double':
    case 'float':
      return tagged(variant.kind, javaDouble(variant.value));
    case 'date':
      return tagged('date', String(variant.days));
    case 'timestamp':
    case 'timestamp_ntz':
      return tagged(variant.kind, String(variant.micros));
    case 'binary':
      return tagged('binary', Buffer.from(variant.bytes).toString('base64'));
  }
}

export function decoded(text: string): Variant {
  const node = parseJson(text);
  if (node === undefined) throw new Error('a variant is not as it was written');
  return fromNode(node);
}

function fromNode(node: JsonNode): Variant {
  if (node.kind === 'array') return { kind: 'array', items: node.items.map(fromNode) };
  if (node.kind !== 'object') return fromJson(node);
  const [only] = node.fields;
  if (node.fields.length === 1 && only?.[0] === marker && only[1].kind === 'array') {
    const [kind, text] = only[1].items;
    if (kind?.kind === 'string' && text?.kind === 'string') return untagged(kind.text, text.text);
  }
  return { kind: 'object', fields: node.fields.map(([name, value]) => [name, fromNode(value)]) };
}

function untagged(kind: string, text: string): Variant {
  switch (kind) {
    case 'decimal': {
      const [unscaled = '0', scale = '0'] = text.split(' ');
      return { kind: 'decimal', unscaled: BigInt(unscaled), scale: Number(scale) };
    }
    case 'double':
    case 'float':
      return { kind, value: Number(text) };
    case 'date':
      return { kind: 'date', days: Number(text) };
    case 'timestamp':
    case 'timestamp_ntz':
      return { kind, micros: BigInt(text) };
    default:
      return { kind: 'binary', bytes: Buffer.from(text, 'base64') };
  }
}

/** The variant as JSON, which is how it prints. */
export function jsonOf(variant: Variant, timeZone: string): string {
  const text = scalarText(variant, timeZone);
  switch (variant.kind) {
    case 'array':
      return `[${variant.items.map((item) => jsonOf(item, timeZone)).join(',')}]`;
    case 'object':
      return `{${variant.fields.map(([name, value]) => `${quoteJson(name)}:${jsonOf(value, timeZone)}`).join(',')}}`;
    case 'null':
    case 'boolean':
    case 'long':
    case 'decimal':
      return text;
    case 'double':
    case 'float':
      return Number.isFinite(variant.value) ? text : quoteJson(text);
    default:
      return quoteJson(text);
  }
}

/** Of what is no container, its text without quotes. */
export function scalarText(variant: Variant, timeZone: string): string {
  switch (variant.kind) {
    case 'null':
      return 'null';
    case 'boolean':
    case 'long':
    case 'string':
      return String(variant.value);
    case 'decimal':
      return plainDecimal(variant.unscaled, variant.scale);
    case 'double':
    case 'float':
      return valueText(variant.value, { kind: variant.kind });
    case 'date':
      return formatDate(variant.days);
    case 'timestamp': {
      const { micros } = variant;
      return `${formatLocalTimestamp(localTimeIn(timeZone, micros) ?? micros)}${offsetText(timeZone, micros)}`;
    }
    case 'timestamp_ntz':
      return formatLocalTimestamp(variant.micros);
    case 'binary':
      return Buffer.from(variant.bytes).toString('base64');
    case 'array':
    case 'object':
      return '';
  }
}

/** Without an exponent, however small, and without zeros at its end. */
function plainDecimal(unscaled: bigint, scale: number): string {
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  const point = digits.length - scale;
  const fraction = digits.slice(point).replace(/0+$/, '');
  const whole = `${unscaled < 0n ? '-' : ''}${digits.slice(0, point)}`;
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

function offsetText(timeZone: string, micros: bigint): string {
  const offset = (localTimeIn(timeZone, micros) ?? micros) - micros;
  const minutes = Math.abs(Number(offset / 60_000_000n));
  const two = (value: number) => String(value).padStart(2, '0');
  return `${offset < 0n ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** A value of another type as a variant. */
export function variantOf(value: Value, type: DataType): Variant {
  if (value === null) return { kind: 'null' };
  switch (type.kind) {
    case 'boolean':
      return { kind: 'boolean', value: value as boolean };
    case 'byte':
    case 'short':
    case 'int':
    case 'long':
      return { kind: 'long', value: BigInt(value as number | bigint) };
    case 'decimal':
      return { kind: 'decimal', unscaled: value as bigint, scale: type.scale };
    case 'float':
    case 'double':
      return { kind: type.kind, value: value as number };
    case 'date':
      return { kind: 'date', days: value as number };
    case 'timestamp':
    case 'timestamp_ntz':
      return { kind: type.kind, micros: value as bigint };
    case 'binary':
      return { kind: 'binary', bytes: value as Uint8Array };
    case 'variant':
      return decoded(value as string);
    case 'array':
      return {
        kind: 'array',
        items: (value as readonly Value[]).map((item) => variantOf(item, type.element)),
      };
    case 'map':
      return objectOf(
        (value as readonly (readonly [Value, Value])[]).map(([key, item]) => [
          key as string,
          variantOf(item, type.value),
        ]),
      );
    case 'struct':
      return objectOf(
        type.fields.map((field, index) => [
          field.name,
          variantOf((value as readonly Value[])[index] ?? null, field.type),
        ]),
      );
    default:
      return { kind: 'string', value: value as string };
  }
}

/** The schema of a variant as SQL prints it. */
export type Shape =
  | { readonly kind: 'scalar'; readonly sql: string }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'array'; readonly element: Shape }
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, Shape> };

const scalar = (sql: string): Shape => ({ kind: 'scalar', sql });
const [nothing, anything] = [scalar('VOID'), scalar('VARIANT')];

export function shapeOf(variant: Variant): Shape {
  switch (variant.kind) {
    case 'null':
      return nothing;
    case 'long':
      return scalar('BIGINT');
    case 'decimal': {
      const digits = String(variant.unscaled).replace('-', '').length;
      return { kind: 'decimal', precision: Math.max(digits, variant.scale), scale: variant.scale };
    }
    case 'array':
      return { kind: 'array', element: variant.items.map(shapeOf).reduce(merged, nothing) };
    case 'object':
      return {
        kind: 'object',
        fields: new Map(variant.fields.map(([name, value]) => [name, shapeOf(value)])),
      };
    default:
      return scalar(typeSql({ kind: variant.kind }));
  }
}

export function merged(left: Shape, right: Shape): Shape {
  if (left === nothing) return right;
  if (right === nothing) return left;
  if (left.kind === 'array' && right.kind === 'array') {
    return { kind: 'array', element: merged(left.element, right.element) };
  }
  if (left.kind === 'object' && right.kind === 'object') {
    const fields = new Map(left.fields);
    for (const [name, shape] of right.fields) {
      const before = fields.get(name);
      fields.set(name, before === undefined ? shape : merged(before, shape));
    }
    const sorted = [...fields].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return { kind: 'object', fields: new Map(sorted) };
  }
  const [a, b] = [asDecimal(left), asDecimal(right)];
  if (a !== undefined && b !== undefined && (left.kind === 'decimal' || right.kind === 'decimal')) {
    const scale = Math.max(a.scale, b.scale);
    const precision = Math.max(a.precision - a.scale, b.precision - b.scale) + scale;
    return precision > 38 ? scalar('DOUBLE') : { kind: 'decimal', precision, scale };
  }
  if (left.kind === 'scalar' && right.kind === 'scalar' && left.sql === right.sql) return left;
  const isNumber = (shape: Shape) =>
    shape.kind === 'decimal' ||
    (shape.kind === 'scalar' && ['BIGINT', 'DOUBLE', 'FLOAT'].includes(shape.sql));
  return isNumber(left) && isNumber(right) ? scalar('DOUBLE') : anything;
}

function asDecimal(shape: Shape) {
  if (shape.kind === 'decimal') return shape;
  return shape.kind === 'scalar' && shape.sql === 'BIGINT'
    ? { precision: 20, scale: 0 }
    : undefined;
}

export function shapeText(shape: Shape): string {
  switch (shape.kind) {
    case 'scalar':
      return shape.sql;
    case 'decimal':
      return `DECIMAL(${shape.precision},${shape.scale})`;
    case 'array':
      return `ARRAY<${shapeText(shape.element)}>`;
    case 'object': {
      const fields = [...shape.fields].map(([name, field]) => {
        const isPlain = /^[A-Za-z_]\w*$/.test(name);
        return `${isPlain ? name : `\`${name.replaceAll('`', '``')}\``}: ${shapeText(field)}`;
      });
      return `OBJECT<${fields.join(', ')}>`;
    }
  }
}
