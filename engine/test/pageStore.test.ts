import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Int32, RecordBatch } from 'apache-arrow';
import { makeTable, tableFromIPC } from 'apache-arrow';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PageStore, StoreFull, ipcStream } from '../src/session/pageStore.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strata-pages-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Batches of ten rows, numbered through. */
function batchOf(first: number): RecordBatch {
  return makeTable({ n: Int32Array.from({ length: 10 }, (_, index) => first + index) }).batches[0]!;
}

function storeOf(batchCount: number, limitByteLength = 2 ** 20) {
  const budget = { limitByteLength, usedByteLength: 0 };
  const store = new PageStore(folder, 1, batchOf(0).schema, budget);
  for (let index = 0; index < batchCount; index++) store.append(batchOf(10 * index));
  return { store, budget };
}

function numbers(store: PageStore, start: number, end: number): unknown[] {
  const bytes = ipcStream(batchOf(0).schema, store.read(start, end));
  const column = tableFromIPC<{ n: Int32 }>(bytes).getChild('n');
  return column ? [...column] : [];
}

describe('a page store', () => {
  test.each([
    ['a whole batch', 10, 20],
    ['a part of one', 13, 17],
    ['parts of several', 5, 95],
    ['what is on disk only', 0, 3],
    ['nothing', 30, 30],
  ])('reads %s', (_name, start, end) => {
    const { store } = storeOf(30);
    expect(numbers(store, start, end)).toEqual(
      Array.from({ length: end - start }, (_, index) => start + index),
    );
  });

  test('gives what there is where more is asked for', () => {
    expect(numbers(storeOf(3).store, 25, 99)).toEqual([25, 26, 27, 28, 29]);
  });

  test('says so when the results that are kept fill their share of the disk', () => {
    expect(() => storeOf(1000, 5000)).toThrow(StoreFull);
  });

  test('gives its bytes back and leaves no file', () => {
    const { store, budget } = storeOf(20);
    expect(readdirSync(folder)).toHaveLength(1);
    store.dispose();
    expect(budget.usedByteLength).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });
});
