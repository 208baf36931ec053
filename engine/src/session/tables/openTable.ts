/**
 * A file that is looked at: rows of the file itself, by row groups or by an index of its records, and of the copies
 * that sorting and filtering make. What changed on disk is not read any more.
 */
import { randomUUID } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Arrangement } from '#shared/protocol/arrangement.ts';
import { arrangedQuery, backquoted } from '#shared/protocol/arrangement.ts';
import type { EngineFailure, ResultPage, ViewDefinition } from '#shared/protocol/engine.ts';
import type {
  Arranged,
  ColumnProfile,
  RowAccess,
  TableFailure,
  TableProgress,
  TableState,
} from '#shared/protocol/tables.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { CopyTooLarge, copyRows } from '../../duckdb/copyRows.ts';
import { columnName } from '../../duckdb/lowerExpression.ts';
import type { Database } from '../../duckdb/native.ts';
import { failureOf } from '../../duckdb/outcome.ts';
import { quotePath } from '../../duckdb/quote.ts';
import { ownQueries } from '../../duckdb/sourceReader.ts';
import type { ArrowIndex } from '../../sources/arrowIndex.ts';
import { CsvIndex } from '../../sources/csvIndex.ts';
import type { SourceCache } from '../../sources/openSource.ts';
import type { Source, SourceReader } from '../../sources/source.ts';
import { fieldsOf } from '../../sources/source.ts';
import { inCondition } from '../arrangedPlace.ts';
import { exportTo } from '../exportQuery.ts';
import { ipcStream } from '../ipcStream.ts';
import type { PreparedQuery } from '../session.ts';
import { Session } from '../session.ts';
import { profileOf } from './profile.ts';
import { rowsOf } from './profileView.ts';
import type { RowBlock, Span, TableRows } from './tableRows.ts';
import {
  arrowBatchRows,
  firstRowCount,
  firstRows,
  numberedRows,
  recordRows,
  RecordsDisagree,
  schemaOf as arrowSchemaOf,
  scratchRows,
} from './tableRows.ts';

interface Cancelled {
  readonly kind: 'cancelled';
}
type Outcome<T> = Result<T, TableFailure | Cancelled>;

export interface TableOptions {
  readonly tableId: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly view: ViewDefinition;
  readonly database: Database;
  readonly sources: SourceCache;
  /** What a sorted or filtered copy may take on disk. */
  readonly limitByteLength: number;
  onState(state: TableState): void;
  onProgress(progress: TableProgress): void;
}

interface Copy {
  readonly arrangementId: number;
  readonly path: string;
  readonly rows: TableRows;
}

type Converted = Parameters<NonNullable<SourceReader['onConverted']>>[0];

interface FileStamp {
  readonly byteLength: number;
  readonly modifiedMs: number;
}

const keptBlockCount = 24;
const stateIntervalMs = 100;

export class OpenTable {
  readonly #options: TableOptions;
  readonly #session: Session;
  readonly #stamp: FileStamp;
  readonly #life = new AbortController();
  #source: Source;
  #rows: TableRows | undefined;
  #index: CsvIndex | ArrowIndex | undefined;
  #first: TableRows | undefined;
  /** Settled once the index has found all that it will find, and a copy stands in where it could not. */
  #indexed: Promise<void> = Promise.resolve();
  #access: RowAccess = 'copy';
  #rowGroupCount: number | undefined;
  /** Settled once the file's own rows can be read, with what went wrong where they can't. */
  #prepared: Promise<EngineFailure | undefined>;
  /** Settled once the types are those of all rows. */
  #settled: Promise<void> = Promise.resolve();
  #failure: EngineFailure | undefined;
  #copy: Copy | undefined;
  #wholePath: string | undefined;
  #nextArrangement = 1;
  readonly #blocks = new Map<string, RowBlock>();
  #stateTimer: NodeJS.Timeout | undefined;

  private constructor(options: TableOptions, session: Session, source: Source, stamp: FileStamp) {
    this.#options = options;
    this.#session = session;
    this.#source = source;
    this.#stamp = stamp;
    this.#prepared = Promise.resolve(undefined);
  }

  static async open(options: TableOptions, signal: AbortSignal): Promise<Outcome<OpenTable>> {
    const { view, database, sources } = options;
    const stamp = await stampOf(view.path);
    const session = new Session(options.tableId, options.settings, sources);
    const reader = ownQueries(database, signal);
    const source = await session.sourceOf(view, reader, { sample: true, rowsOnly: true });
    if (source.ok && source.value.arrowRows) session.nameView(view);
    else {
      const defined = await session.defineView(view, reader, true);
      if (!defined.ok) return signal.aborted ? fail({ kind: 'cancelled' }) : defined;
    }
    if (!source.ok) return signal.aborted ? fail({ kind: 'cancelled' }) : source;
    if (!stamp) return fail({ kind: 'changed' });
    const table = new OpenTable(options, session, source.value, stamp);
    await table.#begin(reader);
    return ok(table);
  }

  get state(): TableState {
    const rows = this.#rows;
    const index = this.#index;
    const { byteLength } = this.#stamp;
    const share = index && byteLength > 0 ? (100 * index.scannedByteLength) / byteLength : 0;
    return {
      schema: fieldsOf(this.#source),
      isSampled: this.#source.isSampled,
      rowCount: rows?.rowCount ?? 0,
      complete: rows?.complete ?? false,
      percent: rows?.complete ? 100 : Math.floor(share),
      byteLength,
      access: this.#access,
      ...(this.#failure === undefined ? {} : { failure: this.#failure }),
      ...(this.#rowGroupCount === undefined ? {} : { rowGroupCount: this.#rowGroupCount }),
    };
  }

  async read(
    rows: Span,
    columns: Span,
    arrangementId: number | undefined,
    signal: AbortSignal,
  ): Promise<Outcome<ResultPage>> {
    if (await this.#hasChanged()) return fail({ kind: 'changed' });
    const page = await this.#page(rows, columns, arrangementId, signal);
    if (page.ok || page.error.kind !== 'spark') return page;
    // A row that the first ones did not foretell: its types are known as soon as all rows were looked at.
    const before = this.#source;
    if (page.error.class !== 'SAMPLE_SCHEMA_DISAGREES' && !before.isSampled) return page;
    await this.#settled;
    if (this.#source === before) return page;
    return this.#page(rows, columns, arrangementId, signal);
  }

  /** Sorts and filters into a copy. The one before goes once this one is there. */
  async arrange(arrangement: Arrangement, signal: AbortSignal): Promise<Outcome<Arranged>> {
    if (await this.#hasChanged()) return fail({ kind: 'changed' });
    const prepared = await this.#arranged(arrangement, signal);
    if (!prepared.ok) return prepared;
    const arrangementId = this.#nextArrangement++;
    const copied = await this.#copyOut(prepared.value, `arranged-${arrangementId}`, signal);
    if (!copied.ok) return copied;
    const { path, rowCount, byteLength } = copied.value;
    const before = this.#copy;
    this.#copy = { arrangementId, path, rows: scratchRows(this.#context, path, rowCount) };
    if (before) await rm(before.path, { force: true });
    return ok({ arrangementId, rowCount, byteLength });
  }

  async profile(
    arrangement: Arrangement,
    column: number,
    signal: AbortSignal,
  ): Promise<Outcome<ColumnProfile>> {
    if (await this.#hasChanged()) return fail({ kind: 'changed' });
    await this.#settled;
    const field = this.state.schema[column];
    if (!field) throw new Error('a column that the table does not have');
    const { text } = arrangedQuery(this.#name, this.state.schema, { ...arrangement, orderBy: [] });
    return profileOf(text, field, async (query) => {
      const prepared = await this.#prepare(query, signal);
      return prepared.ok ? rowsOf(prepared.value, this.#options.database, signal) : prepared;
    });
  }

  async exportRows(
    arrangement: Arrangement,
    target: { readonly path: string; readonly format: 'csv' | 'json' | 'parquet' },
    signal: AbortSignal,
  ): Promise<Outcome<{ rowCount: number }>> {
    if (await this.#hasChanged()) return fail({ kind: 'changed' });
    const prepared = await this.#arranged(arrangement, signal);
    if (!prepared.ok) return prepared;
    return exportTo(prepared.value, target, this.#options.database, signal);
  }

  dispose(): void {
    this.#life.abort();
    clearTimeout(this.#stateTimer);
    this.#blocks.clear();
    if (this.#copy) void rm(this.#copy.path, { force: true });
    if (this.#wholePath !== undefined) void rm(this.#wholePath, { force: true });
  }

  get #name(): string {
    return backquoted(this.#options.view.name);
  }

  get #context() {
    const { database } = this.#options;
    const { timeZone } = this.#session;
    return { database, timeZone, columns: this.#source.columns };
  }

  #scratchPath(name: string): string {
    const { database, tableId } = this.#options;
    const safe = tableId.replace(/\W/g, '_');
    return join(database.scratchFolder, `table-${safe}-${name}.parquet`);
  }

  async #begin(reader: ReturnType<typeof ownQueries>): Promise<void> {
    const { path } = this.#options.view;
    const source = this.#source;
    const { records, arrowRows } = source;
    if (source.rangeSql) {
      const [row = []] = await reader.rows(
        `SELECT num_rows, num_row_groups FROM parquet_file_metadata(${quotePath(path)})`,
      );
      this.#access = 'rowGroups';
      this.#rowGroupCount = Number(row[1]);
      this.#rows = numberedRows(this.#context, Number(row[0]), (columns, start, end) => {
        const names = columns.map(({ name }) => name);
        return (
          source.rangeSql?.(names, start, end) ?? source.scanSql(names, this.#session.timeZone)
        );
      });
      return;
    }
    const { byteLength } = this.#stamp;
    if (source.columns.length === 0) {
      // What holds no cell holds no row.
      this.#rows = numberedRows(this.#context, 0, () => '');
      return;
    }
    if (arrowRows) {
      const index = arrowRows.index(byteLength, () => this.#tellSoon());
      this.#index = index;
      this.#access = 'records';
      this.#rows = arrowBatchRows(this.#context, source, arrowRows, index);
      this.#indexed = index.build(this.#life.signal).catch(() => this.#copyWhole());
      return;
    }
    if (records) {
      const index = new CsvIndex(path, byteLength, records, records.hasHeader, () =>
        this.#tellSoon(),
      );
      this.#index = index;
      this.#access = 'records';
      this.#rows = recordRows(this.#context, this.#source, index);
      this.#indexed = index.build(this.#life.signal).catch(() => this.#copyWhole());
    } else this.#copyWhole();
    if (this.#source.isSampled) this.#settled = this.#settleTypes();
  }

  /** Where rows can't be found in the file: all of them are copied once, and then read by their numbers. */
  #copyWhole(): void {
    if (this.#access === 'copy' && this.#rows) return;
    this.#access = 'copy';
    this.#index = undefined;
    this.#rows = undefined;
    this.#blocks.clear();
    // Where the file itself can't be read, its copying says why.
    this.#first = this.#source.arrowRows ? undefined : firstRows(this.#context, this.#source);
    this.#prepared = this.#settled.then(async () => {
      const { signal } = this.#life;
      const prepared = await this.#prepare(`SELECT * FROM ${this.#name}`, signal);
      const copied = prepared.ok ? await this.#copyOut(prepared.value, 'whole', signal) : prepared;
      if (!copied.ok) {
        this.#failure = failed(copied.error);
        this.#tell();
        return this.#failure;
      }
      this.#wholePath = copied.value.path;
      this.#rows = scratchRows(this.#context, copied.value.path, copied.value.rowCount);
      this.#first = undefined;
      this.#blocks.clear();
      this.#tell();
      return undefined;
    });
  }

  async #settleTypes(): Promise<void> {
    const { signal } = this.#life;
    const { view, database } = this.#options;
    const reader = ownQueries(database, signal);
    const source = await this.#session
      .sourceOf(view, reader, { sample: false })
      .catch(() => undefined);
    if (!source?.ok || signal.aborted) return;
    this.#source = source.value;
    this.#blocks.clear();
    if (this.#index instanceof CsvIndex)
      this.#rows = recordRows(this.#context, this.#source, this.#index);
    if (this.#index && !this.#source.records) this.#copyWhole();
    await this.#session.defineView(view, reader, false);
    this.#tell();
  }

  async #page(
    rows: Span,
    columns: Span,
    arrangementId: number | undefined,
    signal: AbortSignal,
  ): Promise<Outcome<ResultPage>> {
    const place = await this.#placeOf(rows.start, arrangementId, signal);
    if (!place.ok) return place;
    const from = place.value;
    const { columns: all, timeZone } = this.#context;
    const wanted = { start: columns.start, end: Math.min(columns.end, all.length) };
    const schema = arrowSchemaOf(all.slice(wanted.start, wanted.end), timeZone);
    const batches = [];
    let at = rows.start;
    try {
      while (at < rows.end) {
        await from.untilRow(at, signal);
        if (signal.aborted) return fail({ kind: 'cancelled' });
        const block = await this.#block(from, at, wanted, arrangementId, signal);
        if (!block || block.rowCount === 0) break;
        let start = block.start;
        for (const batch of block.batches) {
          const first = Math.max(at - start, 0);
          const last = Math.min(rows.end - start, batch.numRows);
          if (first < last) batches.push(batch.slice(first, last));
          start += batch.numRows;
        }
        at = Math.min(rows.end, start);
      }
    } catch (error) {
      if (signal.aborted) return fail({ kind: 'cancelled' });
      if (error instanceof RecordsDisagree) {
        this.#copyWhole();
        this.#tell();
        return this.#page(rows, columns, arrangementId, signal);
      }
      return fail(failureOf(error, new Map()));
    }
    if (at < rows.end && !from.complete && from === this.#rows) {
      await this.#indexed;
      if (from !== this.#rows) return this.#page(rows, columns, arrangementId, signal);
    }
    const bytes = ipcStream(schema, batches);
    return ok({
      start: rows.start,
      rowCount: at - rows.start,
      arrow: bytes.buffer.slice(
        bytes.byteOffset,
        bytes.byteOffset + bytes.byteLength,
      ) as ArrayBuffer,
      knownRowCount: from.rowCount,
      complete: from.complete,
    });
  }

  async #placeOf(
    row: number,
    arrangementId: number | undefined,
    signal: AbortSignal,
  ): Promise<Outcome<TableRows>> {
    if (arrangementId !== undefined) {
      const copy = this.#copy;
      return copy?.arrangementId === arrangementId ? ok(copy.rows) : fail({ kind: 'gone' });
    }
    if (!this.#rows && this.#first && row < firstRowCount) return ok(this.#first);
    if (!this.#rows) {
      const failure = await unlessAborted(this.#prepared, signal);
      if (signal.aborted) return fail({ kind: 'cancelled' });
      if (failure) return fail(failure);
    }
    return this.#rows ? ok(this.#rows) : fail({ kind: 'gone' });
  }

  async #block(
    from: TableRows,
    row: number,
    columns: Span,
    arrangementId: number | undefined,
    signal: AbortSignal,
  ): Promise<RowBlock | undefined> {
    const prefix = `${arrangementId ?? ''} ${columns.start} ${columns.end} `;
    for (const [key, block] of this.#blocks) {
      const isHere = block.start <= row && row < block.start + block.rowCount;
      if (!isHere || !key.startsWith(prefix)) continue;
      this.#blocks.delete(key);
      this.#blocks.set(key, block);
      return block;
    }
    const block = await from.block(row, columns, signal);
    if (!block) return undefined;
    this.#blocks.set(`${prefix}${block.start}`, block);
    const oldest = this.#blocks.keys().next();
    if (this.#blocks.size > keptBlockCount && !oldest.done) this.#blocks.delete(oldest.value);
    return block;
  }

  /** What the arrangement runs. A place in its condition is told as one of the condition. */
  async #arranged(arrangement: Arrangement, signal: AbortSignal): Promise<Outcome<PreparedQuery>> {
    await this.#settled;
    const { text, whereStart } = arrangedQuery(this.#name, this.state.schema, arrangement);
    const prepared = await this.#prepare(text, signal);
    if (prepared.ok) return prepared;
    return fail(inCondition(prepared.error, whereStart, arrangement.where));
  }

  async #prepare(text: string, signal: AbortSignal): Promise<Outcome<PreparedQuery>> {
    const reader = {
      ...ownQueries(this.#options.database, signal),
      onConverted: ({ rowCount, totalRowCount, byteLength }: Converted) => {
        const percent = Math.floor((100 * rowCount) / Math.max(1, totalRowCount));
        const progress = { percent, rowCount, totalRowCount, diskByteLength: byteLength };
        this.#options.onProgress({ ...progress, isReading: true });
      },
    };
    const prepared = await this.#session.prepare(text, { sample: false }, reader);
    return !prepared.ok && signal.aborted ? fail({ kind: 'cancelled' }) : prepared;
  }

  async #copyOut(
    { lowered }: PreparedQuery,
    name: string,
    signal: AbortSignal,
  ): Promise<Outcome<{ path: string; rowCount: number; byteLength: number }>> {
    const { database, limitByteLength } = this.#options;
    const path = this.#scratchPath(`${name}-${randomUUID()}`);
    const list = lowered.output.map(({ exprId }, index) => `${columnName(exprId)} AS c${index}`);
    const sql = `SELECT ${list.join(', ')} FROM (${lowered.sql}) AS arranged`;
    const { functions, overflowSites } = lowered;
    try {
      const copied = await copyRows(
        database,
        {
          sql,
          functions,
          path,
          limitByteLength,
          onProgress: (progress) => this.#options.onProgress(progress),
        },
        signal,
      );
      return ok({ path, ...copied });
    } catch (error) {
      if (signal.aborted) return fail({ kind: 'cancelled' });
      if (error instanceof CopyTooLarge) return fail(tooLarge(limitByteLength));
      return fail(failureOf(error, overflowSites));
    }
  }

  async #hasChanged(): Promise<boolean> {
    const now = await stampOf(this.#options.view.path);
    const { byteLength, modifiedMs } = this.#stamp;
    return now?.byteLength !== byteLength || now.modifiedMs !== modifiedMs;
  }

  /** At most ten times a second, and once at the end. */
  #tellSoon(): void {
    if (this.#index?.ended) this.#tell();
    else this.#stateTimer ??= setTimeout(() => this.#tell(), stateIntervalMs);
  }

  #tell(): void {
    clearTimeout(this.#stateTimer);
    this.#stateTimer = undefined;
    if (!this.#life.signal.aborted) this.#options.onState(this.state);
  }
}

async function stampOf(path: string): Promise<FileStamp | undefined> {
  try {
    const { size, mtimeMs } = await stat(path);
    return { byteLength: size, modifiedMs: mtimeMs };
  } catch {
    return undefined;
  }
}

function failed(error: TableFailure | Cancelled): EngineFailure {
  return error.kind === 'cancelled' || error.kind === 'changed' ? { kind: 'gone' } : error;
}

function tooLarge(limitByteLength: number): EngineFailure {
  const limit = `${Math.round(limitByteLength / 2 ** 20).toLocaleString('en-US')} MiB`;
  return {
    kind: 'unavailable',
    scope: 'query',
    message: `The copy that is sorted and filtered would take more than the ${limit} on disk that it may. Filter to fewer rows, or query the columns you need; the file in its own order still scrolls.`,
  };
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  if (signal.aborted) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const stop = () => resolve(undefined);
    signal.addEventListener('abort', stop, { once: true });
    void work.then((value) => {
      signal.removeEventListener('abort', stop);
      resolve(value);
    });
  });
}
