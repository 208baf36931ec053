import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { EditState } from '#shared/protocol/bufferEditing.ts';
import { mountBufferPanel } from '#webviews/buffer/bufferPanel.tsx';
import { arrayOf, npyFile } from './fakeBuffer.ts';
import type { EditedHost } from './fakeEdits.ts';
import { editedHost } from './fakeEdits.ts';
import { closePanel, openPanel, THEMES, violationsIn } from './panelPage.ts';

afterEach(closePanel);

const grid = page.getByRole('grid', { name: /^Elements/ });
const hex = page.getByRole('grid', { name: /^Bytes/ });
const selection = page.getByRole('region', { name: 'Selection' });
const menu = page.getByRole('menu');

/** (4, 3) int16, each its own position. */
function small() {
  const array = arrayOf({ dtype: '<i2', shape: [4, 3], offset: 128 });
  return npyFile('small.npy', array, (view, position) => {
    view.setInt16(0, position, true);
  });
}

function open(state: Partial<EditState> = {}): { host: EditedHost; element: HTMLElement } {
  const host = editedHost(small(), state);
  return { host, element: openPanel(mountBufferPanel, host) };
}

async function focusCell() {
  await expect.element(grid.getByRole('gridcell', { name: '11', exact: true })).toBeVisible();
  grid.element().querySelector<HTMLElement>('[tabindex="0"]')?.focus();
}

async function focusByte(byteOffset: number) {
  await expect.element(hex.getByRole('gridcell').first()).toBeVisible();
  await page.getByRole('button', { name: 'Go to index or offset' }).click();
  await userEvent.keyboard(`0x${byteOffset.toString(16)}{Enter}`);
  await expect.element(selection).toHaveTextContent(`0x${byteOffset.toString(16).toUpperCase()}`);
  hex.element().querySelector<HTMLElement>('[tabindex="0"]')?.focus();
}

function paste(text: string) {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  document.activeElement?.dispatchEvent(
    new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
  );
}

const int16 = (host: EditedHost, position: number) =>
  new DataView(host.bytes().buffer).getInt16(128 + 2 * position, true);

describe('elements', () => {
  test('are typed over, checked by their dtype, and marked until they are saved', async () => {
    const { host } = open();
    await focusCell();
    await userEvent.keyboard('70000');
    await expect
      .element(page.getByText('70000 is out of range for int16 (-32768 to 32767).'))
      .toBeVisible();
    await userEvent.keyboard('{Enter}');
    expect(host.labels).toEqual([]);
    await userEvent.keyboard('{Backspace}{Enter}');
    await expect.element(grid.getByRole('gridcell', { name: '7000', exact: true })).toBeVisible();
    expect(int16(host, 0)).toBe(7000);
    expect(host.labels).toEqual(['Change element']);
    await expect.element(grid.getByTitle('Changed and not saved')).toHaveTextContent('7000');
    await expect.element(selection).toHaveTextContent('[1, 0]');
  });

  test('keep what they were when Escape leaves them', async () => {
    const { host } = open();
    await focusCell();
    await userEvent.keyboard('{F2}5{Escape}');
    await expect.element(grid.getByRole('textbox')).not.toBeInTheDocument();
    expect(host.labels).toEqual([]);
  });

  test('take a table of a spreadsheet, or nothing of it', async () => {
    const { host } = open();
    await focusCell();
    paste('100\t101\n102\t103\n');
    await expect.element(grid.getByRole('gridcell', { name: '103', exact: true })).toBeVisible();
    expect([0, 1, 3, 4].map((position) => int16(host, position))).toEqual([100, 101, 102, 103]);
    paste('1\t2\t3\t4');
    await expect
      .element(page.getByText(/^Nothing was pasted. The clipboard has/).first())
      .toBeVisible();
    paste('1\tx');
    await expect
      .element(page.getByText('Row 0, column 1: ', { exact: false }).first())
      .toBeVisible();
    expect(host.labels).toEqual(['Paste elements']);
  });

  test('are filled from the menu', async () => {
    const { host } = open();
    await focusCell();
    await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowRight}{/Shift}{Shift>}{F10}{/Shift}');
    await menu.getByRole('menuitem', { name: 'Fill…' }).click();
    await userEvent.keyboard('-1{Enter}');
    await expect.element(grid.getByTitle('Changed and not saved').nth(3)).toBeVisible();
    expect([0, 1, 2, 3, 4].map((position) => int16(host, position))).toEqual([-1, -1, 2, -1, -1]);
  });
});

describe('bytes', () => {
  test('are typed digit by digit', async () => {
    const { host } = open();
    await focusByte(0x80);
    await userEvent.keyboard('f');
    await expect.element(hex.getByText('F_')).toBeVisible();
    await userEvent.keyboard('eb1');
    await expect.element(hex.getByText('B1')).toBeVisible();
    expect([...host.bytes().subarray(128, 131)]).toEqual([0xfe, 0xb1, 1]);
    expect(host.labels).toEqual(['Change byte', 'Change byte']);
  });

  test('are inserted and deleted', async () => {
    const { host } = open();
    await focusByte(0x80);
    await userEvent.keyboard('{Insert}aabb');
    await expect.element(hex.getByText('BB')).toBeVisible();
    expect(host.bytes().length).toBe(128 + 24 + 2);
    await userEvent.keyboard('{Backspace}{Insert}{Delete}');
    await expect.poll(() => host.labels.length).toBe(4);
    expect([...host.bytes().subarray(128, 131)]).toEqual([0xaa, 0, 1]);
  });

  test('are pasted from hex and from text', async () => {
    const { host } = open();
    await focusByte(0x80);
    paste('de ad');
    paste('ok!');
    await expect.poll(() => host.labels.length).toBe(2);
    expect(new TextDecoder().decode(host.bytes().subarray(128, 131))).toBe('ok!');
  });

  test('are filled, and new ones put in', async () => {
    const { host } = open();
    await focusByte(0x80);
    await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowRight}{/Shift}{ContextMenu}');
    await menu.getByRole('menuitem', { name: 'Fill or insert…' }).click();
    await userEvent.keyboard('ab cd{Enter}');
    await expect.poll(() => host.labels.length).toBe(1);
    expect([...host.bytes().subarray(128, 132)]).toEqual([0xab, 0xcd, 0xab, 0]);
  });
});

describe('what can’t be changed', () => {
  test('says so where it is tried, and reads on', async () => {
    const { host } = open({ readOnly: 'You have no permission to write to this file.' });
    await expect.element(page.getByText('read-only', { exact: false }).first()).toBeVisible();
    await focusCell();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText(/no permission to write/).first()).toBeVisible();
    await userEvent.keyboard('{Shift>}{F10}{/Shift}');
    await expect
      .element(menu.getByRole('menuitem', { name: 'Fill…' }))
      .toHaveAttribute('aria-disabled', 'true');
    expect(host.labels).toEqual([]);
  });

  test('a file that changed under the edits offers to compare', async () => {
    open({ conflict: true, isDirty: true });
    await page.getByRole('button', { name: 'Compare', exact: true }).last().click();
    await expect.element(page.getByRole('region', { name: 'Compare' })).toBeVisible();
  });
});

describe('copied as', () => {
  test.each([
    ['CSV', '0,1\n3,4'],
    ['NumPy array', "np.array([[0, 1], [3, 4]], dtype='<i2')"],
    ['C array', 'const int16_t data[2][2] = {\n  {0, 1},\n  {3, 4},\n};'],
    ['Hex', '00 00 01 00 03 00 04 00'],
  ])('%s', async (label, text) => {
    const written: string[] = [];
    const { clipboard } = navigator;
    const before = clipboard.writeText.bind(clipboard);
    clipboard.writeText = (copied) => {
      written.push(copied);
      return Promise.resolve();
    };
    open();
    await focusCell();
    await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowRight}{/Shift}{Shift>}{F10}{/Shift}');
    await menu.getByRole('menuitem', { name: `Copy as ${label}`, exact: true }).click();
    await expect.poll(() => written).toEqual([text]);
    clipboard.writeText = before;
  });
});

test.each(THEMES)('the menu, the form and a wrong cell are accessible in %s', async (theme) => {
  const element = openPanel(mountBufferPanel, editedHost(small()), { theme });
  await focusCell();
  await userEvent.keyboard('{Shift>}{F10}{/Shift}');
  await expect.element(menu).toBeVisible();
  expect(await violationsIn(element)).toEqual([]);
  await menu.getByRole('menuitem', { name: 'Fill…' }).click();
  await expect.element(page.getByRole('form', { name: 'Fill elements' })).toBeVisible();
  expect(await violationsIn(element)).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await focusCell();
  await userEvent.keyboard('99999');
  expect(await violationsIn(element)).toEqual([]);
});
