/** NumPy's own format, C order. The version is the oldest that can say the header. */
import type { DType } from '#shared/layout/dtype.ts';
import { dtypeName, shapeText, typeString } from '#shared/layout/dtypeText.ts';
import { pythonString } from '#shared/layout/pythonLiteral.ts';
import type { ExportFailure } from '#shared/protocol/bufferExport.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { ArrayEncoder } from './exportArray.ts';

const ALIGNMENT = 64;

export function npyEncoder(
  dtype: DType,
  shape: readonly number[],
): Result<ArrayEncoder, ExportFailure> {
  const descr = descrText(dtype);
  if (!descr.ok) return descr;
  const text = `{'descr': ${descr.value}, 'fortran_order': False, 'shape': ${shapeText(shape)}, }`;
  const isLatin = Array.from(text).every((character) => character <= '\xff');
  const body = isLatin ? Buffer.from(text, 'latin1') : Buffer.from(text, 'utf8');
  const isShort = isLatin && body.length < 65_535 - ALIGNMENT;
  const prefix = isShort ? 10 : 12;
  const total = Math.ceil((prefix + body.length + 1) / ALIGNMENT) * ALIGNMENT;
  const header = new Uint8Array(total).fill(0x20);
  const view = new DataView(header.buffer);
  header.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, isShort ? 1 : isLatin ? 2 : 3, 0]);
  if (isShort) view.setUint16(8, total - prefix, true);
  else view.setUint32(8, total - prefix, true);
  header.set(body, prefix);
  header[total - 1] = 0x0a;
  return ok({
    begin: () => header,
    encode: (bytes) => bytes,
    end: () => new Uint8Array(0),
  });
}

function descrText(dtype: DType): Result<string, ExportFailure> {
  if (dtype.kind === 'scalar') {
    if (dtype.scalar === 'object' || dtype.scalar === 'bfloat')
      return refuse(`A .npy file can’t hold elements of ${dtypeName(dtype)}.`);
    return ok(`'${typeString(dtype)}'`);
  }
  if (dtype.kind === 'subarray') return refuse('A sub-array is no element of a .npy file.');
  const items: string[] = [];
  let end = 0;
  for (const { name, title, offset, dtype: field } of dtype.fields) {
    if (offset < end) return refuse('A .npy file can’t hold a struct whose fields overlap.');
    if (offset > end) items.push(`('', '|V${offset - end}')`);
    const base = descrText(field.kind === 'subarray' ? field.base : field);
    if (!base.ok) return base;
    const label =
      title === undefined ? pythonString(name) : `(${pythonString(title)}, ${pythonString(name)})`;
    const shape = field.kind === 'subarray' ? `, ${shapeText(field.shape)}` : '';
    items.push(`(${label}, ${base.value}${shape})`);
    end = offset + field.itemsize;
  }
  if (dtype.itemsize > end) items.push(`('', '|V${dtype.itemsize - end}')`);
  return ok(`[${items.join(', ')}]`);
}

function refuse(message: string): Result<never, ExportFailure> {
  return fail({ kind: 'notExported', message });
}
