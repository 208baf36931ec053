import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '#client/testApi.ts';
import { ENDLESS } from './endless.ts';
import {
  closeAllEditors,
  extensionApi,
  panelCall,
  query,
  runThat,
  settled,
  workspaceFile,
} from './harness.ts';

suite('queries', () => {
  let api: TestApi;
  suiteSetup(async () => {
    api = await extensionApi();
  });
  suiteTeardown(closeAllEditors);

  test('runs Spark SQL on a CSV file and shows its rows', async () => {
    const runId = await query(['orders.csv'], 'SELECT * FROM orders LIMIT 100');
    const run = await runThat(api, 'the run settles', settled(runId));
    assert.equal(run.status, 'done', JSON.stringify(run.failure));
    assert.equal(run.rowCount, 100);
    assert.deepEqual(run.schema[0], { name: 'order_id', type: 'int', nullable: true });
    assert.ok(await api.resultsPanelIsOpen());
  });

  test('reads the rows of a run again in a panel that is opened again', async () => {
    await closeAllEditors();
    assert.ok(!(await api.resultsPanelIsOpen()));
    // A panel that was not there when the rows came has to ask for them.
    const shown = panelCall(
      api,
      'the panel reads rows',
      (call) => call.panel === 'results' && call.method === 'readRows' && call.phase === 'answered',
    );
    await vscode.commands.executeCommand('strata.showResults');
    await shown;
    assert.ok(await api.resultsPanelIsOpen());
  });

  test('joins a CSV with another file', async () => {
    const runId = await query(
      ['orders.csv', 'customers.csv'],
      `SELECT c.city, sum(o.total_amount) AS total FROM customers c
       JOIN orders o ON c.customer_id = o.customer_id GROUP BY c.city ORDER BY total DESC`,
    );
    const run = await runThat(api, 'the run settles', settled(runId));
    assert.equal(run.status, 'done', JSON.stringify(run.failure));
    assert.deepEqual(
      run.schema.map(({ name }) => name),
      ['city', 'total'],
    );
  });

  test('reads JSON and Parquet', async () => {
    for (const [file, name] of [
      ['products.json', 'products'],
      ['transactions.parquet', 'transactions'],
    ] as const) {
      const runId = await query([file], `SELECT count(*) AS n FROM ${name}`);
      const run = await runThat(api, 'the run settles', settled(runId));
      assert.equal(run.status, 'done', JSON.stringify(run.failure));
    }
  });

  test('tells what is wrong with a query in terms of Spark', async () => {
    const runId = await query(['orders.csv'], 'SELECT nothing FROM orders');
    const run = await runThat(api, 'the run settles', settled(runId));
    assert.equal(run.status, 'failed');
    assert.equal(run.failure?.kind, 'spark');
    assert.match(run.failure.class, /^UNRESOLVED_COLUMN/);
  });

  test('fails at a late row, and keeps the rows before it on show', async () => {
    const runId = await query(['orders.csv'], 'SELECT id, 1 / (id - 250000) FROM range(300000)');
    const run = await runThat(
      api,
      'the run fails',
      (each) => each.runId === runId && each.status === 'failed',
    );
    assert.equal(run.failure?.kind, 'spark');
    assert.equal(run.failure.class, 'DIVIDE_BY_ZERO');
    assert.ok(run.rowCount >= 256 && run.rowCount <= 250_000, String(run.rowCount));
    assert.equal((await api.readPage(runId, 0, 100)).rowCount, 100);
    const job = api.jobs().find((each) => each.runId === runId);
    assert.equal(job?.status, 'failed');
  });

  test('runs two queries at a time and cancels all, also those that wait', async () => {
    const first = await query(['measurements.csv'], ENDLESS);
    const second = await query(['measurements.csv'], ENDLESS);
    const third = await query(['orders.csv'], 'SELECT 1 AS one FROM orders');
    for (const each of [first, second])
      await runThat(api, 'both run', (run) => run.runId === each && run.status === 'running');
    const queued = (await api.runs()).find(({ runId }) => runId === third);
    assert.equal(queued?.status, 'queued');
    await vscode.commands.executeCommand('strata.cancelQuery');
    for (const runId of [first, second, third]) {
      const run = await runThat(api, `run ${runId} settles`, settled(runId));
      assert.equal(run.status, 'cancelled');
    }
    const next = await query(['orders.csv'], 'SELECT count(*) AS n FROM orders');
    const run = await runThat(api, 'the next query runs', settled(next));
    assert.equal(run.status, 'done', JSON.stringify(run.failure));
  });

  test('explains in words why it does not query a file of another kind', async () => {
    const before = api.messages().length;
    await vscode.commands.executeCommand('strata.runSqlOnFile', workspaceFile('weights.npy'));
    assert.deepEqual(
      api
        .messages()
        .slice(before)
        .map(({ id }) => id),
      ['runSql.unknownFormat'],
    );
  });
});
