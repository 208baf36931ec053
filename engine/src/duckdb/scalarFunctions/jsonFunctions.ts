/** Functions of JSON. */
import type { DataType } from '#sql/plan/types.ts';
import type { JsonNode } from '#sql/value/json.ts';
import { defaultJsonOptions, jsonText, parseJson, quoteJson } from '#sql/value/json.ts';
import { jsonOptionsFrom } from '#sql/value/jsonSchema.ts';
import { javaDouble } from '#sql/plan/literalText.ts';
import { copiedJson } from './copiedJson.ts';
import { parseJsonPath, valueAtPath } from './jsonPath.ts';
import type { ScalarFunction, Site, Value } from './scalarFunction.ts';
import type { Read, ReaderOptions } from './typedReader.ts';
import { decimal, fractional, misfit, textReader } from './typedReader.ts';
import { timeWriters } from './timeWriters.ts';
import { encoded, fromJson as variantOf } from './variant.ts';
import { valueString } from './valueString.ts';

/** What reads JSON without a schema knows no NaN. */
const plainNumbers = { ...defaultJsonOptions, nonNumericNumbers: false };

export const getJsonObject: ScalarFunction = {
  name: 'get_json_object',
  prepare() {
    const paths = new Map<string, ReturnType<typeof parseJsonPath>>();
    return (text: string, path: string) => {
      if (!paths.has(path)) paths.set(path, parseJsonPath(path));
      const steps = paths.get(path);
      const node = steps && parseJson(text, plainNumbers, 'first');
      return node === undefined || steps === undefined ? null : valueAtPath(node, steps);
    };
  },
};

export const jsonArrayLength: ScalarFunction = {
  name: 'json_array_length',
  prepare() {
    return (text: string) => {
      const node = parseJson(text, plainNumbers, 'first');
      return node?.kind === 'array' ? node.items.length : null;
    };
  },
};

export const jsonObjectKeys: ScalarFunction = {
  name: 'json_object_keys',
  prepare() {
    return (text: string) => {
      const node = parseJson(text, plainNumbers, 'first');
      return node?.kind === 'object' ? node.fields.map(([name]) => name) : null;
    };
  },
};

/** The values of the named fields, in the names' order. */
export const jsonTuple: ScalarFunction = {
  name: 'json_tuple',
  nulls: 'passed',
  prepare() {
    return (text: string | null, ...names: (string | null)[]) => {
      const node = text === null ? undefined : parseJson(text, plainNumbers, 'first');
      return names.map((name): Value => {
        if (name === null || node?.kind !== 'object') return null;
        const value = node.fields.find(([field]) => field === name)?.[1];
        if (value === undefined || value.kind === 'null') return null;
        return value.kind === 'string' ? value.text : copiedJson(value);
      });
    };
  },
};

export const fromJson: ScalarFunction = {
  name: 'from_json',
  prepare(site) {
    const options = JSON.parse(site.extra) as Readonly<Record<string, string>>;
    const reading = { site, options };
    const syntax = jsonOptionsFrom(options);
    const read = rootReader(site.type, reading);
    const isStrict = options.mode?.toUpperCase() === 'FAILFAST';
    const corrupt = corruptField(site.type, options);
    return (text: string) => {
      if (text.trim() === '') return null;
      const node = parseJson(text, syntax, 'first');
      const state: State = { isBad: false };
      // A null alone is a row without anything in it.
      const isNothing = node?.kind === 'null' && site.type.kind === 'struct';
      if (isNothing) return site.type.fields.map(() => null);
      const value = node === undefined ? misfit : read(node, state);
      const isBad = state.isBad || value === misfit;
      if (isBad && isStrict) {
        return site.raise('MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION', text, 'FAILFAST');
      }
      if (site.type.kind !== 'struct') return value === misfit ? null : value;
      const empty = site.type.fields.map(() => null);
      const row = value === misfit ? empty : value;
      if (corrupt === undefined || !Array.isArray(row) || !isBad) return row;
      return (row as readonly Value[]).map((field, index) => (index === corrupt ? text : field));
    };
  },
};

function corruptField(type: DataType, options: Readonly<Record<string, string>>) {
  if (type.kind !== 'struct') return undefined;
  const name = options.columnnameofcorruptrecord ?? '_corrupt_record';
  const index = type.fields.findIndex((field) => field.name === name);
  return index < 0 ? undefined : index;
}

/** A record is bad where a part of it did not fit, whatever could be saved. */
interface State {
  isBad: boolean;
}
type NodeReader = (node: JsonNode, state: State) => Read;

function rootReader(type: DataType, reading: ReaderOptions): NodeReader {
  if (type.kind !== 'array' || type.element.kind !== 'struct') return nodeReader(type, reading);
  // An object alone is an array of one.
  const whole = nodeReader(type, reading);
  const single = nodeReader(type.element, reading);
  return (node, state) => {
    if (node.kind !== 'object') return whole(node, state);
    const item = single(node, state);
    return item === misfit ? misfit : [item];
  };
}

/** A scalar that does not fit spoils the array or map that it is in; in a struct only its field. */
function nodeReader(type: DataType, reading: ReaderOptions): NodeReader {
  const present = presentReader(type, reading);
  return (node, state) => (node.kind === 'null' ? null : present(node, state));
}

function presentReader(type: DataType, reading: ReaderOptions): NodeReader {
  switch (type.kind) {
    case 'struct': {
      const fields = new Map(
        type.fields.map((field, index) => [
          field.name,
          { index, read: nodeReader(field.type, reading) },
        ]),
      );
      return (node, state) => {
        if (node.kind !== 'object') return misfit;
        const row: Value[] = type.fields.map(() => null);
        for (const [name, value] of node.fields) {
          const field = fields.get(name);
          if (field === undefined) continue;
          const read = field.read(value, state);
          if (read === misfit) state.isBad = true;
          row[field.index] = read === misfit ? null : read;
        }
        return row;
      };
    }
    case 'array': {
      const item = nodeReader(type.element, reading);
      return (node, state) => {
        if (node.kind !== 'array') return misfit;
        const items = node.items.map((child) => item(child, state));
        return items.includes(misfit) ? misfit : (items as Value[]);
      };
    }
    case 'map': {
      const item = nodeReader(type.value, reading);
      return (node, state) => {
        if (node.kind !== 'object') return misfit;
        const pairs = new Map<string, Read>();
        for (const [name, value] of node.fields) pairs.set(name, item(value, state));
        return [...pairs.values()].includes(misfit) ? misfit : ([...pairs] as [string, Value][]);
      };
    }
    default:
      return scalarReader(type, reading);
  }
}

function scalarReader(type: DataType, reading: ReaderOptions): NodeReader {
  const fromText = textReader(type, reading);
  switch (type.kind) {
    case 'string':
      // Of files the text itself is kept.
      return (node) => {
        if (node.kind === 'string') return node.text;
        return reading.options.keepstext === 'true' ? jsonText(node) : copiedJson(node);
      };
    case 'boolean':
      return (node) => (node.kind === 'boolean' ? node.value : misfit);
    case 'byte':
    case 'short':
    case 'int':
    case 'long':
      return (node) => (node.kind === 'number' && node.isInteger ? fromText(node.text) : misfit);
    case 'float':
    case 'double':
      return (node) => {
        if (node.kind === 'number') return fractional(node.text, type.kind === 'float');
        const isSpecial = node.kind === 'string' && /^(NaN|[+-]?(INF|Infinity))$/.test(node.text);
        return isSpecial ? fromText(node.text) : misfit;
      };
    case 'decimal':
      return (node) =>
        node.kind === 'number' || node.kind === 'string' ? decimal(node.text, type) : misfit;
    case 'binary':
      return (node) =>
        node.kind === 'string' && isBase64(node.text) ? Buffer.from(node.text, 'base64') : misfit;
    case 'variant':
      return (node) => encoded(variantOf(node));
    case 'timestamp':
      return (node) => {
        if (node.kind === 'number' && node.isInteger) return BigInt(node.text) * 1_000_000n;
        return node.kind === 'string' ? fromText(node.text) : misfit;
      };
    default:
      return (node) => (node.kind === 'string' ? fromText(node.text) : misfit);
  }
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

export const toJson: ScalarFunction = {
  name: 'to_json',
  prepare(site) {
    const options = JSON.parse(site.extra) as Readonly<Record<string, string>>;
    const [type] = site.parameterTypes;
    if (type === undefined) throw new Error('to_json has a value');
    const write = jsonWriter(type, site, options);
    return (value: Value) => write(value, 0);
  },
};

type Write = (value: Value, depth: number) => string;

function jsonWriter(type: DataType, site: Site, options: Readonly<Record<string, string>>): Write {
  const isPretty = options.pretty?.toLowerCase() === 'true';
  const keepsNulls = options.ignorenullfields?.toLowerCase() === 'false';
  const sortsKeys = options.sortkeys?.toLowerCase() === 'true';
  const times = timeWriters(site, options);
  const joined = (open: string, parts: readonly string[], close: string, depth: number): string => {
    if (!isPretty) return `${open}${parts.join(',')}${close}`;
    if (parts.length === 0) return `${open} ${close}`;
    if (open === '[') return `[ ${parts.join(', ')} ]`;
    const indent = '  '.repeat(depth);
    return `{\n${parts.map((part) => `${indent}  ${part}`).join(',\n')}\n${indent}}`;
  };
  const colon = isPretty ? ' : ' : ':';
  const orNull =
    (write: Write): Write =>
    (value, depth) =>
      value === null ? 'null' : write(value, depth);

  const writer = (of: DataType): Write => {
    switch (of.kind) {
      case 'struct': {
        const fields = of.fields.map(({ name, type: fieldType }, index) => ({
          name,
          index,
          write: orNull(writer(fieldType)),
        }));
        if (sortsKeys) fields.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
        return (value, depth) => {
          const row = value as readonly Value[];
          const parts = fields.flatMap(({ name, index, write }) => {
            const item = row[index] ?? null;
            if (item === null && !keepsNulls) return [];
            return [`${quoteJson(name)}${colon}${write(item, depth + 1)}`];
          });
          return joined('{', parts, '}', depth);
        };
      }
      case 'array': {
        const write = orNull(writer(of.element));
        return (value, depth) => {
          const items = (value as readonly Value[]).map((item) => write(item, depth));
          return joined('[', items, ']', depth);
        };
      }
      case 'map': {
        const write = orNull(writer(of.value));
        const key = keyText(of.key, site.timeZone);
        return (value, depth) => {
          const pairs = value as readonly (readonly [Value, Value])[];
          const texts = pairs.map(([name, item]) => [key(name), item] as const);
          if (sortsKeys) texts.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
          const parts = texts.map(
            ([name, item]) => `${quoteJson(name)}${colon}${write(item, depth + 1)}`,
          );
          return joined('{', parts, '}', depth);
        };
      }
      case 'boolean':
      case 'byte':
      case 'short':
      case 'int':
      case 'long':
        return String;
      case 'float':
      case 'double':
        return (value) => {
          const text = javaDouble(value as number, of.kind === 'float');
          return Number.isFinite(value) ? text : quoteJson(text);
        };
      case 'binary':
        return (value) => quoteJson(Buffer.from(value as Uint8Array).toString('base64'));
      case 'decimal':
        return valueString(of, site.timeZone);
      case 'date':
        return (value) => quoteJson(times.date(value as number));
      case 'timestamp':
        return (value) => quoteJson(times.timestamp(value as bigint));
      case 'timestamp_ntz':
        return (value) => quoteJson(times.timestampNtz(value as bigint));
      case 'time':
        return (value) => quoteJson(times.time(value as bigint));
      default: {
        const text = valueString(of, site.timeZone);
        return (value) => quoteJson(text(value));
      }
    }
  };
  return orNull(writer(type));
}

/** Keys are written as their internal rows print: `[1,2]` of a struct. */
function keyText(type: DataType, timeZone: string): (value: Value) => string {
  if (type.kind === 'struct') {
    const texts = type.fields.map((field) => keyText(field.type, timeZone));
    return (value) => {
      const row = value as readonly Value[];
      return `[${texts.map((text, index) => text(row[index] ?? null)).join(',')}]`;
    };
  }
  const text = type.kind === 'time' ? String : valueString(type, timeZone);
  return (value) => (value === null ? 'null' : text(value));
}
