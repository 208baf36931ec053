/** One file as one panel shows it: a table of the engine, opened anew in each life of its process. */
import { basename } from 'node:path';
import type { Arrangement } from '#shared/protocol/arrangement.ts';
import type { ViewDefinition } from '#shared/protocol/engine.ts';
import type { TableDescription } from '#shared/protocol/tableView.ts';
import type {
  TableFailure,
  TableProgress,
  TableRequests,
  TableState,
} from '#shared/protocol/tables.ts';
import type { Params, WireError } from '#shared/protocol/wire.ts';
import { fail, ok, type Disposable, type Result } from '#shared/result.ts';
import type { EngineLife, EngineProcess } from '../engineProcess.ts';
import type { ExportFormat } from '../runs.ts';

export type TableEngine = Pick<
  EngineProcess,
  'ready' | 'onLifeEnded' | 'onTableState' | 'onTableProgress'
>;

interface Cancelled {
  readonly kind: 'cancelled';
}
type Outcome<T> = Result<T, TableFailure | Cancelled>;

export interface TableListener {
  stateChanged(state: TableState): void;
  progress(progress: TableProgress): void;
  engineEnded(): void;
}

let nextTable = 1;

export class TablePanel implements Disposable {
  readonly #tableId = `table${nextTable++}`;
  readonly #engine: TableEngine;
  readonly #view: ViewDefinition;
  readonly #settings: () => Readonly<Record<string, string>>;
  readonly #subscriptions: readonly Disposable[];
  #life: EngineLife | undefined;

  constructor(
    engine: TableEngine,
    view: ViewDefinition,
    settings: () => Readonly<Record<string, string>>,
    listener: TableListener,
  ) {
    this.#engine = engine;
    this.#view = view;
    this.#settings = settings;
    this.#subscriptions = [
      engine.onTableState(({ tableId, state }) => {
        if (tableId === this.#tableId) listener.stateChanged(state);
      }),
      engine.onTableProgress(({ tableId, ...progress }) => {
        if (tableId === this.#tableId) listener.progress(progress);
      }),
      engine.onLifeEnded(({ life }) => {
        if (this.#life?.number !== life) return;
        this.#life = undefined;
        listener.engineEnded();
      }),
    ];
  }

  async open(signal: AbortSignal): Promise<Outcome<TableDescription>> {
    const life = await this.#engine.ready();
    if (!life.ok) return life;
    if (signal.aborted) return fail({ kind: 'cancelled' });
    this.#life = life.value;
    const settings = this.#settings();
    const opened = await this.#ask((call, tableId) =>
      call('openTable', { tableId, settings, view: this.#view }, signal),
    );
    if (!opened.ok) return opened;
    return ok({ fileName: basename(this.#view.path), state: opened.value });
  }

  readRows(params: Omit<Params<TableRequests['readTable']>, 'tableId'>, signal: AbortSignal) {
    return this.#ask((call, tableId) => call('readTable', { ...params, tableId }, signal));
  }

  arrange(arrangement: Arrangement, signal: AbortSignal) {
    return this.#ask((call, tableId) => call('arrangeTable', { tableId, arrangement }, signal));
  }

  profile(arrangement: Arrangement, column: number, signal: AbortSignal) {
    return this.#ask((call, tableId) =>
      call('profileColumn', { tableId, arrangement, column }, signal),
    );
  }

  exportRows(arrangement: Arrangement, path: string, format: ExportFormat, signal: AbortSignal) {
    return this.#ask((call, tableId) =>
      call('exportTable', { tableId, arrangement, path, format }, signal),
    );
  }

  /** Until the file is opened again. */
  stopReading(): void {
    void this.#life?.call('closeTable', { tableId: this.#tableId });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    void this.#life?.call('closeTable', { tableId: this.#tableId });
    this.#life = undefined;
  }

  async #ask<T>(
    ask: (
      call: EngineLife['call'],
      tableId: string,
    ) => Promise<Result<T, TableFailure | WireError>>,
  ): Promise<Outcome<T>> {
    if (!this.#life) return fail({ kind: 'gone' });
    const reply = await ask(this.#life.call, this.#tableId);
    if (reply.ok) return reply;
    const { error } = reply;
    if (error.kind === 'closed') return fail({ kind: 'gone' });
    if (error.kind !== 'crashed') return fail(error);
    return fail({
      kind: 'unavailable',
      message: `The engine made a mistake of its own (${error.message}). Other files and queries still work.`,
    });
  }
}
