/** Comparing two buffers: what is asked, and where they differ. */
import type { LaidElements } from './bufferScan.ts';

export type CompareMode =
  | { readonly kind: 'bytes' }
  /**
   * Elements at the same place of arrays of the same shape, whatever their types. As in `numpy.isclose` two numbers are
   * the same where they differ by at most `absolute + relative · |other|`; NaN is the same as NaN.
   */
  | {
      readonly kind: 'values';
      readonly elements: LaidElements;
      readonly other: LaidElements;
      readonly absolute: number;
      readonly relative: number;
    };

export interface ComparePart {
  readonly job: number;
  readonly mode: CompareMode;
  readonly limit: number;
}

export type CompareWith =
  | { readonly kind: 'selected' }
  | { readonly kind: 'pick' }
  | { readonly kind: 'head' }
  /** The file as it is on disk, against its unsaved edits. */
  | { readonly kind: 'disk' }
  /** The one that was compared before. */
  | { readonly kind: 'same' };

export interface CompareRequest {
  readonly job: number;
  readonly with: CompareWith;
  /** `values` where both are arrays of one shape, unless bytes are asked for. */
  readonly mode: 'bytes' | 'values';
  readonly array: number;
  readonly absolute: number;
  readonly relative: number;
  readonly limit: number;
}

export interface Difference {
  /** Bytes here, half-open. */
  readonly start: number;
  readonly end: number;
  /** The first of them in the other buffer. */
  readonly otherStart: number;
  readonly otherEnd: number;
  /** Of values: the place in C order, and both as text. */
  readonly position?: number;
  readonly here?: string;
  readonly there?: string;
}

export interface BufferDifferences {
  /** In order, at most as many as were asked for. */
  readonly differences: readonly Difference[];
  /** Of bytes: bytes that differ; of values: elements. */
  readonly count: number;
  /** What was compared: bytes or elements of both. */
  readonly compared: number;
  readonly greatest: number | null;
}

export interface CompareReply extends BufferDifferences {
  readonly generation: number;
  readonly mode: 'bytes' | 'values';
  readonly otherName: string;
  readonly otherByteLength: number;
  /** Why values could not be compared although they were asked for. */
  readonly note: string | null;
}

export interface CompareFailure {
  readonly kind: 'notCompared';
  readonly message: string;
}
