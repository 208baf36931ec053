// Pictures of every panel in every state, in light, dark and both high-contrast themes, from the installed VSIX.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { explorerRow, quickInput, quickPickRow, runCommand, webview } from './browserPage.mjs';
import { query } from './jobs.mjs';

const SLOW = { timeout: 25_000 };

/** By file name, the theme's name in VS Code's own list. */
const themes = {
  light: 'Light Modern',
  'high-contrast-light': 'Light High Contrast',
  'high-contrast-dark': 'Dark High Contrast',
  dark: 'Dark Modern',
};

const ENDLESS = `SELECT count(*) AS n FROM measurements a JOIN measurements b ON a.humidity = b.humidity JOIN measurements c ON b.humidity = c.humidity`;

export async function takeScreenshots({ page, check, folder, wanted }) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const closeEditors = () => runCommand(page, 'View: Close All Editors');
  const inspect = async (name, ready) => {
    await closeEditors();
    await explorerRow(page, name).dblclick();
    await ready(webview(page));
  };

  /** Sets a state up once and pictures it in each theme; `point` is what the theme's picker undoes, as a hover. */
  const picture = async (name, setUp, point = () => settle(page)) => {
    if (!wanted.test(name)) return;
    await check(`screenshots of ${name}`, async () => {
      await setUp();
      for (const [file, theme] of Object.entries(themes)) {
        await chooseTheme(page, theme);
        await point();
        await page.screenshot({ path: join(folder, `${name}-${file}.png`) });
      }
    });
  };

  await picture(
    'typing',
    async () => {
      await closeEditors();
      await explorerRow(page, 'packets.py').dblclick();
      await page.locator('.editor-instance .squiggly-error').first().waitFor(SLOW);
    },
    async () => {
      const line = page.locator('.editor-instance .view-line', { hasText: 'PACKET =' }).first();
      await line.locator('span > span').last().click();
      await page.keyboard.press('Control+K');
      await page.keyboard.press('Control+I');
      await page.locator('.monaco-hover', { hasText: 'QdQ' }).first().waitFor(SLOW);
    },
  );
  await picture('walkthrough', async () => {
    await closeEditors();
    await runCommand(page, 'Welcome: Open Walkthrough...');
    await quickPickRow(page, 'Get started with Strata').click();
    await page.getByText('Types: see a mistake before it runs').first().waitFor(SLOW);
  });
  await picture('buffer-content', () =>
    inspect('weights.npy', (view) => view.getByRole('gridcell').first().waitFor(SLOW)),
  );
  await picture('buffer-huge', () =>
    inspect('field.npy', (view) => view.getByRole('gridcell').first().waitFor(SLOW)),
  );
  await picture('buffer-records', () =>
    inspect('readings.npy', (view) => view.getByRole('gridcell').first().waitFor(SLOW)),
  );
  await picture('buffer-image', () =>
    inspect('field.npy', async (view) => {
      await inMode(view, 'Plot');
      await view.getByRole('combobox', { name: 'Colour map' }).waitFor(SLOW);
    }),
  );
  await picture('buffer-layout', () =>
    inspect('matrix_be_fortran.npy', async (view) => {
      await inMode(view, 'Layout');
      await addStep(view, 'slice', '::2, ::-1');
      await addStep(view, 'reshape', '-1');
      await view.getByText('copy', { exact: true }).first().waitFor(SLOW);
    }),
  );
  await picture('buffer-error', () =>
    inspect('broken_shape.npy', (view) =>
      view
        .getByText(/00000000|000000/)
        .first()
        .waitFor(SLOW),
    ),
  );
  await picture('buffer-empty', () =>
    inspect('no_rows.npy', (view) => view.getByText('(0, 3)').first().waitFor(SLOW)),
  );
  await picture('results-empty', async () => {
    await closeEditors();
    await closeRuns(page);
    await webview(page).getByText('appear here').waitFor(SLOW);
  });
  await picture('results-content', async () => {
    await query(page, ['measurements.csv'], 'SELECT * FROM measurements');
    await webview(page).getByRole('gridcell').first().waitFor(SLOW);
  });
  await picture('results-plan', async () => {
    await query(
      page,
      ['customers.csv', 'orders.csv'],
      'SELECT c.city, count(*) AS orders, sum(o.total_amount) AS total FROM customers c JOIN orders o ON c.customer_id = o.customer_id GROUP BY c.city HAVING count(*) > 50 ORDER BY total DESC',
    );
    const view = webview(page);
    await view.getByRole('gridcell').first().waitFor(SLOW);
    await showPanes(view, { Grid: true, Plan: true });
    await view.getByRole('tab', { name: 'Optimized' }).click(SLOW);
    await view.getByRole('treeitem').first().waitFor(SLOW);
  });
  await picture('results-picture', async () => {
    const view = webview(page);
    await showPanes(view, { Plan: true, Grid: false });
    await view.getByRole('tab', { name: 'Physical' }).click(SLOW);
    await view.getByRole('button', { name: /^Measure/ }).click(SLOW);
    await view
      .getByText(/ rows · /)
      .first()
      .waitFor(SLOW);
    await view
      .getByRole('treeitem', { name: /HashAggregate/ })
      .first()
      .click(SLOW);
  });
  await picture('results-advice', async () => {
    await query(
      page,
      ['orders.csv'],
      'SELECT a.customer_id, count(*) AS pairs FROM orders a JOIN orders b ON a.customer_id = b.customer_id GROUP BY a.customer_id',
    );
    const view = webview(page);
    await showPanes(view, { Plan: true, Grid: false });
    await view.getByRole('button', { name: /^Measure/ }).click(SLOW);
    await view
      .getByRole('tab', { name: /^Advice/ })
      .first()
      .click(SLOW);
    await view.getByText('multiplies rows').first().waitFor(SLOW);
  });
  await picture('results-error', async () => {
    await query(page, ['orders.csv'], 'SELECT total FROM orders WHERE quantity > 2');
    await showPanes(webview(page), { Grid: true });
    await webview(page).getByText('UNRESOLVED_COLUMN').first().waitFor(SLOW);
  });
  await picture('results-loading', async () => {
    await query(page, ['measurements.csv'], ENDLESS);
    await webview(page)
      .getByRole('button', { name: /cancel/i })
      .first()
      .waitFor(SLOW);
  });
  await runCommand(page, 'Strata: Cancel Queries');

  if (!wanted.test('results-narrow') && !wanted.test('buffer-narrow')) return;
  const size = page.viewportSize();
  await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
  await page.setViewportSize({ width: 360, height: 640 });
  await picture('results-narrow', async () => {
    await webview(page)
      .getByRole('tab', { name: /^SELECT \* FROM measure/ })
      .click(SLOW);
    await webview(page).getByRole('gridcell').first().waitFor(SLOW);
  });
  await picture('buffer-narrow', async () => {
    await closeEditors();
    await openByName(page, 'weights.npy');
    await webview(page).getByRole('gridcell').first().waitFor(SLOW);
  });
  await page.setViewportSize(size);
  await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
}

/** Presses the buttons of the panes that are not as they are wanted, in that order. */
async function showPanes(view, wanted) {
  for (const [name, shown] of Object.entries(wanted)) {
    const button = view.getByRole('button', { name, exact: true });
    await button.waitFor(SLOW);
    if (((await button.getAttribute('aria-pressed')) === 'true') !== shown) await button.click();
  }
}

async function inMode(view, name) {
  await view.getByRole('button', { name, exact: true }).click(SLOW);
}

async function addStep(view, kind, argument) {
  await view.getByRole('combobox', { name: 'Step to add' }).selectOption(kind, SLOW);
  const box = view.getByRole('textbox', { name: 'Argument of the step to add' });
  await box.fill(argument, SLOW);
  await box.press('Enter');
}

async function openByName(page, name) {
  await runCommand(page, 'Go to File');
  await quickInput(page).fill(name);
  await quickPickRow(page, name).click();
}

async function chooseTheme(page, theme) {
  await runCommand(page, 'Preferences: Color Theme');
  await quickInput(page).fill(theme);
  await page
    .locator('.quick-input-list .monaco-list-row')
    .filter({ has: page.getByText(theme, { exact: true }) })
    .first()
    .waitFor();
  await quickInput(page).press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

/** Two frames, in which the webview has taken over the theme's colours. */
async function settle(page) {
  const twoFrames = () =>
    new Promise((done) => window.requestAnimationFrame(() => window.requestAnimationFrame(done)));
  await page.evaluate(twoFrames);
  const frame = page.frames().find((one) => one.name() === 'active-frame');
  await frame?.evaluate(twoFrames);
}

/** The empty state is a panel without runs: closes those that earlier tests left. */
async function closeRuns(page) {
  await runCommand(page, 'Strata: Show Results');
  const view = webview(page);
  const tabs = view.getByRole('tablist', { name: 'Runs' }).getByRole('tab');
  // The panel draws before the host has told it of its runs.
  await view.getByText('appear here').or(tabs.first()).first().waitFor(SLOW);
  for (let left = await tabs.count(); left > 0; left--) {
    await tabs.first().press('Delete');
    await tabs.nth(left - 1).waitFor({ state: 'detached' });
  }
}
