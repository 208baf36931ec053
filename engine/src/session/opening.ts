/** From the names that a query reads to their schemas and to what DuckDB scans. */
import type { EngineFailure } from '#shared/protocol/engine.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { Catalog, ColumnMetadata, Table, Variable, View } from '#sql/catalog.ts';
import type { Range } from '#sql/plan/range.ts';
import type { Relation } from '#sql/plan/unresolved.ts';
import { problem, quoteName } from '#sql/problem.ts';
import { namesRead, placeOfName } from '#sql/relationNames.ts';
import { quoteIdentifier } from '../duckdb/quote.ts';
import { emptyOf, sparkCsvDefaults } from '../sources/csv.ts';
import { unsupportedFormat } from '../sources/failures.ts';
import type { SourceCache, SourceRequest } from '../sources/openSource.ts';
import type { Source, SourceColumn, SourceReader } from '../sources/source.ts';
import { fieldsOf } from '../sources/source.ts';
import type {
  FileView,
  SessionCatalog,
  SessionRelation,
  StoredTable,
  StoredView,
} from './catalog.ts';
import { catalogName } from './catalog.ts';
import type { CacheEntry } from './commands/cache.ts';
import type { SessionFunction } from './commands/functions.ts';

export interface Opened {
  readonly catalog: Catalog;
  /** By the id of its table. */
  readonly sources: ReadonlyMap<string, Source>;
  /** What was read of the session, views inside of views included. */
  readonly read: readonly SessionRelation[];
}

export interface OpeningOptions {
  readonly catalog: SessionCatalog;
  readonly sources: SourceCache;
  readonly reader: SourceReader;
  /** Types from the beginning of each file: a preview. */
  readonly sample: boolean;
  readonly cached: (relation: SessionRelation) => CacheEntry | undefined;
  readonly sqlFunction: (name: string) => SessionFunction | undefined;
  readonly variable: (nameParts: readonly string[]) => Variable | undefined;
  readonly rows?: NamedRows | undefined;
}

/** Rows that a query reads by a name of the engine's own, before any that the session knows. */
export interface NamedRows {
  readonly name: string;
  readonly source: Source;
}

export async function openRelations(
  relation: Relation,
  options: OpeningOptions,
): Promise<Result<Opened, EngineFailure>> {
  const opening = new Opening(options);
  const catalog = await opening.catalogOf(relation, undefined);
  if (!catalog.ok) return catalog;
  return ok({ catalog: catalog.value, sources: opening.sources, read: [...opening.read] });
}

class Opening {
  readonly sources = new Map<string, Source>();
  readonly read = new Set<SessionRelation>();
  private readonly options: OpeningOptions;
  private readonly views = new Map<StoredView, View>();
  private readonly within: StoredView[] = [];

  constructor(options: OpeningOptions) {
    this.options = options;
  }

  async catalogOf(
    relation: Relation,
    view: StoredView | undefined,
  ): Promise<Result<Catalog, EngineFailure>> {
    const tables = new Map<string, Table>();
    const views = new Map<string, View>();
    for (const nameParts of namesRead(relation)) {
      const { rows } = this.options;
      if (rows && view === undefined && nameParts.length === 1 && nameParts[0] === rows.name) {
        tables.set(keyOf(nameParts), this.addTable(undefined, rows.source, nameParts));
        continue;
      }
      const found = this.find(nameParts, view);
      const entry = found && this.options.cached(found);
      if (found && entry?.held) {
        this.read.add(found);
        tables.set(keyOf(nameParts), this.addCached(found, entry, entry.held));
        continue;
      }
      if (found?.kind === 'view') {
        const opened = await this.openView(found);
        if (!opened.ok) return opened;
        views.set(keyOf(nameParts), opened.value);
        continue;
      }
      const table = await this.openTable(nameParts, found);
      if (table === undefined) continue;
      if (!table.ok)
        return fail(withPlace(table.error, view ? undefined : placeOfName(relation, nameParts)));
      tables.set(keyOf(nameParts), table.value);
    }
    const catalog: Catalog = {
      lookup: (nameParts) => tables.get(keyOf(nameParts)),
      view: (nameParts) => views.get(keyOf(nameParts)),
      sqlFunction: (name) => {
        const found = this.options.sqlFunction(name);
        if (!found || (found.temporary && view?.scope === 'persistent')) return undefined;
        return { ...found, catalog };
      },
      // Nothing that lasts may hang on a variable.
      ...(view?.scope === 'persistent' ? {} : { variable: this.options.variable }),
      currentNamespace: this.options.catalog.currentNamespace,
    };
    return ok(catalog);
  }

  private find(nameParts: readonly string[], view: StoredView | undefined) {
    const { catalog } = this.options;
    if (view === undefined) return catalog.find(nameParts);
    const seesTemporary = view.scope !== 'persistent';
    // A view's own names are of the namespace that it was made in.
    const isLocal = nameParts.length === 1 && !(seesTemporary && catalog.find(nameParts));
    const parts = isLocal ? [view.namespace, ...nameParts] : nameParts;
    return catalog.find(parts, seesTemporary);
  }

  private async openView(view: StoredView): Promise<Result<View, EngineFailure>> {
    this.read.add(view);
    const known = this.views.get(view);
    if (known) return ok(known);
    if (this.within.includes(view)) {
      const path = [...this.within, view].map(({ nameParts }) => quoteName(nameParts));
      const parameters = { viewIdent: quoteName(view.nameParts), newPath: path.join(' -> ') };
      return fail(problem('RECURSIVE_VIEW', parameters));
    }
    this.within.push(view);
    const catalog = await this.catalogOf(view.relation, view);
    this.within.pop();
    if (!catalog.ok) return catalog;
    const { relation, settings, columns, schemaMode } = view;
    const qualifier = qualifierOf(view);
    const opened: View = {
      qualifier,
      relation,
      settings,
      catalog: catalog.value,
      columns,
      schemaMode,
    };
    this.views.set(view, opened);
    return ok(opened);
  }

  private async openTable(
    nameParts: readonly string[],
    found: StoredTable | FileView | undefined,
  ): Promise<Result<Table, EngineFailure> | undefined> {
    if (found?.kind === 'table') {
      this.read.add(found);
      return ok(this.addTable(found, storedSource(found), nameParts));
    }
    if (found) this.read.add(found);
    if (found && found.columns.length > 0 && found.request.path === '') {
      return ok(this.addTable(found, emptyOf(found.columns), nameParts, found.request));
    }
    const request = found
      ? ok({ ...found.request, sample: this.options.sample })
      : fileRequest(nameParts, this.options.sample);
    if (!request) return undefined;
    if (!request.ok) return request;
    const source = await this.options.sources.open(request.value, this.options.reader);
    if (!source.ok) return source;
    return ok(this.addTable(found, source.value, nameParts, request.value));
  }

  private addCached(
    found: SessionRelation,
    { storageLevel }: CacheEntry,
    { columns, storage, byteLength, rowCount }: NonNullable<CacheEntry['held']>,
  ): Table {
    const source = { ...heldSource(columns, storage), byteLength };
    const id = String(this.sources.size);
    this.sources.set(id, source);
    const qualifier = qualifierOf(found);
    const name = qualifier.join('.');
    return {
      id,
      name,
      fields: fieldsOf(source),
      source: { format: 'cache', path: name, options: { storageLevel } },
      statistics: { byteLength, rowCount },
      qualifier,
    };
  }

  private addTable(
    found: StoredTable | FileView | undefined,
    source: Source,
    nameParts: readonly string[],
    request?: SourceRequest,
  ): Table {
    const id = String(this.sources.size);
    this.sources.set(id, source);
    const { format, path, options } = request ?? {
      format: found?.kind === 'table' ? found.format : 'memory',
      path: nameParts.join('.'),
      options: {},
    };
    const qualifier = found === undefined ? undefined : qualifierOf(found);
    return {
      id,
      name: found ? (qualifier ?? nameParts).join('.') : `${format}.${path}`,
      fields: fieldsOf(source),
      source: { format, path, options },
      statistics: {
        byteLength: source.byteLength,
        ...(source.files === undefined ? {} : { fileCount: source.files.length }),
      },
      ...(qualifier === undefined ? {} : { qualifier }),
      ...(found?.kind === 'table' ? { columnMetadata: columnMetadataOf(found) } : {}),
    };
  }
}

function columnMetadataOf({ columns }: StoredTable): ReadonlyMap<string, ColumnMetadata> {
  return new Map(
    columns.map(({ name, typeText, comment }): readonly [string, ColumnMetadata] => [
      name,
      {
        ...(/^(?:var)?char\(/.test(typeText) ? { typeText } : {}),
        ...(comment === undefined ? {} : { comment }),
      },
    ]),
  );
}

export function qualifierOf(relation: SessionRelation): readonly string[] {
  const isLocal = relation.kind !== 'table' && relation.scope === 'temporary';
  if (isLocal) return relation.nameParts.slice(-1);
  const isGlobal = relation.kind !== 'table' && relation.scope === 'globalTemporary';
  if (isGlobal) return ['global_temp', ...relation.nameParts.slice(-1)];
  return [catalogName, ...relation.nameParts.slice(-2)];
}

/** Columns of a stored table travel under their positions: Spark may rename them. */
export function storedSource({ columns, storage }: StoredTable): Source {
  return heldSource(columns, storage);
}

function heldSource(columns: readonly SourceColumn[], storage: string): Source {
  return {
    columns,
    byteLength: 0,
    isSampled: false,
    scanSql(names) {
      const list = names.map((name) => {
        const index = columns.findIndex((column) => column.name === name);
        return `c${index} AS ${quoteIdentifier(name)}`;
      });
      return `SELECT ${list.length === 0 ? '1 AS one' : list.join(', ')} FROM ${storage}`;
    },
  };
}

const fileFormats: ReadonlySet<string> = new Set(['csv', 'json', 'parquet', 'text']);
const otherFileFormats: ReadonlySet<string> = new Set(
  'orc avro delta xml binaryfile iceberg'.split(' '),
);

function fileRequest(
  nameParts: readonly string[],
  sample: boolean,
): Result<SourceRequest, EngineFailure> | undefined {
  const [first = '', second] = nameParts;
  if (nameParts.length !== 2 || second === undefined) return undefined;
  const format = first.toLowerCase();
  if (fileFormats.has(format)) {
    return ok({ path: second, format, options: sparkCsvDefaults, sample });
  }
  return otherFileFormats.has(format) ? fail(unsupportedFormat(second, format)) : undefined;
}

/** Tables are found without case; a file's path has to be exact. */
function keyOf(nameParts: readonly string[]): string {
  const [first = '', ...rest] = nameParts;
  const isFile = nameParts.length === 2 && fileFormats.has(first.toLowerCase());
  return isFile
    ? [first.toLowerCase(), ...rest].join('\0')
    : nameParts.map((part) => part.toLowerCase()).join('\0');
}

/** What can't be read stands where the query names it. */
function withPlace(error: EngineFailure, place: Range | undefined): EngineFailure {
  const isPlaced = error.kind === 'spark' && error.start === undefined && place !== undefined;
  return isPlaced ? { ...error, start: place.start, end: place.end } : error;
}
