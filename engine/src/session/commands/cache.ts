/** CACHE, UNCACHE and CLEAR CACHE: what is cached is a table that DuckDB holds, until what it was made of changes. */
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { nowhere } from '#sql/plan/range.ts';
import type { CacheTable, Command, UncacheTable } from '#sql/plan/statements.ts';
import type { Relation } from '#sql/plan/unresolved.ts';
import { problem, quoteName } from '#sql/problem.ts';
import { columnName } from '../../duckdb/lowerExpression.ts';
import { duckType } from '../../duckdb/types.ts';
import type { SourceColumn } from '../../sources/source.ts';
import type { SessionRelation } from '../catalog.ts';
import type { Answer, CommandContext, Failed } from './command.ts';
import { nothing } from './command.ts';
import { execute, lowerKeys } from './storage.ts';
import { createView } from './views.ts';

export interface CacheEntry {
  readonly nameParts: readonly string[];
  /** As Spark prints it: `StorageLevel(disk, memory, deserialized, 1 replicas)`. */
  readonly storageLevel: string;
  /** Absent until the first query that reads it, and after a change beneath it. */
  readonly held?: {
    readonly storage: string;
    readonly columns: readonly SourceColumn[];
    readonly rowCount: number;
    readonly byteLength: number;
    /** What it was made of, itself included. */
    readonly made: readonly SessionRelation[];
  };
}

const levels: Readonly<Record<string, string>> = {
  NONE: 'StorageLevel(1 replicas)',
  DISK_ONLY: 'StorageLevel(disk, 1 replicas)',
  DISK_ONLY_2: 'StorageLevel(disk, 2 replicas)',
  DISK_ONLY_3: 'StorageLevel(disk, 3 replicas)',
  MEMORY_ONLY: 'StorageLevel(memory, deserialized, 1 replicas)',
  MEMORY_ONLY_2: 'StorageLevel(memory, deserialized, 2 replicas)',
  MEMORY_ONLY_SER: 'StorageLevel(memory, 1 replicas)',
  MEMORY_ONLY_SER_2: 'StorageLevel(memory, 2 replicas)',
  MEMORY_AND_DISK: 'StorageLevel(disk, memory, deserialized, 1 replicas)',
  MEMORY_AND_DISK_2: 'StorageLevel(disk, memory, deserialized, 2 replicas)',
  MEMORY_AND_DISK_SER: 'StorageLevel(disk, memory, 1 replicas)',
  MEMORY_AND_DISK_SER_2: 'StorageLevel(disk, memory, 2 replicas)',
  OFF_HEAP: 'StorageLevel(disk, memory, offheap, 1 replicas)',
};

export async function cacheTable(context: CommandContext, command: CacheTable): Answer {
  const { session } = context;
  const { name, query, queryText, lazy, options } = command;
  const asked = lowerKeys(options).storagelevel?.toUpperCase() ?? 'MEMORY_AND_DISK';
  const storageLevel = levels[asked];
  if (storageLevel === undefined) {
    const message = `Invalid StorageLevel: ${asked}`;
    return fail(problem('LEGACY_OPERATION_NOT_ALLOWED', { message }, command.range));
  }
  if (query && queryText !== undefined) {
    const view = { kind: 'createView', scope: 'temporary', replace: false } as const;
    const made = await createView(context, {
      ...view,
      name,
      ifNotExists: false,
      columns: [],
      properties: {},
      query,
      queryText,
      range: command.range,
    });
    if (!made.ok) return made;
  }
  const relation = session.catalog.find(name.nameParts);
  if (!relation) {
    const relationName = quoteName(name.nameParts);
    return fail(problem('TABLE_OR_VIEW_NOT_FOUND', { relationName }, name.range));
  }
  // What is cached stays as it is cached.
  if (session.caches.has(relation)) return nothing;
  const entry: CacheEntry = { nameParts: name.nameParts, storageLevel };
  if (lazy) {
    session.caches.set(relation, entry);
    return nothing;
  }
  const held = await hold(context, relation, entry);
  return held.ok ? nothing : held;
}

/** Computes what is cached and not held, of what a query is about to read; true where there was any. */
export async function holdCaches(
  context: CommandContext,
  read: readonly SessionRelation[],
): Promise<Result<boolean, Failed>> {
  let any = false;
  for (const relation of read) {
    const entry = context.session.caches.get(relation);
    if (!entry || entry.held) continue;
    const held = await hold(context, relation, entry);
    if (!held.ok) return held;
    any = true;
  }
  return ok(any);
}

async function hold(
  context: CommandContext,
  relation: SessionRelation,
  entry: CacheEntry,
): Promise<Result<undefined, Failed>> {
  const { session, reader } = context;
  const { nameParts } = entry;
  session.caches.delete(relation);
  const query: Relation = {
    kind: 'read',
    readType: { kind: 'namedTable', nameParts },
    range: nowhere,
  };
  const statement = { kind: 'query', relation: query, range: nowhere } as const;
  const prepared = await session.prepareQuery(statement, { sample: false }, reader);
  if (!prepared.ok) return prepared;
  const { lowered, compiled, read } = prepared.value;
  const storage = context.storageName();
  const columns = lowered.output.map(({ type }, index) => ({
    name: compiled.schema[index]?.name ?? '',
    type,
  }));
  const list = lowered.output.map(
    ({ exprId, type }, index) => `CAST(${columnName(exprId)} AS ${duckType(type)}) AS c${index}`,
  );
  const made = await execute(
    context,
    `CREATE TABLE ${storage} AS SELECT ${list.length === 0 ? '1 AS c0' : list.join(', ')} FROM (${lowered.sql}) AS result`,
    lowered,
  );
  if (!made.ok) return made;
  const sizes = columns.map(({ type }, index) => sizeSql(`c${index}`, duckType(type)));
  const [row = []] = await reader.rows(
    `SELECT count(*), coalesce(sum(${sizes.length === 0 ? '0' : sizes.join(' + ')}), 0) FROM ${storage}`,
  );
  const [rowCount = 0, byteLength = 0] = row.map(Number);
  const held = { storage, columns, rowCount, byteLength, made: [...read, relation] };
  session.caches.set(relation, { ...entry, held });
  return ok(undefined);
}

const widths: Readonly<Record<string, number>> = {
  BOOLEAN: 1,
  TINYINT: 1,
  SMALLINT: 2,
  INTEGER: 4,
  FLOAT: 4,
  DATE: 4,
  BIGINT: 8,
  DOUBLE: 8,
  TIMESTAMP: 8,
};

/** An estimate by the width of a value; what has no width counts by its text. */
function sizeSql(column: string, type: string): string {
  const width = widths[type] ?? (type.startsWith('DECIMAL') ? 16 : undefined);
  return width === undefined ? `coalesce(strlen(CAST(${column} AS VARCHAR)), 0)` : String(width);
}

export async function uncacheTable(context: CommandContext, command: UncacheTable): Answer {
  const { catalog } = context.session;
  const { nameParts, range } = command.name;
  const relation = catalog.find(nameParts);
  if (!relation) {
    if (command.ifExists) return nothing;
    const relationName = quoteName(nameParts);
    return fail(problem('TABLE_OR_VIEW_NOT_FOUND', { relationName }, range));
  }
  await release(context, relation);
  return nothing;
}

export async function clearCache(context: CommandContext): Answer {
  for (const relation of [...context.session.caches.keys()]) await release(context, relation);
  return nothing;
}

async function release(context: CommandContext, relation: SessionRelation): Promise<void> {
  const { caches } = context.session;
  const entry = caches.get(relation);
  caches.delete(relation);
  if (entry?.held) await execute(context, `DROP TABLE IF EXISTS ${entry.held.storage}`);
}

/** After a statement that changed something: what was made of it is computed anew when it is next read. */
export async function refreshCaches(context: CommandContext, command: Command): Promise<void> {
  const { caches, catalog } = context.session;
  const changed = changedName(command);
  if (changed === undefined || caches.size === 0) return;
  const same = (relation: SessionRelation) =>
    relation.nameParts.at(-1)?.toLowerCase() === changed.at(-1)?.toLowerCase();
  for (const [relation, entry] of [...caches]) {
    const isThere = catalog.find(entry.nameParts) === relation;
    if (!isThere) {
      await release(context, relation);
      const successor = catalog.find(entry.nameParts);
      const isAltered = command.kind === 'alterRelation' && successor?.kind === 'table';
      if (isAltered)
        caches.set(successor, { nameParts: entry.nameParts, storageLevel: entry.storageLevel });
      continue;
    }
    if (!entry.held?.made.some(same)) continue;
    const { storageLevel, nameParts } = entry;
    await execute(context, `DROP TABLE IF EXISTS ${entry.held.storage}`);
    caches.set(relation, { storageLevel, nameParts });
  }
}

function changedName(command: Command): readonly string[] | undefined {
  switch (command.kind) {
    case 'insert':
      return command.target.nameParts;
    case 'truncate':
    case 'alterRelation':
    case 'dropRelation':
    case 'createView':
    case 'createViewUsing':
      return command.name.nameParts;
    case 'refresh':
      return command.what === 'function' ? undefined : command.name.nameParts;
    default:
      return undefined;
  }
}
