/** Memory of a program compared with memory, and with what another reads page by page. */
import { afterEach, expect, test, vi } from 'vitest';
import { openLive } from '#buffers/live/liveBuffer.ts';
import { PythonMemory } from '#buffers/live/pythonMemory.ts';
import { differencesOf, type Comparable } from '#client/panels/comparedBuffers.ts';
import { LivePanelBuffer } from '#client/panels/livePanelBuffer.ts';
import type { CompareMode } from '#shared/protocol/bufferCompare.ts';
import type { ScanProgress } from '#shared/protocol/bufferScan.ts';
import { MAX_PAGE_BYTES } from '#shared/protocol/bufferView.ts';
import { FakeProgram } from '../../buffers/test/fakeProgram.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const { signal } = new AbortController();
/** More than one read may return. */
const LONG = MAX_PAGE_BYTES + 300;
/** More than is read with the description. */
const SEVERAL_PAGES = 300_000;

const counting = (length: number) => new Uint8Array(length).map((_, at) => at % 251);

function changedAt(bytes: Uint8Array, ...places: readonly number[]): Uint8Array {
  const changed = bytes.slice();
  for (const at of places) changed[at] = 255;
  return changed;
}

async function live(program: FakeProgram): Promise<LivePanelBuffer> {
  const memory = new PythonMemory(program, 'a', { allow: false, timeoutMs: 10_000 });
  const buffer = await openLive({ name: 'a', memory, onChange: () => undefined }, signal);
  if (!buffer.ok) throw new Error(JSON.stringify(buffer.error));
  return new LivePanelBuffer(buffer.value, () => Promise.resolve(false));
}

/** Reads as another does, and gives no source. */
function elsewhere(buffer: LivePanelBuffer): Comparable {
  return {
    read: (...asked) => buffer.read(...asked),
    notifyProgress: (progress) => buffer.notifyProgress(progress),
  };
}

const values = (length: number): CompareMode => {
  const elements = { dtype: '|u1', shape: [length], strides: [1], offset: 0 };
  return { kind: 'values', elements, other: elements, absolute: 0, relative: 0 };
};

function compare(
  here: Comparable,
  there: Comparable,
  lengths: { readonly here: number; readonly there: number },
  { mode = { kind: 'bytes' }, until = signal }: { mode?: CompareMode; until?: AbortSignal } = {},
) {
  return differencesOf(here, there, lengths, { job: 3, mode, limit: 10 }, until);
}

test.each<[string, (buffer: LivePanelBuffer) => Comparable]>([
  ['memory', (buffer) => buffer],
  ['what another reads', elsewhere],
])('finds where memory differs from %s, and tells how far it is', async (_, shown) => {
  const bytes = counting(LONG);
  const here = await live(new FakeProgram(bytes));
  const there = await live(new FakeProgram(changedAt(bytes, 3, 4, LONG - 1)));
  // Progress is told as time goes by, which it does at each look here.
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
  const told: ScanProgress[] = [];
  here.onProgress((progress) => told.push(progress));
  const lengths = { here: LONG, there: LONG };
  expect(await compare(here, shown(there), lengths)).toMatchObject({
    ok: true,
    value: {
      count: 3,
      compared: LONG,
      differences: [
        { start: 3, end: 5 },
        { start: LONG - 1, end: LONG },
      ],
    },
  });
  expect(told.at(-1)).toMatchObject({ job: 3, total: LONG });
  const byValue = await compare(here, shown(there), lengths, { mode: values(LONG) });
  expect(byValue).toMatchObject({ ok: true, value: { count: 3, compared: LONG } });
  const same = await compare(here, shown(here), lengths);
  expect(same).toMatchObject({ ok: true, value: { count: 0, differences: [] } });
});

test('what is longer differs past the end of the other', async () => {
  const here = await live(new FakeProgram(counting(8)));
  const there = elsewhere(await live(new FakeProgram(counting(11))));
  expect(await compare(here, there, { here: 8, there: 11 })).toMatchObject({
    ok: true,
    value: { count: 3, differences: [{ start: 8, end: 8, otherStart: 8, otherEnd: 11 }] },
  });
});

test('refuses arrays that lie outside of the bytes', async () => {
  const here = await live(new FakeProgram(counting(8)));
  const done = await compare(here, here, { here: 8, there: 8 }, { mode: values(9) });
  expect(done).toMatchObject({ ok: false, error: { kind: 'outOfRange' } });
});

test.each<[string, (buffer: LivePanelBuffer) => Comparable]>([
  ['memory', (buffer) => buffer],
  ['what another reads', elsewhere],
])('says that %s is gone', async (_, shown) => {
  const here = await live(new FakeProgram(counting(SEVERAL_PAGES)));
  const program = new FakeProgram(counting(SEVERAL_PAGES));
  const there = shown(await live(program));
  program.fault = { kind: 'dies' };
  const done = await compare(here, there, { here: SEVERAL_PAGES, there: SEVERAL_PAGES });
  expect(done).toMatchObject({ ok: false, error: { kind: 'gone' } });
});

test('says that what another reads became shorter', async () => {
  const here = await live(new FakeProgram(counting(20)));
  const there = elsewhere(await live(new FakeProgram(counting(10))));
  expect(await compare(here, there, { here: 20, there: 20 })).toMatchObject({
    ok: false,
    error: { kind: 'unreadable', message: 'It became shorter while it was compared.' },
  });
});

test.each<[string, (buffer: LivePanelBuffer) => Comparable]>([
  ['memory', (buffer) => buffer],
  ['what another reads', elsewhere],
])('stops comparing with %s when it is cancelled', async (_, shown) => {
  const here = await live(new FakeProgram(counting(SEVERAL_PAGES)));
  const program = new FakeProgram(counting(SEVERAL_PAGES));
  const there = shown(await live(program));
  const cancelled = new AbortController();
  program.fault = { kind: 'silent' };
  const done = compare(
    here,
    there,
    { here: SEVERAL_PAGES, there: SEVERAL_PAGES },
    { until: cancelled.signal },
  );
  cancelled.abort();
  await expect(done).rejects.toMatchObject({ name: 'AbortError' });
});
