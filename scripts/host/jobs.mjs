// The three jobs from the installed VSIX, by the gestures of a person: keys, clicks and what the screen then shows.
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  explorerRow,
  quickInput,
  quickPickRow,
  runCommand,
  webview,
  workbenchReady,
} from './browserPage.mjs';

const SLOW = { timeout: 40_000 };

export async function doJobs({ page, server, check }) {
  const open = (name) => explorerRow(page, name).dblclick();

  await check('a type error is underlined in a Python file', async () => {
    await open('inventory.py');
    await page.locator('.editor-instance .squiggly-error').first().waitFor(SLOW);
    await server.activating('strata.strata');
  });

  await check('a struct format that does not fit its buffer is underlined', async () => {
    await open('packets.py');
    await page.locator('.editor-instance .squiggly-error').first().waitFor(SLOW);
    await runCommand(page, 'Problems: Focus on Problems View');
    await page
      .locator('.markers-panel .monaco-list-row', { hasText: 'struct-size' })
      .first()
      .waitFor(SLOW);
    await runCommand(page, 'View: Toggle Panel Visibility');
  });

  await check('an .npy file opens as a typed grid beside its bytes', async () => {
    await open('weights.npy');
    const view = webview(page);
    await view.getByText('float32').first().waitFor(SLOW);
    await view.getByRole('grid').first().waitFor(SLOW);
    await view.getByRole('gridcell').first().waitFor(SLOW);
  });

  await check('a query on a CSV file shows its rows', async () => {
    await query(page, ['orders.csv'], 'SELECT order_id, total_amount FROM orders LIMIT 100');
    const view = webview(page);
    await view.getByRole('gridcell', { name: '1001' }).first().waitFor(SLOW);
    await view.getByText('100 rows').first().waitFor(SLOW);
  });

  await check('a reload of the window brings the results panel back, to run again', async () => {
    // Not the browser's own reload, which ends the window before it has written down what is open.
    const reloaded = page.waitForEvent('load', SLOW);
    await runCommand(page, 'Developer: Reload Window');
    await reloaded;
    await workbenchReady(page);
    await page.locator('.tab', { hasText: 'Strata Results' }).click();
    const view = webview(page);
    await view
      .getByRole('button', { name: /run again/i })
      .first()
      .click(SLOW);
    await view.getByRole('gridcell', { name: '1001' }).first().waitFor(SLOW);
  });

  await check('a table and its columns are dragged out of the view into a query', () =>
    dragData(page, server.folder),
  );

  const file = join(server.folder, 'parameters.sparksql');
  const statement = 'SELECT :city AS city,\n  ${sum} AS total';
  writeFileSync(file, `${statement};\n`);
  try {
    await check('parameters are asked for once, checked, and remembered', () =>
      giveParameters(page),
    );
  } finally {
    await runCommand(page, 'View: Close All Editors');
    rmSync(file);
  }
}

/** A name with a space stands in SQL under one without, and in backticks where it is a column's. */
async function dragData(page, folder) {
  const [table, query] = [join(folder, 'odd names.csv'), join(folder, 'drag.sparksql')];
  writeFileSync(table, 'id,total amount\n1,2\n');
  writeFileSync(query, 'SELECT \nFROM \n');
  try {
    await runCommand(page, 'View: Close All Editors');
    await openByName(page, 'drag.sparksql');
    const lines = page.locator('.editor-instance .view-line');
    await lines.nth(2).waitFor(SLOW);
    await runCommand(page, 'Strata: Focus on Data View');
    const row = (text) => page.locator('.customview-tree .monaco-list-row', { hasText: text });
    await drag(page, row('odd names.csv').first(), lines.nth(1));
    await lines.filter({ hasText: 'FROM odd_names' }).waitFor(SLOW);
    await row('odd names.csv').locator('.monaco-tl-twistie').click();
    await row('total amount').first().waitFor(SLOW);
    await drag(page, row('total amount').first(), lines.nth(0));
    await lines.filter({ hasText: 'SELECT `total amount`' }).waitFor(SLOW);
  } finally {
    rmSync(table);
    rmSync(query);
  }
  await runCommand(page, 'File: Revert File');
  await runCommand(page, 'View: Close All Editors');
  await runCommand(page, 'View: Show Explorer');
}

/** To the end of a line of an editor, which shows where the text would go once it takes part in the drag. */
async function drag(page, source, line) {
  await source.hover(SLOW);
  await page.mouse.down();
  const { x, y, height } = await line.boundingBox();
  const at = [x + 200, y + height / 2];
  await page.mouse.move(at[0] - 80, at[1], { steps: 8 });
  await page.mouse.move(...at, { steps: 4 });
  await page
    .locator('.editor-instance .dnd-target')
    .first()
    .waitFor({ state: 'attached', ...SLOW });
  await page.mouse.up();
}

/** `parameters.sparksql` holds one statement with `:city` and `${sum}`. */
async function giveParameters(page) {
  await openByName(page, 'parameters.sparksql');
  const firstLine = page.locator('.editor-instance .view-line').first();
  await firstLine.click(SLOW);
  await page.keyboard.press('Control+Enter');
  const asked = page.locator('.quick-input-widget');
  await asked.filter({ hasText: 'Value of :city (1 of 2)' }).waitFor(SLOW);
  await quickInput(page).fill("'Os");
  await asked.filter({ hasText: 'A quote without its other one' }).waitFor(SLOW);
  await quickInput(page).fill('Oslo');
  await asked.filter({ hasText: "The text 'Oslo'" }).waitFor(SLOW);
  await quickInput(page).press('Enter');
  await asked.filter({ hasText: 'Value of ${sum} (2 of 2)' }).waitFor(SLOW);
  await quickInput(page).fill('2 + 3');
  await quickInput(page).press('Enter');
  const view = webview(page);
  await view.getByRole('gridcell', { name: 'Oslo' }).first().waitFor(SLOW);
  await view.getByRole('gridcell', { name: '5' }).first().waitFor(SLOW);
  const runs = await view.getByRole('tab').count();
  await firstLine.click(SLOW);
  await page.keyboard.press('Control+Enter');
  await view.getByRole('tab').nth(runs).waitFor(SLOW);
  assert.ok(!(await asked.filter({ hasText: 'Value of' }).isVisible()));
}

async function openByName(page, name) {
  await page.keyboard.press('Control+P');
  await quickInput(page).fill(name);
  await quickPickRow(page, name).click(SLOW);
}

/** "Run Spark SQL on File…" from the palette: picks the files, writes the query, runs. */
export async function query(page, files, text) {
  await runCommand(page, 'Strata: Run Spark SQL on File…');
  for (const file of files) {
    await quickInput(page).fill(file);
    await quickPickRow(page, file).click(SLOW);
  }
  await page
    .locator('.quick-input-widget')
    .getByRole('button', { name: 'OK', exact: true })
    .click();
  // One file has queries of its own to begin with.
  if (files.length === 1) await quickPickRow(page, 'Write a query…').click(SLOW);
  const box = quickInput(page);
  await page.locator('.quick-input-widget', { hasText: 'View' }).waitFor(SLOW);
  assert.match(await box.inputValue(), /^SELECT \* FROM \w+ LIMIT 100$/);
  await box.fill(text);
  await box.press('Enter');
}
