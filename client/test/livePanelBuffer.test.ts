/** Writing into a program: only after a yes, only over what is there, and told of when it did not work. */
import { beforeEach, expect, test } from 'vitest';
import { openLive } from '#buffers/live/liveBuffer.ts';
import { PythonMemory } from '#buffers/live/pythonMemory.ts';
import { LivePanelBuffer } from '#client/panels/livePanelBuffer.ts';
import { deleteBytes, replaceBytes, type BufferEdit } from '#shared/edit/bufferEdit.ts';
import { FakeProgram } from '../../buffers/test/fakeProgram.ts';

const { signal } = new AbortController();
let program: FakeProgram;
let asked: number[];
let answer: boolean;

beforeEach(() => {
  program = new FakeProgram(Uint8Array.from([0, 1, 2, 3, 4, 5, 6, 7]));
  asked = [];
  answer = true;
});

async function open(): Promise<LivePanelBuffer> {
  const memory = new PythonMemory(program, 'a', { allow: false, timeoutMs: 20 });
  const buffer = await openLive({ name: 'a', memory, onChange: () => undefined }, signal);
  if (!buffer.ok) throw new Error(JSON.stringify(buffer.error));
  return new LivePanelBuffer(buffer.value, (byteCount) => {
    asked.push(byteCount);
    return Promise.resolve(answer);
  });
}

const over = (start: number, ...bytes: readonly number[]) =>
  replaceBytes(start, start + bytes.length, Uint8Array.from(bytes));
const fill: BufferEdit = { start: 0, end: 5, bytes: Uint8Array.from([9, 8]).buffer, length: 5 };

test.each<[string, readonly BufferEdit[], readonly number[]]>([
  ['one place', [over(2, 20, 30)], [0, 1, 20, 30, 4, 5, 6, 7]],
  ['two places', [over(0, 10), over(7, 70)], [10, 1, 2, 3, 4, 5, 6, 70]],
  ['the same place twice', [over(3, 1), over(3, 2)], [0, 1, 2, 2, 4, 5, 6, 7]],
  ['a fill', [fill], [9, 8, 9, 8, 9, 5, 6, 7]],
])('writes %s after one question', async (_, edits, expected) => {
  const done = await (await open()).edit(edits, signal);
  expect(done).toMatchObject({ ok: true, value: { edit: { isDirty: false } } });
  expect([...program.bytes]).toEqual(expected);
  expect(asked.length).toBe(1);
});

test.each<[string, readonly BufferEdit[], RegExp]>([
  ['an insertion', [replaceBytes(1, 1, Uint8Array.of(1))], /grows and shrinks by its own code/],
  ['a deletion', [deleteBytes(1, 2)], /grows and shrinks by its own code/],
  ['what lies outside', [over(7, 1, 2)], /not all there/],
])('refuses %s without a question', async (_, edits, message) => {
  const done = await (await open()).edit(edits, signal);
  expect(done.ok ? '' : 'message' in done.error && done.error.message).toMatch(message);
  expect([...program.bytes]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(asked).toEqual([]);
});

test('writes nothing after a no', async () => {
  answer = false;
  const done = await (await open()).edit([over(0, 1)], signal);
  expect(done).toMatchObject({ ok: false, error: { message: 'Nothing was written.' } });
  expect(program.asked).toEqual(['describe']);
});

test('says what stands in the way', async () => {
  const buffer = await open();
  program.fault = { kind: 'dies' };
  const done = await buffer.edit([over(0, 1)], signal);
  expect(done).toMatchObject({ ok: false, error: { kind: 'gone' } });
});
