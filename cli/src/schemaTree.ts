/** What `printSchema()` prints. */
import type { Field } from '#shared/protocol/engine.ts';
import type { SparkType } from '#shared/protocol/sparkType.ts';
import { parseSparkType } from '#shared/protocol/sparkType.ts';

export function schemaTree(fields: readonly Field[]): string {
  const lines = fields.flatMap(({ name, type, nullable }) =>
    fieldLines(name, parseSparkType(type), nullable, ' '),
  );
  return `root\n${lines.map((line) => `${line}\n`).join('')}\n`;
}

function fieldLines(name: string, type: SparkType, nullable: boolean, indent: string): string[] {
  return [
    `${indent}|-- ${name}: ${typeName(type)} (nullable = ${nullable})`,
    ...innerLines(type, `${indent}|    `),
  ];
}

/** Spark's simple string does not say whether what is inside may be null; it may, unless a schema said otherwise. */
function innerLines(type: SparkType, indent: string): string[] {
  switch (type.kind) {
    case 'array':
      return [
        `${indent}|-- element: ${typeName(type.element)} (containsNull = true)`,
        ...innerLines(type.element, `${indent}|    `),
      ];
    case 'map':
      return [
        `${indent}|-- key: ${typeName(type.key)}`,
        ...innerLines(type.key, `${indent}|    `),
        `${indent}|-- value: ${typeName(type.value)} (valueContainsNull = true)`,
        ...innerLines(type.value, `${indent}|    `),
      ];
    case 'struct':
      return type.fields.flatMap((field) => fieldLines(field.name, field.type, true, indent));
    case 'decimal':
    case 'atom':
      return [];
  }
}

const longNames: Readonly<Record<string, string>> = {
  int: 'integer',
  bigint: 'long',
  smallint: 'short',
  tinyint: 'byte',
};

function typeName(type: SparkType): string {
  if (type.kind === 'atom') return longNames[type.name] ?? type.name;
  return type.kind === 'decimal' ? `decimal(${type.precision},${type.scale})` : type.kind;
}
