import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { fail, ok } from '#shared/result.ts';
import { mountBufferPanel } from '#webviews/buffer/bufferPanel.tsx';
import { answersFor, bufferHost } from './fakeBuffer.ts';
import type { FakeFile } from './fakeBuffer.ts';
import { never } from './fakeHost.ts';
import { activeCell, closePanel, openPanel, THEMES, violationsIn } from './panelPage.ts';
import * as files from './scenarios/buffer.ts';

afterEach(closePanel);

function open(
  file: FakeFile,
  ...rest: [overrides?: Parameters<typeof bufferHost>[1], saved?: object]
) {
  const host = bufferHost(file, ...rest);
  const element = openPanel(mountBufferPanel, host);
  return { host, element };
}

const elements = page.getByRole('grid', { name: /^Elements/ });
const bytes = page.getByRole('grid', { name: /^Bytes/ });
const selection = page.getByRole('region', { name: 'Selection' });

async function focusFirstElement() {
  await expect.element(elements.getByRole('gridcell').first()).toBeVisible();
  elements.element().querySelector<HTMLElement>('[tabindex="0"]')?.focus();
}

describe('what is shown', () => {
  test('the header says shape, dtype, order, strides and sizes', async () => {
    open(files.weights());
    const heading = page.getByRole('heading', { level: 1 });
    await expect
      .element(heading)
      .toHaveTextContent(
        'weights.npy · (1024, 768, 3) float32 · C order · little-endian · 9.0 MiB · header 128 B · strides (9216, 12, 4)',
      );
  });

  test('NumPy’s values, with NaN and infinities in words', async () => {
    open(files.weights());
    await expect.element(elements.getByText('nan', { exact: true }).first()).toBeVisible();
    await expect.element(elements.getByText('-inf', { exact: true }).first()).toBeVisible();
  });

  test('fields of a struct are columns with their types', async () => {
    open(files.trades());
    await expect
      .element(elements.getByRole('columnheader', { name: 'price float64' }))
      .toBeVisible();
    await expect.element(elements.getByRole('gridcell', { name: "b'MSFT'" }).first()).toBeVisible();
  });

  test('a 0-d array is one cell, and its address needs no sum', async () => {
    open(files.scalar());
    await expect.element(elements.getByText('3.141592653589793')).toBeVisible();
    await expect.element(selection).toHaveTextContent('[()]→128 = 0x80');
  });

  test('an array without elements says so', async () => {
    open(files.noElements());
    await expect
      .element(page.getByText('This array has no elements: its shape is (0, 3).'))
      .toBeVisible();
  });

  test('a hostile file shows its problems, and its bytes', async () => {
    open(files.hostile());
    await expect.element(page.getByText(/The header promises/)).toBeVisible();
    await page.getByRole('button', { name: 'Show bytes' }).last().click();
    await expect.element(selection).toHaveTextContent('0x80 – 0x87');
    await expect.element(bytes.getByRole('gridcell', { name: '93' })).toBeVisible();
  });

  test('of a column in Arrow, the way to the value; a step leads to its bytes', async () => {
    openPanel(mountBufferPanel, files.bufferScenarios.arrow!());
    await focusFirstElement();
    await userEvent.keyboard('{ArrowDown}');
    const way = page.getByRole('list', { name: 'How value 1 of batch 0/name is read' });
    await expect.element(way).toHaveTextContent('offsets[1] is 3, offsets[2] is 8');
    await expect.element(way).toHaveTextContent("Value'Grace'");
    await way.getByRole('button', { name: 'bytes 3 to 7' }).click();
    await expect.element(selection).toHaveTextContent('0xC3 – 0xC7');
  });

  test('packed parts are listed, and one opens at a press', async () => {
    const opened: string[] = [];
    open(files.packed(), {
      openPart({ name }) {
        opened.push(name);
        return name === 'notes.txt'
          ? fail({ kind: 'unreadable', message: 'no space left' })
          : ok({});
      },
    });
    const parts = page.getByRole('list', { name: 'Parts of the file' });
    await parts.getByRole('button', { name: /encoder\.bias\.npy.*\(768,\)/ }).click();
    await parts.getByRole('button', { name: /notes/ }).click();
    await expect.element(page.getByText('The file can’t be read: no space left.')).toBeVisible();
    await expect.element(parts.getByRole('button', { name: /secret/ })).toBeDisabled();
    expect(opened).toEqual(['encoder.bias.npy', 'notes.txt']);
  });

  test('an unreadable file is an error in place that can be tried again', async () => {
    let readable = false;
    const file = files.vector();
    open(file, {
      describe: () =>
        readable
          ? ok(file.description)
          : fail({ kind: 'unreadable', message: 'EACCES: permission denied' }),
    });
    await expect.element(page.getByRole('alert')).toHaveTextContent(/permission denied/);
    readable = true;
    await page.getByText('Try again').click();
    await expect.element(elements).toBeVisible();
  });
});

describe('one selection', () => {
  test('a cell shows the sum of its strides, its bytes and its value', async () => {
    open(files.fortran());
    await focusFirstElement();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowRight}');
    await expect.element(selection).toHaveTextContent('[2, 1]→128 + 2·4 + 1·24 = 160 = 0xA0');
    await expect.element(selection).toHaveTextContent('Bytes00 00 00 08Value8int32');
    const selected = [
      ...bytes.element().querySelectorAll('[role="gridcell"][aria-selected="true"]'),
    ];
    expect(selected.map((cell) => cell.textContent)).toEqual(['00', '00', '00', '08']);
  });

  test('a byte selects the element that it belongs to, also on another slice', async () => {
    open(files.weights());
    await focusFirstElement();
    await userEvent.keyboard('{F6}{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}');
    await expect.element(selection).toHaveTextContent('[0, 0, 1]→128 + 0·9216 + 0·12 + 1·4 = 132');
    await expect
      .element(page.getByRole('textbox', { name: 'Index on axis 2, 0 to 2' }))
      .toHaveValue('1');
    const cell = elements.element().querySelector('[aria-selected="true"]');
    expect(cell?.getAttribute('aria-colindex')).toBe('2');
  });

  test('a byte of the header is told by its region', async () => {
    open(files.weights());
    await page.getByRole('button', { name: /^magic/ }).click();
    await expect.element(selection).toHaveTextContent('0x0 – 0x5magic6 bytes');
  });

  test('the selection, the axes and the panes survive a reload', async () => {
    const { host } = open(files.weights());
    await page.getByRole('combobox', { name: 'Rows show axis' }).selectOptions('2 (3)');
    await focusFirstElement();
    await userEvent.keyboard('{ArrowDown}{ArrowRight}{ArrowRight}');
    await expect.element(selection).toHaveTextContent('[0, 2, 1]');
    const saved = host.saved;
    open(files.weights(), {}, saved);
    await expect.element(selection).toHaveTextContent('[0, 2, 1]');
    await expect.element(page.getByRole('combobox', { name: 'Rows show axis' })).toHaveValue('2');
  });
});

describe('keys', () => {
  test('a billion rows: Ctrl+End reaches the last element', async () => {
    const { element } = open(files.billionRows());
    await focusFirstElement();
    await userEvent.keyboard('{Control>}{End}{/Control}');
    await expect.element(selection).toHaveTextContent('[999999999, 3]→128 + 999999999·16 + 3·4');
    await expect.element(selection).toHaveTextContent('Value1999999999int32');
    expect(activeCell()).toEqual({ row: 999_999_999, column: 3, text: '1999999999' });
    expect(elements.element().getAttribute('aria-rowcount')).toBe('1000000001');
    expect(element.querySelectorAll('[role="row"]').length).toBeLessThan(120);
    await userEvent.keyboard('{PageUp}{Home}');
    expect(activeCell()?.column).toBe(0);
    expect(activeCell()?.row).toBeLessThan(999_999_999);
  });

  test('a million columns: End and back', async () => {
    open(files.millionColumns());
    await focusFirstElement();
    await userEvent.keyboard('{End}');
    await expect.element(selection).toHaveTextContent('[0, 999999]');
    expect(activeCell()).toMatchObject({ row: 0, column: 999_999 });
    expect(elements.element().querySelectorAll('[role="gridcell"]').length).toBeLessThan(2000);
    await userEvent.keyboard('{ArrowDown}{Home}');
    expect(activeCell()).toMatchObject({ row: 1, column: 0 });
  });

  test('g goes to an index, and the focus returns to the grid', async () => {
    open(files.weights());
    await focusFirstElement();
    await userEvent.keyboard('g');
    const box = page.getByRole('textbox', { name: 'Index or byte offset' });
    await expect.element(box).toHaveFocus();
    await userEvent.keyboard('9999, 1');
    await expect.element(page.getByText(/out of bounds for axis 0 with size 1024/)).toBeVisible();
    await userEvent.clear(box);
    await userEvent.keyboard('-1, 5, 2');
    await expect.element(page.getByText('Enter goes to element [1023, 5, 2]')).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.element(selection).toHaveTextContent('[1023, 5, 2]');
    await expect.poll(() => activeCell()).toMatchObject({ row: 1023, column: 5 });
  });

  test('Ctrl+G goes to an offset, and Escape leaves the box', async () => {
    open(files.weights());
    await focusFirstElement();
    await userEvent.keyboard('{Control>}g{/Control}0x40{Enter}');
    await expect.element(selection).toHaveTextContent('0x40header');
    await userEvent.keyboard('{Control>}g{/Control}{Escape}');
    await expect.poll(() => activeCell()).toBeDefined();
  });

  test('F6 walks toolbar, grid and hex, and Shift+F6 walks back', async () => {
    open(files.vector());
    await focusFirstElement();
    await userEvent.keyboard('{F6}');
    expect(bytes.element().contains(document.activeElement)).toBe(true);
    await userEvent.keyboard('{F6}');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Grid');
    await userEvent.keyboard('{Shift>}{F6}{F6}{/Shift}');
    expect(elements.element().contains(document.activeElement)).toBe(true);
  });

  test('the border between the panes moves with arrow keys', async () => {
    open(files.vector());
    const border = page.getByRole('separator', { name: 'Both panes' });
    await expect.element(border).toHaveAttribute('aria-valuenow', '45');
    (border.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowLeft}');
    await expect.element(border).toHaveAttribute('aria-valuenow', '43');
  });

  test('a wider column with Shift+Alt+Right', async () => {
    open(files.vector());
    await focusFirstElement();
    const width = () => elements.getByRole('columnheader').last().element().clientWidth;
    await expect.poll(() => elements.getByText('12.0').first().query()).not.toBeNull();
    const before = width();
    await userEvent.keyboard('{Shift>}{Alt>}{ArrowRight}{/Alt}{/Shift}');
    expect(width()).toBe(before + 8);
  });

  test('Ctrl+C copies the selected rectangle as tab-separated text', async () => {
    open(files.fortran());
    await focusFirstElement();
    await expect.element(elements.getByRole('gridcell', { name: '23' })).toBeVisible();
    await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowDown}{/Shift}');
    expect(copied()).toBe('0\t6\n1\t7');
    await userEvent.keyboard('{F6}');
    expect(copied()).toBe('00 00 00 07');
  });
});

/** What a copy puts on the clipboard: the browser's own event, without its permission. */
function copied(): string | undefined {
  const clipboardData = new DataTransfer();
  const event = new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true });
  document.activeElement?.dispatchEvent(event);
  return event.clipboardData?.getData('text/plain');
}

describe('what goes wrong', () => {
  test('a file that changes is read again, and replies of its old state are dropped', async () => {
    let generation = 1;
    const old = files.vector();
    const changed = files.fortran();
    const file = () =>
      generation === 1
        ? old
        : { ...changed, description: { ...changed.description, generation: 2 } };
    const { host } = open(old, {
      describe: (...a) => answersFor(file()).describe(...a),
      readBytes: (...a) => answersFor(file()).readBytes(...a),
      readElements: (...a) => answersFor(file()).readElements(...a),
    });
    await expect.element(elements.getByText('12.0').first()).toBeVisible();
    generation = 2;
    host.end.emit('changed', { generation: 2 });
    await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent('fortran.npy');
    await expect.element(elements.getByRole('gridcell', { name: '23' })).toBeVisible();
  });

  test('a host that goes away in the middle of a call leaves what was read, greyed', async () => {
    const { host } = open(files.weights(), { readElements: never });
    await expect.element(bytes.getByRole('gridcell', { name: '93' })).toBeVisible();
    host.hangUp();
    await expect.element(page.getByText(/The connection to the editor is closed/)).toBeVisible();
    await expect.element(bytes.getByRole('gridcell', { name: '93' })).toBeVisible();
    await focusFirstElement();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(selection).toHaveTextContent('[1, 0, 0]');
  });

  test('pages that can’t be read say so, and are tried again', async () => {
    let broken = true;
    const file = files.fortran();
    const answers = answersFor(file);
    open(file, {
      readElements: (...a) =>
        broken ? fail({ kind: 'unreadable', message: 'EIO' }) : answers.readElements(...a),
    });
    await expect.element(page.getByText(/Some bytes could not be read/)).toBeVisible();
    await expect.element(elements.getByTitle('This could not be read').first()).toBeVisible();
    broken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.element(elements.getByRole('gridcell', { name: '23' })).toBeVisible();
  });

  test('scrolling on aborts what is no longer shown', async () => {
    const aborted: number[] = [];
    open(files.billionRows(), {
      readElements: (window, signal) => {
        signal.addEventListener('abort', () => aborted.push(window.offset));
        return never();
      },
    });
    await focusFirstElement();
    await userEvent.keyboard('{Control>}{End}{/Control}');
    await expect.poll(() => aborted).toContain(128);
  });
});

/** Four themes of up to a thousand cells each, on a machine that does other things as well. */
const AXE_TIMEOUT = 60_000;

describe('axe', () => {
  for (const name of Object.keys(files.bufferScenarios))
    test(
      name,
      async () => {
        for (const theme of THEMES) {
          const host = files.bufferScenarios[name]!();
          const element = openPanel(mountBufferPanel, host, { theme, height: 360 });
          await settle();
          expect(await violationsIn(element), theme).toEqual([]);
        }
      },
      AXE_TIMEOUT,
    );

  for (const [name, { on, step }] of Object.entries(files.bufferStepsOn))
    test(
      name,
      async () => {
        for (const theme of THEMES) {
          const host = files.bufferScenarios[on]!();
          const element = openPanel(mountBufferPanel, host, { theme, height: 360 });
          await settle();
          step();
          await settle();
          expect(await violationsIn(element), theme).toEqual([]);
        }
      },
      AXE_TIMEOUT,
    );

  test('300 px wide', async () => {
    const element = openPanel(mountBufferPanel, bufferHost(files.weights()), { width: 300 });
    await settle();
    expect(await violationsIn(element)).toEqual([]);
    expect(element.scrollWidth).toBeLessThanOrEqual(300);
  });
});

/** Until nothing has been asked or painted for a few frames. */
async function settle() {
  for (let frame = 0; frame < 8; frame++)
    await new Promise((resolve) => requestAnimationFrame(resolve));
}
