/**
 * `test-fixtures/python/fixes`: a text, the title of an action, and the text after it. The action belongs to a finding
 * of the text, or to the place that `at:` names, one-based.
 */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CodeAction, Diagnostic, TextEdit } from 'vscode-languageserver/node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { indexLines } from '../../src/python/lineIndex.ts';
import { fixtures } from '../fixture.ts';
import type { Editor } from './client.ts';
import { startEditor } from './client.ts';

// Processes start slowly where a whole suite runs beside them.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

interface Case {
  readonly name: string;
  readonly version: string;
  readonly title: string;
  readonly at: string | undefined;
  readonly before: string;
  readonly after: string;
}

const cases = readdirSync(join(fixtures, 'fixes'))
  .sort()
  .map((name): Case => {
    const [head = '', before = '', after = ''] = readFileSync(
      join(fixtures, 'fixes', name),
      'utf8',
    ).split(/^----\n/m);
    const field = (key: string) => new RegExp(`^${key}: (.*)$`, 'm').exec(head)?.[1];
    const [version = '', title = '', at] = [field('python'), field('fix'), field('at')];
    return { name, version, title, at, before, after };
  });

const versions = [...new Set(cases.map(({ version }) => version))].sort();

describe('annotating', () => {
  it('is shown first by an editor that can', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'strata-fixes-'));
    const editor = await startEditor({
      transport: 'ipc',
      folder,
      settings: { checkTypes: true },
      capabilities: {
        workspace: { workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } },
      },
    });
    const uri = pathToFileURL(join(folder, 'a.py')).href;
    editor.open(uri, 'def f(x=1):\n    return x\n');
    await editor.untilStatus(({ state }) => state === 'ready');
    const start = { line: 0, character: 4 };
    const actions = await editor.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: { start, end: start },
      context: { diagnostics: [], only: ['refactor.rewrite'] },
    });
    expect(actions).toMatchObject([
      {
        title: 'Annotate "f"',
        edit: {
          documentChanges: [{ edits: [{ newText: ': int' }, { newText: ' -> int' }] }],
          changeAnnotations: { 'strata.preview': { needsConfirmation: true } },
        },
      },
    ]);
    await editor.close();
    rmSync(folder, { recursive: true, force: true });
  });
});

describe.each(versions)('for Python %s', (version) => {
  let editor: Editor;
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'strata-fixes-'));
    editor = await startEditor({
      transport: 'ipc',
      folder,
      settings: { checkTypes: true, pythonVersion: version },
    });
  });
  afterAll(async () => {
    await editor.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(cases.filter((each) => each.version === version))('$name', async (each) => {
    const uri = pathToFileURL(join(folder, each.name.replace('.fix', '.py'))).href;
    editor.open(uri, each.before);
    await editor.untilStatus(({ state }) => state === 'ready');
    const published = await editor.untilPublished(
      (known) => known.uri === uri && (each.at !== undefined || known.diagnostics.length > 0),
    );
    const titles: string[] = [];
    for (const range of placesOf(each, published.diagnostics)) {
      const diagnostics = published.diagnostics.filter((found) => found.range === range);
      const actions = await editor.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri },
        range,
        context: { diagnostics },
      });
      titles.push(...actions.map(({ title }) => title));
      const action = actions.find(({ title }) => title === each.title);
      if (!action) continue;
      const changed = applied(each.before, action.edit?.changes?.[uri] ?? []);
      const path = join(fixtures, 'fixes', each.name);
      if (process.env.UPDATE && existsSync(path))
        writeFileSync(
          path,
          readFileSync(path, 'utf8').replace(
            /(^----\n[^]*^----\n)[^]*/m,
            (_, kept: string) => kept + changed,
          ),
        );
      else expect(changed).toBe(each.after);
      return;
    }
    expect(titles).toContain(each.title);
  });
});

function placesOf(
  { at }: Case,
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic['range'][] {
  if (at === undefined) return diagnostics.map(({ range }) => range);
  const [line = 1, column = 1] = at.split(':').map(Number);
  const start = { line: line - 1, character: column - 1 };
  return [{ start, end: start }];
}

/** Edits speak of the text before any of them; of two at one place the first stands first. */
function applied(text: string, edits: readonly TextEdit[]): string {
  const lines = indexLines(text);
  const placed = edits.map(({ range, newText }) => ({
    start: lines.offsetAt(range.start),
    end: lines.offsetAt(range.end),
    newText,
  }));
  const ordered = placed.map((edit, index) => ({ edit, index }));
  ordered.sort((a, b) => b.edit.start - a.edit.start || b.index - a.index);
  return ordered.reduce(
    (result, { edit }) => result.slice(0, edit.start) + edit.newText + result.slice(edit.end),
    text,
  );
}
