/** Tables that DuckDB holds: CREATE TABLE, INSERT and TRUNCATE. */
import type { Result } from '#shared/result.ts';
import { fail } from '#shared/result.ts';
import type { Target } from '#sql/analyze/insertion.ts';
import { analyzeInsertion, withDefaults } from '#sql/analyze/insertion.ts';
import { nowhere } from '#sql/plan/range.ts';
import { parseType } from '#sql/plan/typeText.ts';
import type { CreateTable, Insert, Truncate } from '#sql/plan/statements.ts';
import type { Expression, Relation } from '#sql/plan/unresolved.ts';
import { problem, quoteName } from '#sql/problem.ts';
import { columnName } from '../../duckdb/lowerExpression.ts';
import type { Lowered } from '../../duckdb/lowerRelation.ts';
import { raise } from '../../duckdb/runtimeError.ts';
import { duckType } from '../../duckdb/types.ts';
import type { ColumnMetadata } from '#sql/catalog.ts';
import type { FileView, StoredTable, TableColumn } from '../catalog.ts';
import { isView } from '../catalog.ts';
import type { Answer, CommandContext, Failed } from './command.ts';
import { nothing, refusal } from './command.ts';
import { fileTargetOf, insertDirectory, writeFiles } from './files.ts';
import { dropStorage, execute, lowerKeys, singlePart } from './storage.ts';

/** What Spark can hold a table in; here all of them are the same table in memory. */
const memoryFormats = new Set(['parquet', 'orc', 'json', 'csv', 'hive', 'delta', 'text', 'avro']);

export async function createTable(context: CommandContext, command: CreateTable): Answer {
  const { session } = context;
  const { catalog } = session;
  const { nameParts, range } = command.name;
  const files = command.query ? fileTargetOf(nameParts, false) : undefined;
  if (files && command.query && !catalog.hasNamespace(nameParts[0] ?? '')) {
    const partitionBy = command.partitionColumns;
    const mode = command.ifNotExists ? 'ignore' : 'error';
    const options = lowerKeys(command.options);
    return writeFiles(context, command.query, { ...files, mode, options, partitionBy });
  }
  const { namespace, name } = catalog.qualified(nameParts);
  if (nameParts.length > 2 && namespace.includes('.')) return fail(singlePart(nameParts, range));
  if (command.replace) {
    return fail(
      problem('UNSUPPORTED_FEATURE.TABLE_OPERATION', {
        tableName: quoteName(catalog.fullName(nameParts)),
        operation: 'REPLACE TABLE',
      }),
    );
  }
  if (!catalog.hasNamespace(namespace)) {
    const schemaName = quoteName(['spark_catalog', namespace]);
    return fail(problem('SCHEMA_NOT_FOUND', { schemaName }, range));
  }
  const existing = catalog.find([namespace, name], false);
  if (existing) {
    if (command.ifNotExists) return nothing;
    const relationName = quoteName(catalog.fullName(nameParts));
    return fail(problem('TABLE_OR_VIEW_ALREADY_EXISTS', { relationName }, range));
  }
  const format = (command.format ?? 'parquet').toLowerCase();
  const path = command.location ?? lowerKeys(command.options).path;
  if (path !== undefined) return createFileTable(context, command, format, path, [namespace, name]);
  if (!memoryFormats.has(format)) return fail(refusal(`A table USING ${format}`));
  const columns = await columnsOf(context, command);
  if (!columns.ok) return columns;
  const names = columns.value.map((column) =>
    session.settings.caseSensitive ? column.name : column.name.toLowerCase(),
  );
  const twice = names.find((column, index) => names.indexOf(column) < index);
  if (twice !== undefined) {
    return fail(problem('COLUMN_ALREADY_EXISTS', { columnName: quoteName([twice]) }, range));
  }
  const table: StoredTable = {
    kind: 'table',
    nameParts: [namespace, name],
    columns: partitionsLast(columns.value, command.partitionColumns),
    storage: context.storageName(),
    format,
    options: command.options,
    partitionColumns: command.partitionColumns,
    properties: command.properties,
    ...(command.bucketText === undefined ? {} : { bucketText: command.bucketText }),
    ...(command.comment === undefined ? {} : { comment: command.comment }),
  };
  const made = await makeStorage(context, table);
  if (!made.ok) return made;
  if (command.query) {
    const filled = await fill(context, table, command.query, {});
    if (!filled.ok) {
      await dropStorage(context, table);
      return filled;
    }
  }
  catalog.put(table);
  return nothing;
}

async function createFileTable(
  context: CommandContext,
  command: CreateTable,
  format: string,
  path: string,
  nameParts: readonly string[],
): Answer {
  const { session } = context;
  if (command.query) {
    const written = await writeFiles(context, command.query, {
      path,
      format,
      options: lowerKeys(command.options),
      mode: 'error',
      partitionBy: command.partitionColumns,
    });
    if (!written.ok) return written;
  }
  const options = Object.fromEntries(
    Object.entries(lowerKeys(command.options)).filter(([key]) => key !== 'path'),
  );
  const columns = command.query ? [] : command.columns.map(({ name, type }) => ({ name, type }));
  const request = {
    path,
    format,
    options,
    sample: false,
    ...(columns.length > 0 ? { columns } : {}),
  };
  const source = await session.sources.open(request, context.reader);
  if (!source.ok) return source;
  session.catalog.put({
    kind: 'files',
    scope: 'table',
    nameParts,
    request,
    columns: command.query ? [] : command.columns,
    properties: command.properties,
    ...(command.comment === undefined ? {} : { comment: command.comment }),
  });
  return nothing;
}

/** Columns as written, of the table that is like it, or of the query. */
async function columnsOf(
  context: CommandContext,
  command: CreateTable,
): Promise<Result<readonly TableColumn[], Failed>> {
  const { session } = context;
  if (command.like) {
    const { nameParts, range } = command.like;
    const found = session.catalog.find(nameParts);
    if (!found) {
      const relationName = quoteName(nameParts);
      return fail(problem('TABLE_OR_VIEW_NOT_FOUND', { relationName }, range));
    }
    const fields = await fieldsOfRelation(context, nameParts);
    if (!fields.ok) return fields;
    return found.kind === 'table' ? { ok: true, value: found.columns } : fields;
  }
  if (!command.query) {
    const generated = command.columns.find((column) => column.generated);
    if (generated) return fail(refusal('A generated column'));
    return { ok: true, value: command.columns };
  }
  const { query } = command;
  const statement = { kind: 'query', relation: query, range: query.range } as const;
  const described = await session.describeQuery(statement, context.reader);
  if (!described.ok) return described;
  // What a table stores may be null, whatever the query says of it.
  const columns = columnsFrom(described.value.schema, described.value.metadata);
  return { ok: true, value: columns.map((column) => ({ ...column, nullable: true })) };
}

/** The columns that a name of the session has, as a query of it yields them. */
export async function fieldsOfRelation(
  context: CommandContext,
  nameParts: readonly string[],
): Promise<Result<readonly TableColumn[], Failed>> {
  const relation: Relation = {
    kind: 'read',
    readType: { kind: 'namedTable', nameParts },
    range: nowhere,
  };
  const statement = { kind: 'query', relation, range: nowhere } as const;
  const described = await context.session.describeQuery(statement, context.reader);
  if (!described.ok) return described;
  return { ok: true, value: columnsFrom(described.value.schema, described.value.metadata) };
}

export function columnsFrom(
  schema: readonly { readonly name: string; readonly type: string; readonly nullable: boolean }[],
  metadata: readonly (ColumnMetadata | undefined)[],
): readonly TableColumn[] {
  return schema.map(({ name, type, nullable }, index) => {
    const parsed = parseType(type);
    if (!parsed) throw new Error(`no type: ${type}`);
    return { name, type: parsed, typeText: type, nullable, ...metadata[index] };
  });
}

function partitionsLast(
  columns: readonly TableColumn[],
  partitionColumns: readonly string[],
): readonly TableColumn[] {
  const isPartition = ({ name }: TableColumn) =>
    partitionColumns.some((partition) => partition.toLowerCase() === name.toLowerCase());
  return [...columns.filter((column) => !isPartition(column)), ...columns.filter(isPartition)];
}

async function makeStorage(
  context: CommandContext,
  table: StoredTable,
): Promise<Result<undefined, Failed>> {
  const columns = table.columns.map(({ type }, index) => `c${index} ${duckType(type)}`);
  const list = columns.length === 0 ? 'c0 INTEGER' : columns.join(', ');
  return execute(context, `CREATE TABLE ${table.storage} (${list})`);
}

export async function insert(context: CommandContext, command: Insert): Answer {
  const { session } = context;
  const { target, directory } = command;
  if (directory) return insertDirectory(context, command);
  const found = session.catalog.find(target.nameParts);
  const files = found ? undefined : fileTargetOf(target.nameParts, command.overwrite);
  if (files) return writeFiles(context, command.query, files);
  if (!found) {
    const relationName = quoteName(target.nameParts);
    return fail(problem('TABLE_OR_VIEW_NOT_FOUND', { relationName }, target.range));
  }
  if (isView(found)) {
    return fail(
      problem('EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE', {
        operation: 'INSERT',
        viewName: quoteName(session.catalog.fullName(found.nameParts)),
      }),
    );
  }
  if (found.kind === 'files') return insertIntoFiles(context, command, found);
  if (found.kind !== 'table') throw new Error('a view was refused before');
  return fill(context, found, command.query, command);
}

/** A table over files takes more of them, of the columns that it has. */
async function insertIntoFiles(
  context: CommandContext,
  command: Insert,
  { request, nameParts }: FileView,
): Answer {
  if (command.columns || command.byName || command.partition.length > 0) {
    return fail(refusal('INSERT with columns or partitions into a table over files'));
  }
  const columns = await fieldsOfRelation(context, nameParts);
  if (!columns.ok) return columns;
  const { query } = command;
  const statement = { kind: 'query', relation: query, range: query.range } as const;
  const described = await context.session.describeQuery(statement, context.reader);
  if (!described.ok) return described;
  const { schema } = described.value;
  const isSame =
    schema.length === columns.value.length &&
    schema.every(({ type }, index) => type === columns.value[index]?.typeText);
  if (!isSame) return fail(refusal('INSERT of other types than those of a table over files'));
  const { path, format, options } = request;
  const mode = command.overwrite ? 'overwrite' : 'append';
  return writeFiles(context, query, { path, format, options, mode, partitionBy: [] });
}

async function fill(
  context: CommandContext,
  table: StoredTable,
  query: Relation,
  {
    overwrite = false,
    byName = false,
    columns: written,
    partition = [],
  }: Partial<Pick<Insert, 'overwrite' | 'byName' | 'columns' | 'partition'>>,
): Answer {
  const { session } = context;
  const fixed = new Map<string, Expression>();
  for (const { name, value } of partition) if (value) fixed.set(name.toLowerCase(), value);
  const free = table.columns.filter(({ name }) => !fixed.has(name.toLowerCase()));
  const ordered = written
    ? written.flatMap(
        (name) => free.find((column) => column.name.toLowerCase() === name.toLowerCase()) ?? [],
      )
    : free;
  const target: Target = {
    nameParts: session.catalog.fullName(table.nameParts),
    columns: table.columns,
    byName,
    fixed,
    range: query.range,
    ...(written === undefined ? {} : { written }),
  };
  const relation = withDefaults(query, ordered);
  const prepared = await session.prepareQuery(
    { kind: 'query', relation, range: query.range },
    {
      sample: false,
      shape: (analyzed, analysis) => analyzeInsertion(analyzed, analysis, target),
    },
    context.reader,
  );
  if (!prepared.ok) return prepared;
  const { lowered } = prepared.value;
  const rows = `SELECT ${storedColumns(table, lowered)} FROM (${lowered.sql}) AS result`;
  const isDynamic = partition.some(({ value }) => value === undefined);
  if (overwrite && fixed.size > 0 && isDynamic)
    return fail(refusal('A dynamic partition overwrite'));
  const statements = overwrite
    ? [
        'BEGIN',
        `CREATE TEMP TABLE written AS ${rows}`,
        `DELETE FROM ${table.storage}${partitionOf(table, fixed)}`,
        `INSERT INTO ${table.storage} SELECT * FROM written`,
        'DROP TABLE written',
        'COMMIT',
      ]
    : [`INSERT INTO ${table.storage} ${rows}`];
  const done = await execute(context, statements.join(';\n'), lowered);
  if (!done.ok) return fail(storingFailure(done.error));
  return nothing;
}

function partitionOf(table: StoredTable, fixed: ReadonlyMap<string, Expression>): string {
  const conditions = [...fixed].map(([name, value]) => {
    const index = table.columns.findIndex((column) => column.name.toLowerCase() === name);
    const text = value.kind === 'literal' ? String(value.value) : '';
    return `CAST(c${index} AS VARCHAR) = '${text.replaceAll("'", "''")}'`;
  });
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
}

/** A char is padded to its length; what is longer than a char or varchar, spaces aside, is an error. */
function storedColumns(table: StoredTable, { output }: Lowered): string {
  if (output.length === 0) return '1';
  return output
    .map((attribute, index) => {
      const sql = columnName(attribute.exprId);
      const match = /^(char|varchar)\((\d+)\)$/.exec(table.columns[index]?.typeText ?? '');
      if (!match) return `CAST(${sql} AS ${duckType(attribute.type)})`;
      const [, kind, limit = ''] = match;
      const fits = kind === 'char' ? `rpad(${sql}, ${limit}, ' ')` : sql;
      return (
        `CASE WHEN ${sql} IS NULL OR length(${sql}) <= ${limit} THEN ${fits} ` +
        `WHEN length(rtrim(${sql}, ' ')) <= ${limit} THEN rpad(rtrim(${sql}, ' '), ${limit}, ' ') ` +
        `ELSE ${raise('EXCEED_LIMIT_LENGTH', nowhere, `'${limit}'`)} END`
      );
    })
    .join(', ');
}

/** The cast that storing needs has no place in the statement, and a condition of its own. */
function storingFailure(error: Failed): Failed {
  if (error.kind !== 'spark' || error.class !== 'CAST_OVERFLOW' || error.start !== undefined) {
    return error;
  }
  const { sourceType = '', targetType = '' } = error.parameters;
  return problem('CAST_OVERFLOW_IN_TABLE_INSERT', { sourceType, targetType, columnName: '' });
}

export async function truncate(context: CommandContext, command: Truncate): Answer {
  const { session } = context;
  const { nameParts, range } = command.name;
  const found = session.catalog.find(nameParts);
  if (!found) {
    const relationName = quoteName(nameParts);
    return fail(problem('TABLE_OR_VIEW_NOT_FOUND', { relationName }, range));
  }
  if (isView(found)) {
    return fail(
      problem('EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE', {
        operation: 'TRUNCATE TABLE',
        viewName: quoteName(session.catalog.fullName(found.nameParts)),
      }),
    );
  }
  if (found.kind !== 'table') return fail(refusal('TRUNCATE of a table over files'));
  if (command.partition.length > 0) return fail(refusal('TRUNCATE of a partition'));
  const done = await execute(context, `DELETE FROM ${found.storage}`);
  return done.ok ? nothing : done;
}
