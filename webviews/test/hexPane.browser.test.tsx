import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { fail, ok } from '#shared/result.ts';
import { mountBufferPanel } from '#webviews/buffer/bufferPanel.tsx';
import { bufferHost } from './fakeBuffer.ts';
import type { FakeFile } from './fakeBuffer.ts';
import { closePanel, openPanel } from './panelPage.ts';
import * as files from './scenarios/buffer.ts';

afterEach(closePanel);

function open(file: FakeFile, overrides: Parameters<typeof bufferHost>[1] = {}) {
  const host = bufferHost(file, overrides);
  openPanel(mountBufferPanel, host);
  return host;
}

const selection = page.getByRole('region', { name: 'Selection' });
const bytes = page.getByRole('grid', { name: /^Bytes/ });

describe('hex options', () => {
  test('width, groups and text are set, and kept', async () => {
    const host = open(files.vector());
    await page.getByRole('combobox', { name: 'Bytes a row' }).selectOptions('32');
    await page.getByRole('combobox', { name: 'Bytes a group' }).selectOptions('4');
    await page.getByRole('combobox', { name: 'Text beside the bytes' }).selectOptions('utf-8');
    await expect.element(bytes).toHaveAttribute('aria-colcount', '34');
    await expect.element(bytes.getByText('UTF-8')).toBeVisible();
    expect(host.saved).toMatchObject({
      hexOptions: { width: 32, groupBytes: 4, encoding: 'utf-8' },
    });
  });

  test('the inspector reads the bytes at the cursor in both orders, and the struct around it', async () => {
    open(files.trades());
    await page.getByRole('button', { name: 'Data inspector' }).click();
    const inspector = page.getByRole('region', { name: 'Data inspector' });
    await expect
      .element(inspector.getByRole('row', { name: /^uint32/ }))
      .toHaveTextContent('uint3210000001078071040');
    await expect
      .element(inspector.getByRole('row', { name: /^price/ }))
      .toHaveTextContent('price100.0float64');
  });

  test('m marks a byte, and a press on the mark goes back to it', async () => {
    open(files.vector());
    await expect.element(bytes.getByRole('gridcell').first()).toBeVisible();
    bytes.element().querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    await userEvent.keyboard('m{Control>}{Home}{/Control}');
    await page.getByRole('button', { name: '0x80', exact: true }).click();
    await expect.element(selection).toHaveTextContent('= 0x80');
  });
});

describe('places', () => {
  test('marks of another time are there, and a change of them is kept', async () => {
    const kept: (readonly number[])[] = [];
    const file = files.vector();
    open(
      { ...file, description: { ...file.description, bookmarks: [128] } },
      {
        keepBookmarks({ bookmarks }) {
          kept.push(bookmarks);
          return ok({});
        },
      },
    );
    await page.getByRole('button', { name: '0x80', exact: true }).click();
    await page.getByRole('button', { name: 'Bookmark the byte' }).click();
    await expect.poll(() => kept.at(-1)).toEqual([]);
  });

  test('more regions than have a button are in a list', async () => {
    open(files.parquetMap());
    const all = page.getByRole('combobox', { name: 'All 10: Regions of the file' });
    await all.selectOptions('footer length 4 B');
    await expect.element(selection).toHaveTextContent('0x7F8');
  });
});

describe('find', () => {
  test('Ctrl+F finds the next bytes, goes on from the start, and lists all', async () => {
    open(files.vector());
    await expect.element(bytes.getByRole('gridcell').first()).toBeVisible();
    bytes.element().querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    await userEvent.keyboard('{Control>}f{/Control}4E 55 4D{Enter}');
    await expect.element(page.getByText('Found by going on from the start.')).toBeVisible();
    await expect.element(selection).toHaveTextContent('0x1 – 0x3');
    await userEvent.keyboard('{Alt>}{Enter}{/Alt}');
    await expect.element(page.getByText('1 match', { exact: true })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('search', { name: 'Find' })).not.toBeInTheDocument();
  });

  test('what is wrong with a query is said where it is typed', async () => {
    open(files.vector(), {
      find: () => fail({ kind: 'badQuery', message: "'z' is no hex digit; ? stands for any." }),
    });
    await page.getByRole('button', { name: 'Find' }).click();
    await userEvent.keyboard('zz{Enter}');
    await expect.element(page.getByRole('alert')).toHaveTextContent("'z' is no hex digit");
  });

  test('values are asked of the array that is shown, by type', async () => {
    let asked: unknown;
    open(files.vector(), {
      find(request) {
        asked = request.query;
        return ok({ generation: 1, matches: [{ start: 136, end: 144 }], count: null });
      },
    });
    await page.getByRole('button', { name: 'Find' }).click();
    await page.getByRole('combobox', { name: 'What to find' }).selectOptions('value');
    await page.getByRole('combobox', { name: 'Which values' }).selectOptions('range');
    await userEvent.fill(page.getByRole('textbox', { name: 'Find' }), '1');
    await userEvent.fill(page.getByRole('textbox', { name: 'To' }), '2');
    await page.getByRole('button', { name: 'Next match' }).click();
    await expect.element(selection).toHaveTextContent(/^\[1\]/);
    expect(asked).toEqual({
      kind: 'value',
      elements: { dtype: '<f8', shape: [1461], strides: [8], offset: 128 },
      test: { kind: 'range', low: '1', high: '2' },
    });
  });
});

describe('a type laid over raw bytes', () => {
  test('by hand, with what is wrong said at once', async () => {
    open(files.records());
    await page.getByRole('button', { name: 'Lay a type over the bytes' }).click();
    const type = page.getByRole('textbox', { name: 'Type of an element' });
    await userEvent.fill(type, '<f9');
    await expect
      .element(page.getByText(/data type '<f9' has a size that does not exist/))
      .toBeVisible();
    await userEvent.fill(type, '<i2');
    await userEvent.fill(page.getByRole('textbox', { name: 'Shape' }), '10, 24');
    await page.getByRole('button', { name: 'Lay over the bytes' }).click();
    await expect
      .element(page.getByRole('heading', { level: 1 }))
      .toHaveTextContent(/\(10, 24\) int16/);
    await userEvent.keyboard('{Escape}');
    await page.getByRole('button', { name: 'Lay a type over the bytes' }).click();
    await expect.element(type).toHaveValue('<i2');
    await page.getByRole('button', { name: 'As the file says' }).click();
    await expect
      .element(page.getByRole('heading', { level: 1 }))
      .toHaveTextContent(/\(480,\) uint8/);
  });

  test('by a suggestion with its reason', async () => {
    open(files.records(), {
      suggestLayouts: () =>
        ok([
          {
            layout: {
              kind: 'struct',
              type: '<bidh',
              shape: '',
              order: 'C',
              offset: '',
              strides: '',
            },
            label: '<bidh',
            reason: 'load.py, line 12 opens it so',
          },
        ]),
    });
    await page.getByRole('button', { name: 'Lay a type over the bytes' }).click();
    await expect.element(page.getByText('load.py, line 12 opens it so')).toBeVisible();
    await page.getByRole('button', { name: '<bidh' }).click();
    await expect
      .element(page.getByRole('heading', { level: 1 }))
      .toHaveTextContent(/\(32,\) struct of 4 fields/);
  });

  test('is kept for a pattern, or says why not', async () => {
    open(files.records(), {
      keepLayout: () => fail({ kind: 'notKept', message: 'The settings can’t be written.' }),
    });
    await page.getByRole('button', { name: 'Lay a type over the bytes' }).click();
    await userEvent.fill(page.getByRole('textbox', { name: 'Type of an element' }), '<f4');
    await page.getByRole('button', { name: 'Keep in settings' }).click();
    await expect.element(page.getByText('The settings can’t be written.')).toBeVisible();
  });
});

describe('the grid', () => {
  test('takes a slice as Python writes it, and says Python’s error', async () => {
    open(files.small());
    const box = page.getByRole('textbox', { name: 'Slice, as in Python' });
    await userEvent.fill(box, '[::-1, 2]');
    await userEvent.keyboard('{Enter}');
    await expect
      .element(page.getByRole('heading', { level: 1 }))
      .toHaveTextContent(/\(2, 4\) int32/);
    await userEvent.fill(box, '9');
    await userEvent.keyboard('{Enter}');
    await expect
      .element(page.getByText('index 9 is out of bounds for axis 0 with size 2'))
      .toBeVisible();
    await userEvent.fill(box, '');
    await userEvent.keyboard('{Enter}');
    await expect
      .element(page.getByRole('heading', { level: 1 }))
      .toHaveTextContent(/\(2, 3, 4\) int32/);
  });

  test('writes numbers in hex, and tells row and column', async () => {
    open(files.small());
    const grid = page.getByRole('grid', { name: /^Elements of/ });
    await page.getByRole('combobox', { name: 'Number format' }).selectOptions('hex');
    await expect.element(grid.getByText('0x0000000C')).toBeVisible();
    await page.getByRole('button', { name: 'Statistics of row and column' }).click();
    await expect
      .element(page.getByRole('group', { name: 'Statistics of row and column' }))
      .toHaveTextContent(/Row 0 min 0 · max 8 .*Column 0 min 0 · max 12/);
  });
});

describe('compare', () => {
  test('lists differences by index, and walks them', async () => {
    const host = files.bufferScenarios.compared!();
    openPanel(mountBufferPanel, host);
    host.end.emit('compareWith', { kind: 'head' });
    await expect
      .element(page.getByText(/2 elements of 1,461 differ from temperatures\.npy at HEAD/))
      .toBeVisible();
    await page.getByRole('button', { name: 'Next difference' }).click();
    await expect.element(selection).toHaveTextContent(/^\[9\]/);
    await page.getByRole('button', { name: '[3]' }).click();
    await expect.element(selection).toHaveTextContent(/^\[3\]/);
  });
});
