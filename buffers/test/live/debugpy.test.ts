/** A real session of debugpy: a program stops, is inspected, is written to, goes on and ends. */
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { openLive } from '#buffers/live/liveBuffer.ts';
import type { LiveBuffer } from '#buffers/live/liveBuffer.ts';
import { PythonMemory } from '#buffers/live/pythonMemory.ts';
import { DebugAdapter } from './debugAdapter.ts';
import { fixture, fullPython } from './pythonProcess.ts';

const { signal } = new AbortController();
const adapters: DebugAdapter[] = [];
afterAll(() => Promise.all(adapters.map((each) => each.end())));

const program = fixture('stepping.py');
const lineOf = (text: string) =>
  readFileSync(program, 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;

async function start(): Promise<DebugAdapter> {
  const adapter = new DebugAdapter(fullPython ?? '', ['-m', 'debugpy.adapter']);
  adapters.push(adapter);
  const capabilities = await adapter.request('initialize', {
    adapterID: 'debugpy',
    clientID: 'strata',
  });
  // The reason for all of this: it has no readMemory, and one that is sent anyway leaves the session dead.
  expect(capabilities.supportsReadMemoryRequest ?? false).toBe(false);
  const launched = adapter.request('launch', {
    type: 'debugpy',
    request: 'launch',
    program,
    python: [fullPython],
    console: 'internalConsole',
  });
  await adapter.event('initialized');
  const breakpoints = ['# first stop', '# second stop'].map((text) => ({ line: lineOf(text) }));
  await adapter.request('setBreakpoints', { source: { path: program }, breakpoints });
  await adapter.request('configurationDone');
  await launched;
  return adapter;
}

/** The innermost frame of the thread that stopped. */
async function stop(adapter: DebugAdapter): Promise<{ threadId: unknown; frameId: unknown }> {
  const { threadId } = await adapter.event('stopped');
  const { stackFrames } = await adapter.request('stackTrace', { threadId, levels: 1 });
  const [frame] = stackFrames as readonly { readonly id: number }[];
  return { threadId, frameId: frame?.id };
}

describe.runIf(fullPython !== undefined)('a session of debugpy', () => {
  it('shows its buffers, takes what is written, and is followed from stop to stop', async () => {
    const adapter = await start();
    let at = await stop(adapter);
    const evaluator = {
      async evaluate(expression: string) {
        const body = await adapter.request('evaluate', {
          expression,
          frameId: at.frameId,
          context: 'clipboard',
        });
        return String(body.result);
      },
    };
    let news = 0;
    const open = async (expression: string): Promise<LiveBuffer> => {
      const memory = new PythonMemory(evaluator, expression, { allow: false });
      const buffer = await openLive({ name: expression, memory, onChange: () => news++ }, signal);
      if (!buffer.ok) throw new Error(JSON.stringify(buffer.error));
      return buffer.value;
    };

    const part = await open('part');
    const description = await part.describe();
    if (!description.ok) throw new Error(description.error.message);
    expect(description.value).toMatchObject({
      byteLength: 4_000_000,
      formatLabel: 'numpy.ndarray',
      live: { whyReadOnly: null },
    });
    expect(description.value.arrays[0]).toMatchObject({
      shape: [1000, 100],
      strides: [-4000, 40],
      offset: 999 * 4000,
      dtypeText: '<f4',
    });
    const all = await part.source.readUncached(0, 4_000_000, signal);
    if (!all.ok) throw new Error(all.error.message);
    const floats = new Float32Array(new Uint8Array(all.value).buffer);
    expect(floats.every((value, index) => value === index)).toBe(true);

    // A local, seen as a function sees it; longer than what other contexts cut.
    const local = await open('local');
    expect(await local.write(1, Buffer.from('EFORE'), signal)).toEqual({ ok: true });
    expect(await evaluator.evaluate('small')).toBe("bytearray(b'BEFORE')");

    const grid = await open('grid');
    const small = await open('small');
    for (const buffer of [part, local, grid, small]) buffer.running();
    await adapter.request('continue', { threadId: at.threadId });
    at = await stop(adapter);
    news = 0;
    for (const buffer of [part, local, grid, small]) buffer.stopped(false);
    expect(news).toBe(4);
    // The function has returned: its names are gone, and what was read of them stays.
    expect(await part.source.refresh()).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('NameError') as string },
    });
    expect(await grid.source.refresh()).toEqual({ ok: true, value: { changed: true } });
    const corner = await grid.source.read(999 * 4000, 4, signal);
    expect(corner.ok && Buffer.from(corner.value).readFloatLE()).toBe(-1);
    await small.source.refresh();
    expect(small.source.byteLength).toBe('after the second stop'.length);

    const ended = adapter.event('terminated');
    await adapter.request('continue', { threadId: at.threadId });
    await ended;
    grid.ended('The debug session ended.');
    const kept = await grid.source.read(999 * 4000, 4, signal);
    expect(kept.ok && Buffer.from(kept.value).readFloatLE()).toBe(-1);
  });
});
