/** What is known of a buffer where the pointer is: its layout, and whether it shares memory or copies it. */
import type { DType } from '#shared/layout/dtype.ts';
import { dtypeName, dtypeText, shapeText } from '#shared/layout/dtypeText.ts';
import { contiguityOf, elementCount } from '#shared/layout/strides.ts';
import type { PythonModule } from '../../python/module.ts';
import type { RuleContext } from '../finding.ts';
import { bufferAnalysis } from './bufferRules.ts';
import type { KnownValue } from './flow/flow.ts';
import type { Sharing } from './flow/machine.ts';
import type { ObjectState } from './flow/values.ts';
import { arrayItemsize } from './models/typecodes.ts';

export interface BufferHover {
  readonly markdown: string;
  readonly start: number;
  readonly end: number;
}

/** `offset` is in the module's text, as are `start` and `end`. */
export function bufferHover(
  module: PythonModule,
  context: RuleContext,
  offset: number,
): BufferHover | undefined {
  const { known } = bufferAnalysis(module, context);
  // What begins or goes on under the pointer; at the end of a line, what ends there.
  const over = known.filter((each) => each.from <= offset && offset < each.to);
  const around = over.length > 0 ? over : known.filter((each) => each.to === offset);
  // On a name the name is meant, elsewhere the smallest expression around the pointer.
  const innermost = around.reduce<KnownValue | undefined>(
    (best, each) => (!best || each.to - each.from <= best.to - best.from ? each : best),
    undefined,
  );
  if (!innermost) return undefined;
  const called = around.find((each) => isCalleeOf(module, each, innermost, offset));
  const shown = called ?? innermost;
  const lines = [describe(shown), shown.sharing && sharingLine(module, shown.sharing)];
  const text = lines.filter((line) => line !== undefined).join('\n\n');
  return text === '' ? undefined : { markdown: text, start: shown.from, end: shown.to };
}

/** On the name of a method or function, what its call gives is asked for. */
function isCalleeOf(
  module: PythonModule,
  outer: KnownValue,
  inner: KnownValue,
  offset: number,
): boolean {
  if (outer === inner || outer.sharing === undefined) return false;
  const { text } = module.source;
  const open = text.indexOf('(', offset);
  return (
    outer.from <= offset &&
    open >= 0 &&
    /^[\w.]*$/.test(text.slice(offset, open)) &&
    open < outer.to &&
    offset >= inner.to
  );
}

function describe({ value, object }: KnownValue): string | undefined {
  if (value.kind === 'bytes')
    return value.length === undefined ? undefined : `\`bytes\` — **${bytes(value.length)}**`;
  return object && describeObject(object);
}

function describeObject(object: ObjectState): string | undefined {
  switch (object.kind) {
    case 'bytearray':
      return object.length === undefined
        ? undefined
        : `\`bytearray\` — **${bytes(object.length)}**`;
    case 'array': {
      const { typecode, length } = object;
      if (typecode === undefined) return undefined;
      const itemsize = arrayItemsize(typecode) ?? 0;
      const size =
        length === undefined ? '' : ` — **${items(length)}**, ${bytes(length * itemsize)}`;
      return `\`array('${typecode}')\`${size}, itemsize ${itemsize}`;
    }
    case 'memoryview':
      return describeView(object);
    case 'ndarray':
      return describeArray(object);
    case 'ctypes':
      return object.type.size === undefined
        ? undefined
        : `\`${object.type.name}\` — **${bytes(object.type.size)}**`;
    default:
      return undefined;
  }
}

function describeView(view: Extract<ObjectState, { kind: 'memoryview' }>): string | undefined {
  const { format, itemsize, shape, strides } = view;
  const facts = [
    format === undefined ? undefined : `format \`${format}\``,
    itemsize === undefined ? undefined : `itemsize ${itemsize}`,
    shape && `shape \`${shapeText(shape)}\``,
    strides && `strides \`${shapeText(strides)}\``,
    shape && strides && itemsize !== undefined
      ? contiguity({ shape, strides, itemsize })
      : undefined,
    shape && itemsize !== undefined ? bytes(elementCount(shape) * itemsize) : undefined,
    view.readonly === undefined ? undefined : view.readonly ? 'read-only' : 'writable',
    view.released === true ? '**released**' : undefined,
  ].filter((fact) => fact !== undefined);
  return facts.length === 0 ? undefined : `\`memoryview\` — ${facts.join(', ')}`;
}

function describeArray(array: Extract<ObjectState, { kind: 'ndarray' }>): string | undefined {
  const { dtype, shape, strides } = array;
  const facts = [
    shape && `shape \`${shapeText(shape)}\``,
    strides && `strides \`${shapeText(strides)}\``,
    shape && strides && dtype
      ? contiguity({ shape, strides, itemsize: dtype.itemsize })
      : undefined,
    shape && dtype ? bytes(elementCount(shape) * dtype.itemsize) : undefined,
    array.readonly === true ? 'read-only' : undefined,
  ].filter((fact) => fact !== undefined);
  if (!dtype && facts.length === 0) return undefined;
  return `\`ndarray\`${dtype ? ` of \`${dtypeWords(dtype)}\`` : ''}${facts.length > 0 ? ` — ${facts.join(', ')}` : ''}`;
}

function dtypeWords(dtype: DType): string {
  return dtype.kind === 'scalar' ? dtypeName(dtype) : dtypeText(dtype);
}

function contiguity(layout: Parameters<typeof contiguityOf>[0]): string {
  const words = {
    C: 'C-contiguous',
    F: 'F-contiguous',
    both: 'contiguous',
    strided: 'not contiguous',
  };
  return words[contiguityOf(layout)];
}

function sharingLine(module: PythonModule, sharing: Sharing): string {
  const of = sharing.of ? ` of \`${short(module.textOf(sharing.of))}\`` : '';
  const size =
    sharing.byteLength === undefined
      ? ''
      : `${sharing.relation === 'copy' ? ',' : ''} ${bytes(sharing.byteLength)}`;
  return `**${sharing.relation === 'view' ? 'View' : 'Copy'}**${of}${sharing.relation === 'copy' ? size : ''}: ${sharing.because}.`;
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').replace(/`/g, "'");
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

function bytes(count: number): string {
  return count === 1 ? '1 byte' : `${count.toLocaleString('en')} bytes`;
}

function items(count: number): string {
  return count === 1 ? '1 item' : `${count.toLocaleString('en')} items`;
}

export interface BufferInlay {
  readonly offset: number;
  readonly text: string;
  readonly tooltip: string;
}

/** Words behind expressions and names, for `[start, end)` of the module's text. */
export function bufferInlays(
  module: PythonModule,
  context: RuleContext,
  range: { readonly start: number; readonly end: number },
  wanted: { readonly viewOrCopy: boolean; readonly arrayLayouts: boolean },
): readonly BufferInlay[] {
  const inlays: BufferInlay[] = [];
  for (const each of bufferAnalysis(module, context).known) {
    if (each.to < range.start || each.from > range.end) continue;
    const { sharing, object } = each;
    if (wanted.viewOrCopy && sharing)
      inlays.push({
        offset: each.to,
        text:
          sharing.relation === 'copy' && sharing.byteLength !== undefined
            ? `copy, ${bytes(sharing.byteLength)}`
            : sharing.relation,
        tooltip: sharingLine(module, sharing),
      });
    const layout = wanted.arrayLayouts && isTarget(module, each) && object && layoutWords(object);
    if (layout)
      inlays.push({ offset: each.to, text: layout, tooltip: describeObject(object) ?? '' });
  }
  return inlays;
}

/** A name that is being assigned. */
function isTarget(module: PythonModule, { from, to }: KnownValue): boolean {
  const { text } = module.source;
  return /^\w+$/.test(text.slice(from, to)) && /^\s*=[^=]/.test(text.slice(to, to + 20));
}

function layoutWords(object: ObjectState): string | undefined {
  if (object.kind === 'ndarray') {
    const { dtype, shape } = object;
    if (!dtype && !shape) return undefined;
    return `: ${[dtype && dtypeWords(dtype), shape && shapeText(shape)].filter(Boolean).join(' ')}`;
  }
  if (object.kind === 'memoryview') {
    const { format, shape } = object;
    if (format === undefined && !shape) return undefined;
    return `: ${[format === undefined ? undefined : `'${format}'`, shape && shapeText(shape)].filter(Boolean).join(' ')}`;
  }
  return undefined;
}
