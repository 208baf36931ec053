/** Every state of the table editor, as a host that shows it. Used by the tests and by the gallery. */
import type { SparkError } from '#shared/protocol/engine.ts';
import { fail } from '#shared/result.ts';
import { never } from '../fakeHost.ts';
import type { FakeResult } from '../fakeResults.ts';
import type { TableHost } from '../fakeTable.ts';
import { stateOf, tableHost } from '../fakeTable.ts';
import { customers } from './results.ts';

export const huge: FakeResult = {
  schema: [
    { name: 'id', type: 'bigint', nullable: false },
    { name: 'city', type: 'string', nullable: true },
    { name: 'amount', type: 'double', nullable: true },
  ],
  rowCount: 100_000_000,
  row: (index) => [
    BigInt(index),
    ['Berlin', 'Zürich', null, 'Köln'][index % 4],
    Math.round(Math.sin(index) * 1e6) / 100,
  ],
};

const wide: FakeResult = {
  schema: Array.from({ length: 10_000 }, (_, i) => ({
    name: `measurement_${i}`,
    type: i % 3 === 0 ? 'string' : i % 3 === 1 ? 'double' : 'int',
    nullable: true,
  })),
  rowCount: 1000,
  row: (index) =>
    Array.from({ length: 10_000 }, (_, i) =>
      i % 3 === 0 ? `row ${index}, column ${i}` : i % 3 === 1 ? index + i / 4 : index * i,
    ),
};

const misspelt: SparkError = {
  kind: 'spark',
  class: 'UNRESOLVED_COLUMN.WITH_SUGGESTION',
  sqlState: '42703',
  message:
    'A column, variable, or function parameter with name `totl_spent` cannot be resolved. Did you mean one of the following? [`total_spent`, `last_seen`].',
  parameters: {},
  start: 0,
  end: 10,
};

const profileOpen = { showsProfile: true, share: 0.7 };

/** Puts text into the line of filters, as its user does. */
function fill(label: string, text: string): void {
  const input = document.querySelector<HTMLInputElement>(`input[aria-label="${label}"]`);
  if (!input) return;
  input.value = text;
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  requestAnimationFrame(() => {
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  });
}

function click(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.click();
}

/** Arrows to a cell, as the keyboard's user goes. */
function press(...keys: readonly string[]): void {
  const [key, ...rest] = keys;
  if (key === undefined) return;
  document
    .querySelector('.grid-cell.active')
    ?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  requestAnimationFrame(() => {
    press(...rest);
  });
}

export const tableScenarios: Readonly<Record<string, () => TableHost>> = {
  content: () => tableHost(customers),
  huge: () => tableHost(huge, {}, stateOf(huge, { byteLength: 1_288_490_188, rowGroupCount: 814 })),
  'profile numbers': () => tableHost(customers, {}, stateOf(customers), profileOpen),
  'go to': () => tableHost(customers),
  'go to problem': () => tableHost(customers),
  sorting: () => tableHost(customers, { arrange: never }),
  'filter failed': () => tableHost(customers, { arrange: () => fail(misspelt) }),
  indexing: () =>
    tableHost(
      huge,
      {},
      {
        schema: huge.schema,
        access: 'records',
        rowCount: 43_120_512,
        complete: false,
        percent: 43,
        isSampled: true,
        byteLength: 4_288_490_188,
      },
    ),
  copying: () => {
    const host = tableHost(
      customers,
      { readRows: never },
      stateOf(customers, { access: 'copy', rowCount: 0, complete: false, percent: 0 }),
    );
    return host;
  },
  'no rows': () =>
    tableHost({ ...customers, rowCount: 0 }, {}, stateOf({ ...customers, rowCount: 0 })),
  'no columns': () => tableHost({ schema: [], rowCount: 0, row: () => [] }),
  wide: () => tableHost(wide),
  loading: () => tableHost(customers, { describe: never }),
  failed: () =>
    tableHost(customers, {
      describe: () =>
        fail({
          kind: 'spark',
          class: 'FAILED_READ_FILE.NO_HINT',
          sqlState: 'KD001',
          message:
            '[FAILED_READ_FILE.NO_HINT] Encountered error while reading file transactions.parquet. No magic bytes found at end of file. SQLSTATE: KD001',
          parameters: {},
        }),
    }),
  unavailable: () =>
    tableHost(customers, {
      describe: () =>
        fail({
          kind: 'unavailable',
          message:
            'Queries can’t run: DuckDB’s native library does not load on linux-x64 (libstdc++.so.6 is missing).',
        }),
    }),
};

/** What its user does after the panel is open. */
export const tableSteps: Readonly<Record<string, (host: TableHost) => void>> = {
  'profile texts'() {
    click('[aria-label="Column profile"]');
    press('ArrowRight');
  },
  sorted() {
    click('.grid-column-header:nth-child(4)');
  },
  value() {
    press('End', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter');
  },
  menu() {
    press('ArrowRight', 'ContextMenu');
  },
  changed: (host) => {
    host.end.emit('fileChanged', { isGone: false });
  },
};

/** The same after a state of another host. */
export const tableStepsOn: Readonly<Record<string, (host: TableHost) => void>> = {
  'go to'() {
    press('g');
    setTimeout(() => {
      fill('Row or column', 'to');
    }, 50);
  },
  'go to problem'() {
    press('g');
    setTimeout(() => {
      fill('Row or column', '1,000,000');
    }, 50);
  },
  sorting: (host) => {
    click('.grid-column-header');
    setTimeout(() => {
      host.end.emit('progress', {
        percent: 42,
        rowCount: 42_000_000,
        totalRowCount: 100_000_000,
        diskByteLength: 1_288_490_188,
      });
    }, 100);
  },
  'filter failed'() {
    fill('Filter', 'totl_spent > 10 AND name IS NOT NULL');
  },
  copying: (host) => {
    host.end.emit('progress', {
      percent: 7,
      rowCount: 0,
      totalRowCount: 0,
      diskByteLength: 20_000_000,
    });
  },
};
