/** The answers about results: which are open, where their rows are, and who is to hear of them. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type {
  EngineEvents,
  EngineFailure,
  EngineRequests,
  Field,
} from '#shared/protocol/engine.ts';
import type { Answers } from '#shared/protocol/wire.ts';
import type { Disposable, Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { simpleString } from '#sql/plan/types.ts';
import type { OutputField } from '../../duckdb/arrowPage.ts';
import type { Database, Unavailable } from '../../duckdb/native.ts';
import { failureOf } from '../../duckdb/outcome.ts';
import type { RunningQuery } from '../../duckdb/query.ts';
import type { Session } from '../session.ts';
import type { KeptRowsOf } from './arrangeResult.ts';
import { arrangeRows, exportRows } from './arrangeResult.ts';
import type { QueryResultOptions } from './queryResult.ts';
import { QueryResult } from './queryResult.ts';
import type { StoreBudget } from './resultStore.ts';
import { isStored, ResultStore, StoreFull } from './resultStore.ts';

type ResultRequests = Pick<
  EngineRequests,
  'readRows' | 'closeResult' | 'keepResult' | 'openResult' | 'arrangeResult' | 'exportResult'
>;

export interface ResultsOptions {
  database(): Promise<Result<Database, Unavailable>>;
  sessionOf(sessionId: string): Session | undefined;
  /** The bytes of results that may be on disk at a time. */
  readonly storeByteLength: number;
  /** Where results outlive the process; absent where they end with it. */
  readonly keptFolder?: string;
  onResultState?(state: EngineEvents['resultState']): void;
  onResultProgress?(progress: EngineEvents['resultProgress']): void;
}

export interface NewResult {
  readonly session: Session;
  readonly database: Database;
  readonly query: RunningQuery;
  readonly fields: readonly Field[];
  readonly outputFields: readonly OutputField[];
  readonly readOnce: boolean;
  failureOf(error: unknown): EngineFailure;
}

export interface Results extends Disposable {
  readonly answers: Answers<ResultRequests>;
  add(result: NewResult): { readonly resultId: number; readonly keptId?: string };
  closeSession(sessionId: string): void;
}

const gone = fail({ kind: 'gone' } as const);
/** What is kept ahead of being asked for leaves room: of all that may be kept, and for one result. */
const shareKeptAhead = 1 / 2;
const shareOfOne = 1 / 4;
const stateIntervalMs = 100;

export function createResults(options: ResultsOptions): Results {
  const results = new Map<number, QueryResult>();
  const budget: StoreBudget = { limitByteLength: options.storeByteLength, usedByteLength: 0 };
  const { keptFolder } = options;
  let nextResultId = 1;

  const open = (of: Omit<QueryResultOptions, 'resultId'>): QueryResult => {
    const result = new QueryResult({ ...of, resultId: nextResultId++ });
    results.set(result.resultId, result);
    return result;
  };

  /** All rows, in files. */
  const wholeOf = async (
    resultId: number,
    signal: AbortSignal,
  ): Promise<Result<KeptRowsOf & { readonly sessionId: string }, EngineFailure | Cancelled>> => {
    const result = results.get(resultId);
    const store = result?.store;
    const session = result && options.sessionOf(result.sessionId);
    if (!result || !store || !session) return gone;
    const kept = await result.keep(
      () => true,
      () => undefined,
      signal,
    );
    if (!kept.ok) return kept;
    const database = await options.database();
    if (!database.ok) return database;
    const { fields, sessionId } = result;
    return ok({ session, sessionId, database: database.value, store, fields });
  };

  const answers: Answers<ResultRequests> = {
    readRows({ resultId, start, count }, signal) {
      return results.get(resultId)?.readRows(start, count, signal) ?? gone;
    },
    async closeResult({ resultId }) {
      const result = results.get(resultId);
      result?.dispose();
      results.delete(resultId);
      await result?.removed();
      return ok({});
    },
    async keepResult({ resultId }, signal) {
      const result = results.get(resultId);
      if (!result) return gone;
      const { limitByteLength } = budget;
      let told = 0;
      return result.keep(
        () =>
          budget.usedByteLength < limitByteLength * shareKeptAhead &&
          result.state.byteLength < limitByteLength * shareOfOne,
        () => {
          const now = Date.now();
          if (!result.state.complete && now - told < stateIntervalMs) return;
          told = now;
          options.onResultState?.({ resultId, ...result.state });
        },
        signal,
      );
    },
    async openResult({ sessionId, keptId }) {
      if (keptFolder === undefined || !/^[\w-]+$/.test(keptId)) return gone;
      const database = await options.database();
      if (!database.ok) return database;
      const folder = join(keptFolder, keptId);
      const found = await ResultStore.reopen({ database: database.value, folder, budget });
      if (!found) return gone;
      const { store, complete } = found;
      const fields = store.fields.map(({ name, type, nullable }) => ({
        name,
        type: simpleString(type),
        nullable,
      }));
      const { schema, fields: outputFields } = store;
      const result = open({ sessionId, fields, outputFields, schema, store, failureOf: failed });
      const { resultId, state } = result;
      return ok({ resultId, keptId, schema: fields, state: { ...state, complete } });
    },
    async arrangeResult({ resultId, arrangement, mostRows }, signal) {
      const whole = await wholeOf(resultId, signal);
      if (!whole.ok) return whole;
      const { database, fields, store, sessionId } = whole.value;
      const target = {
        folder: join(database.scratchFolder, `arranged-${randomUUID()}`),
        budget,
        onProgress: (progress: Omit<EngineEvents['resultProgress'], 'resultId'>) =>
          options.onResultProgress?.({ resultId, ...progress }),
      };
      const arranged = await arrangeRows({ ...whole.value, mostRows }, arrangement, target, signal);
      if (!arranged.ok) return arranged;
      const result = open({
        sessionId,
        fields,
        outputFields: store.fields,
        schema: store.schema,
        store: arranged.value,
        failureOf: failed,
      });
      return ok({ resultId: result.resultId, state: result.state });
    },
    async exportResult({ resultId, path, format, mostRows }, signal) {
      const whole = await wholeOf(resultId, signal);
      if (!whole.ok) return whole;
      return exportRows({ ...whole.value, mostRows }, { path, format }, signal);
    },
  };

  return {
    answers,
    add({ session, database, query, fields, outputFields, readOnce, ...told }) {
      const keptId = `${Date.now().toString(36)}-${randomUUID()}`;
      const { timeZone, sessionId } = session;
      const folder = join(keptFolder ?? join(database.scratchFolder, 'results'), keptId);
      const store = new ResultStore({ database, folder, fields: outputFields, timeZone, budget });
      const { resultId } = open({
        sessionId,
        fields,
        outputFields,
        schema: store.schema,
        query,
        ...(readOnce ? {} : { store }),
        failureOf: (error) => (error instanceof StoreFull ? failed(error) : told.failureOf(error)),
      });
      return { resultId, ...(keptFolder === undefined || readOnce ? {} : { keptId }) };
    },
    closeSession(sessionId) {
      for (const result of results.values()) {
        if (result.sessionId !== sessionId) continue;
        results.delete(result.resultId);
        result.dispose();
      }
    },
    dispose() {
      for (const result of results.values()) {
        const { store } = result;
        const isKept = keptFolder !== undefined && store?.folder.startsWith(keptFolder) === true;
        result.dispose(isKept && isStored(store.folder) ? 'keep' : 'remove');
      }
      results.clear();
    },
  };
}

interface Cancelled {
  readonly kind: 'cancelled';
}

function failed(error: unknown): EngineFailure {
  if (error instanceof StoreFull)
    return { kind: 'unavailable', scope: 'query', message: error.message };
  const failure = failureOf(error, new Map());
  return failure.kind === 'cancelled' ? { kind: 'gone' } : failure;
}
