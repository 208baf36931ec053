import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ScriptRunEnd } from '#client/frames/scriptTerminal.ts';
import type { TestApi } from '#client/testApi.ts';
import { closeAllEditors, diagnosticsOf, extensionApi, ruleOf, workspaceFile } from './harness.ts';

const script = `from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
orders = spark.read.csv("orders.csv", header=True, inferSchema=True)
print("orders:", orders.count())
`;

suite('PySpark files', () => {
  let api: TestApi;
  const uri = () => workspaceFile('orders_job.py');
  suiteSetup(async () => {
    api = await extensionApi();
  });
  suiteTeardown(async () => {
    await closeAllEditors();
    await vscode.workspace.fs.delete(uri());
  });

  const ended = (): Promise<ScriptRunEnd> =>
    new Promise((resolve) => {
      const listening = api.onScriptEnd((end) => {
        listening.dispose();
        resolve(end);
      });
    });

  const crossed = `from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
many = spark.range(10_000_000)
print(many.crossJoin(spark.range(10_000_000)).selectExpr("1 AS one").where("rand() > 2").count())
`;

  test('run in a terminal, and show one DataFrame of theirs', async () => {
    await vscode.workspace.fs.writeFile(uri(), Buffer.from(script));
    await vscode.window.showTextDocument(uri());
    const whole = ended();
    await vscode.commands.executeCommand('strata.runPySparkFile', uri());
    assert.deepEqual(await whole, { code: 0, output: 'orders: 2000\n' });
    const schema = ended();
    await vscode.commands.executeCommand('strata.lookAtFrame', uri().toString(), 3, 'schema');
    const { code, output } = await schema;
    assert.equal(code, 0, output);
    assert.match(output, /^root\n \|-- order_id: integer \(nullable = true\)\n/);
  });

  test('put the rows of their actions into the grid, and a record of each into the jobs', async () => {
    const shown = `${script}orders.show(5)\norders.explain()\n`;
    await vscode.workspace.fs.writeFile(uri(), Buffer.from(shown));
    await vscode.window.showTextDocument(uri());
    const whole = ended();
    await vscode.commands.executeCommand('strata.runPySparkFile', uri());
    const { code, output } = await whole;
    assert.equal(code, 0, output);
    assert.match(output, /only showing top 5 rows/);
    assert.ok(await api.resultsPanelIsOpen());
    const runs = await api.runs();
    const [rows] = runs.filter(({ text }) => text === 'orders.show(5)');
    assert.ok(rows);
    assert.deepEqual([rows.status, rows.rowCount, rows.complete], ['done', 5, true]);
    assert.equal(await api.readRowCount(rows.runId, 0, 200), 5);
    const [plan] = runs.filter(({ text }) => text === 'orders.explain()');
    assert.equal(plan?.isPlanOnly, true);
    const jobs = api.jobs().filter(({ script: of }) => of?.uri === uri().toString());
    const told = jobs.map(({ text, status, script: of }) => `${of?.line} ${status} ${text}`);
    assert.ok(told.includes('5 done orders.show(5)'), told.join('\n'));
    assert.ok(!told.some((each) => each.includes('explain')), told.join('\n'));
  });

  test('stop where one of their jobs is cancelled', async () => {
    await vscode.workspace.fs.writeFile(uri(), Buffer.from(crossed));
    await vscode.window.showTextDocument(uri());
    const whole = ended();
    const started = new Promise<void>((resolve) => {
      void api.onRun(({ status, text }) => {
        if (status === 'running' && text.includes('crossJoin')) resolve();
      });
    });
    const running = vscode.commands.executeCommand('strata.runPySparkFile', uri());
    await started;
    await vscode.commands.executeCommand('strata.cancelQuery');
    assert.equal((await whole).code, undefined);
    await running;
  });

  test('are checked by the columns of their files, and have lenses', async () => {
    const wrong = `${script}orders.select("quantiti")\n`;
    await vscode.workspace.fs.writeFile(uri(), Buffer.from(wrong));
    const document = await vscode.workspace.openTextDocument(uri());
    await vscode.window.showTextDocument(document);
    const [found] = await diagnosticsOf(uri(), 'the misspelt column is found', (all) =>
      all.some((each) => ruleOf(each) === 'spark-column'),
    );
    assert.match(found?.message ?? '', /Did you mean 'quantity'\?/);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri(),
      new vscode.Position(3, 1),
    );
    const told = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (content as vscode.MarkdownString).value)
      .join('\n');
    assert.match(told, /order_id: int[^]*2,000 rows/);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri(),
    );
    const titles = lenses.map(({ range, command }) => `${range.start.line}: ${command?.title}`);
    for (const title of ['3: Show', '3: Schema', '3: Explain', '4: Show'])
      assert.ok(titles.includes(title), titles.join(', '));
  });
});
