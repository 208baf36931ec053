import type { DType } from '#shared/layout/dtype.ts';
import { characterText, INSPECTED_BYTES, inspectedTypes } from '#shared/layout/bytesAsTypes.ts';
import { dtypeName } from '#shared/layout/dtypeText.ts';
import { formatElement } from '#shared/layout/elementText.ts';
import { decodeElement } from '#shared/layout/elementValue.ts';
import { hexOf } from '#shared/quantities.ts';
import type { BufferModel } from './bufferModel.ts';

/** The bytes at the cursor as every type, in both byte orders, and as the struct that lies there. */
export function DataInspector(props: { readonly model: BufferModel; readonly byteLength: number }) {
  const { model, byteLength } = props;
  void model.hexRevision.value;
  const { anchor, active } = model.hexSelection.value;
  const start = Math.min(anchor, active);
  const bytes = bytesAt(model, start, Math.min(INSPECTED_BYTES, byteLength - start));
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
          {inspectedTypes.map(({ name, little, big }) => {
            const isSame = little.itemsize === 1;
            return (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td colSpan={isSame ? 2 : 1}>{textOf(little, bytes)}</td>
                {isSame ? null : <td>{textOf(big, bytes)}</td>}
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
  if (bytes[0] === undefined) return '…';
  const known = bytes.slice(0, 4);
  const end = known.indexOf(undefined);
  const own = end < 0 ? known : known.slice(0, end);
  return characterText(Uint8Array.from(own, (byte) => byte ?? 0)) ?? '—';
}
