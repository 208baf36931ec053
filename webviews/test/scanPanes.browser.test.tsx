import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { fail, ok } from '#shared/result.ts';
import { mountBufferPanel } from '#webviews/buffer/bufferPanel.tsx';
import { answersFor, bufferHost } from './fakeBuffer.ts';
import type { FakeFile } from './fakeBuffer.ts';
import { never } from './fakeHost.ts';
import { closePanel, openPanel } from './panelPage.ts';
import * as files from './scenarios/buffer.ts';

afterEach(closePanel);

async function openMode(
  name: string,
  file: FakeFile,
  overrides: Parameters<typeof bufferHost>[1] = {},
) {
  const host = bufferHost(file, overrides);
  openPanel(mountBufferPanel, host);
  await page.getByRole('button', { name, exact: true }).click();
  return host;
}

const selection = page.getByRole('region', { name: 'Selection' });

describe('statistics', () => {
  test('of the whole array, then of the selection', async () => {
    await openMode('Statistics', files.vector());
    const pane = page.getByRole('region', { name: 'Statistics' });
    await expect.element(pane).toHaveTextContent(/Elements1,461/);
    await expect.element(pane).toHaveTextContent(/Max21/);
    await page.getByRole('radio', { name: 'Selection' }).click();
    await expect.element(pane).toHaveTextContent(/Elements1Min12/);
  });

  test('show how far they are, and stop when told to', async () => {
    let job = 0;
    const host = await openMode('Statistics', files.vector(), {
      statistics: (request) => {
        job = request.job;
        return never();
      },
    });
    await expect.poll(() => job).toBeGreaterThan(0);
    host.end.emit('progress', { job, done: 50, total: 200 });
    await expect.element(page.getByText('25 % of 200 B')).toBeVisible();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect.element(page.getByRole('button', { name: 'Count again' })).toBeVisible();
  });

  test('that fail say why, and can be tried again', async () => {
    let broken = true;
    const file = files.vector();
    const answers = answersFor(file);
    await openMode('Statistics', file, {
      statistics: (...a) =>
        broken ? fail({ kind: 'unreadable', message: 'EIO' }) : answers.statistics(...a),
    });
    await expect.element(page.getByRole('alert')).toHaveTextContent('EIO');
    broken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.element(page.getByText('1,461')).toBeVisible();
  });

  test('whole numbers beyond 2^53 keep every digit', async () => {
    await openMode('Statistics', files.vector(), {
      statistics: () =>
        ok({
          generation: 1,
          statistics: {
            count: 2,
            min: '-9223372036854775808',
            max: '9007199254740993',
            mean: 0,
            std: 0,
            zeros: 0,
            nan: 0,
            positiveInfinite: 0,
            negativeInfinite: 0,
          },
        }),
    });
    await expect.element(page.getByText('9007199254740993')).toBeVisible();
  });
});

describe('plots', () => {
  test('the line is walked by keys, and the selection goes along', async () => {
    await openMode('Plot', files.vector());
    const plot = page.getByRole('group', { name: /^Line of 1,461 elements/ });
    await expect.element(plot).toBeVisible();
    (plot.element() as HTMLElement).focus();
    await userEvent.keyboard('{End}{ArrowLeft}');
    await expect.element(selection).toHaveTextContent('[1459]');
    await expect.element(page.getByText(/^Index 1,459: /)).toBeVisible();
  });

  test('the histogram names its bins', async () => {
    await openMode('Plot', files.vector());
    await page.getByRole('combobox', { name: 'Kind of plot' }).selectOptions('histogram');
    const plot = page.getByRole('group', { name: /^Histogram of 1,461 elements from 3 to 21/ });
    await expect.element(plot).toBeVisible();
    (plot.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(page.getByText(/^3 to 3\.1875: \d+ elements$/)).toBeVisible();
  });

  test('the image reads only tiles of what is on screen, and selects by key', async () => {
    const windows: number[] = [];
    const file = files.picture();
    const answers = answersFor(file);
    await openMode('Plot', file, {
      readElements(window, signal) {
        windows.push(window.shape[0] * window.shape[1] * window.itemsize);
        return answers.readElements(window, signal);
      },
    });
    const plot = page.getByRole('group', { name: /^Image of 160 × 240 elements/ });
    await expect.element(plot).toBeVisible();
    (plot.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowDown}{ArrowRight}{ArrowRight}');
    await expect.element(selection).toHaveTextContent(/^\[1, 2, 0\]/);
    expect(Math.max(...windows)).toBeLessThanOrEqual(128 * 128 * 3);
    await expect.element(page.getByText('red, green and blue')).toBeVisible();
    await page.getByRole('checkbox', { name: 'As colours' }).click();
    await expect.element(page.getByRole('combobox', { name: 'Colour map' })).toBeVisible();
  });

  test('what has no numbers says so', async () => {
    await openMode('Plot', files.trades());
    await page.getByRole('combobox', { name: 'Field' }).selectOptions('symbol');
    await expect.element(page.getByText('S6 has no numbers to plot.')).toBeVisible();
  });
});
