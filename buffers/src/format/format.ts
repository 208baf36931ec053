/** What a file format tells of a file. To add one: a file with a `Format`, and a row in `formats.ts`. */
import type {
  ArrayDescription,
  BufferProblem,
  FileRegion,
  ValueReading,
} from '#shared/protocol/bufferView.ts';
import type { DType } from '#shared/layout/dtype.ts';
import { byteOrderOf, dtypeText } from '#shared/layout/dtypeText.ts';
import { byteExtent, contiguityOf } from '#shared/layout/strides.ts';
import type { Result } from '#shared/result.ts';
import type { ByteSource, SourceFailure } from '../source/byteSource.ts';
import type { UnpackFailure } from '../source/temporaryFile.ts';

/** How many of a file's first bytes `matches` may look at. */
export const SNIFF_BYTES = 16;

export interface Format {
  readonly id: string;
  /** By the first bytes, or by the name where bytes can't tell; the first format that matches has the file. */
  matches(head: Uint8Array, fileName: string): boolean;
  /** Never fails on the contents: what is wrong with them is a problem. */
  describe(
    source: ByteSource,
    signal: AbortSignal | undefined,
  ): Promise<Result<FormatDescription, SourceFailure>>;
}

/** A part of a file that is opened on its own: a file inside an archive, or an array that has to be decoded. */
export interface FileMember {
  readonly name: string;
  /** What it takes in the file. */
  readonly compressedSize: number;
  /** What it has once unpacked. */
  readonly size: number;
  /** ZIP's number of the compression, and its checksum. */
  readonly zip?: { readonly method: number; readonly crc32: number };
  /** Its bytes as they stand in the file, where they are one piece. */
  readonly data: { readonly start: number; readonly end: number } | undefined;
  /** Set where its bytes have to be made first. */
  readonly unpack: Unpack | undefined;
  /** `offset` counts from the start of the file where `isInFile`, else from the start of the unpacked bytes. */
  readonly array: ArrayDescription | undefined;
  readonly isInFile: boolean;
}

export interface Unpack {
  /** A file with a format of its own, or the plain bytes of the member's array. */
  readonly gives: 'file' | 'array';
  open(source: ByteSource, signal?: AbortSignal): Promise<Result<ByteSource, UnpackFailure>>;
}

export interface FormatDescription {
  /** For people: `NumPy array, version 1.0`. */
  readonly label: string;
  readonly arrays: readonly ArrayDescription[];
  readonly regions: readonly FileRegion[];
  readonly problems: readonly BufferProblem[];
  /** Parts that are opened on their own, also those that are no arrays. */
  readonly members?: readonly FileMember[];
  /** Set where arrays are buffers of columns. */
  readonly readValue?: ReadValue;
}

/** Which value is read: by an element of an array, of a member's array, or by its place in a column. */
type WantedValue = { readonly element: number } & (
  { readonly array: number } | { readonly name: string }
);

/** `null` where nothing of that name is of a column, or the element belongs to no value. */
export type ReadValue = (
  wanted: WantedValue,
  signal?: AbortSignal,
) => Promise<Result<ValueReading | null, SourceFailure>>;

/** Fills in what follows from the layout. */
export function describeArray(
  name: string,
  dtype: DType,
  layout: {
    readonly shape: readonly number[];
    readonly strides: readonly number[];
    readonly offset: number;
  },
  note?: string,
): ArrayDescription {
  const whole = { ...layout, itemsize: dtype.itemsize };
  const { start, end } = byteExtent(whole);
  return {
    name,
    dtype,
    dtypeText: dtypeText(dtype),
    shape: layout.shape,
    strides: layout.strides,
    offset: layout.offset,
    order: contiguityOf(whole),
    byteOrder: byteOrderOf(dtype),
    byteLength: end - start,
    ...(note === undefined ? {} : { note }),
  };
}
