/** What `strata inspect` tells of a file, before it is text or JSON. */
import { resolve } from 'node:path';
import type { OpenBuffer } from '#buffers/inspect.ts';
import { openBuffer } from '#buffers/inspect.ts';
import { describeArray } from '#buffers/format/format.ts';
import { layRawArray } from '#buffers/format/raw.ts';
import type { Statistics } from '#buffers/scan/statistics.ts';
import { statisticsOf } from '#buffers/scan/statistics.ts';
import type {
  ArrayDescription,
  BufferDescription,
  BufferProblem,
} from '#shared/protocol/bufferView.ts';
import { MAX_PAGE_BYTES } from '#shared/protocol/bufferView.ts';
import type { StridedLayout } from '#shared/layout/strides.ts';
import { sliceLayout } from '#shared/layout/slice.ts';
import { dtypeOfStruct } from '#shared/layout/structValue.ts';
import type { Result } from '#shared/result.ts';
import type { CommandIo } from './command.ts';
import { CannotRun } from './command.ts';
import type { InspectOptions } from './inspectOptions.ts';

export interface Inspection {
  readonly buffer: OpenBuffer;
  readonly description: BufferDescription;
  /** As the file or the options lay them; values and statistics are of the first. */
  readonly arrays: readonly ArrayDescription[];
  /** The first array, or the view of it that `--slice` selects. */
  readonly view: ArrayDescription | undefined;
  readonly problems: readonly BufferProblem[];
  /** Undefined where they were not asked for or the elements are no numbers. */
  readonly stats: Statistics | undefined;
}

export async function inspectFile(options: InspectOptions, io: CommandIo): Promise<Inspection> {
  const opened = await openBuffer(resolve(io.cwd, options.file));
  if (!opened.ok) throw new CannotRun(`cannot read '${options.file}': ${opened.error.message}`);
  const buffer = opened.value;
  const description = readable(options.file, await buffer.describe(io.signal));
  const laid = layArrays(options, description);
  const problems = [...laid.problems];
  const [array] = laid.arrays;
  let view = array;
  if (array && array.dtype.itemsize > MAX_PAGE_BYTES) {
    problems.push({
      kind: 'element-too-large',
      severity: 'warning',
      message: `one element has ${array.dtype.itemsize} bytes; values of more than ${MAX_PAGE_BYTES} are not shown`,
    });
    view = undefined;
  } else if (array && options.slice) {
    const sliced = sliceLayout(layoutOf(array), options.slice);
    if (sliced.ok) view = describeArray(array.name, array.dtype, sliced.value);
    else {
      problems.push({ ...sliced.error, severity: 'error' });
      view = undefined;
    }
  }
  const stats =
    view && options.stats
      ? readable(
          options.file,
          await statisticsOf(buffer.source, view.dtype, layoutOf(view), io.signal),
        )
      : undefined;
  return { buffer, description, arrays: laid.arrays, view, problems, stats };
}

export function layoutOf(array: ArrayDescription): StridedLayout {
  const { shape, strides, offset, dtype } = array;
  return { shape, strides, offset, itemsize: dtype.itemsize };
}

export function readable<T>(file: string, result: Result<T, { readonly message: string }>): T {
  if (!result.ok) throw new CannotRun(`cannot read '${file}': ${result.error.message}`);
  return result.value;
}

/** The arrays of the file, or the one that the options say. What they leave out is the file's own. */
function layArrays(options: InspectOptions, description: BufferDescription) {
  const { shape, order, offset, strides, struct } = options;
  const stated = options.dtype ?? (struct && dtypeOfStruct(struct.layout));
  const { arrays, problems } = description;
  if (!stated && !shape && !order && offset === undefined && !strides) return { arrays, problems };
  const [own] = arrays;
  const dtype = stated ??
    own?.dtype ?? { kind: 'scalar', scalar: 'uint', itemsize: 1, byteOrder: 'none' };
  // A new element type has another count of elements, so the file's shape no longer speaks for it.
  const keepsShape = !stated && offset === undefined && own && description.format !== 'raw';
  const wanted = shape ?? (keepsShape ? own.shape.map(BigInt) : undefined);
  const laid = layRawArray(
    {
      dtype,
      order: order ?? 'C',
      offset: offset ?? BigInt(own?.offset ?? 0),
      ...(wanted ? { shape: wanted } : {}),
      ...(strides ? { strides } : {}),
    },
    description.byteLength,
  );
  return {
    arrays: laid.arrays,
    problems: [...problems.filter(({ kind }) => kind !== 'trailing-bytes'), ...laid.problems],
  };
}
