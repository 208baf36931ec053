/**
 * Messages of the buffer inspector: the panel asks the host, and the host asks the worker that reads.
 * Offsets and lengths are bytes; JavaScript's safe integers cover any file.
 */
import type { DType } from '../layout/dtype.ts';
import type { Call } from './wire.ts';

/** The most that one `readBytes` or `readElements` may return. */
export const MAX_PAGE_BYTES = 4 * 1024 * 1024;

/** Something that keeps a file from being shown as what it claims to be. Bytes can always be shown. */
export interface BufferProblem {
  /** Stable id such as `bad-magic`, `shape-exceeds-file`, `object-dtype`. */
  readonly kind: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  /** The bytes that it is about. */
  readonly start?: number;
  readonly end?: number;
}

/** One array laid over the file. Element `i` of axes `0..n` starts at `offset + Σ index[k]·strides[k]`. */
export interface ArrayDescription {
  /** Member name in a container; empty where the file is the array. */
  readonly name: string;
  readonly dtype: DType;
  /** NumPy's own text: `<f8`, or a list of fields. */
  readonly dtypeText: string;
  readonly shape: readonly number[];
  /** In bytes. */
  readonly strides: readonly number[];
  readonly offset: number;
  readonly order: 'C' | 'F' | 'both' | 'strided';
  readonly byteOrder: 'little' | 'big' | 'mixed' | 'none';
  /** Bytes from the first to the last element, `shape` and itemsize multiplied where contiguous. */
  readonly byteLength: number;
  /** How a value is read through it, where the element is not the value: bits, offsets, codes. */
  readonly note?: string;
}

/** A named part of the file, for colour and labels: `magic`, `header`, `data`, … */
export interface FileRegion {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

export interface BufferDescription {
  readonly fileName: string;
  readonly byteLength: number;
  /** Grows when the file changed; replies computed from another generation are dropped. */
  readonly generation: number;
  /** `npy`, `raw`, … and its words for people: `NumPy array, version 1.0`. */
  readonly format: string;
  readonly formatLabel: string;
  readonly arrays: readonly ArrayDescription[];
  readonly regions: readonly FileRegion[];
  readonly problems: readonly BufferProblem[];
}

export type ReadFailure =
  | { readonly kind: 'outOfRange'; readonly byteLength: number }
  /** The file is gone, locked or changed beneath; the last bytes shown stay, greyed. */
  | { readonly kind: 'unreadable'; readonly message: string };

/** A rectangle of an array: all axes fixed at `index` except the two that run. `null` runs over nothing. */
export interface ElementWindow {
  readonly array: number;
  readonly index: readonly number[];
  readonly rowAxis: number | null;
  readonly columnAxis: number | null;
  readonly rows: { readonly start: number; readonly end: number };
  readonly columns: { readonly start: number; readonly end: number };
}

export interface BufferViewRequests {
  describe: Call<Record<string, never>, BufferDescription, ReadFailure>;
  /** Bytes `[offset, offset + length)`, cut at the end of the file. */
  readBytes: Call<
    { offset: number; length: number },
    { readonly generation: number; readonly bytes: ArrayBuffer },
    ReadFailure
  >;
  /** The window's elements, packed row by row, each `itemsize` bytes as they stand in the file. */
  readElements: Call<
    ElementWindow,
    { readonly generation: number; readonly bytes: ArrayBuffer },
    ReadFailure
  >;
}

export interface BufferViewEvents {
  /** The file changed on disk: ask `describe` again. */
  changed: { readonly generation: number };
  /** Show and select these bytes. */
  reveal: { readonly start: number; readonly end: number };
}

export interface BufferViewContract {
  readonly requests: BufferViewRequests;
  readonly events: BufferViewEvents;
}

type ForBuffer<C> =
  C extends Call<infer P, infer R, infer F>
    ? // `Record<string, never>` with a key more is a type without values.
      Call<P extends Record<string, never> ? { bufferId: number } : P & { bufferId: number }, R, F>
    : never;

/** The worker's side: the same reads, for the buffer that `open` gave an id. */
export type BufferWorkerRequests = {
  [M in keyof BufferViewRequests]: ForBuffer<BufferViewRequests[M]>;
} & {
  open: Call<{ path: string }, { bufferId: number; description: BufferDescription }, ReadFailure>;
  close: Call<{ bufferId: number }, Record<string, never>>;
};

export interface BufferWorkerContract {
  readonly requests: BufferWorkerRequests;
  readonly events: { readonly changed: { readonly bufferId: number; readonly generation: number } };
}
