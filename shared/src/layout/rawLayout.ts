/** What a person says of raw bytes in a form, read into a dtype and numbers; the field that is wrong is named. */
import type { Result } from '../result.ts';
import { fail, ok } from '../result.ts';
import type { BadLayout, RawLayoutText } from '../protocol/bufferView.ts';
import { parseCStruct } from './cStruct.ts';
import type { DType } from './dtype.ts';
import { parseDType } from './dtypeText.ts';
import { parsePep3118 } from './pep3118Parse.ts';
import { parseStructFormat } from './structFormat.ts';
import { dtypeOfStruct } from './structValue.ts';

export interface RawLayoutValues {
  readonly dtype: DType;
  /** Where absent, one axis of as many whole elements as there are bytes for. */
  readonly shape?: readonly bigint[];
  readonly order: 'C' | 'F';
  readonly offset: bigint;
  /** In bytes; where absent, without holes in `order`. */
  readonly strides?: readonly bigint[];
}

export function parseRawLayout(text: RawLayoutText): Result<RawLayoutValues, BadLayout> {
  const dtype = rawType(text.kind, text.type);
  if (!dtype.ok) return dtype;
  const shape = numbersOf(text.shape);
  if (!shape) return bad('shape', 'A shape is whole numbers: 2, 3');
  if (shape.some((length) => length < 0n)) return bad('shape', 'A length can’t be negative.');
  const offset = numbersOf(text.offset);
  if (!offset || offset.length > 1) return bad('offset', 'An offset is one whole number of bytes.');
  const strides = numbersOf(text.strides);
  if (!strides) return bad('strides', 'Strides are whole numbers of bytes: 12, 4');
  if (strides.length > 0 && strides.length !== shape.length)
    return bad(
      'strides',
      `There are ${strides.length} strides for ${shape.length} ${shape.length === 1 ? 'axis' : 'axes'}.`,
    );
  return ok({
    dtype: dtype.value,
    order: text.order,
    offset: offset[0] ?? 0n,
    ...(shape.length > 0 || text.shape.trim() === '()' ? { shape } : {}),
    ...(strides.length > 0 ? { strides } : {}),
  });
}

export function rawType(kind: RawLayoutText['kind'], text: string): Result<DType, BadLayout> {
  if (text.trim() === '') return bad('type', 'Say what an element is.');
  switch (kind) {
    case 'dtype': {
      const dtype = parseDType(text);
      return dtype.ok ? dtype : bad('type', dtype.error.message);
    }
    case 'pep3118': {
      const dtype = parsePep3118(text.trim());
      return dtype.ok ? dtype : bad('type', dtype.error.message);
    }
    case 'c': {
      const dtype = parseCStruct(text);
      return dtype.ok ? dtype : bad('type', dtype.error.message);
    }
    case 'struct': {
      const { layout, problems } = parseStructFormat(text.trim());
      if (!layout) return bad('type', problems[0]?.message ?? 'bad format');
      const dtype = dtypeOfStruct(layout);
      if (dtype.fields.length === 0 || layout.size > 0x7fffffff)
        return bad('type', 'The format has no values.');
      const [only] = dtype.fields;
      // One code alone is that type, not a struct of one field.
      return ok(
        dtype.fields.length === 1 && only?.offset === 0 && only.dtype.itemsize === dtype.itemsize
          ? only.dtype
          : dtype,
      );
    }
  }
}

/** Decimal, hexadecimal and `_`; empty is none, undefined is no list of numbers. */
function numbersOf(text: string): bigint[] | undefined {
  const bare = text
    .trim()
    .replace(/^[([]([^]*)[)\]]$/, '$1')
    .replace(/,\s*$/, '')
    .trim();
  if (bare === '') return [];
  const parts = bare.split(/[,×]/);
  const numbers = parts.map((part) => {
    const digits = part.trim().replaceAll('_', '');
    const isNumber = /^-?(\d{1,18}|0x[0-9a-f]{1,15})$/i.test(digits);
    if (!isNumber) return undefined;
    return digits.startsWith('-') ? -BigInt(digits.slice(1)) : BigInt(digits);
  });
  return numbers.includes(undefined) ? undefined : (numbers as bigint[]);
}

function bad(field: keyof RawLayoutText, message: string): Result<never, BadLayout> {
  return fail({ kind: 'badLayout', field, message });
}
