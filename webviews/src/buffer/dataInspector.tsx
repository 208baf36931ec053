import type { DType } from '#shared/layout/dtype.ts';
import { dtypeName, parseDType } from '#shared/layout/dtypeText.ts';
import { formatElement } from '#shared/layout/elementText.ts';
import { decodeElement } from '#shared/layout/elementValue.ts';
import { hexOf } from '../kit/quantities.ts';
import type { BufferModel } from './bufferModel.ts';

const TYPES = [
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

const types = TYPES.map((name) => {
  const parsed = parseDType(name);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return { name, dtype: parsed.value };
});

/** The bytes at the cursor as every type, in both byte orders, and as the struct that lies there. */
export function DataInspector(props: { readonly model: BufferModel; readonly byteLength: number }) {
  const { model, byteLength } = props;
  void model.hexRevision.value;
  const { anchor, active } = model.hexSelection.value;
  const start = Math.min(anchor, active);
  const bytes = bytesAt(model, start, Math.min(32, byteLength - start));
  const element = model.element.value;
  const array = model.array.value;
  const fields = array?.dtype.kind === 'struct' && element ? model.leaves.value : [];
  return (
    <div class="data-inspector" role="region" aria-label="Data inspector" tabIndex={0}>
      <table>
        <caption>At {hexOf(start)}</caption>
        <thead>
          <tr>
            <th scope="col">Type</th>
            <th scope="col">Little-endian</th>
            <th scope="col">Big-endian</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">bits</th>
            <td colSpan={2}>
              {bytes[0] === undefined ? '…' : bytes[0].toString(2).padStart(8, '0')}
            </td>
          </tr>
          <tr>
            <th scope="row">UTF-8</th>
            <td colSpan={2}>{utf8Of(bytes)}</td>
          </tr>
          {types.map(({ name, dtype }) => {
            const little = textOf({ ...dtype, byteOrder: 'little' } as DType, bytes);
            const isSame = dtype.itemsize === 1;
            return (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td colSpan={isSame ? 2 : 1}>{little}</td>
                {isSame ? null : <td>{textOf({ ...dtype, byteOrder: 'big' } as DType, bytes)}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
      {fields.length > 0 && element ? (
        <table>
          <caption>Struct at {hexOf(element.byteOffset)}</caption>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Value</th>
              <th scope="col">Type</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((leaf) => {
              const field = bytesAt(model, element.byteOffset + leaf.offset, leaf.dtype.itemsize);
              return (
                <tr key={leaf.name}>
                  <th scope="row">{leaf.name}</th>
                  <td>{textOf(leaf.dtype, field)}</td>
                  <td class="secondary">{dtypeName(leaf.dtype)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      ) : null}
    </div>
  );
}

function bytesAt(model: BufferModel, start: number, length: number): (number | undefined)[] {
  return Array.from({ length: Math.max(0, Math.min(length, 4096)) }, (_, k) =>
    model.byteAt(start + k),
  );
}

/** A dash where the file ends before the type does, dots where the bytes are not read yet. */
function textOf(dtype: DType, bytes: readonly (number | undefined)[]): string {
  if (bytes.length < dtype.itemsize || dtype.itemsize === 0) return '—';
  const own = bytes.slice(0, dtype.itemsize);
  if (own.includes(undefined)) return '…';
  const packed = Uint8Array.from(own, (byte) => byte ?? 0);
  return formatElement(dtype, decodeElement(dtype, new DataView(packed.buffer), 0));
}

function utf8Of(bytes: readonly (number | undefined)[]): string {
  const first = bytes[0];
  if (first === undefined) return '…';
  const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const own = bytes.slice(0, length);
  if (length === 0 || own.length < length || own.includes(undefined)) return '—';
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(own, (byte) => byte ?? 0),
    );
    const code = text.codePointAt(0) ?? 0;
    const shown = /[\p{C}\p{Z}]/u.test(text) ? '' : `'${text}' `;
    return `${shown}U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  } catch {
    return '—';
  }
}
