import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { ok } from '#shared/result.ts';
import { mountBufferPanel } from '#webviews/buffer/bufferPanel.tsx';
import { bufferHost } from './fakeBuffer.ts';
import { closePanel, openPanel } from './panelPage.ts';
import * as files from './scenarios/buffer.ts';

afterEach(closePanel);

const selection = page.getByRole('region', { name: 'Selection' });
const code = page.getByLabelText('Python code of the chain');

async function openLayout(overrides: Parameters<typeof bufferHost>[1] = {}) {
  const host = bufferHost(files.small(), overrides);
  openPanel(mountBufferPanel, host);
  await page.getByRole('button', { name: 'Layout' }).click();
  await expect.element(code).toBeVisible();
  return host;
}

async function addStep(kind: string, argument: string) {
  await page.getByRole('combobox', { name: 'Step to add' }).selectOptions(kind);
  const box = page.getByRole('textbox', { name: 'Argument of the step to add' });
  if (argument !== '') await userEvent.fill(box, argument);
  await page.getByRole('button', { name: 'Add the step' }).click();
}

describe('a chain of views', () => {
  test('says view or copy and why, and shows the code', async () => {
    await openLayout();
    await addStep('transpose', '');
    await addStep('reshape', '4, 6');
    await expect
      .element(page.getByText(/would need the stride 2 × 48 = 96, and has 16/))
      .toBeVisible();
    await expect.element(code).toHaveTextContent(/b = a\.T # view: \(4, 3, 2\) int32/);
    await expect.element(code).toHaveTextContent(/c = b\.reshape\(4, 6\) # copy: \(4, 6\) int32/);
    await expect.element(page.getByText(/This is the memory of the copy/)).toBeVisible();
  });

  test('a step that Python refuses has its exact exception', async () => {
    await openLayout();
    await addStep('reshape', '7');
    await expect
      .element(page.getByRole('alert'))
      .toHaveTextContent('ValueError: cannot reshape array of size 24 into shape (7,)');
  });

  test('what is no argument is said before it is a step', async () => {
    await openLayout();
    await addStep('reshape', 'six');
    await expect.element(page.getByText('A shape is whole numbers: 6, -1')).toBeVisible();
  });

  test('is what grid and sum show from then on', async () => {
    await openLayout();
    await addStep('slice', '[1, ::2, ::-1]');
    await expect
      .element(page.getByRole('heading', { level: 1 }))
      .toHaveTextContent(/\(2, 4\) int32/);
    await page.getByRole('button', { name: 'Grid' }).click();
    const grid = page.getByRole('grid', { name: /^Elements of/ });
    await expect.element(grid.getByRole('gridcell').first()).toHaveTextContent('15');
    grid.element().querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    await userEvent.keyboard('{Control>}{Home}{/Control}{ArrowDown}{ArrowRight}');
    await expect.element(selection).toHaveTextContent('[1, 1]→188 + 1·32 + 1·(-4) = 216 = 0xD8');
    await expect.element(selection).toHaveTextContent('Value22int32');
  });

  test('survives a reload, and goes step by step', async () => {
    const host = await openLayout();
    await addStep('transpose', '');
    await expect.poll(() => JSON.stringify(host.saved)).toContain('transpose');
    openPanel(mountBufferPanel, bufferHost(files.small(), {}, host.saved));
    await page.getByRole('button', { name: 'Remove step 1, transpose' }).click();
    await expect.element(page.getByRole('heading', { level: 1 })).toHaveTextContent(/\(2, 3, 4\)/);
  });
});

describe('the lattice', () => {
  test('walks with arrow keys, and the sum goes with it', async () => {
    await openLayout();
    const lattice = page.getByRole('grid', { name: 'Elements of the view' });
    await expect.element(lattice.getByRole('gridcell').last()).toHaveTextContent('11');
    lattice.element().querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowRight}{ArrowRight}');
    await expect.element(selection).toHaveTextContent('[0, 1, 2]→128 + 0·48 + 1·16 + 2·4 = 152');
    await expect.element(selection).toHaveTextContent('Value6int32');
    await expect.poll(() => document.activeElement?.getAttribute('aria-selected')).toBe('true');
  });
});

describe('timing', () => {
  test('shows what the script printed, or why it was not run', async () => {
    let asked = '';
    await openLayout({
      timeCopy({ code: script }) {
        asked = script;
        return ok({ output: 'view: 0.10 µs, peak 96 bytes\ncopy: 1.00 µs, peak 224 bytes' });
      },
    });
    await addStep('transpose', '');
    await page.getByRole('button', { name: 'Time copy against view' }).click();
    await expect.element(page.getByText(/copy: 1\.00 µs/)).toBeVisible();
    expect(asked).toContain("np.load('a.npy', mmap_mode='r')");
    expect(asked).toContain('b = a.T');
  });

  test('is timed from the palette too, whatever is shown', async () => {
    const host = bufferHost(files.small(), {
      timeCopy: () => ok({ output: 'copy: 1.00 µs, peak 224 bytes' }),
    });
    openPanel(mountBufferPanel, host);
    await expect.element(page.getByRole('gridcell').first()).toBeVisible();
    host.end.emit('timeCopy', {});
    await expect.element(page.getByText(/copy: 1\.00 µs/)).toBeVisible();
    expect(host.asked.filter((method) => method === 'timeCopy')).toHaveLength(1);
  });
});

test('a struct format shows what each mode makes of it', async () => {
  await openLayout();
  await userEvent.fill(
    page.getByRole('textbox', { name: 'Format of Python’s struct module' }),
    'bQ',
  );
  await expect.element(page.getByRole('row', { name: /^@/ })).toHaveTextContent(/16/);
  await expect.element(page.getByRole('row', { name: /^</ })).toHaveTextContent(/9/);
  await expect
    .element(page.getByRole('img', { name: /^16 bytes: b at 0, 1; padding at 1, 7; Q at 8, 8/ }))
    .toBeInTheDocument();
  await userEvent.fill(
    page.getByRole('textbox', { name: 'Format of Python’s struct module' }),
    'bP',
  );
  await expect
    .element(page.getByRole('row', { name: /^</ }))
    .toHaveTextContent(/struct\.error: bad char in struct format/);
});
