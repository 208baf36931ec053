/** XML, read and written. */
import type { DataType } from '#sql/plan/types.ts';
import type { XmlElement } from '#sql/value/xml.ts';
import { elementsOf, ownText, parseXml } from '#sql/value/xml.ts';
import type { XmlOptions } from '#sql/value/xmlSchema.ts';
import { xmlOptionsFrom } from '#sql/value/xmlSchema.ts';
import type { ScalarFunction, Site, Value } from './scalarFunction.ts';
import { timeWriters } from './timeWriters.ts';
import type { Read, ReaderOptions } from './typedReader.ts';
import { misfit, textReader } from './typedReader.ts';
import { valueString } from './valueString.ts';

export const fromXml: ScalarFunction = {
  name: 'from_xml',
  prepare(site) {
    const options = JSON.parse(site.extra) as Readonly<Record<string, string>>;
    const { type } = site;
    if (type.kind !== 'struct') throw new Error('an XML text is a struct');
    const read = elementReader(type, { site, options }, xmlOptionsFrom(options));
    const corruptName = options.columnnameofcorruptrecord ?? '_corrupt_record';
    const corrupt = type.fields.findIndex((field) => field.name === corruptName);
    const isStrict = options.mode?.toUpperCase() === 'FAILFAST';
    return (text: string) => {
      const root = parseXml(text.trim());
      const state: State = { isBad: root === undefined };
      const row =
        root === undefined ? type.fields.map(() => null) : (read(root, state) as readonly Value[]);
      if (state.isBad && isStrict) {
        return site.raise('MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION', text, 'FAILFAST');
      }
      return row.map((value, index) => (index === corrupt && state.isBad ? text : value));
    };
  },
};

interface State {
  isBad: boolean;
}
type ElementReader = (element: XmlElement, state: State) => Read;

function elementReader(type: DataType, reading: ReaderOptions, options: XmlOptions): ElementReader {
  switch (type.kind) {
    case 'struct':
      return structReader(type, reading, options);
    case 'map': {
      const scalar = scalarReader(type.value, reading, options);
      const value = elementReader(type.value, reading, options);
      return (element, state) => {
        const pairs = new Map<string, Read>();
        for (const [name, text] of element.attributes) {
          pairs.set(`${options.attributePrefix}${name}`, scalar(text));
        }
        for (const child of elementsOf(element)) pairs.set(child.name, value(child, state));
        return [...pairs].map(([name, item]): Value => [name, item === misfit ? null : item]);
      };
    }
    case 'array': {
      const item = elementReader(type.element, reading, options);
      return (element, state) => {
        const value = item(element, state);
        return value === misfit ? misfit : [value];
      };
    }
    default: {
      const read = scalarReader(type, reading, options);
      return (element) => {
        const text = elementsOf(element).length === 0 ? ownText(element) : innerXml(element);
        if (text === '' && type.kind !== 'string') return null;
        return read(text);
      };
    }
  }
}

function structReader(
  type: DataType & { readonly kind: 'struct' },
  reading: ReaderOptions,
  options: XmlOptions,
): ElementReader {
  const fields = new Map(
    type.fields.map((field, index) => {
      const isList = field.type.kind === 'array';
      const inner = field.type.kind === 'array' ? field.type.element : field.type;
      return [
        field.name,
        {
          index,
          isList,
          element: elementReader(inner, reading, options),
          text: scalarReader(inner, reading, options),
        },
      ];
    }),
  );
  return (element, state) => {
    const row: Value[] = type.fields.map(() => null);
    const put = (
      name: string,
      read: (field: { element: ElementReader; text: (text: string) => Read }) => Read,
    ) => {
      const field = fields.get(name);
      if (field === undefined) return;
      const value = read(field);
      if (value === misfit) state.isBad = true;
      if (!field.isList) row[field.index] = value === misfit ? null : value;
      else if (value !== misfit) {
        row[field.index] = [...((row[field.index] as readonly Value[] | null) ?? []), value];
      }
    };
    if (!options.excludesAttributes) {
      for (const [name, text] of element.attributes) {
        put(`${options.attributePrefix}${name}`, (field) => field.text(text));
      }
    }
    for (const child of elementsOf(element))
      put(child.name, (field) => field.element(child, state));
    const text = ownText(element).trim();
    if (text !== '') put(options.valueTag, (field) => field.text(text));
    return row;
  };
}

function scalarReader(
  type: DataType,
  reading: ReaderOptions,
  options: XmlOptions,
): (text: string) => Read {
  const read = textReader(type, reading);
  return (given) => {
    const text = options.trims ? given.trim() : given;
    return text === options.nullValue ? null : read(text);
  };
}

/** Markup within a string stays as it was written. */
function innerXml(element: XmlElement): string {
  return element.children
    .map((child) => {
      if (typeof child === 'string') return escaped(child);
      const attributes = child.attributes.map(([name, value]) => ` ${name}="${escaped(value)}"`);
      return `<${child.name}${attributes.join('')}>${innerXml(child)}</${child.name}>`;
    })
    .join('');
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export const toXml: ScalarFunction = {
  name: 'to_xml',
  prepare(site) {
    const options = JSON.parse(site.extra) as Readonly<Record<string, string>>;
    const [type] = site.parameterTypes;
    if (type === undefined) throw new Error('to_xml has a value');
    const indent = options.indent ?? '    ';
    const rowTag = options.rowtag ?? 'ROW';
    const write = xmlWriter(site, options, indent);
    return (value: Value) => write(rowTag, value, type, 0).join(indent === '' ? '' : '\n');
  },
};

type WriteElement = (name: string, value: Value, type: DataType, depth: number) => string[];

function xmlWriter(
  site: Site,
  options: Readonly<Record<string, string>>,
  indent: string,
): WriteElement {
  const { attributePrefix, valueTag, nullValue } = xmlOptionsFrom(options);
  const arrayName = options.arrayelementname ?? 'item';
  const times = timeWriters(site, options);
  const text = (value: Value, type: DataType): string => {
    switch (type.kind) {
      case 'date':
        return times.date(value as number);
      case 'timestamp':
        return times.timestamp(value as bigint);
      case 'timestamp_ntz':
        return times.timestampNtz(value as bigint);
      case 'time':
        return times.time(value as bigint);
      case 'binary':
        return escaped(Buffer.from(value as Uint8Array).toString('utf8'));
      default:
        return escaped(valueString(type, site.timeZone)(value));
    }
  };
  const write: WriteElement = (name, value, type, depth) => {
    const start = indent.repeat(depth);
    if (value === null) {
      return nullValue === undefined ? [] : [`${start}<${name}>${escaped(nullValue)}</${name}>`];
    }
    switch (type.kind) {
      case 'array':
        return (value as readonly Value[]).flatMap((item) =>
          type.element.kind === 'array'
            ? [
                `${start}<${name}>`,
                ...write(arrayName, item, type.element, depth + 1),
                `${start}</${name}>`,
              ]
            : write(name, item, type.element, depth),
        );
      case 'map': {
        const key = valueString(type.key, site.timeZone);
        const pairs = value as readonly (readonly [Value, Value])[];
        const children = pairs.flatMap(([own, item]) =>
          write(key(own), item, type.value, depth + 1),
        );
        return wrapped(name, '', '', children, start);
      }
      case 'struct': {
        const row = value as readonly Value[];
        let attributes = '';
        let own = '';
        const children = type.fields.flatMap((field, index) => {
          const item = row[index] ?? null;
          if (field.name === valueTag) {
            if (item !== null) own = text(item, field.type);
            return [];
          }
          if (attributePrefix !== '' && field.name.startsWith(attributePrefix)) {
            const attribute = field.name.slice(attributePrefix.length);
            if (item !== null) attributes += ` ${attribute}="${text(item, field.type)}"`;
            return [];
          }
          return write(field.name, item, field.type, depth + 1);
        });
        return wrapped(name, attributes, own, children, start);
      }
      default:
        return [`${start}<${name}>${text(value, type)}</${name}>`];
    }
  };
  return write;
}

function wrapped(
  name: string,
  attributes: string,
  own: string,
  children: readonly string[],
  start: string,
): string[] {
  if (children.length === 0) {
    const empty = own === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${own}</${name}>`;
    return [`${start}${empty}`];
  }
  return [`${start}<${name}${attributes}>${own}`, ...children, `${start}</${name}>`];
}
