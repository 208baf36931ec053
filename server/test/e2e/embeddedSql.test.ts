/** Spark SQL in fences of Markdown and in cells of a notebook: judged, completed and explained where it stands. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { CodeAction, CompletionItem, Hover } from 'vscode-languageserver/node';
import type { SqlSchemasParams, SqlSchemasReply } from '#shared/protocol/languageServer.ts';
import { SQL_SCHEMAS, SQL_TABLES } from '#shared/protocol/languageServer.ts';
import { startEditor, type Editor, type Published } from './client.ts';

// Processes start slowly where a whole suite runs beside them.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const spark = 'file:///w/spark';
let editor: Editor | undefined;

afterEach(async () => {
  await editor?.close();
  editor = undefined;
});

async function start(settings: object = {}): Promise<Editor> {
  const started = await startEditor({
    transport: 'stdio',
    settings: { checkTypes: false, sqlFolders: [spark], ...settings },
  });
  editor = started;
  started.connection.onRequest(SQL_TABLES, () => ({ names: ['orders'], files: [] }));
  started.connection.onRequest(SQL_SCHEMAS, ({ names }: SqlSchemasParams): SqlSchemasReply => ({
    schemas: names.map(([name]) =>
      name === 'orders'
        ? { kind: 'table', fields: [{ name: 'total', type: 'int', nullable: true }] }
        : { kind: 'none' },
    ),
  }));
  return started;
}

const open = (to: Editor, uri: string, text: string, languageId = 'markdown') =>
  to.connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId, version: 1, text },
  });

const judged = (by: Editor, uri: string, count: number) =>
  by.untilPublished((each) => each.uri === uri && each.diagnostics.length === count);

const shown = ({ diagnostics }: Published) =>
  diagnostics.map(
    ({ range, code }) => `${range.start.line}:${range.start.character} ${String(code)}`,
  );

const page = `# A page
\`\`\`sql
SELECT totl FROM orders
\`\`\`
Words with a 'quote and a \`tick.
\`\`\`spark-sql
CREATE TEMP VIEW big AS SELECT total AS much FROM orders
\`\`\`
- \`\`\`spark-sql
  SELECT muc FROM big
  \`\`\`
`;

describe('Spark SQL in Markdown', () => {
  test('is judged as one script where the folder or the fence says that it is Spark’s', async () => {
    const started = await start();
    await open(started, `${spark}/a.md`, page.replace('- ', '  '));
    expect(shown(await judged(started, `${spark}/a.md`, 2))).toEqual([
      '2:7 UNRESOLVED_COLUMN.WITH_SUGGESTION',
      '9:9 UNRESOLVED_COLUMN.WITH_SUGGESTION',
    ]);
    await open(started, 'file:///w/other/a.md', page.replace('- ', '  '));
    expect(shown(await judged(started, 'file:///w/other/a.md', 1))).toEqual([
      '9:9 UNRESOLVED_COLUMN.WITH_SUGGESTION',
    ]);
  });

  test('is mended, completed and explained inside a fence and nowhere else', async () => {
    const started = await start();
    const uri = `${spark}/a.md`;
    await open(started, uri, page);
    await judged(started, uri, 1);
    const at = (line: number, character: number) => ({
      textDocument: { uri },
      position: { line, character },
    });
    const ask = <R>(method: string, params: object) =>
      started.connection.sendRequest<R>(`textDocument/${method}`, params);
    const place = { line: 2, character: 8 };
    const actions = await ask<CodeAction[]>('codeAction', {
      textDocument: { uri },
      range: { start: place, end: place },
      context: { diagnostics: [] },
    });
    expect(actions.map(({ title }) => title)).toContain("Change to 'total'");
    expect(actions[0]?.edit?.changes?.[uri]?.[0]?.range.start.line).toBe(2);
    const found = await ask<CompletionItem[]>('completion', at(2, 7));
    expect(found.slice(0, 2).map(({ label }) => label)).toContain('total');
    const hover = await ask<Hover>('hover', at(6, 33));
    expect(JSON.stringify(hover.contents)).toContain('int');
    expect(await ask('completion', at(4, 6))).toBeNull();
    expect(await ask('hover', at(0, 3))).toBeNull();
    expect(await ask('documentSymbol', { textDocument: { uri } })).toBeNull();
  });

  test('is left alone where the settings say so, and followed as they change', async () => {
    const started = await start({ checksEmbeddedSql: false });
    const uri = `${spark}/a.md`;
    await open(started, uri, page);
    await judged(started, uri, 0);
    await started.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { checkTypes: false, sqlFolders: [spark] },
    });
    await judged(started, uri, 1);
  });
});

describe('Spark SQL in cells', () => {
  const notebook = `${spark}/my%20notes.ipynb`;
  const cell = (name: string) => `${notebook.replace('file://', 'vscode-notebook-cell:')}#${name}`;
  const change = (to: Editor, version: number, text: string) =>
    to.connection.sendNotification('notebookDocument/didChange', {
      notebookDocument: { uri: notebook, version },
      change: {
        cells: { textContent: [{ document: { uri: cell('a'), version }, changes: [{ text }] }] },
      },
    });

  test('is judged behind its magic, and Python again without it', async () => {
    const started = await start();
    const text = '%%sql\nSELECT totl FROM orders';
    await started.connection.sendNotification('notebookDocument/didOpen', {
      notebookDocument: {
        ...{ uri: notebook, notebookType: 'jupyter-notebook', version: 1 },
        cells: [{ kind: 2, document: cell('a') }],
      },
      cellTextDocuments: [{ uri: cell('a'), languageId: 'python', version: 1, text }],
    });
    expect(shown(await judged(started, cell('a'), 1))).toEqual([
      '1:7 UNRESOLVED_COLUMN.WITH_SUGGESTION',
    ]);
    const found = await started.connection.sendRequest<CompletionItem[]>(
      'textDocument/completion',
      { textDocument: { uri: cell('a') }, position: { line: 1, character: 7 } },
    );
    expect(found.map(({ label }) => label)).toContain('total');
    await change(started, 2, 'import struct\nstruct.pack("<i", 1, 2)');
    const python = await started.untilPublished(
      ({ uri, version, diagnostics }) =>
        uri === cell('a') && version === 2 && diagnostics.length > 0,
    );
    expect(python.diagnostics[0]?.code).toMatch(/^struct-/);
    await change(started, 3, '%%sparksql\nSELECT 1 +');
    const again = await started.untilPublished(
      ({ uri, version, diagnostics }) =>
        uri === cell('a') && version === 3 && diagnostics.length > 0,
    );
    expect(again.diagnostics[0]?.code).toBe('PARSE_SYNTAX_ERROR');
  });

  test('is judged in cells of the language SQL, with and without a magic', async () => {
    const started = await start();
    await open(started, cell('b'), 'SELECT totl FROM orders', 'sql');
    expect(shown(await judged(started, cell('b'), 1))[0]).toMatch(/^0:7 UNRESOLVED/);
    await open(started, cell('c'), '%%sql\nSELECT totl FROM orders', 'sql');
    expect(shown(await judged(started, cell('c'), 1))[0]).toMatch(/^1:7 UNRESOLVED/);
  });
});
