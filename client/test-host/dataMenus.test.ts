/** What the view "Data" and the explorer's menus do with one table, with several and with folders. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { DataNode } from '#client/data/dataView.ts';
import type { TestApi } from '#client/testApi.ts';
import {
  closeAllEditors,
  extensionApi,
  runThat,
  settled,
  until,
  workspaceFile,
} from './harness.ts';

suite('data menus', () => {
  let api: TestApi;
  const odd = workspaceFile('2024 odd.csv');
  const events = workspaceFile('events');
  suiteSetup(async () => {
    api = await extensionApi();
    await write(odd, 'total amount,order,plain,tick`s,null\n1,2,3,4,5\n');
    await write(vscode.Uri.joinPath(events, 'day=1/part.csv'), 'n\n1\n2\n');
    await write(vscode.Uri.joinPath(events, 'day=2/part.csv'), 'n\n3\n');
    await until(
      'the view lists the file',
      (check) => [
        api.dataTree.onDidChangeTreeData(() => {
          void api.dataView().then((lines) => {
            labels = lines;
            check();
          });
        }),
      ],
      () => {
        void vscode.commands.executeCommand('strata.refreshData');
        return labels.includes('2024 odd.csv csv') ? true : undefined;
      },
    );
  });
  suiteTeardown(async () => {
    await closeAllEditors();
    for (const made of [odd, events, workspaceFile('.strata')])
      await vscode.workspace.fs.delete(made, { recursive: true });
  });
  let labels: readonly string[] = [];

  const write = (uri: vscode.Uri, text: string) =>
    vscode.workspace.fs.writeFile(uri, Buffer.from(text));

  async function node(label: string, below?: DataNode): Promise<DataNode> {
    const found = (await api.dataTree.getChildren(below)).find(
      (each) => api.dataTree.getTreeItem(each).label === label,
    );
    assert.ok(found, label);
    return found;
  }

  async function dragged(...nodes: DataNode[]): Promise<string> {
    const transfer = new vscode.DataTransfer();
    api.dataTree.handleDrag(nodes, transfer);
    // With a list of URIs VS Code opens the files instead.
    assert.deepEqual(
      [...transfer].map(([type]) => type),
      ['text/plain'],
    );
    return (await transfer.get('text/plain')?.asString()) ?? '';
  }

  async function runs(text: string): Promise<readonly string[]> {
    const [runId = 0] = await vscode.commands.executeCommand<readonly number[]>('strata.runSql', {
      text,
    });
    const run = await runThat(api, text, settled(runId));
    assert.equal(run.status, 'done', `${text}: ${JSON.stringify(run.failure)}`);
    return run.schema.map(({ name }) => name);
  }

  test('what is dragged into a query is what the query calls it', async () => {
    const file = await node('2024 odd.csv');
    const columns = await api.dataTree.getChildren(file);
    assert.equal(await dragged(file), 'file_2024_odd');
    const names = await dragged(...columns);
    assert.equal(names, '`total amount`, `order`, plain, `tick``s`, `null`');
    assert.deepEqual(await runs(`SELECT ${names} FROM ${await dragged(file)}`), [
      'total amount',
      'order',
      'plain',
      'tick`s',
      'null',
    ]);
  });

  test('a view is dragged by its own name, and a file of that name by another', async () => {
    await vscode.commands.executeCommand('strata.addAsView', odd, 'orders');
    const views = await node('Views');
    assert.equal(await dragged(await node('orders', views)), 'orders');
    // The same file, from below the views.
    assert.equal(await dragged(await node('2024 odd.csv')), 'orders');
    const name = await dragged(await node('orders.csv'));
    assert.equal(name, 'orders_2');
    assert.ok((await runs(`SELECT * FROM ${name}`)).includes('order_id'));
    await vscode.commands.executeCommand('strata.removeView', await node('orders', views));
    assert.equal(await dragged(await node('orders.csv')), 'orders');
  });

  test('a view is renamed, to more than a word too, and comments in its file stay', async () => {
    const file = workspaceFile('.strata/views.json');
    await write(file, '{\n  // Ours.\n  "views": {\n    "odd": "2024 odd.csv",\n  }\n}\n');
    const labelled = async () => {
      const views = (await api.dataTree.getChildren()).find(({ kind }) => kind === 'views');
      return views ? (await api.dataTree.getChildren(views)).map((each) => each) : [];
    };
    let found: readonly DataNode[] = [];
    await until(
      'the view that was written by hand is listed',
      (check) => [
        api.dataTree.onDidChangeTreeData(() => {
          void labelled().then((nodes) => {
            found = nodes;
            check();
          });
        }),
      ],
      () => (found.length > 0 ? true : undefined),
    );
    await vscode.commands.executeCommand('strata.renameView', found[0], 'very odd');
    const text = Buffer.from(await vscode.workspace.fs.readFile(file)).toString('utf8');
    assert.equal(text, '{\n  // Ours.\n  "views": {\n    "very odd": "2024 odd.csv",\n  }\n}\n');
    const [renamed] = await labelled();
    assert.ok(renamed);
    assert.equal(await dragged(renamed), '`very odd`');
    assert.ok((await runs('SELECT * FROM `very odd`')).includes('plain'));
    await vscode.commands.executeCommand('strata.removeView', renamed);
  });

  for (const name of ['orders.csv', 'products.json', 'transactions.parquet']) {
    test(`all commands of the explorer's menu work on ${name}`, async () => {
      const uri = workspaceFile(name);
      const [preview = 0] = await vscode.commands.executeCommand<readonly number[]>(
        'strata.previewData',
        uri,
        [uri],
      );
      assert.equal((await runThat(api, 'the preview', settled(preview))).status, 'done');
      await vscode.commands.executeCommand('strata.showStatistics', uri, [uri]);
      const [column] = await api.dataTree.getChildren(await node(name));
      assert.ok(column);
      assert.match(String(api.dataTree.getTreeItem(column).description), /null/);
      await vscode.commands.executeCommand('strata.queryData', uri, [uri]);
      const [stem = ''] = name.split('.');
      assert.ok(vscode.window.activeTextEditor?.document.getText().includes(`FROM ${stem}`));
      for (const form of ['Ddl', 'StructType', 'Json']) {
        await vscode.env.clipboard.writeText('');
        await vscode.commands.executeCommand(`strata.copySchemaAs${form}`, uri, [uri]);
        assert.notEqual(await vscode.env.clipboard.readText(), '', form);
      }
      await closeAllEditors();
    });
  }

  test('several files that are selected are each queried, previewed and copied', async () => {
    const uris = ['orders.csv', 'customers.csv'].map(workspaceFile);
    const ids = await vscode.commands.executeCommand<readonly number[]>(
      'strata.previewData',
      uris[0],
      uris,
    );
    assert.equal(ids.length, 2);
    for (const id of ids) assert.equal((await runThat(api, 'each', settled(id))).status, 'done');
    await vscode.commands.executeCommand('strata.queryData', uris[0], uris);
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /FROM orders\nLIMIT 100;\n\nSELECT \*\nFROM customers\n/);
    await vscode.commands.executeCommand('strata.copySchemaAsDdl', uris[0], uris);
    assert.match(
      await vscode.env.clipboard.readText(),
      /^-- orders\norder_id INT,[^]*\n\n-- customers\ncustomer_id INT/,
    );
    await vscode.commands.executeCommand('strata.copySchemaAsJson', uris[0], uris);
    assert.deepEqual(Object.keys(JSON.parse(await vscode.env.clipboard.readText()) as object), [
      'orders',
      'customers',
    ]);
  });

  test('a folder of files of one format is a table, with its partitions', async () => {
    const [runId = 0] = await vscode.commands.executeCommand<readonly number[]>(
      'strata.previewData',
      events,
      [events],
    );
    const run = await runThat(api, 'the preview', settled(runId));
    assert.deepEqual(
      [run.status, run.rowCount, run.schema.map(({ name }) => name)],
      ['done', 3, ['n', 'day']],
      JSON.stringify(run.failure),
    );
    const table = await node('events');
    assert.equal(api.dataTree.getTreeItem(table).description, 'csv · 2 files');
    const columns = await api.dataTree.getChildren(table);
    await vscode.commands.executeCommand('strata.showStatistics', columns[0], [columns[0]]);
    const [n, day] = await api.dataTree.getChildren(table);
    assert.ok(n && day);
    assert.equal(api.dataTree.getTreeItem(n).description, 'int · no nulls · 3 distinct');
    assert.equal(api.dataTree.getTreeItem(day).description, 'int');
    const facts = (await api.dataTree.getChildren(n)).map((fact) => {
      const { label, description } = api.dataTree.getTreeItem(fact) as {
        label: string;
        description: string;
      };
      return `${label} ${description}`;
    });
    assert.deepEqual(facts.slice(0, 8), [
      'Rows 3',
      'Nulls 0',
      'Distinct 3',
      'Min 1',
      '25 % 1',
      'Median 2',
      '75 % 3',
      'Max 3',
    ]);
    await vscode.commands.executeCommand('strata.queryData', events, [events]);
    const [again = 0] = await vscode.commands.executeCommand<readonly number[]>('strata.runSql');
    assert.equal((await runThat(api, 'its query', settled(again))).rowCount, 3);
    await vscode.commands.executeCommand('strata.addAsView', events, 'days');
    assert.deepEqual(await runs('SELECT day, sum(n) AS total FROM days GROUP BY day'), [
      'day',
      'total',
    ]);
  });

  test('a folder of files of several kinds is no table, and that is said', async () => {
    const before = api.messages().length;
    const folder = workspaceFile('');
    await vscode.commands.executeCommand('strata.previewData', folder, [folder]);
    const ids = api
      .messages()
      .slice(before)
      .map(({ id }) => id);
    assert.deepEqual(ids, ['data.noTable']);
  });
});
