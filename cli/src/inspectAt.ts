/** `--at`: the bytes at an offset as every type in both byte orders, and as the element that lies there. */
import type { ByteSource } from '#buffers/source/byteSource.ts';
import type { ArrayDescription } from '#shared/protocol/bufferView.ts';
import { characterText, INSPECTED_BYTES, inspectedTypes } from '#shared/layout/bytesAsTypes.ts';
import type { DType } from '#shared/layout/dtype.ts';
import { dtypeName } from '#shared/layout/dtypeText.ts';
import type { JsonValue } from '#shared/layout/elementText.ts';
import { elementToJson, formatElement } from '#shared/layout/elementText.ts';
import type { ElementValue } from '#shared/layout/elementValue.ts';
import { decodeElement } from '#shared/layout/elementValue.ts';
import { leavesOf } from '#shared/layout/leaves.ts';
import { byteOffsetOf, elementAtByte } from '#shared/layout/strides.ts';
import { CannotRun } from './command.ts';
import { layoutOf, printable, readable } from './inspectMember.ts';
import type { Style } from './inspectText.ts';

export interface InspectedPlace {
  readonly offset: number;
  readonly bits: string;
  /** Null where no character of UTF-8 starts. */
  readonly utf8: string | null;
  /** A value is undefined where the bytes end before the type does. */
  readonly types: readonly {
    readonly name: string;
    readonly dtype: DType;
    readonly little: ElementValue | undefined;
    readonly big: ElementValue | undefined;
  }[];
  /** Null where no element of the array lies. */
  readonly element: InspectedElement | null;
}

interface InspectedElement {
  readonly index: readonly number[];
  readonly offset: number;
  /** Of a struct its parts, of anything else one without a name. */
  readonly fields: readonly {
    readonly name: string;
    readonly dtype: DType;
    readonly offset: number;
    readonly value: ElementValue;
  }[];
}

/** `elements` is where the view lies: other bytes than these where a step made a copy. */
export async function inspectAt(
  at: bigint,
  bytes: ByteSource,
  view: ArrayDescription | undefined,
  elements: ByteSource,
  file: string,
  signal: AbortSignal,
): Promise<InspectedPlace> {
  if (at >= BigInt(bytes.byteLength))
    throw new CannotRun(`--at ${at}: '${file}' has ${bytes.byteLength} bytes`);
  const offset = Number(at);
  const own = readable(file, await bytes.read(offset, INSPECTED_BYTES, signal));
  const data = new DataView(own.buffer, own.byteOffset, own.length);
  const valueOf = (dtype: DType) =>
    dtype.itemsize > own.length ? undefined : decodeElement(dtype, data, 0);
  return {
    offset,
    bits: (own[0] ?? 0).toString(2).padStart(8, '0'),
    utf8: characterText(own) ?? null,
    types: inspectedTypes.map(({ name, little, big }) => ({
      name,
      dtype: little,
      little: valueOf(little),
      big: valueOf(big),
    })),
    element: view && elements === bytes ? await elementAt(offset, bytes, view, file, signal) : null,
  };
}

async function elementAt(
  at: number,
  bytes: ByteSource,
  view: ArrayDescription,
  file: string,
  signal: AbortSignal,
): Promise<InspectedElement | null> {
  const layout = layoutOf(view);
  const found = elementAtByte(layout, at);
  if (!found) return null;
  const offset = byteOffsetOf(layout, found.index);
  const own = readable(file, await bytes.read(offset, view.dtype.itemsize, signal));
  const data = new DataView(own.buffer, own.byteOffset, own.length);
  return {
    index: found.index,
    offset,
    fields: leavesOf(view.dtype).map(({ name, dtype, offset: start }) => ({
      name,
      dtype,
      offset: offset + start,
      value: decodeElement(dtype, data, start),
    })),
  };
}

export function placeJson({ types, element, ...place }: InspectedPlace): JsonValue {
  const json = (dtype: DType, value: ElementValue | undefined) =>
    value === undefined ? null : elementToJson(dtype, value);
  return {
    ...place,
    types: types.map(({ name, dtype, little, big }) => ({
      name,
      little: json(dtype, little),
      big: json(dtype, big),
    })),
    element: element && {
      index: element.index,
      offset: element.offset,
      fields: element.fields.map(({ name, dtype, offset, value }) => ({
        name,
        dtype: dtypeName(dtype),
        offset,
        value: json(dtype, value),
      })),
    },
  };
}

export function placeLines({ offset, bits, utf8, types, element }: InspectedPlace, style: Style) {
  const text = (dtype: DType, value: ElementValue | undefined) =>
    value === undefined ? '—' : printable(formatElement(dtype, value));
  const rows = types.map(({ name, dtype, little, big }) => ({
    name,
    little: text(dtype, little),
    // A byte has no order.
    big: dtype.itemsize === 1 ? '' : text(dtype, big),
  }));
  const wide = Math.max(...rows.map(({ name }) => name.length));
  const middle = Math.max('little-endian'.length, ...rows.map(({ little }) => little.length));
  const line = (name: string, little: string, big: string) =>
    `${style.dim(name.padEnd(wide))}  ${little.padEnd(middle)}  ${big}`.trimEnd();
  const lines = [
    `at byte ${offset.toLocaleString('en')} = 0x${offset.toString(16)}`,
    line('', 'little-endian', 'big-endian'),
    line('bits', bits, ''),
    line('UTF-8', utf8 === null ? '—' : printable(utf8), ''),
    ...rows.map(({ name, little, big }) => line(name, little, big)),
  ];
  if (!element) return lines;
  const { index, fields } = element;
  const width = Math.max(...fields.map(({ name }) => printable(name).length), 0);
  return [
    ...lines,
    '',
    `element [${index.length === 0 ? '()' : index.join(', ')}] from byte ${element.offset.toLocaleString('en')}`,
    ...fields.map(({ name, dtype, value }) =>
      [
        ...(width > 0 ? [style.dim(printable(name).padEnd(width))] : []),
        text(dtype, value),
        style.dim(printable(dtypeName(dtype))),
      ].join('  '),
    ),
  ];
}
