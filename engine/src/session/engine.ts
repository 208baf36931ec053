/** The answers of the engine process: sessions, their queries, and the results that are open. */
import type {
  EngineEvents,
  EngineFailure,
  EngineRequests,
  Explanation,
  Field,
  ShellForm,
  QueryStarted,
} from '#shared/protocol/engine.ts';
import type { Answers } from '#shared/protocol/wire.ts';
import type { Disposable, Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { OutputField } from '../duckdb/arrowPage.ts';
import { arrowSchema } from '../duckdb/arrowPage.ts';
import type { Lowered } from '../duckdb/lowerRelation.ts';
import type { OverflowSites } from '../duckdb/runtimeError.ts';
import type { Database, Unavailable } from '../duckdb/native.ts';
import { failureOf } from '../duckdb/outcome.ts';
import { startQuery } from '../duckdb/query.ts';
import { ownQueries } from '../duckdb/sourceReader.ts';
import { createSourceCache } from '../sources/openSource.ts';
import { commandQuery } from './commandQuery.ts';
import type { CommandContext } from './commands/command.ts';
import { nothing } from './commands/command.ts';
import { writeFiles } from './commands/files.ts';
import { executeImmediate } from './commands/executeImmediate.ts';
import { holdCaches } from './commands/cache.ts';
import { runCommand } from './commands/run.ts';
import { evaluateIdentifiers } from './binding.ts';
import type { Statement } from '#sql/plan/statements.ts';
import { problem } from '#sql/problem.ts';
import { explainPlan } from './explain.ts';
import { exportTo } from './exportQuery.ts';
import type { SessionChange } from './restoring.ts';
import { sessionChange } from './restoring.ts';
import { withLegacyHint } from './legacyHint.ts';
import { withLikelyFunctions } from './likelyFunctionsHint.ts';
import { createResults } from './results/resultAnswers.ts';
import type { PreparedQuery } from './session.ts';
import { Session } from './session.ts';
import { unsupportedSetting } from './settings.ts';
import { tableAnswers } from './tables/tableAnswers.ts';

interface RunParameters {
  readonly text: string;
  readonly statement?: string;
  readonly sample: boolean;
  readonly tag?: string;
}

interface Cancelled {
  readonly kind: 'cancelled';
}
type Failed = EngineFailure | Cancelled;

export interface Engine extends Disposable {
  readonly answers: Answers<EngineRequests>;
}

export interface EngineOptions {
  database(): Promise<Result<Database, Unavailable>>;
  onProgress(progress: EngineEvents['progress']): void;
  onTableState?(state: EngineEvents['tableState']): void;
  onTableProgress?(progress: EngineEvents['tableProgress']): void;
  onResultState?(state: EngineEvents['resultState']): void;
  onResultProgress?(progress: EngineEvents['resultProgress']): void;
  /** The bytes of results that may be on disk at a time. */
  readonly storeByteLength: number;
  /** Where results outlive the process; absent where they end with it. */
  readonly keptFolder?: string;
}

/** Of the process: engines that share a database must not share a table. */
let nextStorage = 0;
const storageName = () => `strata_table_${(nextStorage += 1)}`;

const gone = fail({ kind: 'gone' } as const);

export function createEngine(options: EngineOptions): Engine {
  const sessions = new Map<string, Session>();
  const sources = createSourceCache();
  const results = createResults({ ...options, sessionOf: (sessionId) => sessions.get(sessionId) });

  /** Runs the work with session and database, and turns what DuckDB throws into a failure. */
  async function within<T>(
    sessionId: string,
    work: (session: Session, database: Database) => Promise<Result<T, Failed>>,
  ): Promise<Result<T, Failed>> {
    const database = await options.database();
    if (!database.ok) return database;
    const session = sessions.get(sessionId);
    if (!session) return gone;
    try {
      return await work(session, database.value);
    } catch (error) {
      // The parser bounds nesting, but a chain inside a chain can still be deeper than the stack; Spark says so too.
      const isTooDeep = error instanceof RangeError && error.message.includes('call stack');
      if (isTooDeep) return fail(problem('FAILED_TO_PARSE_TOO_COMPLEX', {}));
      throw error;
    }
  }

  const prepare = async (
    session: Session,
    database: Database,
    text: string,
    sample: boolean,
    signal: AbortSignal,
    encoded?: string,
  ): Promise<Result<PreparedQuery, Failed>> => {
    const reader = ownQueries(database, signal);
    const prepared = await session.prepare(text, { sample }, reader, encoded);
    if (!prepared.ok && signal.aborted) return fail({ kind: 'cancelled' });
    return prepared;
  };

  /** A query is prepared; any other statement is run, and is then a query of what it answered. */
  const interpret = async (
    session: Session,
    database: Database,
    { text, statement: encoded, sample }: RunParameters,
    signal: AbortSignal,
  ): Promise<Result<Runnable, Failed>> => {
    const { statement, problems } = session.parse(text, encoded);
    const [first] = problems;
    if (first) return fail(first);
    if (!statement) throw new Error('a text without problems is a statement');
    const reader = ownQueries(database, signal);
    const context = { session, database, reader, signal, storageName };
    const runnable = await runnableStatement(context, text, statement, sample);
    if (runnable.ok) return runnable;
    return fail(signal.aborted ? { kind: 'cancelled' } : withLikelyFunctions(runnable.error));
  };

  const runnableStatement = async (
    context: CommandContext,
    text: string,
    parsed: Statement,
    sample: boolean,
  ): Promise<Result<Runnable, Failed>> => {
    const named = await evaluateIdentifiers(context, text, parsed);
    if (!named.ok) return named;
    const statement = named.value;
    if (statement.kind === 'query') {
      const { session, reader } = context;
      const prepared = await session.prepareQuery(statement, { sample }, reader);
      if (!prepared.ok) return prepared;
      const held = await holdCaches(context, prepared.value.read);
      if (!held.ok) return held;
      for (const relation of prepared.value.read) session.readCaches.add(relation);
      if (!held.value) return ok(runnableOf(prepared.value));
      const again = await session.prepareQuery(statement, { sample }, reader);
      return again.ok ? ok(runnableOf(again.value)) : again;
    }
    if (statement.kind === 'executeImmediate') {
      const inner = await executeImmediate(context, statement);
      if (!inner.ok) return inner;
      if (inner.value) {
        return runnableStatement(context, inner.value.text, inner.value.statement, sample);
      }
    }
    const answer =
      statement.kind === 'executeImmediate' ? nothing : await runCommand(context, statement);
    if (!answer.ok) return answer;
    const query = commandQuery(answer.value);
    const change = sessionChange(context.session, statement);
    return ok({
      ...(change === undefined ? {} : { change }),
      ...query,
      isSampled: false,
      functions: [],
      overflowSites: new Map(),
      readByteLength: 0,
      tellsRowCount: true,
    });
  };

  async function run(
    session: Session,
    database: Database,
    params: RunParameters & { readonly readOnce: boolean },
    signal: AbortSignal,
  ): Promise<Result<QueryStarted, Failed>> {
    const runnable = await interpret(session, database, params, signal);
    if (!runnable.ok) return runnable;
    const { sql, functions, isSampled, fields, outputFields, overflowSites, shellForm } =
      runnable.value;
    const { readByteLength, tellsRowCount, change } = runnable.value;
    const schema = arrowSchema(outputFields, session.timeZone);
    const { ansi } = session.settings;
    const toFailure = (error: unknown) => {
      const failure = failureOf(error, overflowSites);
      return failure.kind === 'spark' ? withLegacyHint(failure, ansi) : failure;
    };
    try {
      const query = await startQuery(
        database,
        {
          sql,
          functions,
          fields: outputFields,
          schema,
          onProgress: (progress) => {
            const share = Math.max(progress.percent, 0) / 100;
            options.onProgress({
              ...progress,
              ...(tellsRowCount ? {} : { rowCount: 0, totalRowCount: 0 }),
              sessionId: session.sessionId,
              ...(params.tag === undefined ? {} : { tag: params.tag }),
              byteLength: Math.floor(readByteLength * share),
              totalByteLength: readByteLength,
            });
          },
        },
        signal,
      );
      const { resultId, keptId } = results.add({
        session,
        database,
        query,
        fields,
        outputFields,
        readOnce: params.readOnce,
        failureOf(error) {
          const failure = toFailure(error);
          return failure.kind === 'cancelled' ? { kind: 'gone' } : failure;
        },
      });
      return ok({
        resultId,
        ...(keptId === undefined ? {} : { keptId }),
        schema: fields,
        ...(isSampled ? { isSampled } : {}),
        ...(shellForm === undefined ? {} : { shellForm }),
        ...(change === undefined || params.statement !== undefined
          ? {}
          : { restoredBy: change.text ?? params.text }),
      });
    } catch (error) {
      if (signal.aborted) return fail({ kind: 'cancelled' });
      const failure = toFailure(error);
      if (failure.kind === 'spark' && failure.class === 'SAMPLE_SCHEMA_DISAGREES')
        return run(session, database, { ...params, sample: false }, signal);
      return fail(failure);
    }
  }

  const tables = tableAnswers({ ...options, sources });

  const answers: Answers<EngineRequests> = {
    ...tables.answers,
    ...results.answers,
    async hello() {
      const database = await options.database();
      if (!database.ok) return database;
      return ok({
        engine: `DuckDB ${database.value.version}`,
        platform: `${process.platform}-${process.arch}`,
        pid: process.pid,
      });
    },
    openSession({ sessionId, settings }) {
      const unsupported = unsupportedSetting(settings);
      if (unsupported) return fail(unsupported);
      // Loaded while the caller is on its way to the first query; a failure is told there.
      void options.database();
      const known = sessions.get(sessionId);
      if (known) known.configure(settings);
      else sessions.set(sessionId, new Session(sessionId, settings, sources));
      return ok({});
    },
    async closeSession({ sessionId }, signal) {
      const session = sessions.get(sessionId);
      sessions.delete(sessionId);
      results.closeSession(sessionId);
      const tables = [...(session?.catalog.persistent.values() ?? [])].flatMap((relation) =>
        relation.kind === 'table' ? [`DROP TABLE IF EXISTS ${relation.storage}`] : [],
      );
      for (const { held } of session?.caches.values() ?? []) {
        if (held) tables.push(`DROP TABLE IF EXISTS ${held.storage}`);
      }
      const database = tables.length > 0 ? await options.database() : undefined;
      if (database?.ok) await ownQueries(database.value, signal).rows(tables.join(';\n'));
      return ok({});
    },
    defineView: ({ sessionId, view, sample }, signal) =>
      within(sessionId, async (session, database) => {
        const defined = await session.defineView(
          view,
          ownQueries(database, signal),
          sample === true,
        );
        if (!defined.ok) return signal.aborted ? fail({ kind: 'cancelled' }) : defined;
        const { fields, isSampled } = defined.value;
        return ok({ schema: fields, ...(isSampled ? { isSampled } : {}) });
      }),
    explain: ({ sessionId, text, statement, mode }, signal) =>
      within<Explanation>(sessionId, async (session, database) => {
        const prepared = await prepare(session, database, text, false, signal, statement);
        if (!prepared.ok) return prepared;
        return explainPlan(session, prepared.value, mode, database, signal);
      }),
    runQuery: ({ sessionId, text, statement, sample, readOnce, tag }, signal) =>
      within(sessionId, (session, database) =>
        run(
          session,
          database,
          {
            text,
            ...(statement === undefined ? {} : { statement }),
            sample: sample === true,
            readOnce: readOnce === true,
            ...(tag === undefined ? {} : { tag }),
          },
          signal,
        ),
      ),
    exportQuery: ({ sessionId, text, statement, ...target }, signal) =>
      within(sessionId, async (session, database) => {
        const prepared = await prepare(session, database, text, false, signal, statement);
        if (!prepared.ok) return prepared;
        return exportTo(prepared.value, target, database, signal);
      }),
    writeFiles: ({ sessionId, statement, ...target }, signal) =>
      within(sessionId, async (session, database) => {
        const { statement: parsed } = session.parse('', statement);
        if (parsed?.kind !== 'query') throw new Error('only a query is written to files');
        const reader = ownQueries(database, signal);
        const context = { session, database, reader, signal, storageName };
        const written = await writeFiles(context, parsed.relation, target);
        return written.ok ? ok({}) : written;
      }),
    listCached({ sessionId }) {
      const session = sessions.get(sessionId);
      if (!session) return gone;
      return ok({
        caches: [...session.caches.values()].map(({ nameParts, storageLevel, held }) => ({
          name: nameParts.join('.'),
          storageLevel,
          ...(held ? { rowCount: held.rowCount, byteLength: held.byteLength } : {}),
        })),
      });
    },
  };

  return {
    answers,
    dispose() {
      results.dispose();
      sessions.clear();
      tables.dispose();
    },
  };
}

/** What is left of a statement for DuckDB to run. */
interface Runnable {
  readonly sql: string;
  readonly fields: readonly Field[];
  readonly outputFields: readonly OutputField[];
  readonly functions: Lowered['functions'];
  readonly overflowSites: OverflowSites;
  readonly isSampled: boolean;
  /** Of the files that it reads. */
  readonly readByteLength: number;
  readonly tellsRowCount: boolean;
  readonly change?: SessionChange;
  readonly shellForm?: ShellForm;
}

function runnableOf({ compiled, lowered, isSampled, ...about }: PreparedQuery): Runnable {
  const fields: readonly Field[] = compiled.schema;
  const outputFields = lowered.output.map((attribute, index) => ({
    name: fields[index]?.name ?? attribute.name,
    type: attribute.type,
    nullable: attribute.nullable,
  }));
  const { sql, functions, overflowSites } = lowered;
  const { readByteLength, tellsRowCount } = about;
  const read = { isSampled, readByteLength, tellsRowCount };
  return { sql, functions, fields, outputFields, overflowSites, ...read };
}
