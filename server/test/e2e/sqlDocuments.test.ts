import { afterEach, describe, expect, test } from 'vitest';
import type { CodeAction, CompletionItem, Hover, SemanticTokens } from 'vscode-languageserver/node';
import type { SqlSchemasParams, SqlSchemasReply } from '#shared/protocol/languageServer.ts';
import {
  SQL_CHANGED,
  SQL_SCHEMAS,
  SQL_STATEMENTS,
  SQL_TABLES,
} from '#shared/protocol/languageServer.ts';
import { startEditor, type Editor } from './client.ts';

const uri = 'untitled:query';
let editor: Editor | undefined;

afterEach(async () => {
  await editor?.close();
  editor = undefined;
});

/** An editor whose workspace has one view, `orders`, of these columns. */
async function editorWithOrders(columns: () => readonly string[]): Promise<Editor> {
  const started = await startEditor({ transport: 'stdio', settings: { checkTypes: false } });
  editor = started;
  started.connection.onRequest(SQL_TABLES, () => ({ names: ['orders'], files: [] }));
  started.connection.onRequest(SQL_SCHEMAS, ({ names }: SqlSchemasParams): SqlSchemasReply => ({
    schemas: names.map(([name]) =>
      name === 'orders'
        ? {
            kind: 'table',
            fields: columns().map((each) => ({ name: each, type: 'int', nullable: true })),
          }
        : { kind: 'none' },
    ),
  }));
  return started;
}

function openSql(to: Editor, languageId: string, text: string): void {
  const textDocument = { uri, languageId, version: 1, text };
  void to.connection.sendNotification('textDocument/didOpen', { textDocument });
}

const ask = <R>(of: Editor, feature: string, character: number, more: object = {}) =>
  of.connection.sendRequest<R>(`textDocument/${feature}`, {
    textDocument: { uri },
    position: { line: 0, character },
    ...more,
  });

describe('Spark SQL in an editor', () => {
  test('is judged by the schemas that the editor tells, and anew when they change', async () => {
    let columns = ['total'];
    const started = await editorWithOrders(() => columns);
    openSql(started, 'spark-sql', 'SELECT totl FROM orders');
    const found = await started.untilPublished(
      (published) => published.uri === uri && published.diagnostics.length > 0,
    );
    expect(found.diagnostics[0]?.code).toBe('UNRESOLVED_COLUMN.WITH_SUGGESTION');
    const range = { start: { line: 0, character: 8 }, end: { line: 0, character: 8 } };
    const actions = await ask<CodeAction[]>(started, 'codeAction', 0, {
      range,
      context: { diagnostics: [] },
    });
    expect(actions.map(({ title }) => title)).toEqual(["Change to 'total'"]);
    const hover = await ask<Hover>(started, 'hover', 18);
    expect(JSON.stringify(hover.contents)).toContain('total');
    const items = await ask<CompletionItem[]>(started, 'completion', 7);
    expect(items.map(({ label }) => label)).toContain('total');
    columns = ['totl'];
    const from = started.published.length;
    void started.connection.sendNotification(SQL_CHANGED);
    await started.untilPublished(
      (published) => published.uri === uri && published.diagnostics.length === 0,
      from,
    );
  });

  test('has its names told apart where they are in sight', async () => {
    const started = await editorWithOrders(() => ['total']);
    openSql(started, 'spark-sql', 'SELECT o.total\nFROM orders o;\nSELECT 1');
    const tokens = await started.connection.sendRequest<SemanticTokens>(
      'textDocument/semanticTokens/range',
      {
        textDocument: { uri },
        range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } },
      },
    );
    const [variable, column, table] = [1, 2, 0];
    expect(tokens.data).toEqual([
      ...[0, 7, 1, variable, 0],
      ...[0, 2, 5, column, 0],
      ...[1, 5, 6, table, 0],
      ...[0, 7, 1, variable, 1],
    ]);
  });

  test('is not what a file of another SQL is taken for', async () => {
    const started = await editorWithOrders(() => []);
    openSql(started, 'sql', 'SELECT nothing FROM nowhere');
    expect(await ask<Hover | null>(started, 'hover', 8)).toBeNull();
    expect(await ask<unknown>(started, 'codeLens', 0)).toEqual([]);
    expect(started.published.every(({ diagnostics }) => diagnostics.length === 0)).toBe(true);
  });

  test('gives whoever runs it the statement at a place, with its parameters', async () => {
    const started = await editorWithOrders(() => []);
    const text = 'SELECT 1; SELECT :low FROM ${table}; SELECT 3';
    const at = (start: number, end = start) =>
      started.connection.sendRequest<{
        statements: { start: number; end: number; parameters: { name: string }[] }[];
      }>(SQL_STATEMENTS, { text, start, end });
    const { statements } = await at(12);
    expect(statements.map(({ start, end }) => text.slice(start, end))).toEqual([
      'SELECT :low FROM ${table}',
    ]);
    expect(statements[0]?.parameters.map(({ name }) => name)).toEqual(['low', 'table']);
    const behind = await at(9);
    expect(behind.statements.map(({ start }) => start)).toEqual([0]);
    const selected = await at(0, 20);
    expect(selected.statements.map(({ start, end }) => text.slice(start, end))).toEqual([
      'SELECT 1',
      'SELECT :lo',
    ]);
  });

  test('is formatted where it is selected, and where a `;` ends it', async () => {
    const started = await editorWithOrders(() => []);
    openSql(started, 'spark-sql', 'select   1; select   2;');
    const options = { tabSize: 2, insertSpaces: true };
    const range = { start: { line: 0, character: 13 }, end: { line: 0, character: 15 } };
    const second = { start: { line: 0, character: 12 }, end: { line: 0, character: 22 } };
    const expected = [{ range: second, newText: 'SELECT 2' }];
    expect(await ask(started, 'rangeFormatting', 0, { range, options })).toEqual(expected);
    const typed = await ask(started, 'onTypeFormatting', 23, { ch: ';', options });
    expect(typed).toEqual(expected);
  });
});
