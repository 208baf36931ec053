/**
 * NumPy's dtypes as data: what one element of an array is.
 * Terms and codes are NumPy's (numpy.org/doc/stable/reference/arrays.dtypes.html).
 */

/** NumPy's kind characters, spelled out. `void` is raw bytes, `object` is a pickled pointer: never read. */
export type ScalarKind =
  | 'bool'
  | 'int'
  | 'uint'
  | 'float'
  /** The upper half of a float32, as `ml_dtypes` and safetensors have it; NumPy alone has none. */
  | 'bfloat'
  | 'complex'
  | 'bytes'
  | 'unicode'
  | 'datetime'
  | 'timedelta'
  | 'void'
  | 'object';

export interface ScalarType {
  readonly kind: 'scalar';
  readonly scalar: ScalarKind;
  /** Bytes of one element. 16 for `float` is x87 extended precision, padded. */
  readonly itemsize: number;
  readonly byteOrder: 'little' | 'big' | 'none';
  /** Of datetime and timedelta: `ns`, `25s`, `D`; empty for the generic unit. */
  readonly unit?: string;
}

export interface StructField {
  readonly name: string;
  readonly title?: string;
  /** From the start of the struct, in bytes. */
  readonly offset: number;
  readonly dtype: DType;
}

export interface StructType {
  readonly kind: 'struct';
  /** With all padding. */
  readonly itemsize: number;
  readonly fields: readonly StructField[];
}

/** A fixed-size array inside an element, C order. */
export interface SubarrayType {
  readonly kind: 'subarray';
  readonly itemsize: number;
  readonly base: DType;
  readonly shape: readonly number[];
}

export type DType = ScalarType | StructType | SubarrayType;
