import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { sampleQueries } from '#client/queries/sampleQueries.ts';
import type { TestApi } from '#client/testApi.ts';
import {
  closeAllEditors,
  diagnosticsOf,
  extensionApi,
  ruleOf,
  runThat,
  settled,
  until,
  workspaceFile,
} from './harness.ts';

suite('Spark SQL in the editor', () => {
  let api: TestApi;
  suiteSetup(async () => {
    api = await extensionApi();
    await vscode.commands.executeCommand('strata.addAsView', workspaceFile('orders.csv'), 'orders');
  });
  suiteTeardown(async () => {
    await closeAllEditors();
    await vscode.workspace.fs.delete(workspaceFile('.strata'), { recursive: true });
  });

  async function openSql(content: string): Promise<vscode.TextEditor> {
    const document = await vscode.workspace.openTextDocument({ language: 'spark-sql', content });
    return vscode.window.showTextDocument(document);
  }

  const completions = (uri: vscode.Uri, at: vscode.Position) =>
    vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      uri,
      at,
    );

  test('underlines a misspelt column with the class of Spark, and mends it', async () => {
    const { document } = await openSql('SELECT total_amuont FROM orders');
    const [found] = await diagnosticsOf(document.uri, 'the column is unknown', (all) =>
      all.some((each) => ruleOf(each) === 'UNRESOLVED_COLUMN.WITH_SUGGESTION'),
    );
    assert.ok(found);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      found.range,
    );
    const fix = actions.find(({ title }) => title === "Change to 'total_amount'");
    assert.ok(fix?.edit, actions.map(({ title }) => title).join(', '));
    await vscode.workspace.applyEdit(fix.edit);
    await diagnosticsOf(document.uri, 'nothing is wrong any more', (all) => all.length === 0);
  });

  test('offers columns, functions and keywords, and says what they are', async () => {
    const { document } = await openSql('SELECT o.total_amount,  FROM orders o');
    await diagnosticsOf(document.uri, 'half a query is judged', (all) => all.length > 0);
    const list = await completions(document.uri, new vscode.Position(0, 23));
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    for (const label of ['customer_id', 'count', 'CASE']) assert.ok(labels.includes(label), label);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new vscode.Position(0, 12),
    );
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((each) => (each instanceof vscode.MarkdownString ? each.value : ''))
      .join('\n');
    assert.match(text, /total_amount/);
  });

  test('runs the statement at the cursor, with what its parameters stand for', async () => {
    const editor = await openSql('SELECT 1 AS first;\nSELECT count(*) AS n FROM orders;');
    editor.selection = new vscode.Selection(1, 8, 1, 8);
    const ids = await vscode.commands.executeCommand<readonly number[]>('strata.runSql');
    assert.equal(ids.length, 1);
    const run = await runThat(api, 'the run settles', settled(ids[0] ?? 0));
    assert.equal(run.status, 'done', JSON.stringify(run.failure));
    assert.deepEqual(
      run.schema.map(({ name }) => name),
      ['n'],
    );
  });

  test('runs all statements of a selection in order', async () => {
    const ids = await vscode.commands.executeCommand<readonly number[]>('strata.runSql', {
      text: 'CREATE OR REPLACE TEMPORARY VIEW made AS SELECT 7 AS seven',
    });
    await runThat(api, 'the view is made', settled(ids[0] ?? 0));
    const editor = await openSql('SELECT seven FROM made; SELECT nothing_of_it FROM made');
    await diagnosticsOf(editor.document.uri, 'the made view is known', (all) =>
      all.some((each) => each.message.includes('nothing_of_it')),
    );
    assert.equal(vscode.languages.getDiagnostics(editor.document.uri).length, 1);
  });

  test('has lenses on each statement and a plan in a document of its own', async () => {
    const { document } = await openSql(
      'SELECT 1;\nSELECT customer_id FROM orders WHERE total_amount > 3',
    );
    const lenses = await until(
      'the lenses are there',
      (check) => [vscode.languages.onDidChangeDiagnostics(check)],
      () =>
        vscode.commands.executeCommand<vscode.CodeLens[]>(
          'vscode.executeCodeLensProvider',
          document.uri,
        ),
    );
    assert.equal(lenses.length, 6);
    const explain = lenses.findLast(({ command }) => command?.command === 'strata.explainSql');
    await vscode.commands.executeCommand('strata.explainSql', explain?.command?.arguments?.[0]);
    const plan = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'strata-plan');
    assert.match(plan?.getText() ?? '', /== Physical Plan ==/);
  });

  test('formats a document, and leaves what is not understood', async () => {
    const { document } = await openSql('select a from t where a>1;\nselect from from');
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>(
      'vscode.executeFormatDocumentProvider',
      document.uri,
      { tabSize: 2, insertSpaces: true },
    );
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, edits);
    await vscode.workspace.applyEdit(edit);
    assert.equal(document.getText(), 'SELECT a\nFROM t\nWHERE a > 1;\nselect from from\n');
  });

  test('leaves .sql to VS Code until the folder says that it is Spark', async () => {
    const file = workspaceFile('query.sql');
    await vscode.workspace.fs.writeFile(file, Buffer.from('SELECT nothing FROM orders'));
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    assert.equal(document.languageId, 'sql');
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      file,
    );
    assert.deepEqual(lenses, []);
    const settings = vscode.workspace.getConfiguration('strata', file);
    await settings.update('sql.dialect', 'spark', vscode.ConfigurationTarget.Workspace);
    await diagnosticsOf(file, 'the column is unknown', (all) => all.length === 1);
    await settings.update('sql.dialect', undefined, vscode.ConfigurationTarget.Workspace);
    await diagnosticsOf(file, 'nobody judges it any more', (all) => all.length === 0);
    await vscode.workspace.fs.delete(file);
  });

  test('judges a .sql of no folder where the user says that it is Spark', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'strata-outside-'));
    const file = vscode.Uri.file(join(folder, 'query.sql'));
    await vscode.workspace.fs.writeFile(file, Buffer.from('SELECT nothing FROM orders'));
    const settings = vscode.workspace.getConfiguration('strata');
    try {
      await settings.update('sql.dialect', 'spark', vscode.ConfigurationTarget.Global);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
      await diagnosticsOf(file, 'the column is unknown', (all) => all.length === 1);
      const content = 'SELECT nothing FROM orders';
      const untitled = await vscode.workspace.openTextDocument({ language: 'sql', content });
      await diagnosticsOf(untitled.uri, 'so is that of no file', (all) => all.length === 1);
      await settings.update('sql.dialect', undefined, vscode.ConfigurationTarget.Global);
      await diagnosticsOf(file, 'nobody judges it any more', (all) => all.length === 0);
    } finally {
      await settings.update('sql.dialect', undefined, vscode.ConfigurationTarget.Global);
      await rm(folder, { recursive: true });
    }
  });

  test('has its names told apart', async () => {
    const { document } = await openSql('SELECT o.total_amount FROM orders o');
    const whole = new vscode.Range(0, 0, 1, 0);
    const legend = await vscode.commands.executeCommand<vscode.SemanticTokensLegend>(
      'vscode.provideDocumentRangeSemanticTokensLegend',
      document.uri,
      whole,
    );
    const { data } = await vscode.commands.executeCommand<vscode.SemanticTokens>(
      'vscode.provideDocumentRangeSemanticTokens',
      document.uri,
      whole,
    );
    const kinds = [...data].filter((_, index) => index % 5 === 3);
    assert.deepEqual(
      kinds.map((kind) => legend.tokenTypes[kind]),
      ['variable', 'property', 'class', 'variable'],
    );
  });

  test('is judged and completed in a fence of Markdown that says that it is Spark', async () => {
    const content = 'Words.\n```spark-sql\nSELECT totl FROM orders\n```\n```sql\nSELECT 1 +\n```\n';
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
    await vscode.window.showTextDocument(document);
    const [found] = await diagnosticsOf(document.uri, 'the column is unknown', (all) =>
      all.some((each) => ruleOf(each) === 'UNRESOLVED_COLUMN.WITH_SUGGESTION'),
    );
    assert.equal(found?.range.start.line, 2);
    assert.equal(vscode.languages.getDiagnostics(document.uri).length, 1);
    const list = await completions(document.uri, new vscode.Position(2, 7));
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('customer_id'), labels.slice(0, 9).join());
  });

  test('is judged and completed in a cell that begins with a magic', async () => {
    const cell = new vscode.NotebookCellData(
      vscode.NotebookCellKind.Code,
      '%%sparksql\nSELECT totl FROM orders',
      'python',
    );
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([cell]),
    );
    const { uri } = notebook.cellAt(0).document;
    await diagnosticsOf(uri, 'the column is unknown', (all) =>
      all.some((each) => ruleOf(each) === 'UNRESOLVED_COLUMN.WITH_SUGGESTION'),
    );
    const list = await completions(uri, new vscode.Position(1, 7));
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('customer_id'), labels.slice(0, 9).join());
  });

  test('takes the names of its files and no other, and runs a .sql that nobody called Spark', async () => {
    const languages = [];
    for (const name of ['a.sparksql', 'b.spark.sql', 'c.sql']) {
      const file = workspaceFile(name);
      await vscode.workspace.fs.writeFile(
        file,
        Buffer.from('SELECT 1 AS one;\nSELECT 2 AS two;\n'),
      );
      const editor = await vscode.window.showTextDocument(file);
      languages.push(editor.document.languageId);
      editor.selection = new vscode.Selection(1, 0, 1, 0);
    }
    assert.deepEqual(languages, ['spark-sql', 'spark-sql', 'sql']);
    const [runId = 0] = await vscode.commands.executeCommand<readonly number[]>('strata.runSql');
    const run = await runThat(api, 'the statement at the cursor runs', settled(runId));
    assert.deepEqual([run.status, run.schema.map(({ name }) => name)], ['done', ['two']]);
    for (const name of ['a.sparksql', 'b.spark.sql', 'c.sql'])
      await vscode.workspace.fs.delete(workspaceFile(name));
  });

  test('runs what is selected, and nothing beside it', async () => {
    const editor = await openSql('SELECT 1 AS one;\nSELECT 2 AS two;\nSELECT 3 AS three');
    editor.selection = new vscode.Selection(0, 0, 1, 17);
    const ids = await vscode.commands.executeCommand<readonly number[]>('strata.runSql');
    const names = [];
    for (const runId of ids) {
      const run = await runThat(api, 'each settles', settled(runId));
      names.push(...run.schema.map(({ name }) => name));
    }
    assert.deepEqual(names, ['one', 'two']);
    // A query within a statement runs by itself.
    const inner = await openSql('SELECT * FROM (SELECT 4 AS four) WHERE four > 9');
    inner.selection = new vscode.Selection(0, 15, 0, 31);
    const [runId = 0] = await vscode.commands.executeCommand<readonly number[]>('strata.runSql');
    const run = await runThat(api, 'the part settles', settled(runId));
    assert.deepEqual([run.text, run.rowCount], ['SELECT 4 AS four', 1]);
  });

  test('goes to what a name means, renames an alias, and folds and lists statements', async () => {
    const { document } = await openSql(
      'WITH big AS (SELECT customer_id AS who FROM orders)\nSELECT b.who FROM big b',
    );
    const { uri } = document;
    await diagnosticsOf(uri, 'it is judged', (all) => all.length === 0);
    const at = new vscode.Position(1, 18);
    const [definition] = await vscode.commands.executeCommand<
      (vscode.Location | vscode.LocationLink)[]
    >('vscode.executeDefinitionProvider', uri, at);
    const range = definition && ('range' in definition ? definition.range : definition.targetRange);
    assert.equal(document.getText(range), 'big');
    const table = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      uri,
      new vscode.Position(0, 46),
    );
    const target = table[0] && ('uri' in table[0] ? table[0].uri : table[0].targetUri);
    assert.equal(target?.toString(), workspaceFile('orders.csv').toString());
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      uri,
      new vscode.Position(1, 22),
      'large',
    );
    await vscode.workspace.applyEdit(edit);
    assert.equal(document.lineAt(1).text, 'SELECT large.who FROM big large');
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      uri,
    );
    assert.ok(symbols.length > 0);
    const help = await vscode.commands.executeCommand<vscode.SignatureHelp>(
      'vscode.executeSignatureHelpProvider',
      (await openSql('SELECT substring(')).document.uri,
      new vscode.Position(0, 17),
    );
    assert.match(help.signatures[0]?.label ?? '', /^substring\(/);
  });

  test('runs the cells of a notebook that begin with %%sql', async () => {
    const cell = (value: string) =>
      new vscode.NotebookCellData(vscode.NotebookCellKind.Code, value, 'python');
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([cell('%%sql\nSELECT count(*) AS n FROM orders'), cell('x = 1')]),
    );
    await vscode.window.showNotebookDocument(notebook);
    const lensesOf = (index: number) =>
      vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        notebook.cellAt(index).document.uri,
      );
    const run = (await lensesOf(0)).find(({ command }) => command?.command === 'strata.runSql');
    assert.ok(run?.command);
    const [runId = 0] = await vscode.commands.executeCommand<readonly number[]>(
      'strata.runSql',
      run.command.arguments?.[0],
    );
    const settledRun = await runThat(api, 'the cell runs', settled(runId));
    assert.equal(settledRun.status, 'done', JSON.stringify(settledRun.failure));
    assert.ok((await lensesOf(1)).every(({ command }) => command?.command !== 'strata.runSql'));
  });

  test('runs the fences of Markdown', async () => {
    const document = await vscode.workspace.openTextDocument({
      language: 'markdown',
      content: '# Notes\n\n```sql\nSELECT count(*) AS n FROM orders\n```\n',
    });
    await vscode.window.showTextDocument(document);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    const [run] = lenses.filter(({ command }) => command?.command === 'strata.runSql');
    assert.equal(run?.range.start.line, 2);
    const ids = await vscode.commands.executeCommand<readonly number[]>(
      'strata.runSql',
      run.command?.arguments?.[0],
    );
    const settledRun = await runThat(api, 'the fence runs', settled(ids[0] ?? 0));
    assert.equal(settledRun.status, 'done', JSON.stringify(settledRun.failure));
  });
});

suite('data', () => {
  let api: TestApi;
  suiteSetup(async () => {
    api = await extensionApi();
  });
  suiteTeardown(closeAllEditors);

  test('shows the files that SQL can read, with columns', async () => {
    const shown = await api.dataView();
    assert.ok(shown.includes('orders.csv csv'), shown.join('\n'));
    const columns = await api.dataView('orders.csv');
    assert.ok(columns.includes('order_id int'), columns.join('\n'));
  });

  test('keeps a view in a file that can be committed, and takes it back', async () => {
    await vscode.commands.executeCommand(
      'strata.addAsView',
      workspaceFile('customers.csv'),
      'people',
    );
    const file = workspaceFile('.strata/views.json');
    const text = Buffer.from(await vscode.workspace.fs.readFile(file)).toString('utf8');
    assert.deepEqual(JSON.parse(text), { views: { people: { path: 'customers.csv' } } });
    assert.ok((await api.dataView()).includes('Views'));
    const ids = await vscode.commands.executeCommand<readonly number[]>('strata.runSql', {
      text: 'SELECT count(*) AS n FROM people',
    });
    const run = await runThat(api, 'the view is read', settled(ids[0] ?? 0));
    assert.equal(run.status, 'done', JSON.stringify(run.failure));
    await vscode.workspace.fs.delete(workspaceFile('.strata'), { recursive: true });
  });

  test('says which file is gone beneath a view, and reads it again when it is back', async () => {
    const file = workspaceFile('goes.csv');
    const write = () => vscode.workspace.fs.writeFile(file, Buffer.from('n\n1\n2\n'));
    await write();
    await vscode.commands.executeCommand('strata.addAsView', file, 'goes');
    const ran = async () => {
      const [runId = 0] = await vscode.commands.executeCommand<readonly number[]>('strata.runSql', {
        text: 'SELECT sum(n) AS total FROM goes',
      });
      return runThat(api, 'the query settles', settled(runId));
    };
    assert.equal((await ran()).status, 'done');
    await vscode.workspace.fs.delete(file);
    const failed = await ran();
    assert.equal(failed.status, 'failed');
    assert.equal(failed.failure?.kind, 'spark');
    assert.match(failed.failure.message, /goes\.csv/);
    const [views] = await api.dataTree.getChildren();
    assert.ok(views);
    const goes = (await api.dataTree.getChildren(views)).find(
      (each) => each.kind === 'view' && each.view.view.name === 'goes',
    );
    const [problem] = await api.dataTree.getChildren(goes);
    assert.equal(problem?.kind, 'problem');
    assert.match(problem.message, /goes\.csv/);
    await write();
    assert.equal((await ran()).status, 'done');
    await vscode.workspace.fs.delete(file);
    await vscode.workspace.fs.delete(workspaceFile('.strata'), { recursive: true });
  });

  test('views that are added at once are all kept', async () => {
    const names = ['one', 'two', 'three', 'four'];
    await Promise.all(
      names.map((name) =>
        vscode.commands.executeCommand('strata.addAsView', workspaceFile('orders.csv'), name),
      ),
    );
    const text = await vscode.workspace.fs.readFile(workspaceFile('.strata/views.json'));
    const { views } = JSON.parse(Buffer.from(text).toString('utf8')) as { views: object };
    assert.deepEqual(Object.keys(views), names.toSorted());
    await vscode.workspace.fs.delete(workspaceFile('.strata'), { recursive: true });
  });

  test('copies a schema, and says what is in each column', async () => {
    await vscode.commands.executeCommand('strata.copySchemaAsDdl', workspaceFile('orders.csv'));
    assert.match(await vscode.env.clipboard.readText(), /^order_id INT,/);
    await vscode.commands.executeCommand(
      'strata.copySchemaAsStructType',
      workspaceFile('orders.csv'),
    );
    assert.match(
      await vscode.env.clipboard.readText(),
      /StructType\(\[\s*StructField\(["']order_id["']/,
    );
    await vscode.commands.executeCommand('strata.copySchemaAsJson', workspaceFile('orders.csv'));
    const schema = JSON.parse(await vscode.env.clipboard.readText()) as { type: string };
    assert.equal(schema.type, 'struct');
    await vscode.commands.executeCommand('strata.showStatistics', workspaceFile('orders.csv'));
    const columns = await api.dataView('orders.csv');
    assert.match(columns[0] ?? '', /^order_id int · no nulls · [\d,]+ distinct$/);
  });

  test('offers queries for the columns of a file, all of which run', async () => {
    const fields = [
      { name: 'product_category', type: 'string', nullable: true },
      { name: 'amount', type: 'decimal(10,2)', nullable: true },
      { name: 'transaction_date', type: 'date', nullable: true },
    ];
    await vscode.commands.executeCommand('strata.previewData', workspaceFile('transactions.csv'));
    for (const { text } of sampleQueries('transactions', fields)) {
      const ids = await vscode.commands.executeCommand<readonly number[]>('strata.runSql', {
        text,
      });
      const run = await runThat(api, text, settled(ids[0] ?? 0));
      assert.equal(run.status, 'done', `${text}: ${JSON.stringify(run.failure)}`);
    }
  });

  test('opens a query on a file, in which the file has a name', async () => {
    await vscode.commands.executeCommand('strata.queryData', workspaceFile('products.json'));
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'spark-sql');
    assert.match(document.getText(), /FROM products/);
    const ids = await vscode.commands.executeCommand<readonly number[]>('strata.runSql');
    const run = await runThat(api, 'the query runs', settled(ids[0] ?? 0));
    assert.equal(run.status, 'done', JSON.stringify(run.failure));
  });
});
