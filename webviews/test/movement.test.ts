import { describe, expect, test } from 'vitest';
import { moveSelection, selectCell } from '#webviews/kit/gridSelection.ts';
import { moveByte } from '#webviews/kit/hexView.tsx';

const press = (keys: string) => {
  const parts = keys.split('+');
  return {
    key: parts.at(-1) ?? '',
    shiftKey: parts.includes('Shift'),
    ctrlKey: parts.includes('Ctrl'),
    metaKey: parts.includes('Meta'),
    altKey: parts.includes('Alt'),
  };
};

describe('in a grid of 100 rows and 10 columns, from row 50 and column 5', () => {
  const size = { rowCount: 100, columnCount: 10, pageRows: 20 };
  test.each([
    ['ArrowUp', 49, 5],
    ['ArrowRight', 50, 6],
    ['PageDown', 70, 5],
    ['Home', 50, 0],
    ['End', 50, 9],
    ['Ctrl+Home', 0, 0],
    ['Meta+End', 99, 9],
    ['Ctrl+ArrowDown', 99, 5],
  ])('%s goes to row %d, column %d', (keys, row, column) => {
    const moved = moveSelection(selectCell({ row: 50, column: 5 }), press(keys), size);
    expect(moved).toEqual(selectCell({ row, column }));
  });

  test('Shift extends, Escape takes back to the active cell', () => {
    const extended = moveSelection(selectCell({ row: 50, column: 5 }), press('Shift+PageUp'), size);
    expect(extended).toEqual({ anchor: { row: 50, column: 5 }, active: { row: 30, column: 5 } });
    expect(extended && moveSelection(extended, press('Escape'), size)).toEqual(
      selectCell({ row: 30, column: 5 }),
    );
  });

  test('keys that mean something else are left alone', () => {
    for (const keys of ['Alt+ArrowUp', 'Tab', 'F6', 'x', 'constructor'])
      expect(moveSelection(selectCell({ row: 0, column: 0 }), press(keys), size)).toBeUndefined();
  });

  test('an empty grid keeps its selection inside', () => {
    const none = { rowCount: 0, columnCount: 0, pageRows: 1 };
    expect(moveSelection(selectCell({ row: 0, column: 0 }), press('ArrowDown'), none)).toEqual(
      selectCell({ row: 0, column: 0 }),
    );
  });
});

describe('in 1000 bytes, 16 a row, from byte 100', () => {
  const size = { byteLength: 1000, bytesPerRow: 16, pageRows: 10 };
  test.each([
    ['ArrowLeft', 99],
    ['ArrowDown', 116],
    ['PageUp', 4],
    ['PageDown', 260],
    ['Home', 96],
    ['End', 111],
    ['Ctrl+Home', 0],
    ['Ctrl+End', 999],
  ])('%s goes to byte %d', (keys, byte) => {
    const moved = moveByte({ anchor: 100, active: 100 }, press(keys), size);
    expect(moved).toEqual({ anchor: byte, active: byte });
  });

  test('the last row is shorter: down stays where there is no byte below', () => {
    expect(moveByte({ anchor: 990, active: 990 }, press('ArrowDown'), size)?.active).toBe(990);
    expect(moveByte({ anchor: 990, active: 990 }, press('PageDown'), size)?.active).toBe(999);
    expect(moveByte({ anchor: 999, active: 999 }, press('End'), size)?.active).toBe(999);
  });
});
