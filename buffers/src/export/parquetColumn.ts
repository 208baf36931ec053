/** A column of Parquet for a dtype: its type there, and how a value is written. */
import type { DType, ScalarType } from '#shared/layout/dtype.ts';
import { dtypeName } from '#shared/layout/dtypeText.ts';
import { decodeElement } from '#shared/layout/elementValue.ts';
import type { ExportFailure } from '#shared/protocol/bufferExport.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { ThriftValue } from './thriftWriter.ts';
import { bool, struct } from './thriftWriter.ts';

export interface ParquetColumn {
  readonly name: string;
  readonly offset: number;
  /** Parquet's number of the physical type. */
  readonly type: number;
  readonly convertedType?: number;
  readonly logicalType?: ThriftValue;
  /** Whether a value may be missing: only times can. */
  readonly isOptional: boolean;
  /** The value's bytes as PLAIN has them; undefined where there is none. A boolean is its byte. */
  plain(view: DataView, at: number): Uint8Array | undefined;
}

export const BOOLEAN = 0;
const INT32 = 1;
const INT64 = 2;
const FLOAT = 4;
const DOUBLE = 5;
const BYTE_ARRAY = 6;

const UTF8 = 0;
const DATE = 6;
const NOT_A_TIME = -(2n ** 63n);

type Described = Omit<ParquetColumn, 'name' | 'offset'>;

export function parquetColumns(
  name: string,
  offset: number,
  dtype: DType,
): Result<readonly ParquetColumn[], ExportFailure> {
  if (dtype.kind !== 'scalar')
    return refuse(`Column ${name}: Parquet columns here hold single values, not sub-arrays.`);
  if (dtype.scalar === 'complex') {
    const half: ScalarType = { ...dtype, scalar: 'float', itemsize: dtype.itemsize / 2 };
    const real = parquetColumns(`${name}.real`, offset, half);
    const imaginary = parquetColumns(`${name}.imag`, offset + half.itemsize, half);
    if (!real.ok) return real;
    return imaginary.ok ? ok([...real.value, ...imaginary.value]) : imaginary;
  }
  const described = describe(dtype);
  if (described === undefined)
    return refuse(
      `Column ${name}: Parquet has no type for ${dtypeName(dtype)}. CSV and .npy can hold it.`,
    );
  return ok([{ ...described, name, offset }]);
}

function describe(dtype: ScalarType): Described | undefined {
  const required = { isOptional: false };
  const { itemsize } = dtype;
  switch (dtype.scalar) {
    case 'bool':
      return {
        ...required,
        type: BOOLEAN,
        plain: (view, at) => Uint8Array.of(view.getUint8(at) === 0 ? 0 : 1),
      };
    case 'int':
    case 'uint': {
      // UINT_8 to UINT_64 are 11 to 14, INT_8 to INT_64 are 15 to 18.
      const convertedType = (dtype.scalar === 'uint' ? 11 : 15) + Math.log2(itemsize);
      const type = itemsize === 8 ? INT64 : INT32;
      return {
        ...required,
        type,
        convertedType,
        plain: (view, at) =>
          integer(BigInt(decodeElement(dtype, view, at) as number | bigint), type),
      };
    }
    case 'float':
    case 'bfloat': {
      if (itemsize > 8) return undefined;
      const size = itemsize === 8 ? 8 : 4;
      return {
        ...required,
        type: itemsize === 8 ? DOUBLE : FLOAT,
        plain(view, at) {
          const bytes = new DataView(new ArrayBuffer(size));
          const value = decodeElement(dtype, view, at) as number;
          if (size === 8) bytes.setFloat64(0, value, true);
          else bytes.setFloat32(0, value, true);
          return new Uint8Array(bytes.buffer);
        },
      };
    }
    case 'unicode':
      return {
        ...required,
        type: BYTE_ARRAY,
        convertedType: UTF8,
        plain: (view, at) => counted(Buffer.from(decodeElement(dtype, view, at) as string, 'utf8')),
      };
    case 'bytes':
    case 'void':
      return {
        ...required,
        type: BYTE_ARRAY,
        plain: (view, at) => counted(decodeElement(dtype, view, at) as Uint8Array),
      };
    case 'datetime':
    case 'timedelta':
      return time(dtype);
    case 'complex':
    case 'object':
      return undefined;
  }
}

/** Ticks of the units that Parquet has; days are dates. */
function time(dtype: ScalarType): Described | undefined {
  const little = dtype.byteOrder !== 'big';
  const ticks = (view: DataView, at: number) => view.getBigInt64(at, little);
  const plain = (type: number, factor: bigint) => (view: DataView, at: number) => {
    const value = ticks(view, at);
    if (value === NOT_A_TIME) return undefined;
    const scaled = value * factor;
    const bits = type === INT32 ? 32 : 64;
    if (BigInt.asIntN(bits, scaled) !== scaled)
      throw new Error(`a time of ${value} ${dtype.unit ?? ''} is out of Parquet's range`);
    return integer(scaled, type);
  };
  if (dtype.scalar === 'timedelta')
    return { isOptional: true, type: INT64, plain: plain(INT64, 1n) };
  if (dtype.unit === 'D')
    return { isOptional: true, type: INT32, convertedType: DATE, plain: plain(INT32, 1n) };
  const units: Readonly<Record<string, readonly [id: number, factor: bigint]>> = {
    s: [1, 1000n],
    ms: [1, 1n],
    us: [2, 1n],
    ns: [3, 1n],
  };
  const unit = units[dtype.unit ?? ''];
  if (!unit) return undefined;
  const [id, factor] = unit;
  const empty = struct([]);
  const timestamp = struct([
    [1, bool(false)],
    [2, struct([[id, empty]])],
  ]);
  return {
    isOptional: true,
    type: INT64,
    logicalType: struct([[8, timestamp]]),
    plain: plain(INT64, factor),
  };
}

function integer(value: bigint, type: number): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(type === INT32 ? 4 : 8));
  if (type === INT32) bytes.setUint32(0, Number(BigInt.asUintN(32, value)), true);
  else bytes.setBigInt64(0, value, true);
  return new Uint8Array(bytes.buffer);
}

function counted(bytes: Uint8Array): Uint8Array {
  const all = new Uint8Array(4 + bytes.length);
  new DataView(all.buffer).setUint32(0, bytes.length, true);
  all.set(bytes, 4);
  return all;
}

function refuse(message: string): Result<never, ExportFailure> {
  return fail({ kind: 'notExported', message });
}
