/** A schema as text to paste: DDL, PySpark's StructType, Spark's JSON. Pure. */
import type { Field } from '#shared/protocol/engine.ts';
import { ddlType, quoteName } from '#shared/protocol/sparkDdl.ts';
import { parseSparkType, type SparkType } from '#shared/protocol/sparkType.ts';

export type SchemaForm = 'ddl' | 'structType' | 'json';

export function schemaText(fields: readonly Field[], form: SchemaForm): string {
  if (form === 'ddl') {
    return fields
      .map(
        ({ name, type, nullable }) =>
          `${quoteName(name)} ${ddlType(parseSparkType(type))}${nullable ? '' : ' NOT NULL'}`,
      )
      .join(',\n');
  }
  if (form === 'structType') return pythonText(fields);
  const struct = {
    type: 'struct',
    fields: fields.map((field) =>
      jsonField(field.name, parseSparkType(field.type), field.nullable),
    ),
  };
  return JSON.stringify(struct, null, 2);
}

/** Of one table its schema alone; of several each under its name. */
export function schemasText(
  tables: readonly { readonly name: string; readonly fields: readonly Field[] }[],
  form: SchemaForm,
): string {
  const [first] = tables;
  if (first && tables.length === 1) return schemaText(first.fields, form);
  const texts = tables.map(({ name, fields }) => ({ name, text: schemaText(fields, form) }));
  if (form === 'json') {
    const all = texts.map(({ name, text }) => [name, JSON.parse(text) as unknown] as const);
    return JSON.stringify(Object.fromEntries(all), null, 2);
  }
  const comment = form === 'ddl' ? '--' : '#';
  return texts.map(({ name, text }) => `${comment} ${name}\n${text.trimEnd()}\n`).join('\n');
}

/** PySpark's class and JSON's name of each simple string. */
const atoms: Readonly<Record<string, readonly [python: string, json: string]>> = {
  boolean: ['BooleanType', 'boolean'],
  tinyint: ['ByteType', 'byte'],
  smallint: ['ShortType', 'short'],
  int: ['IntegerType', 'integer'],
  bigint: ['LongType', 'long'],
  float: ['FloatType', 'float'],
  double: ['DoubleType', 'double'],
  string: ['StringType', 'string'],
  binary: ['BinaryType', 'binary'],
  date: ['DateType', 'date'],
  timestamp: ['TimestampType', 'timestamp'],
  timestamp_ntz: ['TimestampNTZType', 'timestamp_ntz'],
  void: ['NullType', 'void'],
  variant: ['VariantType', 'variant'],
};

function pythonText(fields: readonly Field[]): string {
  const used = new Set(['StructType', 'StructField']);
  const lines = fields.map(
    ({ name, type, nullable }) =>
      `    StructField(${pythonString(name)}, ${pythonType(parseSparkType(type), used)}, ${nullable ? 'True' : 'False'}),`,
  );
  return [
    `from pyspark.sql.types import ${[...used].sort().join(', ')}`,
    '',
    'schema = StructType([',
    ...lines,
    '])',
    '',
  ].join('\n');
}

function pythonType(type: SparkType, used: Set<string>): string {
  const of = (name: string, inside: string) => {
    used.add(name);
    return `${name}(${inside})`;
  };
  switch (type.kind) {
    case 'atom': {
      if (type.collation !== undefined) return of('StringType', pythonString(type.collation));
      const interval = /^interval (\w+)(?: to (\w+))?$/.exec(type.name);
      if (interval) {
        const [, first = '', last = first] = interval;
        const isMonths = first === 'year' || first === 'month';
        const name = isMonths ? 'YearMonthIntervalType' : 'DayTimeIntervalType';
        const units = isMonths ? ['year', 'month'] : ['day', 'hour', 'minute', 'second'];
        return of(name, `${units.indexOf(first)}, ${units.indexOf(last)}`);
      }
      if (type.name.startsWith('time(')) return of('TimeType', type.name.slice('time('.length, -1));
      return of(atoms[type.name]?.[0] ?? 'StringType', '');
    }
    case 'decimal':
      return of('DecimalType', `${type.precision}, ${type.scale}`);
    case 'array':
      return of('ArrayType', pythonType(type.element, used));
    case 'map':
      return of('MapType', `${pythonType(type.key, used)}, ${pythonType(type.value, used)}`);
    case 'struct': {
      used.add('StructField');
      const inner = type.fields.map(
        (field) => `StructField(${pythonString(field.name)}, ${pythonType(field.type, used)})`,
      );
      return of('StructType', `[${inner.join(', ')}]`);
    }
  }
}

function pythonString(text: string): string {
  return JSON.stringify(text);
}

function jsonField(name: string, type: SparkType, nullable: boolean): object {
  return { name, type: jsonType(type), nullable, metadata: {} };
}

function jsonType(type: SparkType): string | object {
  switch (type.kind) {
    case 'atom':
      return atoms[type.name]?.[1] ?? type.name;
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'array':
      return { type: 'array', elementType: jsonType(type.element), containsNull: true };
    case 'map':
      return {
        type: 'map',
        keyType: jsonType(type.key),
        valueType: jsonType(type.value),
        valueContainsNull: true,
      };
    case 'struct':
      return {
        type: 'struct',
        fields: type.fields.map((field) => jsonField(field.name, field.type, true)),
      };
  }
}
