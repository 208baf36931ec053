/** Rows and cells that are scrolled stand in the elements of those that went out of sight. */
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { mountBufferPanel } from '#webviews/buffer/bufferPanel.tsx';
import { ElementPool } from '#webviews/kit/elementPool.ts';
import { mountTablePanel } from '#webviews/table/tablePanel.tsx';
import { bufferHost } from './fakeBuffer.ts';
import { activeCell, closePanel, openPanel } from './panelPage.ts';
import * as files from './scenarios/buffer.ts';
import { tableScenarios } from './scenarios/table.ts';

afterEach(closePanel);

/** What the elements stand for, in the order of the document, and how many had to be made. */
function pool() {
  const parent = document.createElement('div');
  let made = 0;
  const shown = new ElementPool(parent, () => ({
    element: Object.assign(document.createElement('i'), { id: String(made++) }),
  }));
  return {
    show: (indexes: readonly number[], keeps?: number) => {
      const items = shown.show(indexes, keeps);
      items.forEach(({ element }, at) => (element.title = String(indexes[at])));
      return {
        order: [...parent.children].map((child) => Number((child as HTMLElement).title)),
        elements: [...parent.children].map(({ id }) => id).join(' '),
        made,
      };
    },
  };
}

test.each([
  ['a row on', [1, 2, 3, 4], '1 2 3 0'],
  ['a row back', [-1, 0, 1, 2], '3 0 1 2'],
  ['far away', [70, 71, 72, 73], '0 1 2 3'],
  ['far away, but for one', [2, 71, 72, 73], '2 0 1 3'],
  ['fewer', [1, 2], '1 2'],
])('%s', (_, indexes, elements) => {
  const { show } = pool();
  show([0, 1, 2, 3]);
  expect(show(indexes)).toEqual({ order: indexes, elements, made: 4 });
});

test('a row more is made once, and kept for when it is shown again', () => {
  const { show } = pool();
  show([0, 1]);
  show([0, 1, 2]);
  show([5, 6]);
  expect(show([6, 7, 8])).toMatchObject({ order: [6, 7, 8], made: 3 });
});

test('only the one that is asked for keeps its element, the others take what comes first', () => {
  const { show } = pool();
  show([0, 1, 2, 3]);
  expect(show([1, 2, 3, 4], 2)).toEqual({ order: [1, 2, 3, 4], elements: '0 2 1 3', made: 4 });
});

const rowsOf = (grid: Element) => [...grid.querySelectorAll<HTMLElement>('.grid-rows > *')];
const numbersOf = (rows: readonly Element[]) =>
  rows.map((row) => Number(row.getAttribute('aria-rowindex')));

const panels = [
  ['a table', () => openPanel(mountTablePanel, tableScenarios.huge!()), /^Rows of/],
  ['a grid', () => openPanel(mountBufferPanel, bufferHost(files.billionRows())), /^Elements/],
  ['bytes', () => openPanel(mountBufferPanel, bufferHost(files.billionRows())), /^Bytes/],
] as const;

test.each(panels)(
  '%s far away has the same elements, in order, and the focus',
  async (_, open, name) => {
    open();
    const grid = page.getByRole('grid', { name });
    await expect.element(grid.getByRole('gridcell').first()).toBeVisible();
    grid.element().querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    const before = rowsOf(grid.element());
    const active = activeCell();
    const focused = document.activeElement;
    grid
      .element()
      .dispatchEvent(new WheelEvent('wheel', { deltaY: 44_000, bubbles: true, cancelable: true }));
    await expect.poll(() => numbersOf(rowsOf(grid.element()))[1]).toBeGreaterThan(1000);
    const after = rowsOf(grid.element());
    expect(after.filter((row) => !before.includes(row)).length).toBeLessThan(3);
    expect(numbersOf(after)).toEqual(numbersOf(after).sort((one, other) => one - other));
    expect(document.activeElement).toBe(focused);
    expect(activeCell()).toEqual(active);
    // The focus goes on from where it was, and the rows with it.
    await userEvent.keyboard('{PageDown}');
    await expect.poll(() => activeCell()?.row).toBeGreaterThan(active?.row ?? 0);
    await userEvent.keyboard('{Control>}{End}{/Control}');
    const last = Number(grid.element().getAttribute('aria-rowcount')) - 2;
    await expect.poll(() => activeCell()?.row).toBe(last);
  },
);
