/** Does with a file what the inspector does, and tells what must not happen whatever the bytes are. */
import { basename } from 'node:path';
import { elementToJson, formatElement } from '#shared/layout/elementText.ts';
import { decodeElement } from '#shared/layout/elementValue.ts';
import { pep3118Format } from '#shared/layout/pep3118.ts';
import type { ArrayDescription } from '#shared/protocol/bufferView.ts';
import type { FileDescription, OpenBuffer } from '#buffers/inspect.ts';
import { openBuffer, openMember } from '#buffers/inspect.ts';
import { histogramOf } from '#buffers/scan/histogram.ts';
import { packedElements } from '#buffers/scan/elements.ts';
import { hasNumbers } from '#buffers/scan/numbers.ts';
import { statisticsOf } from '#buffers/scan/statistics.ts';
import type { ByteSource } from '#buffers/source/byteSource.ts';
import { suggestLayouts } from '#buffers/suggestLayouts.ts';

export interface Outcome {
  /** Of the problems that the file was described with. */
  readonly kinds: readonly string[];
  /** Why its parts were not opened. */
  readonly refusals: readonly string[];
  /** Empty, or there is a mistake of ours. */
  readonly faults: readonly string[];
}

const MOST_ARRAYS = 40;
const MOST_PARTS = 12;
const MOST_VALUES = 64;

/** Opened and described, with the bytes read that the hex view shows first: all that opening does. */
export async function openOnly(path: string): Promise<Outcome> {
  return inspect(path, () => Promise.resolve());
}

/** And the values, numbers and parts that a person asks for then. */
export async function openAll(path: string): Promise<Outcome> {
  return inspect(path, exerciseParts);
}

class Found {
  readonly refusals: string[] = [];
  readonly faults: string[] = [];
}

async function inspect(
  path: string,
  further: (buffer: OpenBuffer, description: FileDescription, found: Found) => Promise<void>,
): Promise<Outcome> {
  const found = new Found();
  let kinds: string[] = [];
  let buffer: OpenBuffer | undefined;
  try {
    const opened = await openBuffer(path, { idleMs: 0 });
    if (!opened.ok)
      return { kinds: [], refusals: [], faults: [`not opened: ${opened.error.message}`] };
    buffer = opened.value;
    await readEnds(buffer.source, found);
    const described = await buffer.describe();
    if (!described.ok) found.faults.push(`not described: ${described.error.message}`);
    else {
      kinds = described.value.problems.map(({ kind }) => kind);
      checkDescription(described.value, found);
      await further(buffer, described.value, found);
      await readEnds(buffer.source, found);
    }
  } catch (error) {
    found.faults.push(`thrown: ${(error as Error).stack ?? String(error)}`);
  } finally {
    buffer?.dispose();
  }
  return { kinds, refusals: found.refusals, faults: found.faults };
}

async function readEnds(source: ByteSource, found: Found): Promise<void> {
  for (const offset of [0, Math.max(0, source.byteLength - 512)]) {
    const read = await source.read(offset, 512);
    if (!read.ok || read.value.length !== Math.min(512, source.byteLength - offset))
      found.faults.push(`bytes from ${offset} can not be read`);
  }
}

function checkDescription(description: FileDescription, found: Found): void {
  const { byteLength, problems, regions, arrays } = description;
  for (const { kind, message, start = 0, end = start } of problems) {
    if (kind === '' || message === '') found.faults.push('a problem without a name or words');
    if (!isRange(start, end, byteLength))
      found.faults.push(`problem ${kind} at ${start} to ${end}`);
  }
  for (const { label, start, end } of regions)
    if (!isRange(start, end, byteLength))
      found.faults.push(`region ${label} at ${start} to ${end}`);
  for (const array of arrays) checkArray(array, byteLength, found);
  // As it goes to the panel, and with what makes a bigint or a cycle fail.
  JSON.stringify({ ...description, members: undefined });
}

const isRange = (start: number, end: number, byteLength: number) =>
  Number.isSafeInteger(start) &&
  Number.isSafeInteger(end) &&
  0 <= start &&
  start <= end &&
  end <= byteLength;

function checkArray(array: ArrayDescription, byteLength: number, found: Found): void {
  const { name, shape, strides, offset, dtype } = array;
  const numbers = [...shape, ...strides, offset, dtype.itemsize];
  if (!numbers.every(Number.isSafeInteger) || shape.some((length) => length < 0))
    return void found.faults.push(
      `array ${name} of ${shape.join()}, ${strides.join()} from ${offset}`,
    );
  if (shape.includes(0)) return;
  let [start, end] = [offset, offset + dtype.itemsize];
  for (const [axis, length] of shape.entries()) {
    const reach = (length - 1) * strides[axis]!;
    if (reach < 0) start += reach;
    else end += reach;
  }
  if (!isRange(start, end, byteLength))
    found.faults.push(`array ${name} at ${start} to ${end} of ${byteLength}`);
  pep3118Format(dtype, strides);
}

async function exerciseParts(
  buffer: OpenBuffer,
  description: FileDescription,
  found: Found,
): Promise<void> {
  for (const array of description.arrays.slice(0, MOST_ARRAYS))
    await exerciseArray(buffer.source, array, found);
  for (const { name, isOfColumn } of description.arrays.slice(0, MOST_ARRAYS))
    for (const element of isOfColumn ? [0, 1, 1000] : []) {
      const value = await buffer.readValue({ name, element });
      if (!value.ok) found.refusals.push(value.error.kind);
    }
  const head = await buffer.source.read(0, 4096);
  if (head.ok && buffer.source.path !== undefined)
    await suggestLayouts(
      `/nowhere/${basename(buffer.source.path)}`,
      buffer.source.byteLength,
      head.value,
      [],
    );
  for (const member of description.members?.slice(0, MOST_PARTS) ?? []) {
    const opened = await openMember(buffer.source, member);
    if (!opened.ok) {
      if (opened.error.kind.length === 0 || opened.error.message === '')
        found.faults.push(`part ${member.name} refused without words`);
      found.refusals.push(opened.error.kind);
      continue;
    }
    try {
      const described = await opened.value.describe();
      if (!described.ok) {
        found.refusals.push(described.error.kind);
        continue;
      }
      checkDescription(described.value, found);
      for (const array of described.value.arrays.slice(0, MOST_ARRAYS))
        await exerciseArray(opened.value.source, array, found);
    } finally {
      opened.value.dispose();
    }
  }
}

async function exerciseArray(
  source: ByteSource,
  array: ArrayDescription,
  found: Found,
): Promise<void> {
  const { dtype, shape, strides, offset } = array;
  const layout = { shape, strides, offset, itemsize: dtype.itemsize };
  for await (const piece of packedElements(source, layout, { limit: MOST_VALUES })) {
    if (!piece.ok) return void found.refusals.push(piece.error.kind);
    const view = new DataView(piece.value.buffer, piece.value.byteOffset, piece.value.length);
    if (dtype.itemsize === 0 || dtype.itemsize > 4096) break;
    for (let at = 0; at + dtype.itemsize <= view.byteLength; at += dtype.itemsize) {
      const value = decodeElement(dtype, view, at);
      formatElement(dtype, value);
      JSON.stringify(elementToJson(dtype, value));
    }
  }
  const count = shape.reduce((product, length) => product * length, 1);
  if (count > 2 ** 20) return;
  const statistics = await statisticsOf(source, dtype, layout);
  if (!statistics.ok) found.refusals.push(statistics.error.kind);
  if (!hasNumbers(dtype)) return;
  const options = { bins: 16, part: 'value' as const, range: undefined };
  const histogram = await histogramOf(source, dtype, layout, options);
  if (!histogram.ok) found.refusals.push(histogram.error.kind);
}
