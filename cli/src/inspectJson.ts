/** An inspection as JSON: `{file, size, format, arrays, values, stats, problems}`. */
import type { FileMember } from '#buffers/format/format.ts';
import { packedElements } from '#buffers/scan/elements.ts';
import type { Statistics } from '#buffers/scan/statistics.ts';
import type {
  ArrayDescription,
  LayoutSuggestion,
  ValueReading,
} from '#shared/protocol/bufferView.ts';
import type { DType } from '#shared/layout/dtype.ts';
import { typeString } from '#shared/layout/dtypeText.ts';
import type { JsonValue } from '#shared/layout/elementText.ts';
import { elementToJson, integerToJson, numberToJson } from '#shared/layout/elementText.ts';
import { decodeElement } from '#shared/layout/elementValue.ts';
import { pep3118Format } from '#shared/layout/pep3118.ts';
import { elementCount } from '#shared/layout/strides.ts';
import { unpackStruct, unpackedTypes } from '#shared/layout/structValue.ts';
import { placeJson } from './inspectAt.ts';
import type { AxisStatistics } from './inspectAxis.ts';
import type { Comparison } from './inspectCompare.ts';
import type { Inspection, UniqueElements } from './inspectFile.ts';
import { layoutOf, readable } from './inspectMember.ts';
import type { InspectOptions } from './inspectOptions.ts';
import { suggestedOptions } from './inspectOptions.ts';

export async function inspectionJson(
  inspection: Inspection,
  options: InspectOptions,
  signal: AbortSignal,
): Promise<JsonValue> {
  const { description, arrays, view, stats, problems, found, histogram, unique } = inspection;
  const { members } = description;
  const isView = view !== undefined && view !== arrays[0];
  return {
    file: options.file,
    size: description.byteLength,
    format: description.format,
    formatLabel: description.formatLabel,
    arrays: arrays.map((array) => arrayJson(array, options)),
    ...(isView ? { view: arrayJson(view, options) } : {}),
    ...(inspection.steps.length > 0
      ? { steps: inspection.steps.map((step) => ({ ...step })), code: inspection.code }
      : {}),
    ...(members && members.length > 0
      ? { members: members.map((member) => memberJson(member, options)) }
      : {}),
    regions: description.regions.map((region) => ({ ...region })),
    values: view ? await valuesJson(inspection, view, options, signal) : null,
    stats: stats ? statisticsJson(stats) : null,
    ...(histogram
      ? {
          histogram: {
            counts: histogram.counts,
            low: numberToJson(histogram.low),
            high: numberToJson(histogram.high),
            notFinite: histogram.notFinite,
          },
        }
      : {}),
    ...(unique && view ? { unique: uniqueJson(unique, view) } : {}),
    ...(inspection.place ? { at: placeJson(inspection.place) } : {}),
    ...(inspection.along ? { along: alongJson(inspection.along) } : {}),
    ...(found ? { find: { ...found } } : {}),
    ...(inspection.suggestions.length > 0
      ? { suggestions: inspection.suggestions.map(suggestionJson) }
      : {}),
    ...(inspection.reading ? { reading: readingJson(inspection.reading) } : {}),
    ...(inspection.comparison ? { compare: comparisonJson(inspection.comparison) } : {}),
    ...(inspection.exported ? { export: { ...inspection.exported } } : {}),
    problems: problems.map((problem) => ({ ...problem })),
  };
}

function readingJson({ steps, problem, ...reading }: ValueReading): JsonValue {
  return {
    ...reading,
    ...(problem === undefined ? {} : { problem }),
    steps: steps.map((step) => ({ ...step })),
  };
}

function uniqueJson({ values, counts, distinct }: UniqueElements, { dtype }: ArrayDescription) {
  const data = new DataView(values.buffer, values.byteOffset, values.length);
  return {
    distinct,
    values: counts.map((count, at) => ({
      value: elementToJson(dtype, decodeElement(dtype, data, at * dtype.itemsize)),
      count,
    })),
  };
}

/** The options that lay it. */
function suggestionJson({ layout, label, reason }: LayoutSuggestion): JsonValue {
  return { label, reason, options: suggestedOptions(layout) };
}

function comparisonJson(comparison: Comparison): JsonValue {
  const { other, otherSize, mode, note, count, compared, greatest, differences } = comparison;
  return {
    file: other,
    size: otherSize,
    mode,
    note,
    equal: count === 0,
    count,
    compared,
    greatest: greatest === null ? null : numberToJson(greatest),
    differences: differences.map((difference) => ({ ...difference })),
  };
}

function memberJson(member: FileMember, options: InspectOptions): JsonValue {
  const { name, zip, compressedSize, size, data, array, isInFile } = member;
  return {
    name,
    ...(zip ? { method: zip.method, crc32: zip.crc32 } : {}),
    compressedSize,
    size,
    dataOffset: data?.start ?? null,
    isInFile,
    array: array ? arrayJson(array, options) : null,
  };
}

function arrayJson(array: ArrayDescription, options: InspectOptions): JsonValue {
  const { name, dtype, dtypeText, shape, strides, offset, order, byteOrder, byteLength, note } =
    array;
  return {
    name,
    dtype: dtypeText,
    descr: descrJson(dtype),
    pep3118: pep3118Json(array),
    itemsize: dtype.itemsize,
    ...(dtype.kind === 'struct' ? { fields: fieldsJson(dtype) } : {}),
    shape,
    strides,
    offset,
    order,
    byteOrder,
    byteLength,
    count: elementCount(shape),
    ...(note === undefined ? {} : { note }),
    ...(options.struct ? { struct: structJson(options.struct) } : {}),
  };
}

/** Null where NumPy offers no buffer of such elements. */
function pep3118Json({ dtype, shape, strides }: ArrayDescription): JsonValue {
  const format = pep3118Format(
    dtype,
    strides.filter((_, axis) => (shape[axis] ?? 0) > 1),
  );
  return format.ok ? format.value : null;
}

/** NumPy's `dtype.descr` as JSON has it: lists for its tuples. */
function descrJson(dtype: DType): JsonValue {
  if (dtype.kind === 'scalar') return typeString(dtype);
  if (dtype.kind === 'subarray') return [descrJson(dtype.base), dtype.shape];
  const items: JsonValue[] = [];
  let end = 0;
  const pad = (to: number) => {
    if (to > end) items.push(['', `|V${to - end}`]);
  };
  for (const { name, title, offset, dtype: field } of dtype.fields) {
    pad(offset);
    const label = title === undefined ? name : [title, name];
    items.push(
      field.kind === 'subarray'
        ? [label, descrJson(field.base), field.shape]
        : [label, descrJson(field)],
    );
    end = offset + field.itemsize;
  }
  pad(dtype.itemsize);
  return items;
}

function fieldsJson(dtype: DType & { readonly kind: 'struct' }): JsonValue {
  return dtype.fields.map(({ name, title, offset, dtype: field }) => ({
    name,
    title: title ?? null,
    offset,
    itemsize: field.itemsize,
    dtype: descrJson(field),
  }));
}

function structJson({ format, layout }: NonNullable<InspectOptions['struct']>): JsonValue {
  return {
    format,
    size: layout.size,
    fields: layout.fields.map(({ code, repeat, cType, pythonType, offset, size, padding }) => ({
      code,
      repeat,
      cType,
      pythonType,
      offset,
      size,
      padding,
    })),
  };
}

const MAX_VALUE_BYTES = 16 * 1024 * 1024;

/** The first elements in C order; with `--struct` each as the tuple that `struct.unpack` gives. */
async function valuesJson(
  { source }: Inspection,
  view: ArrayDescription,
  options: InspectOptions,
  signal: AbortSignal,
): Promise<JsonValue> {
  const { file, struct } = options;
  const { dtype } = view;
  // Many elements of megabytes each are no preview.
  const fitting = Math.floor(MAX_VALUE_BYTES / Math.max(dtype.itemsize, 1));
  const limit = Math.min(options.limit, Math.max(fitting, 1));
  const types = struct && unpackedTypes(struct.layout);
  const values: JsonValue[] = [];
  for await (const piece of packedElements(source, layoutOf(view), { limit }, signal)) {
    const bytes = readable(file, piece);
    const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = 0; at < bytes.length; at += dtype.itemsize) {
      if (struct && types)
        values.push(
          unpackStruct(struct.layout, data, at).map((value, position) =>
            elementToJson(types[position] ?? dtype, value),
          ),
        );
      else values.push(elementToJson(dtype, decodeElement(dtype, data, at)));
    }
  }
  if (dtype.itemsize > 0) return values;
  // Elements of no bytes are all the same.
  const empty = elementToJson(dtype, decodeElement(dtype, new DataView(new ArrayBuffer(0)), 0));
  return new Array<JsonValue>(Math.min(elementCount(view.shape), limit)).fill(empty);
}

/** `null` in an index is the axis that the line runs along. */
function alongJson({ axis, count, lines }: AxisStatistics): JsonValue {
  return {
    axis,
    count,
    lines: lines.map(({ index, field, stats }) => ({
      index,
      ...(field === '' ? {} : { field }),
      ...statisticsJson(stats),
    })),
  };
}

function statisticsJson(stats: Statistics) {
  const exact = (value: number | bigint | null) =>
    typeof value === 'bigint' ? integerToJson(value) : value === null ? null : numberToJson(value);
  return {
    count: stats.count,
    min: exact(stats.min),
    max: exact(stats.max),
    mean: exact(stats.mean),
    std: exact(stats.std),
    zeros: stats.zeros,
    nan: stats.nan,
    inf: stats.positiveInfinite + stats.negativeInfinite,
    posinf: stats.positiveInfinite,
    neginf: stats.negativeInfinite,
  };
}
