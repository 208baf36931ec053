/** `pyspark.sql.types`. */
import type { DataType, SimpleKind, StructField } from '#sql/plan/types.ts';
import { simpleString } from '#sql/plan/types.ts';
import { parse } from '#sql/compile.ts';
import { parseType } from '#sql/plan/typeText.ts';
import type { Arguments } from './arguments.ts';
import { argument, flag, required, requiredText, whole } from './arguments.ts';
import type { Script } from './script.ts';
import type { Value } from './values.ts';
import { cannotKnow } from './values.ts';

const simple: Readonly<Record<string, SimpleKind | 'string'>> = {
  NullType: 'void',
  BooleanType: 'boolean',
  ByteType: 'byte',
  ShortType: 'short',
  IntegerType: 'int',
  LongType: 'long',
  FloatType: 'float',
  DoubleType: 'double',
  StringType: 'string',
  BinaryType: 'binary',
  DateType: 'date',
  TimestampType: 'timestamp',
  TimestampNTZType: 'timestamp_ntz',
};

export function sparkType(_: Script, name: string, args: Arguments): Value {
  const kind = simple[name];
  if (kind) return { kind: 'type', type: { kind } };
  switch (name) {
    case 'DecimalType': {
      const precision = whole(args, 0, 'precision') ?? 10;
      return {
        kind: 'type',
        type: { kind: 'decimal', precision, scale: whole(args, 1, 'scale') ?? 0 },
      };
    }
    case 'ArrayType': {
      const containsNull = flag(args, 1, 'containsNull') ?? true;
      return {
        kind: 'type',
        type: { kind: 'array', element: typeOf(args, 0, 'elementType'), containsNull },
      };
    }
    case 'MapType':
      return {
        kind: 'type',
        type: {
          kind: 'map',
          key: typeOf(args, 0, 'keyType'),
          value: typeOf(args, 1, 'valueType'),
          valueContainsNull: flag(args, 2, 'valueContainsNull') ?? true,
        },
      };
    case 'StructField':
      return {
        kind: 'schema',
        fields: [
          {
            name: requiredText(args, 0, 'name'),
            type: typeOf(args, 1, 'dataType'),
            nullable: flag(args, 2, 'nullable') ?? true,
          },
        ],
      };
    case 'StructType': {
      const fields = argument(args, 0, 'fields');
      if (!fields) return { kind: 'schema', fields: [] };
      if (fields.kind !== 'list' && fields.kind !== 'tuple')
        return cannotKnow('a list of StructFields belongs here', args.node);
      return {
        kind: 'schema',
        fields: fields.items.flatMap((field): readonly StructField[] =>
          field.kind === 'schema'
            ? field.fields
            : cannotKnow('a StructField belongs here', args.node),
        ),
      };
    }
    default:
      return cannotKnow(`the type ${name} is not read yet`, args.node);
  }
}

function typeOf(args: Arguments, index: number, name: string): DataType {
  const value = required(args, index, name);
  if (value.kind === 'type') return value.type;
  if (value.kind === 'schema') return { kind: 'struct', fields: value.fields };
  return cannotKnow(`'${name}' has to be a type`, args.node);
}

/** A schema as a text: Spark's DDL, or names and types with colons. */
export function fieldsOfText(text: string): readonly StructField[] | undefined {
  const { statement, problems } = parse(`CREATE TABLE t (${text})`);
  if (problems.length === 0 && statement?.kind === 'createTable') {
    const fields = statement.columns.map(({ name, type, nullable }) => ({ name, type, nullable }));
    if (fields.length > 0) return fields;
  }
  const type = parseType(/^\s*struct\s*</i.test(text) ? text : `struct<${text}>`);
  return type?.kind === 'struct' ? type.fields : undefined;
}

/** A schema as Spark's DDL, which readers take. */
export function schemaText(fields: readonly StructField[]): string {
  return fields
    .map(
      ({ name, type, nullable }) =>
        `\`${name}\` ${simpleString(type)}${nullable ? '' : ' NOT NULL'}`,
    )
    .join(', ');
}
