/** What `--dtype`, `--shape` and their like say of a file's bytes. */
import { layRawArray } from '#buffers/format/raw.ts';
import type { FileDescription } from '#buffers/inspect.ts';
import { dtypeOfStruct } from '#shared/layout/structValue.ts';
import type { InspectOptions } from './inspectOptions.ts';

/** The arrays of the file, or the one that the options say. What they leave out is the file's own. */
export function layArrays(options: InspectOptions, description: FileDescription) {
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
