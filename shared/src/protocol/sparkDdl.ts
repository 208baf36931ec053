/** Names and types as Spark SQL reads them. */
import { backquoted } from './arrangement.ts';
import type { SparkType } from './sparkType.ts';

/** In backquotes only where Spark wants them. */
export function quoteName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : backquoted(name);
}

export function ddlType(type: SparkType): string {
  switch (type.kind) {
    case 'atom':
      return type.collation === undefined
        ? type.name.toUpperCase()
        : `STRING COLLATE ${type.collation}`;
    case 'decimal':
      return `DECIMAL(${type.precision}, ${type.scale})`;
    case 'array':
      return `ARRAY<${ddlType(type.element)}>`;
    case 'map':
      return `MAP<${ddlType(type.key)}, ${ddlType(type.value)}>`;
    case 'struct':
      return `STRUCT<${type.fields.map((field) => `${quoteName(field.name)}: ${ddlType(field.type)}`).join(', ')}>`;
  }
}
