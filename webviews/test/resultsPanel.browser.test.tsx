import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { fail, ok } from '#shared/result.ts';
import { mountResultsPanel } from '#webviews/results/resultsPanel.tsx';
import { never } from './fakeHost.ts';
import type { FakeResult } from './fakeResults.ts';
import { arrowPage, measuredExplanation, withPieces, resultsHost } from './fakeResults.ts';
import { activeCell, closePanel, openPanel, THEMES, violationsIn } from './panelPage.ts';
import {
  adviceOpen,
  customers,
  doneRun,
  failedRun,
  resultsScenarios,
} from './scenarios/results.ts';

afterEach(closePanel);

const rows = page.getByRole('grid');
const status = page.getByRole('region', { name: 'Status' });

function open(...options: Parameters<typeof resultsHost>) {
  const host = resultsHost(...options);
  return { host, element: openPanel(mountResultsPanel, host) };
}

function openScenario(name: string) {
  const host = resultsScenarios[name]!();
  return { host, element: openPanel(mountResultsPanel, host) };
}

async function focusRows() {
  await expect.element(rows.getByRole('gridcell').first()).toBeVisible();
  rows.element().querySelector<HTMLElement>('[tabindex="0"]')?.focus();
}

describe('rows', () => {
  test('values as Spark shows them, null and the empty string apart', async () => {
    openScenario('content');
    await expect.element(rows.getByText('-999.99')).toBeVisible();
    await expect.element(rows.getByText('9007199254741014')).toBeVisible();
    await expect.element(rows.getByText('null', { exact: true }).first()).toBeVisible();
    await expect.element(rows.getByText('""').first()).toBeVisible();
    await expect
      .element(rows.getByRole('columnheader', { name: 'total_spent decimal(18,2)' }))
      .toBeVisible();
    await expect.element(status).toHaveTextContent('120,000 rows0.24 slocal');
  });

  test('nested values, dates and timestamps on one line', async () => {
    openScenario('content');
    await focusRows();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{End}');
    await expect.element(status).toHaveTextContent('[vip, newsletter, long-standing customer]');
    await userEvent.keyboard('{ArrowLeft}');
    await expect.element(status).toHaveTextContent('{Zürich, 10003}');
    await userEvent.keyboard('{ArrowLeft}');
    await expect.element(status).toHaveTextContent('2023-11-14 22:16:23.003');
    await userEvent.keyboard('{ArrowLeft}');
    await expect.element(status).toHaveTextContent('2019-01-04');
  });

  test('a billion rows scrolled to their end read only the end', async () => {
    const huge: FakeResult = {
      schema: [{ name: 'n', type: 'bigint', nullable: false }],
      rowCount: 1_000_000_000,
      row: (index) => [BigInt(index)],
    };
    const starts: number[] = [];
    open(
      [doneRun(1, 'numbers', huge)],
      { 1: huge },
      {
        readRows({ start, count }) {
          starts.push(start);
          const rowCount = Math.min(count, huge.rowCount - start);
          const arrow = arrowPage(huge, start, count);
          return ok({ start, rowCount, arrow, knownRowCount: huge.rowCount, complete: true });
        },
      },
    );
    await focusRows();
    await userEvent.keyboard('{Control>}{End}{/Control}');
    await expect.element(status).toHaveTextContent('row 1,000,000,000999999999');
    expect(activeCell()).toMatchObject({ row: 999_999_999 });
    expect(starts.length).toBeLessThan(5);
    expect(rows.element().querySelectorAll('[role="row"]').length).toBeLessThan(60);
  });

  test('the grid grows while the engine finds more', async () => {
    const run = { ...doneRun(1, 'q'), rowCount: 256, complete: false };
    const { host } = open([run], { 1: { ...customers, rowCount: 300 } }, {});
    await focusRows();
    await expect.element(status).toHaveTextContent('300 rows');
    expect(host.asked).toContain('readRows');
  });

  test('Ctrl+C copies cells as text with NULL for null', async () => {
    openScenario('content');
    await focusRows();
    await expect.element(rows.getByText('-999.99')).toBeVisible();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}');
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    const clipboardData = new DataTransfer();
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }),
    );
    expect(clipboardData.getData('text/plain')).toBe('6\tNULL');
    await expect.element(page.getByText('Copied 1 row × 2 columns')).toBeInTheDocument();
  });
});

describe('sorting, filtering, copying', () => {
  test('a header sorts the result through the engine', async () => {
    const asked: unknown[] = [];
    open(
      [doneRun(1, 'q')],
      { 1: customers },
      {
        arrangeRun({ arrangement }) {
          asked.push(arrangement);
          return ok({ rowCount: 7, complete: true });
        },
      },
    );
    await page.getByRole('columnheader', { name: /^total_spent/ }).click();
    await expect
      .poll(() => asked)
      .toEqual([{ orderBy: [{ column: 3, descending: false }], where: '', search: '' }]);
    await expect.element(status).toHaveTextContent('Sorted or filtered');
  });

  test('a run of an earlier window is sorted as it was', async () => {
    const arrangement = { orderBy: [{ column: 3, descending: true }], where: '', search: '' };
    const asked: unknown[] = [];
    open(
      [{ ...doneRun(1, 'q'), arrangement }],
      { 1: customers },
      {
        arrangeRun(params) {
          asked.push(params.arrangement);
          return ok({ rowCount: 7, complete: true });
        },
      },
    );
    await expect.element(status).toHaveTextContent('Sorted or filtered');
    expect(asked).toEqual([arrangement]);
    await expect
      .element(page.getByRole('columnheader', { name: /^total_spent/ }))
      .toHaveAttribute('aria-sort', 'descending');
  });

  test('Ctrl+F opens the line of filters; its mistake is told at its place', async () => {
    open(
      [doneRun(1, 'q')],
      { 1: customers },
      {
        arrangeRun: () =>
          fail({
            kind: 'spark',
            class: 'UNRESOLVED_COLUMN.WITH_SUGGESTION',
            sqlState: '42703',
            message: 'A column with name `nam` cannot be resolved.',
            parameters: {},
            start: 0,
            end: 3,
          }),
      },
    );
    await focusRows();
    await userEvent.keyboard('{Control>}f{/Control}');
    const filter = page.getByRole('textbox', { name: 'Filter' });
    await expect.element(filter).toHaveFocus();
    await userEvent.keyboard('a > {Escape}');
    await expect.element(filter).toHaveValue('');
    await expect.element(filter).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => document.activeElement?.getAttribute('role')).toBe('gridcell');
    (filter.element() as HTMLElement).focus();
    await userEvent.keyboard('nam = 1{Enter}');
    const alert = page.getByRole('alert');
    await expect.element(alert).toHaveTextContent(/cannot be resolved/);
    expect(alert.element().querySelector('mark')?.textContent).toBe('nam');
    await expect.element(rows.getByText('-999.99')).toBeVisible();
  });

  test('the menu of a cell inserts VALUES into the SQL, and says where', async () => {
    const inserted: string[] = [];
    open(
      [doneRun(1, 'q')],
      { 1: customers },
      {
        insertSql({ text }) {
          inserted.push(text);
          return ok({ fileName: 'by month.sparksql' });
        },
      },
    );
    await focusRows();
    await userEvent.keyboard('{Shift>}{F10}{/Shift}');
    await page.getByRole('menuitem', { name: 'Insert as VALUES into the SQL' }).click();
    await expect.poll(() => inserted).toEqual(['VALUES\n  (1)\nAS rows(customer_id)']);
    await expect
      .element(page.getByText('Inserted 1 row × 1 column into by month.sparksql'))
      .toBeInTheDocument();
  });

  test('the menu of a cell copies as INSERT, and opens a nested value', async () => {
    const copied: string[] = [];
    open(
      [doneRun(1, 'q')],
      { 1: customers },
      {
        copyText({ text }) {
          copied.push(text);
          return ok({});
        },
      },
    );
    await focusRows();
    await userEvent.keyboard('{Shift>}{F10}{/Shift}');
    await page.getByRole('menuitem', { name: 'Copy as INSERT … VALUES' }).click();
    await expect
      .poll(() => copied)
      .toEqual(['INSERT INTO `result` (`customer_id`) VALUES\n  (1);\n']);
    await userEvent.keyboard('{End}{ArrowLeft}{Enter}');
    await expect
      .element(page.getByRole('tree', { name: 'Parts of address' }).getByText('Berlin'))
      .toBeVisible();
  });
});

describe('runs', () => {
  test('empty: the one action starts a query', async () => {
    const { host } = openScenario('empty');
    await page.getByText('Run Spark SQL on files…').click();
    await expect.poll(() => host.asked).toContain('startQuery');
  });

  test('an error leads to where the query was written', async () => {
    const shown: unknown[] = [];
    open(
      [{ ...failedRun, sourceName: 'notes.md', textStart: 40 }],
      {},
      {
        showSource(piece) {
          shown.push(piece);
          return ok({ place: 'gone' });
        },
      },
    );
    await page.getByRole('button', { name: 'Show in notes.md' }).click();
    const { runId, failure } = failedRun;
    if (failure?.kind !== 'spark') throw new Error('the run failed in terms of Spark');
    const [start, end] = [40 + (failure.start ?? 0), 40 + (failure.end ?? 0)];
    await expect.poll(() => shown).toEqual([{ runId, start, end, reveal: 'focus' }]);
    await expect.element(page.getByText('notes.md is closed')).toBeVisible();
  });

  test('tabs: arrows choose, Delete closes', async () => {
    const { host } = openScenario('content');
    const chosen = page.getByRole('tab', { name: /top customers by what/ });
    await expect.element(chosen).toHaveAttribute('aria-selected', 'true');
    (chosen.element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowLeft}');
    await expect.element(page.getByRole('alert')).toHaveTextContent(/cannot be resolved/);
    await expect.element(page.getByRole('tab', { name: 'top customers, failed' })).toHaveFocus();
    await userEvent.keyboard('{Delete}');
    await expect.element(page.getByRole('tab', { name: /failed/ })).not.toBeInTheDocument();
    expect(host.asked).toContain('closeRun');
    await expect.element(chosen).toHaveFocus();
    await userEvent.keyboard('{Delete}');
    await expect.element(page.getByRole('tab', { name: 'by month' })).toHaveFocus();
    await userEvent.keyboard('{Delete}');
    await expect
      .poll(() => document.activeElement?.textContent)
      .toContain('Run Spark SQL on files…');
  });

  test('a failure: Spark’s message, its class at the end, its place in the query', async () => {
    openScenario('failed');
    const alert = page.getByRole('alert');
    await expect.element(alert).toHaveTextContent(/cannot be resolved. Did you mean/);
    await expect.element(alert).toHaveTextContent('UNRESOLVED_COLUMN.WITH_SUGGESTION · 42703');
    expect(alert.element().querySelector('mark')?.textContent).toBe('c.contry');
    await expect.element(page.getByText('Line 3, column 7')).toBeVisible();
    // Said once: the plan's pane does not repeat it.
    await expect.element(page.getByText('There is no plan')).toBeVisible();
  });

  test('a failure at a later row: the rows before it stay, marked as a part', async () => {
    const { host } = openScenario('failed late');
    await expect.element(page.getByText(/Division by zero\./)).toBeVisible();
    await expect
      .element(page.getByText(/The first [\d,]+ rows, which came before, are below\./))
      .toBeVisible();
    await expect.element(page.getByRole('grid', { name: /^Rows of/ })).toBeVisible();
    await expect.element(status).toHaveTextContent(/Failed[\d,]+\+? rows/);
    await page.getByRole('button', { name: 'Run again' }).first().click();
    await expect.poll(() => host.asked).toContain('repeatRun');
  });

  test('running: progress, and Cancel at once in the status line', async () => {
    const { host } = openScenario('running');
    await expect
      .element(status)
      .toHaveTextContent(/Running42 %4,200 of about 10,000 rows420 KiB of 1,000 KiB4\.\d/);
    await status.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => host.asked).toContain('cancelRun');
    (status.getByRole('button', { name: 'Cancel' }).element() as HTMLElement).focus();
    host.end.emit('runChanged', { ...doneRun(2, 'top customers'), status: 'cancelled' });
    // What had the focus is gone; it stays in the line.
    await expect.element(status.getByRole('button', { name: 'Cancel' })).not.toBeInTheDocument();
    await expect.poll(() => document.activeElement).not.toBe(document.body);
  });

  test('a run that becomes done shows its rows', async () => {
    const { host } = open(
      [{ ...doneRun(1, 'q'), status: 'running', schema: [], rowCount: 0, complete: false }],
      { 1: customers },
    );
    await expect.element(page.getByRole('tab', { name: 'q, running' })).toBeVisible();
    host.end.emit('runChanged', doneRun(1, 'q'));
    await expect.element(rows.getByText('-999.99')).toBeVisible();
  });

  test('rows that come with the run are shown without being asked for', async () => {
    const { host } = open(
      [{ ...doneRun(1, 'q'), status: 'running', schema: [], rowCount: 0, complete: false }],
      { 1: customers },
    );
    await expect.element(page.getByRole('tab', { name: 'q, running' })).toBeVisible();
    host.end.emit('firstRows', {
      runId: 1,
      page: {
        start: 0,
        rowCount: 256,
        arrow: arrowPage(customers, 0, 256),
        knownRowCount: customers.rowCount,
        complete: true,
      },
    });
    host.end.emit('runChanged', doneRun(1, 'q'));
    await expect.element(rows.getByText('-999.99')).toBeVisible();
    expect(host.asked).not.toContain('readRows');
  });

  test('lost: what was read stays, greyed, and runs again', async () => {
    const { host } = openScenario('content');
    await expect.element(rows.getByText('-999.99')).toBeVisible();
    host.end.emit('runChanged', { ...doneRun(4, 'top customers'), status: 'lost' });
    await expect.element(page.getByText(/The engine ended/).first()).toBeVisible();
    await expect.element(rows.getByText('-999.99')).toBeVisible();
    await page.getByRole('button', { name: 'Run again' }).last().click();
    await expect.poll(() => host.asked).toContain('repeatRun');
  });

  test('a run that is repeated reads its rows anew', async () => {
    const { host } = open([doneRun(1, 'q')], { 1: customers });
    await expect.element(rows.getByText('-999.99')).toBeVisible();
    const before = host.asked.filter((method) => method === 'readRows').length;
    host.end.emit('runChanged', {
      ...doneRun(1, 'q'),
      status: 'running',
      rowCount: 0,
      complete: false,
    });
    host.end.emit('runChanged', doneRun(1, 'q'));
    await expect
      .poll(() => host.asked.filter((method) => method === 'readRows').length)
      .toBeGreaterThan(before);
    await expect.element(rows.getByText('-999.99')).toBeVisible();
  });

  test('a host that goes away in the middle of a call leaves a usable panel', async () => {
    const { host } = open([doneRun(1, 'q')], { 1: customers }, { explainRun: never });
    await expect.element(rows.getByText('-999.99')).toBeVisible();
    host.hangUp();
    await expect
      .element(page.getByText(/connection to the editor is closed/).first())
      .toBeVisible();
    await focusRows();
    await userEvent.keyboard('{ArrowDown}');
    expect(activeCell()).toMatchObject({ row: 1, column: 0 });
  });
});

describe('plan', () => {
  test('the tree opens and closes by keys, and facts follow', async () => {
    openScenario('content');
    await page.getByRole('button', { name: 'Show as a tree' }).click();
    const tree = page.getByRole('tree', { name: 'physical plan' });
    await expect.element(tree).toBeVisible();
    expect(tree.getByRole('treeitem').elements()).toHaveLength(5);
    tree.element().querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(page.getByRole('heading', { name: 'HashAggregate' })).toBeVisible();
    await userEvent.keyboard('{ArrowLeft}');
    expect(tree.getByRole('treeitem').elements()).toHaveLength(2);
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    await expect.element(page.getByRole('heading', { name: 'BroadcastHashJoin' })).toBeVisible();
  });

  test('advice says what it found, and leads to its operator and to the idea behind it', async () => {
    const opened: string[] = [];
    open(
      [doneRun(1, 'top customers')],
      { 1: customers },
      {
        explainRun: () => ok(measuredExplanation),
        explainIdea({ idea }) {
          opened.push(idea);
          return ok({});
        },
      },
      adviceOpen,
    );
    await expect.element(page.getByRole('tab', { name: 'Advice (2)' })).toBeVisible();
    const advice = page.getByRole('list', { name: 'Advice' });
    await expect.element(advice.getByRole('heading').first()).toHaveTextContent('multiplies rows');
    await advice.getByRole('button', { name: 'About shuffle' }).click();
    await expect.poll(() => opened).toEqual(['shuffle']);
    await advice.getByRole('button', { name: /^Show/ }).first().click();
    await expect
      .element(page.getByRole('tab', { name: 'Physical' }))
      .toHaveAttribute('aria-selected', 'true');
    await page.getByRole('tab', { name: 'Advice (1)' }).click();
    await expect.element(advice).toHaveTextContent('The join multiplies rows');
  });

  test('the picture is walked along its lines, and folds', async () => {
    openScenario('plan measured');
    const tree = page.getByRole('tree', { name: 'physical plan' });
    await expect.element(tree).toBeVisible();
    expect(tree.getByRole('treeitem').elements()).toHaveLength(5);
    tree.element().querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    await userEvent.keyboard('{ArrowUp}{ArrowUp}');
    await expect.element(page.getByRole('heading', { name: 'BroadcastHashJoin' })).toBeVisible();
    await expect.element(page.getByText('90 · more came, by 139×')).toBeVisible();
    await userEvent.keyboard('{ArrowUp}{ArrowRight}');
    expect(document.activeElement?.textContent).toMatch(/^Relationorders .*1,200,000 rows/);
    await userEvent.keyboard('{ArrowDown} ');
    expect(tree.getByRole('treeitem').elements()).toHaveLength(3);
    await expect.element(tree.getByText('+2')).toBeVisible();
  });

  test('of a big picture what is near the window is drawn, and the card that has the focus', async () => {
    openScenario('plan big');
    const tree = page.getByRole('tree', { name: 'physical plan' });
    await expect.element(tree).toBeVisible();
    const drawn = () => [...tree.element().querySelectorAll<HTMLElement>('.picture-card')];
    const seen = () => {
      const frame = document.querySelector('.picture-viewport')!.getBoundingClientRect();
      return drawn().filter((card) => {
        const box = card.getBoundingClientRect();
        return (
          box.right > frame.left &&
          box.left < frame.right &&
          box.bottom > frame.top &&
          box.top < frame.bottom
        );
      });
    };
    await expect.poll(() => seen().length).toBeGreaterThan(0);
    const first = tree.element().querySelector<HTMLElement>('[tabindex="0"]')!;
    expect(first).toHaveAttribute('aria-setsize', '1');
    first.focus();
    expect(drawn().length).toBeLessThan(100);
    await userEvent.keyboard('{End}');
    await expect.poll(() => seen().includes(document.activeElement as HTMLElement)).toBe(true);
    const last = document.activeElement;
    expect(last).not.toBe(first);
    expect(last).toHaveAttribute('tabindex', '0');
    expect(first.isConnected).toBe(false);
    // Scrolled away from it, it stays, and so does the focus; its keys go on from there.
    const viewport = document.querySelector('.picture-viewport')!;
    const wasSeen = new Set(seen());
    viewport.scrollTo({ top: viewport.scrollTop > 0 ? 0 : viewport.scrollHeight });
    await expect.poll(() => seen().filter((card) => !wasSeen.has(card)).length).toBeGreaterThan(0);
    expect(document.activeElement).toBe(last);
    await userEvent.keyboard('{Home}');
    await expect.poll(() => seen().includes(document.activeElement as HTMLElement)).toBe(true);
    expect(document.activeElement).toHaveAttribute('aria-level', '1');
  });

  test('what is found in the picture is stepped through', async () => {
    openScenario('plan big');
    const field = page.getByRole('searchbox', { name: 'Find in the plan' });
    await field.fill('exchange');
    await expect.element(page.getByText('62 matches')).toBeVisible();
    await userEvent.keyboard('{Enter}{Enter}');
    await expect.element(page.getByRole('heading', { name: 'Exchange' })).toBeVisible();
    await expect.element(page.getByText('into 200 partitions, a task for each')).toBeVisible();
    await expect.element(page.getByText('63 stages, 62 shuffles')).toBeVisible();
  });

  test('a step is selected in the editor that the query came from, and the other way round', async () => {
    const asked: string[] = [];
    const { host } = open(
      [{ ...doneRun(1, 'q'), sourceName: 'top.sparksql' }],
      { 1: customers },
      {
        explainRun: () => ok(withPieces),
        showSource({ start, end, reveal }) {
          asked.push(`${start}-${end} ${reveal}`);
          return ok({ place: asked.length === 1 ? 'shown' : 'changed' });
        },
      },
      { ...adviceOpen, planTab: 'physical', nodeTab: 'node-sql' },
    );
    const tree = page.getByRole('tree', { name: 'physical plan' });
    await tree.getByRole('treeitem', { name: 'BroadcastHashJoin' }).click();
    await expect.poll(() => asked).toEqual(['20-40 tab']);
    await userEvent.keyboard('{ArrowUp}');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => asked.slice(1)).toEqual(['50-60 visible', '50-60 focus']);
    await expect.element(page.getByText('top.sparksql has changed since this ran')).toBeVisible();
    host.end.emit('sourceCursor', { runId: 1, offset: 25 });
    await expect.element(page.getByRole('heading', { name: 'BroadcastHashJoin' })).toBeVisible();
    await expect.element(page.getByText('BroadcastHashJoin: [customer_id]')).toBeInTheDocument();
    expect(asked).toHaveLength(3);
  });

  test('measuring runs the query once more and shows what each step took', async () => {
    const { host } = openScenario('content');
    await page.getByRole('button', { name: /^Measure/ }).click();
    await expect.element(page.getByText('12,480 rows · 12 ms')).toBeVisible();
    expect(host.asked.filter((method) => method === 'explainRun')).toHaveLength(2);
  });

  test('a plan is exported in the format that is chosen', async () => {
    const sent: { name: string; content: string | ArrayBuffer }[] = [];
    open(
      [doneRun(1, 'q')],
      { 1: customers },
      {
        exportPlan: (params) => {
          sent.push(params);
          return ok({});
        },
      },
    );
    for (const label of ['Picture (SVG)', 'Picture (PNG)', 'As Spark prints it (text)']) {
      await page.getByRole('button', { name: 'Export the plan' }).click();
      await page.getByRole('menuitem', { name: label }).click();
    }
    await expect.poll(() => sent.length).toBe(3);
    await expect.element(page.getByRole('button', { name: 'Export the plan' })).toHaveFocus();
    await userEvent.keyboard('{Enter}{ArrowDown}{Escape}');
    await expect.element(page.getByRole('menu')).not.toBeInTheDocument();
    await expect.element(page.getByRole('button', { name: 'Export the plan' })).toHaveFocus();
    const svg = sent.find(({ name }) => name === 'physical plan.svg')?.content;
    expect(svg).toMatch(/^<svg [^]*BroadcastHashJoin[^]*<\/svg>\n$/);
    const png = sent.find(({ name }) => name.endsWith('.png'))?.content;
    expect([...new Uint8Array(png as ArrayBuffer, 1, 3)]).toEqual([0x50, 0x4e, 0x47]);
    expect(sent.find(({ name }) => name.endsWith('.txt'))?.content).toMatch(/^GlobalLimit 10/);
  });

  test('in a narrow panel the picture keeps its room, and the chosen tab stays in sight', async () => {
    const { element } = openScenario('rules');
    element.style.width = '300px';
    element.style.height = '560px';
    const tab = page.getByRole('tab', { name: 'Physical' });
    await tab.click();
    const tree = page.getByRole('tree', { name: 'physical plan' });
    await expect.element(tree).toBeVisible();
    const seen = tree.element().closest('.picture-viewport')?.clientHeight ?? 0;
    expect(seen).toBeGreaterThan(60);
    expect(tree.element().closest('.split')?.scrollTop).toBe(0);
    const strip = () => tab.element().parentElement?.getBoundingClientRect();
    element.style.width = '900px';
    await expect.poll(() => element.querySelector('.split.beside')).not.toBeNull();
    element.style.width = '300px';
    const hidden = () => {
      const [box, around] = [tab.element().getBoundingClientRect(), strip() ?? new DOMRect()];
      return Math.max(0, around.left - box.left, box.right - around.right);
    };
    await expect.poll(hidden).toBeLessThan(2);
  });

  test('rules: what the chosen one changed', async () => {
    openScenario('rules');
    const change = page.getByRole('region', { name: 'What PushPredicateThroughJoin changed' });
    await expect.element(change).toHaveTextContent('Moved: Filter');
    const list = page.getByRole('listbox');
    list.element().querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    await userEvent.keyboard('{ArrowDown}');
    await expect
      .element(page.getByRole('region', { name: 'What ColumnPruning changed' }))
      .toHaveTextContent('Added: Project');
    const next = page.getByRole('button', { name: 'Next rule' });
    (next.element() as HTMLElement).focus();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('Rule 3 of 3')).toBeVisible();
    // It can't be pressed again: the one beside it has the focus.
    await expect.element(page.getByRole('button', { name: /^Play the rules/ })).toHaveFocus();
    await expect
      .element(page.getByRole('status').filter({ hasText: 'InferFiltersFromConstraints. ' }))
      .toBeInTheDocument();
    list.element().querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    await userEvent.keyboard(' ');
    await expect.element(page.getByRole('button', { name: 'Pause' })).toBeVisible();
    await userEvent.keyboard(' ');
    await page.getByRole('button', { name: /^Play the rules/ }).click();
    await expect.element(page.getByText('Rule 1 of 3')).toBeVisible();
    await expect.element(page.getByText('Rule 3 of 3')).toBeVisible();
    await expect.element(page.getByRole('button', { name: /^Play the rules/ })).toBeVisible();
  });

  test('a plan that can’t be made is an error in place, and the rows stay', async () => {
    let works = false;
    const { host } = open(
      [doneRun(1, 'q')],
      { 1: customers },
      {
        explainRun: () => (works ? never() : fail({ kind: 'gone' })),
      },
    );
    await expect.element(page.getByRole('alert')).toHaveTextContent(/The result is gone/);
    await expect.element(rows.getByText('-999.99')).toBeVisible();
    works = true;
    await page.getByText('Try again').click();
    await expect.poll(() => host.asked.filter((m) => m === 'explainRun').length).toBe(2);
  });

  test('Grid and Plan can be turned off, never both, and stay so after a reload', async () => {
    const { host } = openScenario('content');
    await page.getByRole('button', { name: 'Plan', exact: true }).click();
    await expect.element(page.getByRole('tree')).not.toBeInTheDocument();
    await page.getByRole('button', { name: 'Grid', exact: true }).click();
    await expect.element(page.getByRole('tree')).toBeVisible();
    await expect.element(rows).not.toBeInTheDocument();
    const saved = host.saved;
    open([doneRun(4, 'q')], { 4: customers }, {}, saved);
    await expect.element(page.getByRole('tree')).toBeVisible();
    await expect.element(rows).not.toBeInTheDocument();
  });

  test('F6 walks tabs, rows, plan and status line', async () => {
    openScenario('content');
    await focusRows();
    await userEvent.keyboard('{F6}');
    expect(document.activeElement?.getAttribute('aria-controls')).toBe('plan-panel');
    await userEvent.keyboard('{F6}');
    expect(document.activeElement?.getAttribute('aria-controls')).toBe('node-panel');
    await userEvent.keyboard('{F6}');
    expect(document.activeElement?.textContent).toBe('customer_id · row 1');
    await userEvent.keyboard('{F6}');
    expect(document.activeElement?.getAttribute('aria-controls')).toBe('run-panel');
    await userEvent.keyboard('{F6}');
    expect(activeCell()).toMatchObject({ row: 0, column: 0 });
  });
});

describe('axe', () => {
  // Four themes each, and some plans are big.
  for (const name of Object.keys(resultsScenarios))
    test(name, { timeout: 60_000 }, async () => {
      for (const theme of THEMES) {
        const element = openPanel(mountResultsPanel, resultsScenarios[name]!(), {
          theme,
          height: 360,
        });
        for (let frame = 0; frame < 8; frame++)
          await new Promise((resolve) => requestAnimationFrame(resolve));
        expect(await violationsIn(element), theme).toEqual([]);
      }
    });
});
