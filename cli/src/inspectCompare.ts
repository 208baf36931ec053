/** `--compare` and `--export`: the array, or the view of it, beside another file and into one. */
import { resolve } from 'node:path';
import { compareSources } from '#buffers/compare.ts';
import { compareModeOf } from '#buffers/compareMode.ts';
import { exportArray } from '#buffers/export/exportArray.ts';
import { openBuffer } from '#buffers/inspect.ts';
import type { ByteSource } from '#buffers/source/byteSource.ts';
import type { BufferDifferences } from '#shared/protocol/bufferCompare.ts';
import type { ArrayDescription } from '#shared/protocol/bufferView.ts';
import type { CommandIo } from './command.ts';
import { CannotRun } from './command.ts';
import { layArrays } from './inspectLayout.ts';
import { layoutOf, readable, selectMember } from './inspectMember.ts';
import type { InspectOptions } from './inspectOptions.ts';
import { takeSteps } from './inspectSteps.ts';

export interface Comparison extends BufferDifferences {
  readonly other: string;
  readonly mode: 'bytes' | 'values';
  readonly note: string | null;
  readonly otherSize: number;
}

interface Here {
  readonly view: ArrayDescription | undefined;
  readonly source: ByteSource;
}

/** The same member and the same steps of the other file. */
export async function compareWith(
  options: InspectOptions,
  here: Here,
  io: CommandIo,
): Promise<Comparison> {
  const other = options.compare ?? '';
  const opened = await openBuffer(resolve(io.cwd, other));
  if (!opened.ok) throw new CannotRun(`cannot read '${other}': ${opened.error.message}`);
  try {
    const whole = readable(other, await opened.value.describe(io.signal));
    const named = { ...options, file: other };
    const part = await selectMember(named, opened.value, whole, io.signal);
    // What has a layout of its own keeps it: raw bytes may be compared with an array.
    const laid = whole.format === 'raw' ? layArrays(options, part.description) : part.description;
    const [array] = laid.arrays;
    const stepped = array
      ? await takeSteps(part.buffer.source, array, options.steps, part.description, io.signal)
      : undefined;
    const { mode, note } = compareModeOf(here.view, stepped?.view, options.tolerance);
    const there = mode.kind === 'values' ? stepped?.source : undefined;
    const found = await compareSources(
      here.source,
      there ?? part.buffer.source,
      mode,
      options.limit,
      io.signal,
    );
    if (!found.ok) throw new CannotRun(`cannot compare with '${other}': ${found.error.message}`);
    return { ...found.value, other, mode: mode.kind, note, otherSize: whole.byteLength };
  } finally {
    opened.value.dispose();
  }
}

export async function exportView(
  { path, format }: NonNullable<InspectOptions['exportTo']>,
  { view, source }: Here,
  io: CommandIo,
): Promise<{ readonly path: string; readonly writtenBytes: number }> {
  if (!view) throw new CannotRun('--export: there is no array to write');
  const layout = layoutOf(view);
  const target = resolve(io.cwd, path);
  const written = await exportArray(source, view.dtype, layout, format, target, io.signal);
  if (!written.ok) throw new CannotRun(written.error.message);
  return { path, writtenBytes: written.value.writtenBytes };
}
