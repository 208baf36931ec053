/** What `strata inspect` tells of a file, before it is text or JSON. */
import { resolve } from 'node:path';
import type { FileDescription, OpenBuffer } from '#buffers/inspect.ts';
import { openBuffer } from '#buffers/inspect.ts';
import type { Histogram } from '#shared/protocol/bufferScan.ts';
import { histogramOf } from '#buffers/scan/histogram.ts';
import { hasNumbers } from '#buffers/scan/numbers.ts';
import { uniqueOf } from '#buffers/scan/unique.ts';
import type { ByteSource } from '#buffers/source/byteSource.ts';
import { suggestLayouts } from '#buffers/suggestLayouts.ts';
import type { Statistics } from '#buffers/scan/statistics.ts';
import { statisticsOf } from '#buffers/scan/statistics.ts';
import type {
  ArrayDescription,
  BufferProblem,
  LayoutSuggestion,
  ValueReading,
} from '#shared/protocol/bufferView.ts';
import { MAX_PAGE_BYTES } from '#shared/protocol/bufferView.ts';
import type { CommandIo } from './command.ts';
import { CannotRun } from './command.ts';
import type { InspectedPlace } from './inspectAt.ts';
import { inspectAt } from './inspectAt.ts';
import type { AxisStatistics } from './inspectAxis.ts';
import { statisticsAlong } from './inspectAxis.ts';
import type { Comparison } from './inspectCompare.ts';
import { compareWith, exportView } from './inspectCompare.ts';
import { layArrays } from './inspectLayout.ts';
import type { Found } from './inspectFind.ts';
import { findWanted } from './inspectFind.ts';
import type { Part } from './inspectMember.ts';
import { layoutOf, printable, readable, selectMember } from './inspectMember.ts';
import type { InspectOptions } from './inspectOptions.ts';
import type { TakenStep } from './inspectSteps.ts';
import { takeSteps } from './inspectSteps.ts';

export interface Inspection {
  readonly buffer: OpenBuffer;
  readonly description: FileDescription;
  /** As the file or the options lay them; values and statistics are of the first. */
  readonly arrays: readonly ArrayDescription[];
  /** The first array, or the view of it that `--slice` selects. */
  readonly view: ArrayDescription | undefined;
  readonly problems: readonly BufferProblem[];
  /** Undefined where they were not asked for or the elements are no numbers. */
  readonly stats: Statistics | undefined;
  readonly found: Found | undefined;
  /** Of `--at`. */
  readonly place: InspectedPlace | undefined;
  /** Of `--axis`. */
  readonly along: AxisStatistics | undefined;
  /** Undefined as the statistics are. */
  readonly histogram: Histogram | undefined;
  readonly unique: UniqueElements | undefined;
  /** What a file that says nothing of itself may hold. */
  readonly suggestions: readonly LayoutSuggestion[];
  /** Where the elements of `view` lie: the file, or a copy that a step made. */
  readonly source: ByteSource;
  readonly steps: readonly TakenStep[];
  /** The same as Python. */
  readonly code: string;
  readonly comparison: Comparison | undefined;
  readonly exported: { readonly path: string; readonly writtenBytes: number } | undefined;
  /** Of `--index`. */
  readonly reading: ValueReading | undefined;
}

/** Distinct elements, the most frequent first. */
export interface UniqueElements {
  readonly values: Uint8Array;
  readonly counts: readonly number[];
  /** Null where there are more than are counted. */
  readonly distinct: number | null;
}

export async function inspectFile(options: InspectOptions, io: CommandIo): Promise<Inspection> {
  const opened = await openBuffer(resolve(io.cwd, options.file));
  if (!opened.ok) throw new CannotRun(`cannot read '${options.file}': ${opened.error.message}`);
  try {
    const whole = readable(options.file, await opened.value.describe(io.signal));
    if (options.index !== undefined) return await inspectValue(options, opened.value, whole, io);
    const part = await selectMember(options, opened.value, whole, io.signal);
    return await inspectPart(options, part, io);
  } catch (error) {
    opened.value.dispose();
    throw error;
  }
}

async function inspectPart(
  options: InspectOptions,
  { buffer, description }: Part,
  io: CommandIo,
): Promise<Inspection> {
  const { signal } = io;
  const laid = layArrays(options, description);
  const problems = [...laid.problems];
  const [array] = laid.arrays;
  let view = array;
  let source: ByteSource = buffer.source;
  let steps: readonly TakenStep[] = [];
  let code = '';
  if (array && array.dtype.itemsize > MAX_PAGE_BYTES) {
    problems.push({
      kind: 'element-too-large',
      severity: 'warning',
      message: `one element has ${array.dtype.itemsize} bytes; values of more than ${MAX_PAGE_BYTES} are not shown`,
    });
    view = undefined;
  } else if (array && options.steps.length > 0) {
    const stepped = await takeSteps(source, array, options.steps, description, signal);
    ({ view, source, steps, code } = stepped);
    problems.push(...stepped.problems);
  }
  const stats =
    view && options.stats
      ? readable(options.file, await statisticsOf(source, view.dtype, layoutOf(view), signal))
      : undefined;
  const histogram =
    view && options.bins !== undefined && hasNumbers(view.dtype)
      ? readable(
          options.file,
          await histogramOf(
            source,
            view.dtype,
            layoutOf(view),
            { bins: options.bins, part: 'value', range: undefined },
            signal,
          ),
        )
      : undefined;
  const unique =
    view && options.unique
      ? readable(options.file, await uniqueOf(source, layoutOf(view), options.limit, signal))
      : undefined;
  const found =
    options.find && (await findWanted(options.find, buffer.source, view, source, options, signal));
  const place =
    options.at === undefined
      ? undefined
      : await inspectAt(options.at, buffer.source, view, source, options.file, signal);
  const along =
    view && options.axis !== undefined
      ? await statisticsAlong(options.axis, source, view, options, signal)
      : undefined;
  const told = { buffer, description, arrays: laid.arrays, view, source, steps };
  return {
    ...told,
    code,
    problems,
    stats,
    found,
    place,
    along,
    histogram,
    unique: unique && { ...unique, values: new Uint8Array(unique.bytes) },
    suggestions: await suggestionsFor(options, description, buffer.source, io),
    comparison: options.compare === undefined ? undefined : await compareWith(options, told, io),
    exported: options.exportTo && (await exportView(options.exportTo, told, io)),
    reading: undefined,
  };
}

/** The way to one value of a column; an array of the file is named as it is listed, a column as before its dot. */
async function inspectValue(
  options: InspectOptions,
  buffer: OpenBuffer,
  description: FileDescription,
  io: CommandIo,
): Promise<Inspection> {
  const { member: name, index: element = 0 } = options;
  const columns = columnsOf(description);
  if (columns.length === 0)
    throw new CannotRun(
      `'${options.file}' has no columns; --index is for Arrow, and --slice for arrays`,
    );
  const known = `it has ${columns.slice(0, 20).map(printable).join(', ')}${columns.length > 20 ? ', …' : ''}`;
  if (name === undefined)
    throw new CannotRun(`--index needs a column: give it with --member; ${known}`);
  const found = readable(options.file, await buffer.readValue({ name, element }, io.signal));
  if (!found)
    throw new CannotRun(`'${options.file}' has no value ${element} of '${name}'; ${known}`);
  const { problem } = found;
  const refusal = problem && {
    kind: 'corrupt-value',
    severity: 'error' as const,
    message: problem,
  };
  return {
    buffer,
    description,
    arrays: [],
    view: undefined,
    problems: refusal ? [...description.problems, refusal] : description.problems,
    stats: undefined,
    found: undefined,
    place: undefined,
    along: undefined,
    histogram: undefined,
    unique: undefined,
    suggestions: [],
    code: '',
    source: buffer.source,
    steps: [],
    comparison: undefined,
    exported: undefined,
    reading: found,
  };
}

/** By the names of their buffers: `batch 0/name` of `batch 0/name.offsets`. */
function columnsOf({ arrays, members = [] }: FileDescription): readonly string[] {
  const buffers = [...arrays, ...members.flatMap(({ array }) => array ?? [])];
  const names = buffers.filter((array) => array.isOfColumn).map(({ name }) => name);
  return [...new Set(names.map((name) => name.slice(0, name.lastIndexOf('.'))))];
}

const HEAD_BYTES = 4096;

/** Of bytes that nobody said anything of; the code beside the file is read, and never run. */
async function suggestionsFor(
  { file, dtype, struct, member }: InspectOptions,
  { format, byteLength }: FileDescription,
  source: ByteSource,
  io: CommandIo,
): Promise<readonly LayoutSuggestion[]> {
  if (format !== 'raw' || dtype || struct || member !== undefined) return [];
  const head = await source.read(0, HEAD_BYTES, io.signal);
  if (!head.ok) return [];
  return suggestLayouts(resolve(io.cwd, file), byteLength, head.value, [], io.signal);
}
