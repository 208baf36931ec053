/** What the names in a text of SQL mean: files and views that are known outside, and what the text itself makes. */
import type { Field } from '#shared/protocol/engine.ts';
import type { SparkError } from '#shared/protocol/engine.ts';
import type { Result } from '#shared/result.ts';
import type { Catalog, Table } from '#sql/catalog.ts';
import { analyze, schemaOf } from '#sql/compile.ts';
import type * as resolved from '#sql/plan/resolved.ts';
import { voidType } from '#sql/plan/types.ts';
import type { Relation } from '#sql/plan/unresolved.ts';
import { namesRead } from '#sql/relationNames.ts';
import { bindParameters } from '#sql/rewrite.ts';
import { defaultSettings } from '#sql/settings.ts';
import type { SqlDocument, SqlStatement } from './sqlDocument.ts';
import { queryOf } from './sqlDocument.ts';

export interface SqlTable {
  readonly name: string;
  readonly fields: readonly Field[];
  /** The file or folder that it reads. */
  readonly path?: string;
  /** Where the text makes it. */
  readonly madeAt?: { readonly start: number; readonly end: number };
  /** The types come from the first rows of the file. */
  readonly isSampled?: boolean;
}

export interface SqlTables {
  /** Undefined while nobody knows; null where there is none of that name. */
  find(nameParts: readonly string[]): SqlTable | null | undefined;
  /** Names to offer. */
  readonly names: readonly string[];
  /** Paths of files that could be read, to offer. */
  readonly files: readonly string[];
}

/** The names that the statements read and that the text does not make. */
export function namesNeeded(document: SqlDocument): readonly (readonly string[])[] {
  const names = new Map<string, readonly string[]>();
  for (const statement of document.statements) {
    const query = queryOf(statement);
    if (!query) continue;
    for (const parts of namesRead(query)) if (parts.length > 0) names.set(keyOf(parts), parts);
  }
  return [...names.values()];
}

export function keyOf(nameParts: readonly string[]): string {
  return JSON.stringify(
    nameParts.map((part, index) =>
      index === 1 && isFormat(nameParts[0]) ? part : part.toLowerCase(),
    ),
  );
}

const formats = new Set(['csv', 'json', 'parquet', 'orc', 'text', 'avro', 'delta']);
export function isFormat(name: string | undefined): boolean {
  return formats.has(name?.toLowerCase() ?? '');
}

/** For each statement, the tables as they are when it runs: the statements above it may have made and dropped some. */
export function tablesByStatement(
  document: SqlDocument,
  outer: SqlTables,
): ReadonlyMap<SqlStatement, SqlTables> {
  const made = new Map<string, SqlTable | null | undefined>();
  const result = new Map<SqlStatement, SqlTables>();
  for (const statement of document.statements) {
    const tables = withMade(outer, new Map(made));
    result.set(statement, tables);
    note(statement, tables, made);
  }
  return result;
}

function withMade(
  outer: SqlTables,
  made: ReadonlyMap<string, SqlTable | null | undefined>,
): SqlTables {
  if (made.size === 0) return outer;
  const names = [...made.values()].flatMap((table) => (table ? [table.name] : []));
  return {
    find(nameParts) {
      const key = nameParts.at(-1)?.toLowerCase() ?? '';
      if (!isFormat(nameParts[0]) && made.has(key)) return made.get(key);
      return outer.find(nameParts);
    },
    names: [...new Set([...outer.names, ...names])],
    files: outer.files,
  };
}

function note(
  statement: SqlStatement,
  tables: SqlTables,
  made: Map<string, SqlTable | null | undefined>,
): void {
  const parsed = statement.parsed.statement;
  if (parsed === undefined || !('name' in parsed)) return;
  const object = parsed.name;
  if (typeof object !== 'object' || !('nameParts' in object)) return;
  const name = object.nameParts.at(-1);
  if (name === undefined) return;
  const key = name.toLowerCase();
  const start = statement.start + object.range.start;
  const madeAt = { start, end: statement.start + object.range.end };
  if (parsed.kind === 'dropRelation') made.set(key, null);
  else if (parsed.kind === 'createTable' || parsed.kind === 'createViewUsing') {
    const query = parsed.kind === 'createTable' ? parsed.query : undefined;
    const columns = parsed.columns.map((column) => ({
      name: column.name,
      type: column.typeText,
      nullable: column.nullable,
    }));
    const fields = query ? fieldsOf(query, tables) : columns.length > 0 ? columns : undefined;
    made.set(key, fields && { name, fields, madeAt });
  } else if (parsed.kind === 'createView') {
    const fields = fieldsOf(parsed.query, tables)?.map((field, index) => ({
      ...field,
      name: parsed.columns[index]?.name ?? field.name,
    }));
    made.set(key, fields && { name, fields, madeAt });
  } else if (parsed.kind === 'cacheTable' && parsed.query) {
    const fields = fieldsOf(parsed.query, tables);
    made.set(key, fields && { name, fields, madeAt });
  }
}

function fieldsOf(relation: Relation, tables: SqlTables): readonly Field[] | undefined {
  const analyzed = analyzeRelation(relation, tables);
  return analyzed?.ok ? schemaOf(analyzed.value) : undefined;
}

/** Undefined where a table is not known, so that nothing can be said. Parameters are nulls. */
export function analyzeRelation(
  relation: Relation,
  tables: SqlTables,
): Result<resolved.Relation, SparkError> | undefined {
  if (namesRead(relation).some((parts) => tables.find(parts) === undefined)) return undefined;
  const bound = bindParameters({ kind: 'query', relation, range: relation.range }, () => ({
    kind: 'literal',
    value: null,
    type: voidType,
    range: relation.range,
  }));
  if (bound.kind !== 'query') throw new Error('a query with parameters bound is a query');
  return analyze(bound, catalogOf(tables), defaultSettings);
}

function catalogOf(tables: SqlTables): Catalog {
  return {
    lookup(nameParts) {
      const found = tables.find(nameParts);
      return found ? tableOf(found, nameParts) : undefined;
    },
    tableNames: tables.names,
  };
}

function tableOf(table: SqlTable, nameParts: readonly string[]): Table {
  const format = isFormat(nameParts[0]) ? (nameParts[0] ?? '') : '';
  return {
    id: table.name,
    name: table.name,
    fields: table.fields,
    source: { format, path: table.path ?? '', options: {} },
  };
}
