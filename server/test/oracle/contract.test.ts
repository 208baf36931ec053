/** What we use of the pinned pyright package beyond its promises. Red after a bump: see oracle/pyright/loadPyright.ts. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { EngineDocument } from '../../src/oracle/pyright/pyrightEngine.ts';
import { PyrightEngine } from '../../src/oracle/pyright/pyrightEngine.ts';
import { findPyright, loadPyright } from '../../src/oracle/pyright/loadPyright.ts';
import { usedExports } from '../../src/oracle/pyright/pyrightInternals.ts';
import { typeInHover } from '../../src/oracle/pyright/hoverTypes.ts';
import { nullOracle } from '../../src/oracle/nullOracle.ts';
import { indexLines } from '../../src/python/lineIndex.ts';
import { bundles } from '../e2e/client.ts';
import { Notebooks } from '../../src/session/notebooks.ts';

// Processes start slowly where a whole suite runs beside them.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const uri = 'file:///strata-test/oracle.py';
const text = `import struct
from typing import Final

FORMAT: Final = "QdQ"
LIMIT = 3
view: memoryview = memoryview(bytearray(16))
pair = struct.unpack("<Id", view)
def f(x: int | str) -> None:
    if isinstance(x, int):
        print(x)
`;

describe('the pyright package', () => {
  it('is there, and exports every name that is used', () => {
    const pyright = findPyright(fileURLToPath(import.meta.url));
    if (!pyright.ok) throw new Error(pyright.error.message);
    const modules = loadPyright(pyright.value, usedExports);
    if (!modules.ok) throw new Error(modules.error.message);
    for (const name of usedExports) expect(modules.value.exported(name)).toBeDefined();
  });

  it('is refused by name when it lacks one', () => {
    const pyright = findPyright(fileURLToPath(import.meta.url));
    if (!pyright.ok) throw new Error(pyright.error.message);
    expect(loadPyright(pyright.value, ['NoSuchExport'])).toMatchObject({
      ok: false,
      error: { kind: 'changed', message: expect.stringContaining('NoSuchExport') as string },
    });
    expect(findPyright('/nowhere/dist/server.js')).toMatchObject({
      ok: false,
      error: { kind: 'missing' },
    });
  });
});

describe('the embedded oracle', () => {
  let engine: PyrightEngine;
  let document: EngineDocument = { uri, version: 1, text };
  beforeAll(async () => {
    engine = new PyrightEngine(
      `${bundles()}/pyrightProcess.js`,
      {
        notebooks: new Notebooks(),
        openDocuments: () => [document],
        versionOf: (asked) => (asked === uri ? document.version : undefined),
        workspaceFolders: () => [],
        configurationFor: () => ({
          typeCheckingMode: 'standard',
          overridesConfigFile: false,
          mayRunPython: false,
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
    expect(await engine.untilRunning()).toBeUndefined();
  });
  afterAll(() => {
    engine.dispose();
  });

  const rangeOf = (piece: string, from = 0) => {
    const lines = indexLines(text);
    const start = text.indexOf(piece, from);
    return { start: lines.positionAt(start), end: lines.positionAt(start + piece.length) };
  };

  it.each([
    ['FORMAT', 0, "Literal['QdQ']", undefined, 'QdQ'],
    ['LIMIT', 0, 'Literal[3]', undefined, 3],
    ['view', 0, 'memoryview[int]', 'memoryview[int]', undefined],
    ['struct.unpack("<Id", view)', 0, 'tuple[int, float]', undefined, undefined],
    ['bytearray(16)', 0, 'bytearray', undefined, undefined],
    ['x', text.indexOf('print('), 'int', 'int | str', undefined],
  ])('knows the type of %j', async (piece, from, computed, declared, literal) => {
    const reply = await engine.typesAt(uri, 1, [rangeOf(piece, from)]);
    expect(reply).toMatchObject({ ok: true });
    expect(reply.ok && reply.value[0]).toEqual({ computed, declared, literal });
  });

  it('answers no question about another version', async () => {
    const range = [rangeOf('FORMAT')];
    expect(await engine.typesAt(uri, 2, range)).toEqual({ ok: false, error: { kind: 'stale' } });
    document = { uri, version: 2, text: `\n${text}` };
    engine.changed(document, [{ text: document.text }]);
    expect(await engine.typesAt(uri, 1, range)).toEqual({ ok: false, error: { kind: 'stale' } });
    const moved = { line: 4, character: 0 };
    const reply = await engine.typesAt(uri, 2, [{ start: moved, end: { line: 4, character: 6 } }]);
    expect(reply).toMatchObject({ ok: true, value: [{ literal: 'QdQ' }] });
  });

  it('settles when it is asked to stop, and when it is ended', async () => {
    const controller = new AbortController();
    const asked = engine.typesAt(uri, 2, [rangeOf('FORMAT')], controller.signal);
    controller.abort();
    expect(await asked).toEqual({ ok: false, error: { kind: 'cancelled' } });
    const pending = engine.typesAt(uri, 2, [rangeOf('FORMAT')]);
    engine.stop();
    expect((await pending).ok).toBe(false);
    expect(await engine.typesAt(uri, 2, [])).toEqual({
      ok: false,
      error: { kind: 'unavailable' },
    });
  });
});

describe('other oracles', () => {
  it.each([
    ["```python\n(constant) FMT: Literal['QdQ']\n```", "Literal['QdQ']", 'QdQ'],
    ['(variable) n: Literal[3]', 'Literal[3]', 3],
    ['(variable) view: memoryview[int]', 'memoryview[int]', undefined],
    ['(function) def f() -> None', undefined, undefined],
  ])('read %j of a hover', (value, computed, literal) => {
    const hover = { contents: { kind: 'markdown' as const, value } };
    expect(typeInHover(hover)).toEqual({ declared: undefined, computed, literal });
  });

  it('know nothing where there is no type checker', async () => {
    expect(await nullOracle.typesAt(uri, 1, [])).toEqual({
      ok: false,
      error: { kind: 'unavailable' },
    });
  });
});
