/** What the texts that were met tell of the grid: how wide columns are, how many digits a float has, how large values are. */
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { CellState } from './elementState.ts';

const MOST_MAGNITUDES = 20_000;
/** Rows of the first tile, and cells of each later one, that are measured. */
const MEASURED_ROWS = 64;
const MEASURED_CELLS = 1024;
const MEASURED_COLUMNS = 256;

export interface MeasuredTile {
  readonly key: string;
  readonly rows: { readonly start: number; readonly end: number };
  readonly columns: { readonly start: number; readonly end: number };
}

export interface Measuring {
  cell(row: number, column: number): CellState;
  /** Where the width of a column is kept. */
  slotOf(column: number): number;
  /** Digits behind the point of a text. */
  digitsOf(text: string, column: number): number;
}

export interface MeasuredTexts {
  readonly longest: ReadonlySignal<readonly number[]>;
  readonly fractionDigits: ReadonlySignal<number>;
  /** Of the magnitudes, past the few that would leave all others without colour. */
  readonly greatest: ReadonlySignal<number>;
  /** Widths follow the longest text met so far: they grow, and never jump back. */
  measure(tiles: readonly MeasuredTile[], measuring: Measuring): void;
  /** Tiles are to be measured again; widths stay. */
  forgetTiles(): void;
  /** Widths and points belong to texts that are gone. */
  forgetTexts(): void;
  forgetAll(): void;
}

export function createMeasuredTexts(): MeasuredTexts {
  const longest = signal<readonly number[]>([]);
  const fractionDigits = signal(0);
  let measured = new Set<string>();
  let magnitudes: number[] = [];
  /** They are sorted only where colour by value asks for the greatest. */
  const magnitudeCount = signal(0);
  const greatest = computed(() => {
    void magnitudeCount.value;
    const sorted = Float64Array.from(magnitudes).sort();
    return sorted[Math.floor(sorted.length * 0.98)] ?? 0;
  });
  const forgetTexts = () => {
    measured = new Set();
    longest.value = [];
    fractionDigits.value = 0;
  };
  return {
    longest,
    fractionDigits,
    greatest,
    measure(tiles, measuring) {
      const widths = [...longest.peek()];
      let fraction = fractionDigits.peek();
      const first = measured.size === 0;
      for (const { key, rows, columns } of tiles) {
        if (measured.has(key)) continue;
        measured.add(key);
        const columnEnd = Math.min(columns.end, columns.start + MEASURED_COLUMNS);
        const most = first
          ? MEASURED_ROWS
          : Math.ceil(MEASURED_CELLS / Math.max(1, columnEnd - columns.start));
        const rowEnd = Math.min(rows.end, rows.start + Math.min(MEASURED_ROWS, most));
        for (let row = rows.start; row < rowEnd; row++)
          for (let column = columns.start; column < columnEnd; column++) {
            const found = measuring.cell(row, column);
            if (found.kind !== 'value') continue;
            if (Number.isFinite(found.number) && magnitudes.length < MOST_MAGNITUDES)
              magnitudes.push(Math.abs(found.number));
            const slot = measuring.slotOf(column);
            widths[slot] = Math.max(widths[slot] ?? 0, found.text.length);
            if (first) fraction = Math.max(fraction, measuring.digitsOf(found.text, column));
          }
      }
      if (widths.some((length, slot) => length !== longest.peek()[slot])) longest.value = widths;
      fractionDigits.value = fraction;
      magnitudeCount.value = magnitudes.length;
    },
    forgetTiles: () => (measured = new Set()),
    forgetTexts,
    forgetAll() {
      forgetTexts();
      magnitudes = [];
      magnitudeCount.value = 0;
    },
  };
}
