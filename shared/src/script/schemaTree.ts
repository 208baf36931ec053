/** What `printSchema()` prints. */
import type { Field } from '#shared/protocol/engine.ts';
import type { SparkType } from '#shared/protocol/sparkType.ts';
import { parseSparkType } from '#shared/protocol/sparkType.ts';

/** `depth` is how many levels of the tree are shown. */
export function schemaTree(fields: readonly Field[], depth = Infinity): string {
  const lines = fields.flatMap(({ name, type, strictType, nullable }) =>
    fieldLines(name, parseSparkType(strictType ?? type), nullable, ' ', depth),
  );
  return `root\n${lines.map((line) => `${line}\n`).join('')}\n`;
}

function fieldLines(
  name: string,
  type: SparkType,
  nullable: boolean,
  indent: string,
  depth: number,
): string[] {
  if (depth <= 0) return [];
  return [
    `${indent}|-- ${name}: ${typeName(type)} (nullable = ${nullable})`,
    ...innerLines(type, `${indent}|    `, depth - 1),
  ];
}

/** Inside, what is not said to be without nulls may have them. */
function innerLines(type: SparkType, indent: string, depth: number): string[] {
  if (depth <= 0) return [];
  const deeper = `${indent}|    `;
  switch (type.kind) {
    case 'array':
      return [
        `${indent}|-- element: ${typeName(type.element)} (containsNull = ${type.isStrict !== true})`,
        ...innerLines(type.element, deeper, depth - 1),
      ];
    case 'map':
      return [
        `${indent}|-- key: ${typeName(type.key)}`,
        ...innerLines(type.key, deeper, depth - 1),
        `${indent}|-- value: ${typeName(type.value)} (valueContainsNull = ${type.isStrict !== true})`,
        ...innerLines(type.value, deeper, depth - 1),
      ];
    case 'struct':
      return type.fields.flatMap((field) =>
        fieldLines(field.name, field.type, field.isStrict !== true, indent, depth),
      );
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
