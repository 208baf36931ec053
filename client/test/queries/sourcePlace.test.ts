import { describe, expect, test } from 'vitest';
import { findWritten, moved, sourceName, toRun, toWritten } from '#client/queries/sourcePlace.ts';

describe('the text of a run in its document', () => {
  test('is where it was, or else at the nearest place that reads the same', () => {
    expect(findWritten('a; SELECT 1; SELECT 1', 'SELECT 1', 3)).toBe(3);
    expect(findWritten('SELECT 1; -- new\nSELECT 1', 'SELECT 1', 15)).toBe(17);
    expect(findWritten('SELECT 1; -- new\nSELECT 1', 'SELECT 1', 5)).toBe(0);
    expect(findWritten('SELECT 2', 'SELECT 1', 0)).toBeUndefined();
  });

  test('moves with edits before it', () => {
    const edit = (rangeOffset: number, rangeLength: number, text: string) => ({
      rangeOffset,
      rangeLength,
      text,
    });
    expect(moved(10, [edit(0, 2, 'abc')])).toBe(11);
    expect(moved(10, [edit(10, 0, 'abc')])).toBe(13);
    expect(moved(10, [edit(11, 4, '')])).toBe(10);
    expect(moved(10, [edit(8, 4, 'x')])).toBe(10);
  });
});

test('places go through the values of parameters in both directions', () => {
  // SELECT :name FROM ${t} WHERE x, with 'Oslo' and orders.
  const written = 'SELECT :name FROM ${t} WHERE x';
  const text = "SELECT 'Oslo' FROM orders WHERE x";
  const replaced = [
    { start: 7, end: 12, length: 6 },
    { start: 18, end: 22, length: 6 },
  ];
  const piece = (part: string) => ({
    start: text.indexOf(part),
    end: text.indexOf(part) + part.length,
  });
  const writtenOf = (part: string) => {
    const { start, end } = toWritten(piece(part), replaced);
    return written.slice(start, end);
  };
  expect(writtenOf('SELECT')).toBe('SELECT');
  expect(writtenOf("'Oslo'")).toBe(':name');
  expect(writtenOf('Oslo')).toBe(':name');
  expect(writtenOf('orders')).toBe('${t}');
  expect(writtenOf('FROM orders WHERE')).toBe('FROM ${t} WHERE');
  expect(writtenOf(text)).toBe(written);
  expect(text.slice(toRun(written.indexOf('WHERE'), replaced))).toBe('WHERE x');
  expect(text.slice(toRun(written.indexOf('FROM'), replaced))).toBe('FROM orders WHERE x');
  expect(toRun(9, replaced)).toBe(7);
});

test('a document is named as its tab is', () => {
  expect(sourceName('file:///c%3A/data/top%20ten.sql')).toBe('top ten.sql');
  expect(sourceName('untitled:Untitled-1')).toBe('Untitled-1');
  expect(sourceName('vscode-notebook-cell:/a/b.ipynb#W0s')).toBe('a cell of b.ipynb');
});
