import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { PlanNode } from '#shared/protocol/engine.ts';
import type { TestApi } from '#client/testApi.ts';
import {
  closeAllEditors,
  extensionApi,
  openTabs,
  runThat,
  settled,
  until,
  workspaceFile,
} from './harness.ts';

suite('a plan and the editor that its query came from', () => {
  let api: TestApi;
  suiteSetup(async () => {
    api = await extensionApi();
    await vscode.commands.executeCommand('strata.addAsView', workspaceFile('orders.csv'), 'orders');
  });
  teardown(closeAllEditors);
  suiteTeardown(() => vscode.workspace.fs.delete(workspaceFile('.strata'), { recursive: true }));

  async function started(given?: unknown): Promise<number> {
    const ids = await vscode.commands.executeCommand<readonly number[]>('strata.runSql', given);
    const run = await runThat(api, 'the run settles', settled(ids[0] ?? 0));
    assert.equal(run.status, 'done', JSON.stringify(run.failure));
    assert.match(run.text, /\borders\b/);
    return run.runId;
  }

  /** In front, which on a busy machine comes a while after `showTextDocument` has ended. */
  async function inFront(document: vscode.TextDocument): Promise<vscode.TextEditor> {
    await vscode.window.showTextDocument(document);
    return until(
      'the document is in front',
      (check) => [vscode.window.onDidChangeActiveTextEditor(check)],
      () => {
        const editor = vscode.window.activeTextEditor;
        return editor?.document === document ? editor : undefined;
      },
    );
  }

  /** The piece of the first node of that name, as a click on it asks for. */
  async function pieceOf(runId: number, name: string) {
    const find = (node: PlanNode): PlanNode | undefined =>
      node.name.startsWith(name) ? node : node.children.map(find).find(Boolean);
    const { start, end } = find(await api.planOf(runId)) ?? {};
    assert.ok(start !== undefined && end !== undefined, `${name} has a piece`);
    return { start, end };
  }

  const selectedIn = ({ document, selection }: vscode.TextEditor) => document.getText(selection);

  /** The column in which the editor of a document is, wherever the focus is. */
  const editorOf = (uri: vscode.Uri) =>
    until(
      'the document is in an editor',
      (check) => [vscode.window.onDidChangeVisibleTextEditors(check)],
      () =>
        vscode.window.visibleTextEditors.find(
          ({ document }) => document.uri.toString() === uri.toString(),
        ),
    );

  test('a node selects its piece, follows it past edits, and says where it is no more', async () => {
    const content =
      'SELECT 1;\nSELECT city, count(*) FROM orders o JOIN (SELECT 1 AS city) c GROUP BY city;';
    const document = await vscode.workspace.openTextDocument({
      language: 'spark-sql',
      content: content.replace('city, count', 'c.city, count').replace('BY city', 'BY c.city'),
    });
    const editor = await inFront(document);
    editor.selection = new vscode.Selection(1, 8, 1, 8);
    const runId = await started();
    const scan = await pieceOf(runId, 'FileScan');
    assert.equal(await api.showSource(runId, scan, 'visible'), 'shown');
    assert.match(selectedIn(editor), /^orders/);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '-- totals\n'));
    assert.equal(await api.showSource(runId, scan, 'tab'), 'shown');
    assert.match(selectedIn(editor), /^orders/);
    await editor.edit((edit) => edit.insert(new vscode.Position(2, 6), ' DISTINCT'));
    assert.equal(await api.showSource(runId, scan, 'visible'), 'changed');
  });

  test('the cursor tells its place in the text that ran, but not what a node selected', async () => {
    const document = await vscode.workspace.openTextDocument({
      language: 'spark-sql',
      content: '-- a query\nSELECT order_id FROM orders WHERE order_id > 3',
    });
    const editor = await inFront(document);
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    const runId = await started();
    const offsets: number[] = [];
    const scan = await pieceOf(runId, 'FileScan');
    let told: () => void = () => undefined;
    const listening = await api.onSourceCursor(({ runId: of, offset }) => {
      if (of === runId) offsets.push(offset);
      if (offset === 7) told();
    });
    const moved = new Promise<void>((resolve) => (told = resolve));
    assert.equal(await api.showSource(runId, scan, 'visible'), 'shown');
    editor.selection = new vscode.Selection(1, 7, 1, 7);
    await moved;
    listening.dispose();
    assert.ok(!offsets.some((offset) => scan.start <= offset && offset <= scan.end));
  });

  test('Enter on a node goes to the editor, also where the document was closed', async () => {
    const file = workspaceFile('revealed.sparksql');
    await vscode.workspace.fs.writeFile(file, Buffer.from('SELECT order_id FROM orders'));
    const document = await vscode.workspace.openTextDocument(file);
    await inFront(document);
    const runId = await started();
    const scan = await pieceOf(runId, 'FileScan');
    await closeAllEditors();
    assert.equal(await api.showSource(runId, scan, 'tab'), 'hidden');
    assert.equal(await api.showSource(runId, scan, 'focus'), 'shown');
    const editor = await editorOf(file);
    assert.equal(vscode.window.activeTextEditor, editor);
    assert.equal(selectedIn(editor), 'orders');
    await vscode.workspace.fs.delete(file);
  });

  test('a fence of Markdown is found in its document', async () => {
    const document = await vscode.workspace.openTextDocument({
      language: 'markdown',
      content: '# Notes\n\n```sql\nSELECT order_id FROM orders\n```\n',
    });
    const editor = await vscode.window.showTextDocument(document);
    const runId = await started(await lensOf(document.uri));
    assert.equal(await api.showSource(runId, await pieceOf(runId, 'FileScan'), 'visible'), 'shown');
    assert.equal(selectedIn(editor), 'orders');
    assert.equal(editor.selection.start.line, 3);
  });

  test('a cell of a notebook is found in its notebook', async () => {
    const cell = new vscode.NotebookCellData(
      vscode.NotebookCellKind.Code,
      '%%sql\nSELECT order_id FROM orders',
      'python',
    );
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData([cell]),
    );
    await vscode.window.showNotebookDocument(notebook);
    const { document } = notebook.cellAt(0);
    const runId = await started(await lensOf(document.uri));
    const scan = await pieceOf(runId, 'FileScan');
    assert.equal(await api.showSource(runId, scan, 'focus'), 'shown');
    await until(
      'the piece is selected in the cell',
      (check) => [
        vscode.window.onDidChangeTextEditorSelection(check),
        vscode.window.onDidChangeVisibleTextEditors(check),
      ],
      () =>
        vscode.window.visibleTextEditors.find(
          (editor) => editor.document === document && selectedIn(editor) === 'orders',
        ),
    );
  });

  test('a step of a script is found in the lines that made it', async () => {
    const file = workspaceFile('plan_source.py');
    const script = `from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
orders = spark.read.csv("orders.csv", header=True, inferSchema=True)
orders.createOrReplaceTempView("sold")
few = spark.sql("SELECT order_id FROM sold WHERE total_amount > 100")
few.show(5)
`;
    await vscode.workspace.fs.writeFile(file, Buffer.from(script));
    const document = await vscode.workspace.openTextDocument(file);
    const editor = await vscode.window.showTextDocument(document);
    const ended = new Promise<void>((resolve) => {
      const listening = api.onScriptEnd(() => {
        listening.dispose();
        resolve();
      });
    });
    await vscode.commands.executeCommand('strata.runPySparkFile', file);
    await ended;
    const run = (await api.runs()).find(({ text }) => text === 'few.show(5)');
    assert.ok(run);
    const filter = await pieceOf(run.runId, 'Filter');
    assert.equal(await api.showSource(run.runId, filter, 'visible'), 'shown');
    const piece = selectedIn(editor);
    assert.equal(piece, 'total_amount > 100');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# new\n'));
    assert.equal(await api.showSource(run.runId, filter, 'visible'), 'shown');
    assert.equal(selectedIn(editor), piece);
    await document.save();
    await vscode.workspace.fs.delete(file);
  });

  async function lensOf(uri: vscode.Uri): Promise<unknown> {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri,
    );
    return lenses.find(({ command }) => command?.command === 'strata.runSql')?.command
      ?.arguments?.[0];
  }

  test('the page of each idea that a plan speaks of opens', async () => {
    for (const idea of ['shuffle', 'broadcast', 'push-down']) {
      await vscode.commands.executeCommand('strata.explainIdea', idea);
      await until(
        `the page of ${idea}`,
        (check) => [vscode.window.tabGroups.onDidChangeTabs(check)],
        () => (openTabs().some((tab) => tab.includes(`${idea}.md`)) ? true : undefined),
      );
    }
  });
});
