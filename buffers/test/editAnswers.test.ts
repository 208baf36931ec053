import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BufferAnswers } from '#buffers/bufferAnswers.ts';
import { answerBuffers } from '#buffers/bufferAnswers.ts';
import { replaceBytes } from '#shared/edit/bufferEdit.ts';
import type { BufferDescription } from '#shared/protocol/bufferView.ts';
import type { Result } from '#shared/result.ts';
import { pathOf } from './corpus.ts';

let folder: string;
let worker: BufferAnswers;
let changes: number[];
const signal = new AbortController().signal;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strata-edits-'));
  changes = [];
  worker = answerBuffers(
    ({ generation }) => changes.push(generation),
    () => undefined,
    1,
  );
});
afterEach(() => {
  worker.dispose();
  rmSync(folder, { recursive: true, force: true });
});

async function open(path: string): Promise<number> {
  const opened = await worker.answers.open({ path, editable: true }, signal);
  if (!opened.ok) throw new Error(opened.error.kind);
  return opened.value.bufferId;
}

function described(reply: Result<BufferDescription, { readonly kind: string }>): BufferDescription {
  if (!reply.ok) throw new Error(reply.error.kind);
  return reply.value;
}

async function bytesOf(bufferId: number): Promise<string> {
  const read = await worker.answers.readBytes({ bufferId, offset: 0, length: 1000 }, signal);
  return read.ok ? Buffer.from(read.value.bytes).toString('latin1') : read.error.kind;
}

test('an edit is described, marked and read, and told to nobody else', async () => {
  const path = join(folder, 'data.bin');
  writeFileSync(path, '0123456789');
  const bufferId = await open(path);
  const { answers } = worker;
  const insert = [replaceBytes(2, 4, Buffer.from('ab')), replaceBytes(8, 8, Buffer.from('xyz'))];
  const first = described(await answers.edit({ bufferId, edits: insert }, signal));
  expect(first).toMatchObject({
    byteLength: 13,
    edit: { isDirty: true, conflict: false, readOnly: null, changed: [2, 4, 8, 11], isCut: false },
  });
  expect(await bytesOf(bufferId)).toBe('01ab4567xyz89');
  const second = described(await answers.undo({ bufferId }, signal));
  expect(second.generation).toBeGreaterThan(first.generation);
  expect(second).toMatchObject({ byteLength: 10, edit: { isDirty: false, changed: [] } });
  expect(await answers.undo({ bufferId }, signal)).toMatchObject({ error: { kind: 'notEdited' } });
  await answers.redo({ bufferId }, signal);
  const consent = { overwrite: false, splitLinks: false };
  const saved = await answers.save({ bufferId, job: 1, ...consent }, signal);
  expect(saved).toMatchObject({
    value: { writtenBytes: 13, inPlace: false, description: { edit: { isDirty: false } } },
  });
  expect(readFileSync(path, 'latin1')).toBe('01ab4567xyz89');
  await answers.describe({ bufferId }, signal);
  expect(changes).toEqual([]);
});

test('an edit of the header says what the header says then', async () => {
  const path = join(folder, 'array.npy');
  writeFileSync(path, readFileSync(pathOf('f_order_2d.npy')));
  const bufferId = await open(path);
  const spoiled = described(
    await worker.answers.edit({ bufferId, edits: [replaceBytes(0, 1, Buffer.from('X'))] }, signal),
  );
  expect(spoiled.problems.length).toBeGreaterThan(0);
  const mended = described(await worker.answers.undo({ bufferId }, signal));
  expect(mended.arrays[0]?.shape).toEqual([3, 4]);
});

test('an edit outside of the bytes is refused and changes nothing', async () => {
  const path = join(folder, 'data.bin');
  writeFileSync(path, '0123');
  const bufferId = await open(path);
  const edits = [replaceBytes(3, 6, Buffer.from('abc'))];
  expect(await worker.answers.edit({ bufferId, edits }, signal)).toMatchObject({
    error: { kind: 'notEdited', message: /there are 4/ },
  });
  expect(await bytesOf(bufferId)).toBe('0123');
});

test('what is open without editing has no edits', async () => {
  const path = join(folder, 'data.bin');
  writeFileSync(path, '0123');
  const opened = await worker.answers.open({ path }, signal);
  if (!opened.ok) throw new Error(opened.error.kind);
  const { bufferId, description } = opened.value;
  expect(description.edit).toBeUndefined();
  const edits = [replaceBytes(0, 1, Buffer.from('a'))];
  expect(await worker.answers.edit({ bufferId, edits }, signal)).toMatchObject({ ok: false });
});
