/** What one owner of queries has: settings and temporary views. Views are definitions; files are opened by queries. */
import type { EngineFailure, Field, ViewDefinition } from '#shared/protocol/engine.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { Catalog, Table } from '#sql/catalog.ts';
import type { Compiled } from '#sql/compile.ts';
import { compile, parse, relationsOf } from '#sql/compile.ts';
import type { ExplainOptions } from '#sql/explain/explain.ts';
import { explainOptionsFrom } from '#sql/explain/explain.ts';
import type { Settings } from '#sql/settings.ts';
import { settingsFrom } from '#sql/settings.ts';
import type { Lowered } from '../duckdb/lowerRelation.ts';
import { lowerPlan } from '../duckdb/lowerRelation.ts';
import { sparkCsvDefaults, viewCsvDefaults } from '../sources/csv.ts';
import { unsupportedFormat } from '../sources/failures.ts';
import type { SourceCache, SourceRequest } from '../sources/openSource.ts';
import { formatOf } from '../sources/openSource.ts';
import type { Source, SourceReader } from '../sources/source.ts';
import { fieldsOf } from '../sources/source.ts';

export interface PreparedQuery {
  readonly compiled: Compiled;
  readonly lowered: Lowered;
  readonly timeZone: string;
  readonly explainOptions: ExplainOptions;
  /** Types of a source were read from its first rows only. */
  readonly isSampled: boolean;
}

export interface PrepareOptions {
  readonly text: string;
  /** Types from the beginning of each file: a preview. */
  readonly sample: boolean;
}

export class Session {
  readonly sessionId: string;
  private readonly settings: Settings;
  private readonly explainOptions: ExplainOptions;
  private readonly views = new Map<string, ViewDefinition>();
  private readonly sources: SourceCache;

  constructor(
    sessionId: string,
    settings: Readonly<Record<string, string>>,
    sources: SourceCache,
    /** Opened again with other settings: its views stay. */
    before?: Session,
  ) {
    for (const [name, view] of before?.views ?? []) this.views.set(name, view);
    this.sessionId = sessionId;
    this.settings = settingsFrom(settings);
    this.explainOptions = explainOptionsFrom(settings);
    this.sources = sources;
  }

  get timeZone(): string {
    return this.settings.timeZone;
  }

  /** Replaces a view of the same name; nothing changes where the file can't be read. */
  async defineView(
    view: ViewDefinition,
    reader: SourceReader,
    sample: boolean,
  ): Promise<Result<{ fields: readonly Field[]; isSampled: boolean }, EngineFailure>> {
    const request = requestOf(view, sample);
    if (!request.ok) return request;
    const source = await this.sources.open(request.value, reader);
    if (!source.ok) return source;
    this.views.set(view.name.toLowerCase(), view);
    return ok({ fields: fieldsOf(source.value), isSampled: source.value.isSampled });
  }

  /** Reads the schemas that the statement needs, and takes it from text to DuckDB's SQL. */
  async prepare(
    { text, sample }: PrepareOptions,
    reader: SourceReader,
  ): Promise<Result<PreparedQuery, EngineFailure>> {
    const opened = new Map<string, { table: Table; source: Source }>();
    for (const nameParts of relationsOf(parse(text))) {
      const request = this.requestFor(nameParts, sample);
      if (!request) continue;
      if (!request.ok) return request;
      const source = await this.sources.open(request.value, reader);
      if (!source.ok) return source;
      const id = String(opened.size);
      opened.set(keyOf(nameParts), {
        table: tableOf(id, nameParts, request.value, source.value),
        source: source.value,
      });
    }
    const catalog: Catalog = {
      lookup: (nameParts) => opened.get(keyOf(nameParts))?.table,
      tableNames: [...this.views.values()].map((view) => view.name),
    };
    const compiled = compile(text, catalog, this.settings);
    if (!compiled.ok) return compiled;
    const byId = new Map([...opened.values()].map(({ table, source }) => [table.id, source]));
    const { timeZone } = this.settings;
    const lowered = lowerPlan(compiled.value.optimized, {
      timeZone,
      scanSql(table, names) {
        const source = byId.get(table.id);
        if (!source) throw new Error('the plan scans a table that was not opened');
        return source.scanSql(names, timeZone);
      },
    });
    if (!lowered.ok) return lowered;
    return ok({
      compiled: compiled.value,
      lowered: lowered.value,
      timeZone,
      explainOptions: this.explainOptions,
      isSampled: [...byId.values()].some((source) => source.isSampled),
    });
  }

  private requestFor(
    nameParts: readonly string[],
    sample: boolean,
  ): Result<SourceRequest, EngineFailure> | undefined {
    const [first = '', second] = nameParts;
    if (nameParts.length === 1) {
      const view = this.views.get(first.toLowerCase());
      return view ? requestOf(view, sample) : undefined;
    }
    if (nameParts.length !== 2 || second === undefined) return undefined;
    const format = first.toLowerCase();
    if (fileFormats.has(format))
      return ok({ path: second, format, options: sparkCsvDefaults, sample });
    return otherFileFormats.has(format) ? fail(unsupportedFormat(second, format)) : undefined;
  }
}

const fileFormats: ReadonlySet<string> = new Set(['csv', 'json', 'parquet']);
const otherFileFormats: ReadonlySet<string> = new Set([
  'orc',
  'avro',
  'text',
  'delta',
  'xml',
  'binaryfile',
  'iceberg',
]);

function requestOf(view: ViewDefinition, sample: boolean): Result<SourceRequest, EngineFailure> {
  const format = view.format ?? formatOf(view.path);
  if (format === undefined) {
    const ending = /\.([^./\\]*)$/.exec(view.path)?.[1] ?? '';
    return fail(unsupportedFormat(view.path, ending));
  }
  const byFormat = format === 'csv' ? viewCsvDefaults : {};
  const byName = format === 'csv' && /\.tsv$/i.test(view.path) ? { sep: '\t' } : {};
  const given = Object.fromEntries(
    Object.entries(view.options ?? {}).map(([key, value]) => [key.toLowerCase(), value]),
  );
  return ok({ path: view.path, format, options: { ...byFormat, ...byName, ...given }, sample });
}

function tableOf(
  id: string,
  nameParts: readonly string[],
  request: SourceRequest,
  source: Source,
): Table {
  return {
    id,
    name: nameParts.length === 1 ? (nameParts[0] ?? '') : `${request.format}.${request.path}`,
    fields: fieldsOf(source),
    source: { format: request.format, path: request.path, options: request.options },
    statistics: { byteLength: source.byteLength },
  };
}

/** Views are found without case; a file's path has to be exact. */
function keyOf(nameParts: readonly string[]): string {
  return nameParts.length === 1
    ? (nameParts[0] ?? '').toLowerCase()
    : [nameParts[0]?.toLowerCase(), ...nameParts.slice(1)].join('\0');
}
