/** `print(df.schema)`: a StructType as PySpark writes it. */
import type { Field } from './engine.ts';
import type { SparkType } from './sparkType.ts';
import { parseSparkType } from './sparkType.ts';

export function structTypeText(fields: readonly Field[]): string {
  return structText(
    fields.map(({ name, type, strictType, nullable }) => ({
      name,
      type: parseSparkType(strictType ?? type),
      nullable,
    })),
  );
}

interface StructField {
  readonly name: string;
  readonly type: SparkType;
  readonly nullable: boolean;
}

function structText(fields: readonly StructField[]): string {
  const texts = fields.map(
    ({ name, type, nullable }) =>
      `StructField('${name}', ${typeText(type)}, ${nullable ? 'True' : 'False'})`,
  );
  return `StructType([${texts.join(', ')}])`;
}

const classNames: Readonly<Record<string, string>> = {
  void: 'NullType()',
  boolean: 'BooleanType()',
  tinyint: 'ByteType()',
  smallint: 'ShortType()',
  int: 'IntegerType()',
  bigint: 'LongType()',
  float: 'FloatType()',
  double: 'DoubleType()',
  string: 'StringType()',
  binary: 'BinaryType()',
  date: 'DateType()',
  timestamp: 'TimestampType()',
  timestamp_ntz: 'TimestampNTZType()',
};

function typeText(type: SparkType): string {
  switch (type.kind) {
    case 'array':
      return `ArrayType(${typeText(type.element)}, ${truth(type.isStrict)})`;
    case 'map':
      return `MapType(${typeText(type.key)}, ${typeText(type.value)}, ${truth(type.isStrict)})`;
    case 'struct':
      return structText(
        type.fields.map((field) => ({ ...field, nullable: field.isStrict !== true })),
      );
    case 'decimal':
      return `DecimalType(${type.precision},${type.scale})`;
    case 'atom':
      if (type.name.startsWith('time(')) return type.name.replace('time', 'TimeType');
      return classNames[type.name] ?? type.name;
  }
}

function truth(isStrict: boolean | undefined): string {
  return isStrict === true ? 'False' : 'True';
}
