/** pyright ends by signal, or stops answering, at the worst moments: our findings stay and it comes back with all documents. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Editor } from './client.ts';
import { rulesOf, startEditor } from './client.ts';

// Processes start slowly where a whole suite runs beside them.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const uri = 'file:///strata-test/survival.py';
const course = `import struct

def half(n: int) -> int:
    return n / 2

struct.pack_into('QdQ', bytearray(16), 0, 1, 2.0, 3)
`;
const both = ['pyright:reportReturnType', 'strata:struct-size'];

/** Enough that checking it takes longer than killing the process. */
const long = Array.from(
  { length: 60 },
  (_, i) => `def f${i}(xs: list[int]) -> dict[str, int]:
    return {str(x): x * ${i} for x in sorted(xs, key=lambda each: -each)}
`,
).join('\n');

const editors: Editor[] = [];
afterAll(() => Promise.all(editors.map((each) => each.close())));

async function openAndCheck(env?: Readonly<Record<string, string>>): Promise<Editor> {
  const editor = await startEditor({ transport: 'stdio', ...(env ? { env } : {}) });
  editors.push(editor);
  editor.open(uri, course);
  await editor.untilPublished((each) => rulesOf(each).length === 2);
  await editor.untilStatus((status) => status.state === 'ready');
  return editor;
}

function pyrightOf(running: Editor): number {
  const pid = running.statuses.at(-1)?.pid;
  if (pid === undefined) throw new Error('pyright does not run');
  return pid;
}

/** Edits, sees pyright's answer to this very edit, and waits until nothing is left to check. */
async function expectAnswers(running: Editor, version: number): Promise<void> {
  const seen = running.statuses.length;
  running.change(uri, version, `${course}half("no")\n`);
  const published = await running.untilPublished(
    (each) => each.version === version && rulesOf(each).length === 3,
  );
  expect(rulesOf(published)).toEqual(['pyright:reportArgumentType', ...both]);
  await running.untilStatus(({ state }) => state === 'ready', seen);
}

/** No publication since `from` lacks our finding. */
function expectOursStayed(running: Editor, from: number): void {
  for (const published of running.published.slice(from))
    if (published.uri === uri) expect(rulesOf(published)).toContain('strata:struct-size');
}

describe('pyright killed by signal', () => {
  let running: Editor;
  beforeAll(async () => {
    running = await openAndCheck();
  });

  it('while idle comes back with the open documents', async () => {
    const from = running.published.length;
    const seen = running.statuses.length;
    const pid = pyrightOf(running);
    process.kill(pid, 'SIGKILL');
    const restarting = await running.untilStatus(({ state }) => state === 'restarting', seen);
    expect(restarting.message).toContain('SIGKILL');
    const ready = await running.untilStatus(({ state }) => state === 'ready', seen);
    expect(ready.pid).not.toBe(pid);
    await expectAnswers(running, 2);
    expectOursStayed(running, from);
  });

  it('in the middle of a check comes back and checks again', async () => {
    const from = running.published.length;
    const seen = running.statuses.length;
    const longUri = 'file:///strata-test/long.py';
    running.open(longUri, long);
    await running.untilStatusOf(longUri, 1, ({ state }) => state === 'checking');
    process.kill(pyrightOf(running), 'SIGKILL');
    await running.untilStatus(({ state }) => state === 'restarting', seen);
    await running.untilStatus(({ state }) => state === 'ready', seen);
    await expectAnswers(running, 4);
    expectOursStayed(running, from);
  });

  it('during its restart comes back still', async () => {
    const from = running.published.length;
    const seen = running.statuses.length;
    const first = pyrightOf(running);
    process.kill(first, 'SIGKILL');
    const second = await running.untilStatus(
      ({ state, pid }) => state === 'restarting' && pid !== undefined && pid !== first,
      seen,
    );
    process.kill(second.pid!, 'SIGKILL');
    await running.untilStatus(
      ({ state, pid }) => state === 'ready' && pid !== first && pid !== second.pid,
      seen,
    );
    await expectAnswers(running, 6);
    expectOursStayed(running, from);
  });

  it('publishes no stale answer: each publication has the findings of its own version', async () => {
    const from = running.published.length;
    for (let version = 12; version < 22; version++)
      running.change(uri, version, version % 2 === 0 ? course.replace('n / 2', 'n // 2') : course);
    await running.untilPublished((each) => each.version === 21 && rulesOf(each).length === 2);
    for (const published of running.published.slice(from))
      if (published.uri === uri && (published.version ?? 0) % 2 === 0)
        expect(rulesOf(published)).toEqual(['strata:struct-size']);
  });
});

describe('pyright that stops answering', () => {
  it.runIf(process.platform !== 'win32')('is ended and started again', async () => {
    const running = await openAndCheck({
      STRATA_PING_INTERVAL_MS: '50',
      STRATA_IDLE_DEADLINE_MS: '1000',
    });
    const from = running.published.length;
    const seen = running.statuses.length;
    process.kill(pyrightOf(running), 'SIGSTOP');
    const restarting = await running.untilStatus(({ state }) => state === 'restarting', seen);
    expect(restarting.message).toContain('stopped answering');
    await running.untilStatus(({ state }) => state === 'ready', seen);
    await expectAnswers(running, 2);
    expectOursStayed(running, from);
  });
});

describe('a pyright that can not be embedded', () => {
  it('is replaced by its own language server', async () => {
    const running = await openAndCheck({ STRATA_FORBID_EMBEDDING: '1' });
    await expectAnswers(running, 2);
  });
});
