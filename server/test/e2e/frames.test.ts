/** PySpark code in an editor whose engine knows one file: `sales.csv` with `shop`, `total` and `day`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type {
  CodeAction,
  CompletionItem,
  Hover,
  InlayHint,
  Location,
} from 'vscode-languageserver/node';
import type { FileSchemasParams, FileSchemasReply } from '#shared/protocol/frameScript.ts';
import { FILE_SCHEMAS } from '#shared/protocol/frameScript.ts';
import { startEditor, type Editor } from './client.ts';

const script = `from pyspark.sql import SparkSession, functions as F

spark = SparkSession.builder.getOrCreate()
sales = spark.read.csv("sales.csv", header=True, inferSchema=True)
big = sales.filter("total > 5").withColumn("tax", F.col("total") * 0.2)
`;

let editor: Editor;
let folder: string;
let uri: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'strata-frames-'));
  writeFileSync(join(folder, 'sales.csv'), 'shop,total,day\n');
  uri = pathToFileURL(join(folder, 'job.py')).href;
  editor = await startEditor({
    transport: 'ipc',
    folder,
    settings: {
      checkTypes: false,
      inlayHints: {
        variableTypes: false,
        functionReturnTypes: false,
        callArgumentNames: 'off',
        frameSchemas: true,
      },
    },
  });
  editor.connection.onRequest(
    FILE_SCHEMAS,
    ({ files, countRows }: FileSchemasParams): FileSchemasReply => ({
      ...(countRows === true ? { rowCounts: files.map(() => 1234) } : {}),
      schemas: files.map(({ path }) =>
        path === join(folder, 'sales.csv')
          ? [
              { name: 'shop', type: 'string', nullable: true },
              { name: 'total', type: 'double', nullable: true },
              { name: 'day', type: 'date', nullable: true },
            ]
          : null,
      ),
    }),
  );
});
afterEach(async () => {
  await editor.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens the script with a line behind it that is wrong, and waits until that is found: then the schema is known. */
async function open(more: string): Promise<readonly string[]> {
  const text = `${script}${more}\nsales.select("shopp")\n`;
  editor.open(uri, text);
  await editor.untilPublished(({ diagnostics }) =>
    diagnostics.some(({ code }) => code === 'spark-column'),
  );
  return text.split('\n');
}

function ask<R>(method: string, line: number, character: number, more: object = {}): Promise<R> {
  const params = { textDocument: { uri }, position: { line, character }, ...more };
  return editor.connection.sendRequest<R>(`textDocument/${method}`, params);
}

const labels = (items: readonly CompletionItem[] | null) => items?.map(({ label }) => label) ?? [];

describe('PySpark code in an editor', () => {
  test('is judged by the columns of its files, with a fix', async () => {
    const lines = await open('');
    const line = lines.length - 2;
    const range = { start: { line, character: 15 }, end: { line, character: 15 } };
    const published = editor.published.at(-1)?.diagnostics ?? [];
    expect(published.map(({ message }) => message)).toEqual([
      "There is no column 'shopp' here. Did you mean 'shop'?",
    ]);
    const actions = await editor.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics: published },
    });
    expect(actions.map(({ title }) => title)).toContain("Write 'shop'");
  });

  test('shows the schema of a DataFrame, and where a column comes from', async () => {
    const lines = await open('big.select("tax")\nsales.select("day")');
    const frame = await ask<Hover>('hover', 4, 1);
    expect(JSON.stringify(frame.contents)).toContain(
      'DataFrame, 4 columns\\nshop: string\\ntotal: double\\nday: date\\ntax: double',
    );
    expect(JSON.stringify(frame.contents)).not.toContain('rows');
    const file = await ask<Hover>('hover', 3, 1);
    expect(JSON.stringify(file.contents)).toContain('DataFrame, 3 columns');
    expect(JSON.stringify(file.contents)).toContain('1,234 rows');
    const column = await ask<Hover>('hover', 5, 13);
    expect(JSON.stringify(column.contents)).toContain('tax: double');
    const [made] = await ask<Location[]>('definition', 5, 13);
    expect(made).toMatchObject({ uri, range: { start: { line: 4 } } });
    const rows = await ask<Location[] | null>(
      'definition',
      lines.indexOf('sales.select("day")'),
      15,
    );
    expect(rows?.map((place) => place.uri)).toEqual([
      pathToFileURL(join(folder, 'sales.csv')).href,
    ]);
  });

  test('completes columns in texts and behind a dot, views, options and modes', async () => {
    const lines = await open(
      [
        'sales.createOrReplaceTempView("all_sales")',
        'big.select("")',
        'big.',
        'spark.table("")',
        'spark.read.option("", True)',
        'big.write.mode("")',
        'sales["',
      ].join('\n'),
    );
    const at = async (text: string, back: number) => {
      const line = lines.indexOf(text);
      return labels(await ask<CompletionItem[]>('completion', line, text.length - back));
    };
    expect(await at('big.select("")', 2)).toEqual(['shop', 'total', 'day', 'tax']);
    expect(await at('big.', 0)).toEqual(['shop', 'total', 'day', 'tax']);
    expect(await at('spark.table("")', 2)).toEqual(['all_sales']);
    expect(await at('spark.read.option("", True)', 8)).toContain('inferSchema');
    expect(await at('big.write.mode("")', 2)).toContain('overwrite');
  });

  test('hints at the columns behind names', async () => {
    const lines = await open('');
    const range = { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } };
    const hints = await ask<InlayHint[]>('inlayHint', 0, 0, { range });
    expect(hints.map(({ label }) => label)).toEqual([
      '[shop: string, total: double, day: date]',
      '[shop: string, total: double, day: date, tax: double]',
    ]);
  });
});
