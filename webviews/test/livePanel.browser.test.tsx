/** Memory of a program in the inspector: what changed from stop to stop, and what stays when it goes on. */
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { fail } from '#shared/result.ts';
import { mountBufferPanel } from '#webviews/buffer/bufferPanel.tsx';
import { answersFor, arrayOf, bufferHost } from './fakeBuffer.ts';
import type { FakeFile } from './fakeBuffer.ts';
import { closePanel, openPanel, THEMES, violationsIn } from './panelPage.ts';
import type { Theme } from './panelPage.ts';

afterEach(closePanel);

/** A view of every second number of its base, at one stop of the program. */
function atStop(generation: number, numbers: readonly number[]): FakeFile {
  const base = arrayOf({ dtype: '|u1', shape: [numbers.length], offset: 0, name: 'base' });
  const view = { ...base, name: '', shape: [numbers.length / 2], strides: [2] };
  return {
    description: {
      fileName: 'state[::2]',
      byteLength: numbers.length,
      generation,
      format: 'live',
      formatLabel: 'numpy.ndarray',
      arrays: [{ ...view, order: 'strided' }, base],
      regions: [{ label: 'uint8 (8,) at 0x7f10', start: 0, end: numbers.length }],
      problems: [],
      live: {
        objectClass: 'numpy.ndarray',
        facts: [{ label: 'base', text: 'view of uint8 (8,)' }],
        whyReadOnly: null,
      },
    },
    byteAt: (byteOffset) => numbers[byteOffset] ?? 0,
  };
}

const elements = page.getByRole('grid', { name: /^Elements/ });
const changed = () =>
  [...document.querySelectorAll('[role="gridcell"].changed')].map((cell) => cell.textContent);

function openProgram(theme: Theme = 'darkModern') {
  let now = atStop(1, [1, 2, 3, 4, 5, 6, 7, 8]);
  let problem: string | undefined;
  const host = bufferHost(now, {
    describe: (...a) =>
      problem === undefined
        ? answersFor(now).describe(...a)
        : fail({ kind: 'gone', message: problem }),
    readBytes: (...a) => answersFor(now).readBytes(...a),
    readElements: (...a) => answersFor(now).readElements(...a),
  });
  const element = openPanel(mountBufferPanel, host, { theme });
  const news = () => {
    host.end.emit('changed', { generation: now.description.generation + 1 });
  };
  return {
    element,
    stop(numbers: readonly number[]) {
      now = atStop(now.description.generation + 1, numbers);
      problem = undefined;
      host.end.emit('changed', { generation: now.description.generation });
    },
    fail(message: string) {
      problem = message;
      news();
    },
  };
}

test('the header says what it is, and of what it is a view', async () => {
  openProgram();
  await expect
    .element(page.getByRole('heading', { level: 1 }))
    .toHaveTextContent(
      'state[::2] · (4,) uint8 · strided · numpy.ndarray · view of uint8 (8,) · 8 B · strides (2,)',
    );
});

test('what changed at a stop is marked, and no more at the next', async () => {
  const program = openProgram();
  await expect.element(elements.getByText('7', { exact: true })).toBeVisible();
  expect(changed()).toEqual([]);
  program.stop([1, 2, 30, 4, 5, 60, 7, 8]);
  await expect.element(elements.getByText('30', { exact: true })).toBeVisible();
  await expect.poll(changed).toEqual(['30', '1E', '3C']);
  program.stop([1, 2, 30, 4, 5, 60, 70, 8]);
  await expect.poll(changed).toEqual(['70', '46']);
});

test('while the program runs its last bytes stay, greyed, with the reason', async () => {
  const program = openProgram();
  await expect.element(elements.getByText('7', { exact: true })).toBeVisible();
  program.fail('The program is running.');
  await expect
    .element(page.getByText('The program is running. What was read before is shown, greyed.'))
    .toBeVisible();
  await expect.element(elements.getByText('7', { exact: true })).toBeVisible();
  expect(document.querySelectorAll('.grid-frame.stale').length).toBe(2);
  program.stop([1, 2, 3, 4, 5, 6, 9, 8]);
  await expect.poll(changed).toEqual(['9', '09']);
  expect(document.querySelectorAll('.grid-frame.stale').length).toBe(0);
});

test('memory is compared with what is chosen, and has no committed state', async () => {
  openProgram();
  await expect.element(elements.getByText('7', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  const pane = page.getByRole('region', { name: 'Compare' });
  await expect.element(pane.getByText(/^Compare this memory with/)).toBeVisible();
  await expect.element(pane.getByRole('button', { name: 'Choose…' }).first()).toBeVisible();
  expect(pane.getByText('With HEAD').elements()).toEqual([]);
});

test.each(THEMES)('is accessible in %s with marks and a banner', async (theme) => {
  const program = openProgram(theme);
  await expect.element(elements.getByText('7', { exact: true })).toBeVisible();
  program.stop([1, 2, 3, 4, 5, 6, 9, 8]);
  await expect.poll(changed).toEqual(['9', '09']);
  program.fail('The program ended. Its last bytes stay until this is closed.');
  await expect.element(page.getByText(/The program ended/)).toBeVisible();
  expect(await violationsIn(program.element)).toEqual([]);
});
