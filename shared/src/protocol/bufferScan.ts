/** What a scan of a whole buffer is asked and answers. A scan has a number, so that its progress can be told. */

/** Elements as whoever asks lays them over the bytes: an array of the file, a slice or a field of it, or anything else. */
export interface LaidElements {
  /** NumPy's text. */
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

/** Of a complex number; anything else has only its value. */
export type NumberPart = 'value' | 'magnitude' | 'phase' | 'real' | 'imaginary';

/** Whole numbers beyond 2^53 are decimal text, as a panel's wire has no other way for them. */
export interface ElementStatistics {
  readonly count: number;
  readonly min: number | string | null;
  readonly max: number | string | null;
  readonly mean: number | null;
  readonly std: number | null;
  readonly zeros: number | null;
  readonly nan: number;
  readonly positiveInfinite: number;
  readonly negativeInfinite: number;
}

export interface UniqueValues {
  /** Packed, most frequent first, at most as many as were asked for. */
  readonly bytes: ArrayBuffer;
  readonly counts: readonly number[];
  /** All of them; `null` where there are more than can be counted. */
  readonly distinct: number | null;
}

export interface Histogram {
  /** Bins of the same width from `low` to `high`, the last one closed. */
  readonly counts: readonly number[];
  readonly low: number;
  readonly high: number;
  /** NaN and infinities, which are in no bin. */
  readonly notFinite: number;
}

/** The least and the greatest value of each run of elements, as pairs of float64; NaN where a run has no number. */
export interface Series {
  readonly extremes: ArrayBuffer;
  /** Elements of a run; 1 where every element is there. */
  readonly step: number;
}

export type TextEncodingName = 'utf-8' | 'latin-1' | 'utf-16le' | 'utf-16be';

export type FindQuery =
  /** Hex digits with `?` for any: `4d cf ?? ?? 2?`. */
  | { readonly kind: 'bytes'; readonly pattern: string }
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly encoding: TextEncodingName;
      readonly ignoreCase: boolean;
    }
  /** JavaScript's regular expressions over bytes as Latin-1, characters of the pattern as UTF-8. */
  | { readonly kind: 'regex'; readonly source: string; readonly ignoreCase: boolean }
  | { readonly kind: 'value'; readonly elements: LaidElements; readonly test: ValueTest };

export type ValueTest =
  | { readonly kind: 'equals'; readonly value: string }
  | { readonly kind: 'range'; readonly low: string; readonly high: string }
  | { readonly kind: 'nan' }
  | { readonly kind: 'infinite' };

export interface FindRequest {
  readonly job: number;
  readonly query: FindQuery;
  /** Matches that start in `[start, end)`; of elements their first byte counts. */
  readonly start: number;
  readonly end: number;
  readonly limit: number;
  /** The last matches of the range instead of the first. */
  readonly backward: boolean;
}

export interface FindReply {
  readonly generation: number;
  /** In order; at most `limit`. */
  readonly matches: readonly { readonly start: number; readonly end: number }[];
  /** Of all in the range; `null` where looking stopped at the limit. */
  readonly count: number | null;
}

export interface BadQuery {
  readonly kind: 'badQuery';
  readonly message: string;
}

export interface ScanProgress {
  readonly job: number;
  readonly done: number;
  readonly total: number;
}

export const MOST_MATCHES = 10_000;
export const MOST_BINS = 1024;
export const MOST_RUNS = 8192;
export const MOST_UNIQUE = 1000;
