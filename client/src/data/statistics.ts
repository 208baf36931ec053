/**
 * What columns hold, measured by the engine when it is asked for and kept as long as the data stays as it was, also for
 * the next window.
 */
import type { EngineFailure, Field, ViewDefinition } from '#shared/protocol/engine.ts';
import type { ColumnProfile } from '#shared/protocol/tables.ts';
import type { WireError } from '#shared/protocol/wire.ts';
import { ok, type Result } from '#shared/result.ts';
import type { EngineProcess } from '../engineProcess.ts';
import { EventSource } from '../event.ts';
import { dataStamp, type DataStamp } from './dataStamp.ts';
import { keyOf, type MeasuredColumn, type StatisticsStore } from './statisticsFile.ts';

type StatisticsFailure = EngineFailure | WireError;

const MOST_PROFILES = 5000;

export class Statistics {
  readonly #engine: () => Promise<EngineProcess>;
  readonly #settings: () => Readonly<Record<string, string>>;
  readonly #store: StatisticsStore;
  #reading: Promise<void> | undefined;
  readonly #changed = new EventSource<undefined>();
  /** One more column is known. */
  readonly onChanged = this.#changed.listen;
  /** By data, its stamp and column; the oldest first. */
  readonly #known = new Map<string, ColumnProfile>();
  /** By data and its stamp. */
  readonly #rowCounts = new Map<string, number>();

  constructor(
    engine: () => Promise<EngineProcess>,
    settings: () => Readonly<Record<string, string>>,
    store: StatisticsStore,
  ) {
    this.#engine = engine;
    this.#settings = settings;
    this.#store = store;
  }

  /** Resolves when what was measured in earlier windows is known. */
  ready(): Promise<void> {
    this.#reading ??= this.#store.read().then((columns) => {
      for (const measured of columns) this.#note(measured);
    });
    return this.#reading;
  }

  /** What was measured of the data as it is now. */
  known(
    view: ViewDefinition,
    stamp: DataStamp | undefined,
    column: string,
  ): ColumnProfile | undefined {
    return stamp && this.#known.get(keyOf({ view, stamp, column }));
  }

  rowCount(view: ViewDefinition, stamp: DataStamp | undefined): number | undefined {
    return stamp && this.#rowCounts.get(keyOf({ view, stamp }));
  }

  /** Measures the columns that are not known yet, one after another; those that are done stay, whatever comes after. */
  async measure(
    view: ViewDefinition,
    fields: readonly Field[],
    signal: AbortSignal,
    onColumn: (name: string, index: number) => void,
  ): Promise<Result<undefined, StatisticsFailure>> {
    const life = await (await this.#engine()).ready();
    if (!life.ok) return life;
    await this.ready();
    const stamp = await dataStamp(view.path);
    const measured: MeasuredColumn[] = [];
    try {
      for (const [index, { name }] of fields.entries()) {
        onColumn(name, index);
        if (this.known(view, stamp, name)) continue;
        const asked = { settings: this.#settings(), view, column: name };
        const profile = await life.value.call('profileView', asked, signal);
        if (!profile.ok) return profile;
        if (!stamp) continue;
        const column = { view, stamp, column: name, profile: profile.value };
        measured.push(column);
        this.#note(column);
        this.#changed.fire(undefined);
      }
    } finally {
      await this.#store.add(measured);
    }
    return ok(undefined);
  }

  #note({ view, stamp, column, profile }: MeasuredColumn): void {
    this.#rowCounts.set(keyOf({ view, stamp }), profile.rowCount);
    this.#known.set(keyOf({ view, stamp, column }), profile);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_PROFILES && oldest !== undefined) this.#known.delete(oldest);
  }
}
