import { useState } from 'preact/hooks';
import type { DType } from '#shared/layout/dtype.ts';
import type { ByteOrderMode, StructLayout } from '#shared/layout/structFormat.ts';
import { parseStructFormat } from '#shared/layout/structFormat.ts';
import { formatQuantity } from '#shared/quantities.ts';

const MODES: readonly { readonly mode: ByteOrderMode; readonly means: string }[] = [
  { mode: '@', means: 'native sizes, aligned' },
  { mode: '=', means: 'standard sizes, native order' },
  { mode: '<', means: 'standard sizes, little-endian' },
  { mode: '>', means: 'standard sizes, big-endian' },
  { mode: '!', means: 'as >, for networks' },
];
const MOST_BYTES = 128;

/** One format of Python's struct module in all its modes: what each puts where, padding hatched. */
export function StructModes(props: { readonly dtype: DType }) {
  const [typed, setTyped] = useState(() => formatOf(props.dtype));
  const bare = typed.replace(/^[@=<>!]/, '');
  const layouts = MODES.map(({ mode, means }) => ({
    mode,
    means,
    parsed: parseStructFormat(mode + bare),
  }));
  const widest = Math.max(1, ...layouts.map(({ parsed }) => parsed.layout?.size ?? 0));
  return (
    <div class="struct-modes">
      <svg width="0" height="0" aria-hidden="true" class="pattern-holder">
        <defs>
          <pattern id="struct-gap" width="6" height="6" patternUnits="userSpaceOnUse">
            <path d="M0 6 L6 0" class="strip-hatch" />
          </pattern>
        </defs>
      </svg>
      <div class="layout-heading">
        <h2>Struct format</h2>
        <input
          class="text-input"
          type="text"
          spellcheck={false}
          autocomplete="off"
          aria-label="Format of Python’s struct module"
          placeholder="QdQ"
          value={typed}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
          }}
        />
      </div>
      {bare.trim() === '' ? (
        <p class="secondary layout-note">
          Type a format such as <code>bidh</code> to see what each mode makes of it.
        </p>
      ) : (
        <table class="struct-table">
          <thead>
            <tr>
              <th scope="col">Mode</th>
              <th scope="col">Size</th>
              <th scope="col">Bytes</th>
            </tr>
          </thead>
          <tbody>
            {layouts.map(({ mode, means, parsed }) => (
              <tr key={mode}>
                <th scope="row">
                  <code>{mode}</code> <span class="secondary">{means}</span>
                </th>
                <td class="struct-size">{parsed.layout?.size ?? '—'}</td>
                <td>
                  {parsed.layout ? (
                    <ByteMap layout={parsed.layout} widest={Math.min(widest, MOST_BYTES)} />
                  ) : (
                    <span class="step-problem">struct.error: {parsed.problems[0]?.message}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function ByteMap(props: { readonly layout: StructLayout; readonly widest: number }) {
  const { layout, widest } = props;
  if (layout.size > MOST_BYTES)
    return <span class="secondary">{formatQuantity(layout.size, 'byte')}, too many to draw</span>;
  const parts: { offset: number; size: number; label: string; isPadding: boolean }[] = [];
  let end = 0;
  for (const field of layout.fields) {
    if (field.padding > 0)
      parts.push({ offset: end, size: field.padding, label: 'padding', isPadding: true });
    if (field.size > 0)
      parts.push({
        offset: field.offset,
        size: field.size,
        label: `${field.repeat === 1 ? '' : field.repeat}${field.code}`,
        isPadding: field.code === 'x',
      });
    end = field.offset + field.size;
  }
  const scale = 100 / Math.max(1, widest);
  const words = parts.map(({ label, offset, size }) => `${label} at ${offset}, ${size}`).join('; ');
  return (
    <svg
      class="byte-map"
      role="img"
      aria-label={`${formatQuantity(layout.size, 'byte')}: ${words}`}
    >
      {parts.map(({ offset, size, label, isPadding }, k) => (
        <g key={k} class={isPadding ? 'byte-map-padding' : k % 2 === 0 ? 'even' : 'odd'}>
          <title>{`${label}: byte ${offset}, ${formatQuantity(size, 'byte')}`}</title>
          <rect
            class={isPadding ? 'gap' : ''}
            {...(isPadding ? { fill: 'url(#struct-gap)' } : {})}
            x={`${offset * scale}%`}
            y="1"
            width={`${size * scale}%`}
            height="20"
          />
          <text x={`${(offset + size / 2) * scale}%`} y="15">
            {isPadding ? '' : label}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** The codes that say the same as the dtype, where there are such; else a format to play with. */
function formatOf(dtype: DType): string {
  const codes: Readonly<Record<string, string>> = {
    int1: 'b',
    uint1: 'B',
    int2: 'h',
    uint2: 'H',
    int4: 'i',
    uint4: 'I',
    int8: 'q',
    uint8: 'Q',
    float2: 'e',
    float4: 'f',
    float8: 'd',
    bool1: '?',
  };
  const one = (type: DType): string => {
    if (type.kind === 'struct') return type.fields.map((field) => one(field.dtype)).join('');
    if (type.kind === 'subarray')
      return `${type.shape.reduce((a, b) => a * b, 1)}${one(type.base)}`;
    if (type.scalar === 'bytes' || type.scalar === 'void') return `${type.itemsize}s`;
    return codes[`${type.scalar}${type.itemsize}`] ?? '';
  };
  const format = one(dtype);
  return parseStructFormat(format).layout ? format : 'bidh';
}
