/** What the data inspector says of the bytes at a place: each as every type, in both byte orders. */
import type { ScalarType } from './dtype.ts';
import { parseDType } from './dtypeText.ts';

const NAMES = [
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'float16',
  'bfloat16',
  'float32',
  'float64',
  'float128',
  'complex64',
  'complex128',
  'datetime64[s]',
  'datetime64[ms]',
  'datetime64[ns]',
] as const;

/** As many bytes as the widest of the types has. */
export const INSPECTED_BYTES = 32;

interface InspectedType {
  readonly name: string;
  readonly little: ScalarType;
  readonly big: ScalarType;
}

export const inspectedTypes: readonly InspectedType[] = NAMES.map((name) => {
  const parsed = parseDType(name);
  if (!parsed.ok || parsed.value.kind !== 'scalar') throw new Error(`${name} is no scalar`);
  const scalar = parsed.value;
  return {
    name,
    little: { ...scalar, byteOrder: 'little' },
    big: { ...scalar, byteOrder: 'big' },
  };
});

/** The character that starts here, with its number; undefined where the bytes are no UTF-8 or end within it. */
export function characterText(bytes: Uint8Array): string | undefined {
  const first = bytes[0];
  if (first === undefined) return undefined;
  const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (length === 0 || bytes.length < length) return undefined;
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const text = decoder.decode(bytes.subarray(0, length));
    const code = text.codePointAt(0) ?? 0;
    const shown = /[\p{C}\p{Z}]/u.test(text) ? '' : `'${text}' `;
    return `${shown}U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  } catch {
    return undefined;
  }
}
