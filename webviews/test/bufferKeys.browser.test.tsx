/** The inspector with the keyboard alone: what each key reaches, and where the focus is afterwards. */
import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { ok } from '#shared/result.ts';
import { mountBufferPanel } from '#webviews/buffer/bufferPanel.tsx';
import { bufferHost } from './fakeBuffer.ts';
import type { FakeFile } from './fakeBuffer.ts';
import { activeCell, closePanel, openPanel } from './panelPage.ts';
import * as files from './scenarios/buffer.ts';

afterEach(closePanel);

const elements = page.getByRole('grid', { name: /^Elements/ });
const bytes = page.getByRole('grid', { name: /^Bytes/ });
const selection = page.getByRole('region', { name: 'Selection' });
const focusedName = () => document.activeElement?.getAttribute('aria-label') ?? '';
const isInGrid = (grid: typeof elements) => grid.element().contains(document.activeElement);

async function open(file: FakeFile, ...rest: [overrides?: Parameters<typeof bufferHost>[1]]) {
  openPanel(mountBufferPanel, bufferHost(file, ...rest));
  await expect.element(bytes.getByRole('gridcell').first()).toBeVisible();
}

/** As Tab reaches it: its one button that is a stop. */
function focusToolbar() {
  const stops = document.querySelectorAll<HTMLElement>('[role="toolbar"] [tabindex="0"]');
  expect(stops.length).toBe(1);
  stops[0]?.focus();
}

async function focusElements() {
  await expect.element(elements.getByRole('gridcell').first()).toBeVisible();
  elements.element().querySelector<HTMLElement>('[tabindex="0"]')?.focus();
}

describe('the toolbar', () => {
  test('is one stop of Tab; arrows, Home and End walk it, and Enter opens a mode', async () => {
    await open(files.weights());
    focusToolbar();
    expect(focusedName()).toBe('Grid');
    await userEvent.keyboard('{ArrowRight}');
    expect(focusedName()).toBe('Layout');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('region', { name: 'Layout' })).toBeVisible();
    await userEvent.keyboard('{End}');
    expect(focusedName()).toBe('Go to index or offset');
    await userEvent.keyboard('{Home}{ArrowRight}{Tab}');
    expect(document.activeElement?.closest('[role="toolbar"]')).toBeNull();
    // Back to the button that had the focus last.
    await userEvent.keyboard('{Shift>}{Tab}{/Shift}');
    expect(focusedName()).toBe('Layout');
  });

  test('leaves out what can’t be used', async () => {
    await open(files.hostile());
    focusToolbar();
    expect(focusedName()).toBe('Compare');
    await userEvent.keyboard('{ArrowRight}');
    expect(focusedName()).toBe('Hex');
  });
});

describe('the focus returns', () => {
  test('from the find bar to the cell', async () => {
    await open(files.weights());
    await focusElements();
    await userEvent.keyboard('{ArrowDown}{Control>}f{/Control}');
    await expect.poll(() => document.activeElement?.closest('[role="search"]')).not.toBeNull();
    await userEvent.keyboard('{Escape}');
    await expect.poll(activeCell).toMatchObject({ row: 1, column: 0 });
  });

  test('from a find bar that was opened by its button to the button', async () => {
    await open(files.weights());
    const button = page.getByRole('button', { name: 'Find', exact: true });
    (button.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}{Escape}');
    await expect.element(button).toHaveFocus();
  });

  test('from the form of a layout to its button', async () => {
    await open(files.records());
    const button = page.getByRole('button', { name: 'Lay a type over the bytes' });
    (button.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}{Tab}');
    await expect
      .element(page.getByRole('form', { name: 'Lay a type over the bytes' }))
      .toBeVisible();
    document.querySelector<HTMLElement>('.raw-form select')!.focus();
    await userEvent.keyboard('{Escape}');
    await expect.element(button).toHaveFocus();
  });

  test('from a menu to the byte', async () => {
    await open(files.vector());
    await focusElements();
    await userEvent.keyboard('{F6}{Shift>}{F10}{/Shift}');
    await expect.element(page.getByRole('menu', { name: 'Bytes' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => isInGrid(bytes)).toBe(true);
  });
});

describe('copying', () => {
  test.each([
    ['elements', 'Elements', '{Control>}{Shift>}c{/Shift}{/Control}'],
    ['bytes', 'Bytes', '{F6}{Control>}{Shift>}c{/Shift}{/Control}'],
  ])('Ctrl+Shift+C on %s opens the ways to copy', async (_, menu, keys) => {
    await open(files.vector());
    await focusElements();
    await userEvent.keyboard(keys);
    await expect.element(page.getByRole('menu', { name: menu })).toBeVisible();
    expect(document.activeElement?.textContent).toMatch(/^Copy as TSV/);
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement?.textContent).toBe('Copy as CSV');
  });
});

describe('the hex view', () => {
  test('has its true counts, and keys go to the ends of rows and of the file', async () => {
    await open(files.weights());
    const grid = bytes.element();
    const perRow = Number(grid.getAttribute('aria-colcount')) - 2;
    const byteLength = 128 + 1024 * 768 * 3 * 4;
    expect(Number(grid.getAttribute('aria-rowcount'))).toBe(Math.ceil(byteLength / perRow) + 1);
    await focusElements();
    await userEvent.keyboard('{F6}{Control>}{Home}{/Control}');
    await expect.element(selection).toHaveTextContent('0x0magic');
    await userEvent.keyboard('{End}');
    await expect
      .element(selection)
      .toHaveTextContent(`0x${(perRow - 1).toString(16).toUpperCase()}`);
    await userEvent.keyboard('{Control>}{End}{/Control}');
    await expect.element(selection).toHaveTextContent('[1023, 767, 2]');
    await userEvent.keyboard('{PageUp}{Home}');
    await expect.poll(() => isInGrid(bytes)).toBe(true);
  });

  test('m marks a byte, and takes the mark away', async () => {
    await open(files.vector());
    await focusElements();
    await userEvent.keyboard('{F6}m');
    await expect.element(page.getByRole('group', { name: 'Bookmarks' })).toBeVisible();
    await userEvent.keyboard('m');
    await expect.element(page.getByRole('group', { name: 'Bookmarks' })).not.toBeInTheDocument();
  });
});

describe('every mode', () => {
  test('parts: arrows walk the list, Enter opens what can be opened', async () => {
    const opened: string[] = [];
    await open(files.packed(), {
      openPart({ name }) {
        opened.push(name);
        return ok({});
      },
    });
    const list = page.getByRole('list', { name: 'Parts of the file' });
    await expect.element(list).toBeVisible();
    list.element().querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    await userEvent.keyboard('{ArrowDown}{Enter}{End}{Enter}');
    expect(document.activeElement?.textContent).toContain('secret.npy');
    expect(opened).toEqual(['encoder.bias.npy']);
  });

  test('layout: the lattice is walked, and what is chosen is chosen everywhere', async () => {
    await open(files.small());
    focusToolbar();
    await userEvent.keyboard('{ArrowRight}{Enter}');
    const lattice = page.getByRole('region', { name: 'Layout' }).getByRole('grid');
    await expect.element(lattice).toBeVisible();
    lattice.element().querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    await userEvent.keyboard('{ArrowRight}{ArrowDown}');
    await expect.element(selection).toHaveTextContent('[0, 1, 1]');
  });

  test('plot: arrows walk a line', async () => {
    await open(files.vector());
    focusToolbar();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{Enter}');
    const plot = page.getByRole('group', { name: /^Line of 1,461 elements/ });
    await expect.element(plot).toBeVisible();
    (plot.element() as HTMLElement).focus();
    await userEvent.keyboard('{End}{ArrowLeft}');
    await expect.element(selection).toHaveTextContent('[1459]');
  });

  test('a step on the way to a value of a column leads to its bytes', async () => {
    openPanel(mountBufferPanel, files.bufferScenarios.arrow!());
    await expect.element(page.getByRole('list', { name: /^How value 0/ })).toBeVisible();
    const step = page.getByRole('button', { name: 'offsets[0] is 0, offsets[1] is 3' });
    (step.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(selection).toHaveTextContent('0x80');
  });
});
