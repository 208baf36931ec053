/** Any file: bytes, until someone says what they are. */
import type { BufferProblem } from '#shared/protocol/bufferView.ts';
import type { DType } from '#shared/layout/dtype.ts';
import type { RawLayoutValues } from '#shared/layout/rawLayout.ts';
import { dtypeName } from '#shared/layout/dtypeText.ts';
import { byteExtent, contiguousStrides } from '#shared/layout/strides.ts';
import { ok } from '#shared/result.ts';
import type { Format, FormatDescription } from './format.ts';
import { describeArray } from './format.ts';
import { checkShape } from './checkShape.ts';

const byteType: DType = { kind: 'scalar', scalar: 'uint', itemsize: 1, byteOrder: 'none' };

export const raw: Format = {
  id: 'raw',
  matches: () => true,
  describe: (source) =>
    Promise.resolve(
      ok({
        label: 'Raw bytes',
        arrays: [
          describeArray('', byteType, { shape: [source.byteLength], strides: [1], offset: 0 }),
        ],
        regions: [],
        problems: [],
      }),
    ),
};

/** What a person says of bytes that say nothing of themselves. */
export type RawLayout = RawLayoutValues;

/** Lays an array over a file of `byteLength`. Without arrays, and with a problem, where it does not fit. */
export function layRawArray(layout: RawLayout, byteLength: number): FormatDescription {
  const refuse = (kind: string, message: string): FormatDescription => ({
    label: 'Raw bytes',
    arrays: [],
    regions: [],
    problems: [{ kind, severity: 'error', message }],
  });
  const { dtype, order } = layout;
  if (layout.offset < 0n || layout.offset > BigInt(byteLength))
    return refuse(
      'offset-outside-file',
      `offset ${layout.offset} is outside the file's ${byteLength} bytes`,
    );
  const offset = Number(layout.offset);
  const available = byteLength - offset;
  if (dtype.itemsize === 0 && !layout.shape)
    return refuse('bad-dtype', 'elements of zero bytes need a shape');
  const wanted = layout.shape ?? [BigInt(Math.floor(available / dtype.itemsize))];
  // With strides of its own an array may be larger than its bytes: they are checked by its extent below.
  const checked = checkShape(wanted, dtype.itemsize, layout.strides ? Infinity : available);
  if (!checked.ok) return refuse(checked.error.kind, checked.error.message);
  const shape = checked.value;
  if (layout.strides && layout.strides.length !== shape.length)
    return refuse('bad-strides', `${layout.strides.length} strides for ${shape.length} axes`);
  if (layout.strides?.some((stride) => stride > 2n ** 53n || stride < -(2n ** 53n)))
    return refuse('bad-strides', 'a stride is beyond 2^53');
  const strides = layout.strides?.map(Number) ?? contiguousStrides(shape, dtype.itemsize, order);
  const { start, end } = byteExtent({ shape, strides, offset, itemsize: dtype.itemsize });
  if (start < 0 || end > byteLength || !Number.isSafeInteger(start) || !Number.isSafeInteger(end))
    return refuse(
      'strides-outside-file',
      `the array would cover bytes ${start} to ${end} of a file of ${byteLength}`,
    );

  const problems: BufferProblem[] = [];
  if (!layout.shape && end < byteLength)
    problems.push({
      kind: 'trailing-bytes',
      severity: 'info',
      message: `${byteLength - end} bytes behind the last whole element`,
      start: end,
      end: byteLength,
    });
  return {
    label: `Raw bytes as ${dtypeName(dtype)}`,
    arrays: [describeArray('', dtype, { shape, strides, offset })],
    regions: start < end ? [{ label: 'data', start, end }] : [],
    problems,
  };
}
