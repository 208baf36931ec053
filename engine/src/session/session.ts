/** What one owner of queries has: settings, tables and views. Files are opened by the queries that read them. */
import type { EngineFailure, Field, ViewDefinition } from '#shared/protocol/engine.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { Compiled, Parsed, Shape } from '#sql/compile.ts';
import { analyze, compileQuery, parse, schemaOf } from '#sql/compile.ts';
import type { ExplainOptions } from '#sql/explain/explain.ts';
import { explainOptionsFrom } from '#sql/explain/explain.ts';
import { statementFromJson } from '#sql/plan/planJson.ts';
import { parseSimpleString } from '#sql/plan/typeText.ts';
import { stringType } from '#sql/plan/types.ts';
import type { QueryStatement } from '#sql/plan/statements.ts';
import type { Relation } from '#sql/plan/unresolved.ts';
import { problem } from '#sql/problem.ts';
import type { Settings } from '#sql/settings.ts';
import { settingsFrom } from '#sql/settings.ts';
import type { Lowered } from '../duckdb/lowerRelation.ts';
import { lowerPlan } from '../duckdb/lowerRelation.ts';
import { viewCsvDefaults } from '../sources/csv.ts';
import { unsupportedFormat } from '../sources/failures.ts';
import type { SourceCache, SourceRequest } from '../sources/openSource.ts';
import { formatOf } from '../sources/openSource.ts';
import type { Source, SourceReader } from '../sources/source.ts';
import { fieldsOf } from '../sources/source.ts';
import type { Catalog, ColumnMetadata, Table } from '#sql/catalog.ts';
import { outputOf } from '#sql/plan/output.ts';
import type { Relation as ResolvedRelation } from '#sql/plan/resolved.ts';
import type { Signature } from '../duckdb/scalarFunctions/scalarFunction.ts';
import type { SessionRelation } from './catalog.ts';
import type { CacheEntry } from './commands/cache.ts';
import type { SessionFunction } from './commands/functions.ts';
import { findFunctionOf } from './commands/functions.ts';
import type { SessionVariable } from './commands/variables.ts';
import { variableName } from './commands/variables.ts';
import { SessionCatalog } from './catalog.ts';
import type { NamedRows } from './opening.ts';
import { openRelations } from './opening.ts';

export interface PreparedQuery {
  readonly compiled: Compiled;
  readonly lowered: Lowered;
  /** Takes a plan over the same tables to DuckDB's SQL. `asPlanned`: with a step for each of its nodes. */
  readonly lower: (
    plan: ResolvedRelation,
    order?: 'free' | 'asPlanned',
  ) => ReturnType<typeof lowerPlan>;
  /** The files behind one of its tables. */
  readonly filesOf: (table: Table) => readonly string[];
  readonly timeZone: string;
  readonly explainOptions: ExplainOptions;
  /** Types of a source were read from its first rows only. */
  readonly isSampled: boolean;
  /** Of the files that it reads. */
  readonly readByteLength: number;
  /** Of all that it reads. */
  readonly tellsRowCount: boolean;
  /** The tables and views of the session that it reads. */
  readonly read: readonly SessionRelation[];
}

export interface PrepareOptions {
  /** Types from the beginning of each file: a preview. */
  readonly sample: boolean;
  readonly shape?: Shape;
  /** What the query may read besides. */
  readonly rows?: NamedRows;
}

export class Session {
  readonly sessionId: string;
  readonly catalog = new SessionCatalog();
  readonly caches = new Map<SessionRelation, CacheEntry>();
  /** Caches that a query has read. */
  readonly readCaches = new WeakSet<SessionRelation>();
  readonly functions = new Map<string, SessionFunction>();
  readonly variables = new Map<string, SessionVariable>();
  readonly sources: SourceCache;
  /** As the owner gave them, for RESET. */
  private given: Readonly<Record<string, string>> = {};
  private values: Readonly<Record<string, string>> = {};
  private read: { readonly settings: Settings; readonly explainOptions: ExplainOptions };

  constructor(sessionId: string, settings: Readonly<Record<string, string>>, sources: SourceCache) {
    this.sessionId = sessionId;
    this.sources = sources;
    this.read = this.configure(settings);
  }

  /** Opened again with other settings: its tables and views stay. */
  configure(settings: Readonly<Record<string, string>>) {
    this.given = settings;
    return this.changeValues(settings);
  }

  get configuration(): Readonly<Record<string, string>> {
    return this.values;
  }

  /** What the owner gave, which RESET goes back to. */
  get initialConfiguration(): Readonly<Record<string, string>> {
    return this.given;
  }

  changeValues(values: Readonly<Record<string, string>>) {
    this.values = values;
    this.read = {
      settings: settingsFrom(values),
      explainOptions: explainOptionsFrom(values),
    };
    return this.read;
  }

  get settings(): Settings {
    return this.read.settings;
  }

  /** False where the owner has said that no query may write. */
  get mayWrite(): boolean {
    return this.given['strata.allowWrites'] !== 'false';
  }

  get timeZone(): string {
    return this.settings.timeZone;
  }

  /**
   * Of a text, or of a statement that came over the wire as it is. Of both: the text is a query over the rows of the
   * statement, by the name `strata_result`.
   */
  parse(text: string, encoded?: string): Parsed {
    const given = encoded === undefined ? undefined : statementFromJson(encoded);
    if (given && text === '') return { statement: given, problems: [] };
    const parsed = parse(substituted(text, this.values), this.settings);
    const { statement } = parsed;
    if (given?.kind !== 'query' || statement?.kind !== 'query') return parsed;
    return {
      ...parsed,
      statement: { ...statement, relation: over(statement.relation, given.relation) },
    };
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
    this.ownView(view, request.value);
    return ok({ fields: fieldsOf(source.value), isSampled: source.value.isSampled });
  }

  /** A view whose file is read when a query reads it. */
  nameView(view: ViewDefinition): void {
    const request = requestOf(view, false);
    if (request.ok) this.ownView(view, request.value);
  }

  /** What a view reads, without making it one of the session; with `rowsOnly`, not to be queried. */
  async sourceOf(
    view: ViewDefinition,
    reader: SourceReader,
    read: { readonly sample: boolean; readonly rowsOnly?: boolean },
  ): Promise<Result<Source, EngineFailure>> {
    const request = requestOf(view, read.sample);
    if (!request.ok) return request;
    return this.sources.open({ ...request.value, ...read }, reader);
  }

  private ownView(view: ViewDefinition, request: SourceRequest): void {
    this.catalog.own({
      kind: 'files',
      scope: 'temporary',
      nameParts: [view.name],
      request,
      columns: [],
      definition: view,
      properties: {},
    });
  }

  /** A text that has to be a query. */
  async prepare(
    text: string,
    options: PrepareOptions,
    reader: SourceReader,
    encoded?: string,
  ): Promise<Result<PreparedQuery, EngineFailure>> {
    const { statement, problems } = this.parse(text, encoded);
    const [first] = problems;
    if (first) return fail(first);
    if (statement?.kind !== 'query') {
      const feature = 'A statement that is no query, here,';
      return fail(problem('UNSUPPORTED_SYNTAX', { feature }, statement?.range));
    }
    return this.prepareQuery(statement, options, reader);
  }

  /** The columns that a query yields and what it reads, whether or not it can be run here. */
  async describeQuery(
    statement: QueryStatement,
    reader: SourceReader,
    settings: Settings = this.settings,
  ): Promise<
    Result<
      {
        readonly schema: readonly Field[];
        /** Of each column, where it is one of a table's. */
        readonly metadata: readonly (ColumnMetadata | undefined)[];
        readonly read: readonly SessionRelation[];
        /** Names of the session's variables that the query itself reads. */
        readonly variables: readonly string[];
      },
      EngineFailure
    >
  > {
    const { relation } = statement;
    const opened = await this.open(relation, reader, false);
    if (!opened.ok) return opened;
    const { catalog, read } = opened.value;
    const variables: string[] = [];
    const noting: Catalog = {
      ...catalog,
      variable(nameParts) {
        const variable = catalog.variable?.(nameParts);
        if (variable) variables.push(variable.name);
        return variable;
      },
    };
    const analyzed = analyze(statement, noting, settings);
    if (!analyzed.ok) return analyzed;
    const metadata = outputOf(analyzed.value).map((column) => column.metadata);
    return ok({ schema: schemaOf(analyzed.value), metadata, read, variables });
  }

  /** Reads the schemas that the query needs, and takes it to DuckDB's SQL. */
  async prepareQuery(
    statement: QueryStatement,
    { sample, shape, rows }: PrepareOptions,
    reader: SourceReader,
  ): Promise<Result<PreparedQuery, EngineFailure>> {
    const opened = await this.open(statement.relation, reader, sample, rows);
    if (!opened.ok) return opened;
    const compiled = compileQuery(statement, opened.value.catalog, this.settings, shape);
    if (!compiled.ok) return compiled;
    const { timeZone } = this.settings;
    const byId = opened.value.sources;
    const lower: PreparedQuery['lower'] = (plan, order = 'free') => {
      const functions: Signature[] = [];
      const lowered = lowerPlan(plan, {
        timeZone,
        isAsPlanned: order === 'asPlanned',
        boundsOf: ({ id }) => byId.get(id)?.bounds,
        nonNullIn: ({ id }) => byId.get(id)?.nonNull,
        scanSql(table, names) {
          const source = byId.get(table.id);
          if (!source) throw new Error('the plan scans a table that was not opened');
          functions.push(...(source.functions?.(names, timeZone) ?? []));
          return source.scanSql(names, timeZone);
        },
      });
      if (!lowered.ok) return lowered;
      return ok({ ...lowered.value, functions: [...lowered.value.functions, ...functions] });
    };
    const lowered = lower(compiled.value.optimized);
    if (!lowered.ok) return lowered;
    return ok({
      compiled: compiled.value,
      lowered: lowered.value,
      lower,
      filesOf: ({ id }) => byId.get(id)?.files ?? [],
      timeZone,
      explainOptions: this.read.explainOptions,
      isSampled: [...byId.values()].some((source) => source.isSampled),
      readByteLength: [...byId.values()].reduce((sum, { byteLength }) => sum + byteLength, 0),
      tellsRowCount: [...byId.values()].every((source) => source.tellsRowCount === true),
      read: opened.value.read,
    });
  }

  private open(
    relation: QueryStatement['relation'],
    reader: SourceReader,
    sample: boolean,
    rows?: NamedRows,
  ) {
    const { catalog, sources, variables } = this;
    const variable = (nameParts: readonly string[]) => variables.get(variableName(nameParts) ?? '');
    const sqlFunction = (name: string) =>
      findFunctionOf(this.functions, catalog.currentNamespace, name);
    const cached = (of: SessionRelation) => this.caches.get(of);
    const names = { variable, sqlFunction, cached, rows };
    return openRelations(relation, { catalog, sources, reader, sample, ...names });
  }
}

/** A query that may read `rows` by the name of {@link Session.parse}. */
function over(query: Relation, rows: Relation): Relation {
  const { range } = query;
  const alias = 'strata_result';
  const named = { kind: 'subqueryAlias', input: rows, alias, columnNames: [], range } as const;
  return { kind: 'withRelations', root: query, references: [named], range };
}

/** `${name}` is the value of a setting, under whichever of Hive's prefixes, and nothing where it has none. */
function substituted(text: string, values: Readonly<Record<string, string>>): string {
  if (!text.includes('${') || values['spark.sql.variable.substitute'] === 'false') return text;
  return text.replace(
    /\$\{(?:(?:hivevar|hiveconf|sparkconf|spark):)?([^{}\s:]+)\}/g,
    (_, name: string) => values[name] ?? '',
  );
}

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
  const columns = view.schema?.map(({ name, type }) => ({
    name,
    type: parseSimpleString(type) ?? stringType,
  }));
  return ok({
    path: view.path,
    format,
    options: { ...byFormat, ...byName, ...given },
    sample,
    ...(columns ? { columns } : {}),
  });
}
