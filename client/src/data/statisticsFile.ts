/**
 * What was measured of data, in one file that all windows of a workspace read and change: measuring a large file takes
 * long, and what came of it holds as long as the file stays as it is. Knows nothing of VS Code.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ViewDefinition } from '#shared/protocol/engine.ts';
import type { ColumnProfile } from '#shared/protocol/tables.ts';
import { withFileLock } from '../fileLock.ts';
import type { DataStamp } from './dataStamp.ts';

export interface MeasuredColumn {
  readonly view: ViewDefinition;
  /** Of the data that was measured. */
  readonly stamp: DataStamp;
  readonly column: string;
  readonly profile: ColumnProfile;
}

/** The same whatever the data is called. Without a column, of all of them. */
export function keyOf({
  view,
  stamp,
  column,
}: Pick<MeasuredColumn, 'view' | 'stamp'> & { readonly column?: string }): string {
  return JSON.stringify([{ ...view, name: '' }, stamp, column]);
}

export interface StatisticsStore {
  read(): Promise<readonly MeasuredColumn[]>;
  /** The last ones are the newest. */
  add(measured: readonly MeasuredColumn[]): Promise<void>;
}

/** Another one where profiles say something else than they did. */
const VERSION = 1;
const KEPT_COLUMNS = 2000;
/** Columns of long texts have long profiles. */
const MOST_CHARACTERS = 4_000_000;

export class StatisticsFile implements StatisticsStore {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async read(): Promise<readonly MeasuredColumn[]> {
    try {
      const read: unknown = JSON.parse(await readFile(this.#path, 'utf8'));
      const { version, columns } = read as { version?: unknown; columns?: unknown };
      return version === VERSION && Array.isArray(columns) ? columns.filter(isMeasured) : [];
    } catch {
      return [];
    }
  }

  async add(measured: readonly MeasuredColumn[]): Promise<void> {
    if (measured.length === 0) return;
    try {
      await mkdir(dirname(this.#path), { recursive: true });
      await withFileLock(this.#path, async () => {
        const before = await this.read();
        const columns = bounded([...stillTrue(before, measured), ...measured]);
        const fresh = `${this.#path}.new`;
        await writeFile(fresh, JSON.stringify({ version: VERSION, columns }), { mode: 0o600 });
        await rename(fresh, this.#path);
      });
    } catch {
      // A disk that is full keeps no statistics; this window has them.
    }
  }
}

/** Without what was measured anew, and what a file was before it changed. */
function stillTrue(
  earlier: readonly MeasuredColumn[],
  measured: readonly MeasuredColumn[],
): readonly MeasuredColumn[] {
  const anew = new Set(measured.map(keyOf));
  const stamps = new Map(measured.map(({ view, stamp }) => [view.path, JSON.stringify(stamp)]));
  return earlier.filter((each) => {
    const stamp = stamps.get(each.view.path);
    return (stamp === undefined || stamp === JSON.stringify(each.stamp)) && !anew.has(keyOf(each));
  });
}

/** The newest, as many as are kept. */
function bounded(columns: readonly MeasuredColumn[]): readonly MeasuredColumn[] {
  let characters = 0;
  const kept = columns
    .slice(-KEPT_COLUMNS)
    .toReversed()
    .filter((column) => (characters += JSON.stringify(column).length) <= MOST_CHARACTERS);
  return kept.toReversed();
}

function isMeasured(value: unknown): value is MeasuredColumn {
  if (typeof value !== 'object' || value === null) return false;
  const { view, stamp, column, profile } = value as Partial<Record<keyof MeasuredColumn, unknown>>;
  const has = (part: unknown, name: string, type: string) =>
    typeof part === 'object' && part !== null && typeof Reflect.get(part, name) === type;
  return (
    typeof column === 'string' &&
    has(view, 'path', 'string') &&
    has(stamp, 'modifiedMs', 'number') &&
    ['rowCount', 'nullCount', 'distinctCount'].every((name) => has(profile, name, 'number'))
  );
}
