/** The table editor as its users drive it. */
import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { mountTablePanel } from '#webviews/table/tablePanel.tsx';
import { fail } from '#shared/result.ts';
import { never } from './fakeHost.ts';
import { stateOf, tableHost } from './fakeTable.ts';
import { activeCell, closePanel, openPanel, THEMES, violationsIn } from './panelPage.ts';
import { customers } from './scenarios/results.ts';
import { huge, tableScenarios } from './scenarios/table.ts';

afterEach(closePanel);

const rows = page.getByRole('grid');
const status = page.getByRole('region', { name: 'Status' });
const filter = page.getByRole('textbox', { name: 'Filter' });

function open(...options: Parameters<typeof tableHost>) {
  const host = tableHost(...options);
  return { host, element: openPanel(mountTablePanel, host) };
}

function openScenario(name: string) {
  const host = tableScenarios[name]!();
  return { host, element: openPanel(mountTablePanel, host) };
}

async function focusRows() {
  await expect.element(rows.getByRole('gridcell').first()).toBeVisible();
  rows.element().querySelector<HTMLElement>('[tabindex="0"]')?.focus();
}

describe('rows', () => {
  test('types, nulls and what is known of the file', async () => {
    openScenario('content');
    await expect.element(rows.getByText('-999.99')).toBeVisible();
    await expect.element(rows.getByText('null', { exact: true }).first()).toBeVisible();
    await expect.element(status).toHaveTextContent('120,000 rows11 columns46.0 MiB98 row groups');
  });

  test('a hundred million rows are scrolled to their end, of which only the end is read', async () => {
    const { host } = openScenario('huge');
    await focusRows();
    await userEvent.keyboard('{Control>}{End}{/Control}');
    await expect.element(status).toHaveTextContent('row 100,000,000');
    expect(activeCell()).toMatchObject({ row: 99_999_999 });
    expect(host.asked.filter((method) => method === 'readRows').length).toBeLessThan(6);
  });

  test('of ten thousand columns those are read that are looked at', async () => {
    const { host } = openScenario('wide');
    await focusRows();
    await userEvent.keyboard('{End}');
    await expect.element(status).toHaveTextContent('measurement_9999 · row 1row 0, column 9999');
    expect(host.asked.filter((method) => method === 'readRows').length).toBeLessThan(8);
  });

  test('rows that are still being found grow the grid, and their share is told', async () => {
    const { host } = openScenario('indexing');
    await expect.element(status).toHaveTextContent(/43,120,512\+ rows.*Finding rows · 43 %/);
    host.end.emit('stateChanged', stateOf(huge, { access: 'records' }));
    await expect.element(status).toHaveTextContent(/^100,000,000 rows/);
  });
});

test('the copying of a file that is packed is cancelled, and begun anew', async () => {
  openScenario('copying');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect.element(page.getByText('Reading was cancelled.')).toBeVisible();
  await page.getByRole('button', { name: 'Read the file' }).click();
  await expect.element(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
});

describe('going to a row or a column', () => {
  const box = page.getByRole('combobox', { name: 'Row or column' });

  test.each(['g', '{Control>}g{/Control}'])('%s asks for a row by its number', async (keys) => {
    openScenario('huge');
    await focusRows();
    await userEvent.keyboard(`${keys}99,999,999{Enter}`);
    await expect.element(status).toHaveTextContent('row 99,999,999');
    expect(activeCell()).toMatchObject({ row: 99_999_998 });
    await expect.element(box).not.toBeInTheDocument();
    // The focus is in the grid, and goes on from there.
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(status).toHaveTextContent('row 100,000,000');
  });

  test('by name, arrows choose among ten thousand columns', async () => {
    openScenario('wide');
    await focusRows();
    await userEvent.keyboard('g');
    await userEvent.keyboard('measurement_99');
    await expect
      .element(page.getByRole('option').first())
      .toHaveTextContent('measurement_99string · column 100');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    await expect.element(status).toHaveTextContent('measurement_991 · row 1');
  });

  test('the place of the cell opens it, Escape closes it, a wrong number says the last row', async () => {
    openScenario('content');
    await focusRows();
    await page.getByTitle('Go to row or column').click();
    await userEvent.keyboard('500000{Enter}');
    await expect.element(page.getByText('The last row is 120,000')).toBeVisible();
    expect(await violationsIn(document.body)).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await expect.element(box).not.toBeInTheDocument();
    await expect.poll(() => activeCell()?.row).toBe(0);
  });

  test('so does the menu', async () => {
    openScenario('content');
    await focusRows();
    await userEvent.keyboard('{Shift>}{F10}{/Shift}');
    await page.getByRole('menuitem', { name: /Go to row or column/ }).click();
    await userEvent.keyboard('-1{Enter}');
    await expect.element(status).toHaveTextContent('row 120,000');
  });
});

describe('sorting and filtering', () => {
  test('a click on a header sorts, another turns it, a third ends it', async () => {
    const { host } = openScenario('content');
    const header = page.getByRole('columnheader', { name: /^customer_id/ });
    await header.click();
    await expect.element(header).toHaveAttribute('aria-sort', 'ascending');
    await header.click();
    await expect.element(header).toHaveAttribute('aria-sort', 'descending');
    await expect.element(rows.getByText('120000', { exact: true })).toBeVisible();
    await expect.element(status).toHaveTextContent('30.0 MiB on disk');
    await header.click();
    await expect.element(header).toHaveAttribute('aria-sort', 'none');
    await expect.element(rows.getByText('-999.99')).toBeVisible();
    expect(host.asked.filter((method) => method === 'arrange')).toHaveLength(2);
  });

  test('by keys: Alt+Shift+↓ sorts the column of the cell', async () => {
    const { host } = openScenario('content');
    await focusRows();
    await userEvent.keyboard('{ArrowRight}{Alt>}{Shift>}{ArrowDown}{/Shift}{/Alt}');
    await expect.poll(() => host.arrangement?.orderBy).toEqual([{ column: 1, descending: true }]);
  });

  test('Ctrl+F finds in any column, a condition filters, and both are cleared at once', async () => {
    const { host } = openScenario('content');
    await focusRows();
    await userEvent.keyboard('{Control>}f{/Control}Ada{Enter}');
    await expect.poll(() => host.arrangement).toMatchObject({ search: 'Ada', where: '' });
    await expect.element(status).toHaveTextContent('60,000 of 120,000 rows');
    await filter.fill('total_spent > 10');
    await userEvent.keyboard('{Enter}');
    await expect
      .poll(() => host.arrangement)
      .toMatchObject({ search: 'Ada', where: 'total_spent > 10' });
    await page.getByRole('button', { name: 'Clear sort and filter' }).click();
    await expect.element(filter).toHaveValue('');
    await expect.element(status).toHaveTextContent(/^120,000 rows/);
  });

  test('a mistake in the condition is underlined, and the rows before stay', async () => {
    openScenario('filter failed');
    await filter.fill('totl_spent > 10');
    await userEvent.keyboard('{Enter}');
    const alert = page.getByRole('alert');
    await expect.element(alert).toHaveTextContent(/cannot be resolved.*UNRESOLVED_COLUMN/);
    expect(alert.element().querySelector('mark')?.textContent).toBe('totl_spent');
    await expect.element(rows.getByText('-999.99')).toBeVisible();
  });

  test('while it sorts: share, size on disk and cancel; then the rows are as before', async () => {
    const { host } = openScenario('sorting');
    await page.getByRole('columnheader', { name: /^customer_id/ }).click();
    host.end.emit('progress', {
      percent: 42,
      rowCount: 42,
      totalRowCount: 100,
      diskByteLength: 1_288_490_189,
    });
    await expect
      .element(status)
      .toHaveTextContent('Sorting and filtering · 42 % · 1.2 GiB on disk');
    await status.getByRole('button', { name: 'Cancel' }).click();
    await expect.element(status).not.toHaveTextContent('Sorting');
    await expect
      .element(page.getByRole('columnheader', { name: /^customer_id/ }))
      .toHaveAttribute('aria-sort', 'none');
    await expect.element(rows.getByText('-999.99')).toBeVisible();
  });

  test('the menu of a cell filters by its value', async () => {
    const { host } = openScenario('content');
    await focusRows();
    await userEvent.keyboard('{ArrowRight}{ArrowDown}{Shift>}{F10}{/Shift}');
    await page.getByRole('menuitem', { name: 'Only rows with this value' }).click();
    await expect.poll(() => host.arrangement?.where).toBe("`name` = 'Grace Hopper'");
  });
});

describe('one column, one value', () => {
  test('the profile follows the column, and a frequent value filters', async () => {
    const { host } = openScenario('content');
    await page.getByRole('button', { name: 'Column profile' }).click();
    const profile = page.getByRole('region', { name: /^Profile of/ });
    await expect.element(profile).toHaveTextContent(/Distinct120,000Min1Max120000/);
    await expect.element(profile.getByRole('img')).toBeVisible();
    await focusRows();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(profile).toHaveTextContent(/Nulls20,412 \(17\.0 %\)/);
    await profile.getByRole('button', { name: /^Ada Lovelace/ }).click();
    await expect.poll(() => host.arrangement?.where).toBe("`name` = 'Ada Lovelace'");
  });

  test('the profile closes by key, and the focus goes to the rows', async () => {
    openScenario('profile numbers');
    const close = page.getByRole('button', { name: 'Close the profile' });
    await expect.element(close).toBeVisible();
    (close.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(close).not.toBeInTheDocument();
    await expect.poll(() => activeCell()?.row).toBe(0);
  });

  test('Alt+Shift+→ widens a column', async () => {
    openScenario('content');
    await focusRows();
    const header = rows.getByRole('columnheader', { name: /customer_id/ });
    const before = header.element().getBoundingClientRect().width;
    await userEvent.keyboard('{Alt>}{Shift>}{ArrowRight}{ArrowRight}{/Shift}{/Alt}');
    await expect.poll(() => header.element().getBoundingClientRect().width).toBe(before + 16);
    expect(activeCell()?.column).toBe(0);
  });

  test('Enter opens a nested value as a tree, Escape closes it', async () => {
    openScenario('content');
    await focusRows();
    await userEvent.keyboard('{End}{ArrowDown}{ArrowDown}{ArrowDown}{Enter}');
    const parts = page.getByRole('tree', { name: 'Parts of tags' });
    await expect.element(parts.getByText('long-standing customer')).toBeVisible();
    expect(parts.getByRole('treeitem').elements()).toHaveLength(3);
    await userEvent.keyboard('{Escape}');
    await expect.element(parts).not.toBeInTheDocument();
  });
});

describe('copy and export', () => {
  test('cells are copied as JSON', async () => {
    const copied: string[] = [];
    open(customers, {
      copyText({ text }) {
        copied.push(text);
        return { ok: true, value: {} };
      },
    });
    await focusRows();
    await userEvent.keyboard('{Shift>}{ArrowRight}{F10}{/Shift}');
    await page.getByRole('menuitem', { name: 'Copy as JSON' }).click();
    await expect
      .poll(() => copied)
      .toEqual(['[\n  {"customer_id": 1, "name": "Ada Lovelace"}\n]\n']);
    await expect.element(page.getByText('Copied 1 row × 2 columns')).toBeInTheDocument();
  });

  test('bulk formats go to the engine, texts that would be too long are said to be', async () => {
    const { host } = openScenario('content');
    await page.getByRole('button', { name: 'Export the rows' }).click();
    await page.getByRole('menuitem', { name: 'CSV, JSON or Parquet…' }).click();
    await expect.poll(() => host.asked).toContain('exportRows');
    await page.getByRole('button', { name: 'Export the rows' }).click();
    await page.getByRole('menuitem', { name: 'Markdown…' }).click();
    await expect.element(page.getByText(/Up to 1,000,000 cells/)).toBeInTheDocument();
  });
});

describe('what happens beneath', () => {
  test('a file that changed on disk is said, and reloaded when asked', async () => {
    const { host } = openScenario('content');
    await expect.element(rows.getByText('-999.99')).toBeVisible();
    host.end.emit('fileChanged', { isGone: false });
    await expect.element(page.getByText(/has changed on disk/)).toBeVisible();
    await page.getByRole('button', { name: 'Reload' }).click();
    await expect.element(page.getByText(/has changed on disk/)).not.toBeInTheDocument();
    expect(host.asked.filter((method) => method === 'describe')).toHaveLength(2);
  });

  test('a read that finds the file changed says so too', async () => {
    open(customers, { readRows: () => fail({ kind: 'changed' }) });
    await expect.element(page.getByText(/has changed on disk/)).toBeVisible();
  });

  test('an engine that ended: the file is opened anew, and sorted as it was', async () => {
    const { host } = openScenario('content');
    await page.getByRole('columnheader', { name: /^customer_id/ }).click();
    await expect.element(status).toHaveTextContent('on disk');
    host.arrangement = undefined;
    host.end.emit('engineEnded', {});
    await expect.poll(() => host.arrangement?.orderBy).toEqual([{ column: 0, descending: false }]);
  });

  test('types of all rows take the place of those of the first', async () => {
    const sampled = stateOf(customers, { isSampled: true });
    const { host } = open(customers, {}, sampled);
    await expect.element(status).toHaveTextContent('Types of the first rows');
    host.end.emit('stateChanged', stateOf(customers));
    await expect.element(status).not.toHaveTextContent('Types of the first rows');
  });

  test('a file that can’t be read is an error in place, and tried again', async () => {
    const { host } = openScenario('failed');
    await expect
      .element(page.getByRole('alert'))
      .toHaveTextContent(/could not be read.*No magic bytes/);
    await page.getByText('Try again').click();
    await expect.poll(() => host.asked.filter((m) => m === 'describe').length).toBe(2);
  });

  test('a host that goes away leaves what was read', async () => {
    const { host } = open(customers, { profile: never });
    await expect.element(rows.getByText('-999.99')).toBeVisible();
    host.hangUp();
    await expect.element(page.getByText(/connection to the editor is closed/)).toBeVisible();
    await expect.element(rows.getByText('-999.99')).toBeVisible();
  });
});

describe('axe', () => {
  for (const name of Object.keys(tableScenarios))
    test(name, async () => {
      for (const theme of THEMES) {
        const element = openPanel(mountTablePanel, tableScenarios[name]!(), { theme, height: 360 });
        for (let frame = 0; frame < 8; frame++)
          await new Promise((resolve) => requestAnimationFrame(resolve));
        expect(await violationsIn(element), theme).toEqual([]);
      }
    });
});
