/** The schema that Spark infers from XML. */
import type { DataType, StructField } from '../plan/types.ts';
import {
  booleanType,
  dateType,
  doubleType,
  longType,
  stringType,
  timestampType,
  typeSql,
} from '../plan/types.ts';
import { plainTimes } from './csv.ts';
import { compatible } from './jsonSchema.ts';
import type { XmlElement } from './xml.ts';
import { elementsOf, ownText } from './xml.ts';

export interface XmlOptions {
  readonly attributePrefix: string;
  readonly valueTag: string;
  readonly excludesAttributes: boolean;
  readonly trims: boolean;
  readonly nullValue: string | undefined;
}

/** Options by their names in small letters. */
export function xmlOptionsFrom(options: Readonly<Record<string, string>>): XmlOptions {
  return {
    attributePrefix: options.attributeprefix ?? '_',
    valueTag: options.valuetag ?? '_VALUE',
    excludesAttributes: options.excludeattribute?.toLowerCase() === 'true',
    trims: options.ignoresurroundingspaces?.toLowerCase() !== 'false',
    nullValue: options.nullvalue,
  };
}

export function schemaOfXml(root: XmlElement, options: XmlOptions): string {
  const type = inferred(root, options);
  const whole: DataType =
    type?.kind === 'struct'
      ? type
      : { kind: 'struct', fields: [field(options.valueTag, type ?? stringType)] };
  return typeSql(whole);
}

const field = (name: string, type: DataType): StructField => ({ name, type, nullable: true });

/** Undefined of an element that is empty. */
function inferred(element: XmlElement, options: XmlOptions): DataType | undefined {
  const attributes = options.excludesAttributes ? [] : element.attributes;
  const children = elementsOf(element);
  const text = ownText(element).trim();
  if (attributes.length === 0 && children.length === 0) {
    return text === '' ? undefined : textType(text);
  }
  const fields = new Map<string, DataType>();
  for (const [name, value] of attributes) {
    fields.set(`${options.attributePrefix}${name}`, textType(value));
  }
  for (const child of children) {
    const type = inferred(child, options) ?? { kind: 'void' };
    const before = fields.get(child.name);
    fields.set(child.name, before === undefined ? type : repeated(before, type));
  }
  if (text !== '') fields.set(options.valueTag, textType(text));
  const sorted = [...fields].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return { kind: 'struct', fields: sorted.map(([name, type]) => field(name, withoutVoid(type))) };
}

function repeated(before: DataType, next: DataType): DataType {
  const element = before.kind === 'array' ? before.element : before;
  return { kind: 'array', element: compatible(element, next), containsNull: true };
}

function withoutVoid(type: DataType): DataType {
  if (type.kind === 'void') return stringType;
  return type.kind === 'array' ? { ...type, element: withoutVoid(type.element) } : type;
}

function textType(text: string): DataType {
  const value = text.trim();
  if (/^[+-]?\d+$/.test(value)) {
    const number = BigInt(value.replace('+', ''));
    return BigInt.asIntN(64, number) === number ? longType : doubleType;
  }
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value)) return doubleType;
  if (/^(true|false)$/i.test(value)) return booleanType;
  if (plainTimes.date(value)) return dateType;
  return plainTimes.timestamp(value) ? timestampType : stringType;
}
