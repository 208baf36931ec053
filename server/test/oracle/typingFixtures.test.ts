/** `test-fixtures/python/typing` and `course`: what pyright, our amendments to it and our rules on it find, all together. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver/node';
import { PyrightEngine } from '../../src/oracle/pyright/pyrightEngine.ts';
import { findPyright, loadPyright } from '../../src/oracle/pyright/loadPyright.ts';
import { checkModule } from '../../src/rules/rules.ts';
import { fromPyright, toDiagnostic } from '../../src/lspConvert.ts';
import { openDocument } from '../../src/session/openDocument.ts';
import { pyrightExtensions } from '../../src/oracle/pyrightExtensions.ts';
import { checkerRules } from '../../src/rules/typing/checkerRules.ts';
import { bundles } from '../e2e/client.ts';
import { differencesOf, fixtures, readFixture } from '../fixture.ts';
import { Notebooks } from '../../src/session/notebooks.ts';

// Processes start slowly where a whole suite runs beside them.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const names = ['course', 'typing'].flatMap((folder) =>
  readdirSync(join(fixtures, folder), { recursive: true, encoding: 'utf8' })
    // What is about buffers has its own test, with the rules of its own context.
    .filter((name) => name.endsWith('.py') && !name.startsWith('buffers'))
    .sort()
    .map((name) => join(folder, name)),
);

describe.each(['3.11', '3.12', '3.14'])('for Python %s', (version) => {
  const found = new Map<string, readonly Diagnostic[]>();
  let engine: PyrightEngine | undefined;
  const chosen = names.filter((name) => versionsOf(readFixture(name)).includes(version));

  beforeAll(async () => {
    engine = startEngine(version);
    expect(await engine.untilRunning()).toBeUndefined();
    const documents = chosen.map((name) => ({
      uri: pathToFileURL(join(fixtures, name)).href,
      version: 0,
      text: readFixture(name),
    }));
    const reply = await engine.check(documents);
    if (!reply.ok) throw new Error(reply.error.kind);
    for (const [index, name] of chosen.entries()) {
      const { uri, text } = documents[index] ?? { uri: '', text: '' };
      const document = openDocument(uri, 0, text);
      found.set(name, [
        ...checkModule(document.module).map((each) => toDiagnostic(each, document.lines, uri)),
        ...(reply.value[index] ?? []).map(fromPyright),
      ]);
    }
  });
  afterAll(() => {
    engine?.dispose();
  });

  it.each(chosen)('%s has what its comments say, and nothing else', (name) => {
    const findings = (found.get(name) ?? [])
      .filter(({ severity, source }) => (severity ?? 1) <= (source === 'strata' ? 3 : 2))
      .map(({ range, code, message, severity }) => ({
        severity: severity === 3 ? ('information' as const) : ('error' as const),
        line: range.start.line + 1,
        column: range.start.character + 1,
        rule: String(code),
        message,
      }));
    expect(differencesOf(readFixture(name), findings)).toEqual([]);
  });
});

describe('the pinned pyright', () => {
  it('has a place for every amendment', () => {
    const pyright = findPyright(fileURLToPath(import.meta.url));
    if (!pyright.ok) throw new Error(pyright.error.message);
    const modules = loadPyright(pyright.value, [], pyrightExtensions);
    if (!modules.ok) throw new Error(modules.error.message);
    expect(modules.value.missedAmendments).toEqual([]);
  });

  it('names an amendment that it has no place for', () => {
    const pyright = findPyright(fileURLToPath(import.meta.url));
    if (!pyright.ok) throw new Error(pyright.error.message);
    const [name, find, replacement] = ['nowhere', /no such text/, ''];
    const amendments = [{ name, moduleExporting: 'Checker', find, replacement }];
    const modules = loadPyright(pyright.value, [], [{ uses: [], amendments, install: () => ({}) }]);
    expect(modules).toMatchObject({ ok: true, value: { missedAmendments: ['nowhere'] } });
  });
});

describe('every rule on the evaluator', () => {
  it.each(checkerRules.map(({ id }) => id))('%s has an erring fixture', (id) => {
    expect(names.filter((name) => readFixture(name).includes(`[${id}]`))).not.toEqual([]);
  });
});

/** `# checked as: 3.14` in the first line; otherwise both. */
function versionsOf(source: string): readonly string[] {
  const chosen = /^# checked as: ([\d. ,]+)/.exec(source)?.[1];
  return chosen === undefined ? ['3.12', '3.14'] : chosen.split(',').map((each) => each.trim());
}

function startEngine(pythonVersion: string): PyrightEngine {
  const engine = new PyrightEngine(
    `${bundles()}/pyrightProcess.js`,
    {
      notebooks: new Notebooks(),
      openDocuments: () => [],
      versionOf: () => undefined,
      workspaceFolders: () => [{ uri: pathToFileURL(fixtures).href, name: 'fixtures' }],
      configurationFor: () => ({
        typeCheckingMode: 'standard',
        overridesConfigFile: false,
        mayRunPython: false,
        pythonVersion,
      }),
      clientCapabilities: () => ({}),
      applyEdit: () => Promise.resolve(null),
      memoryLimit: () => undefined,
      onDiagnostics: () => undefined,
      onScopeDiagnostics: () => undefined,
      onStatus: () => undefined,
      onLog: () => undefined,
    },
    { debounceMs: 0, pingIntervalMs: 5000, idleDeadlineMs: 60_000, busyDeadlineMs: 60_000 },
  );
  engine.start();
  return engine;
}
