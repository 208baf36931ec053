/** What a literal `struct` format means, as Markdown: its fields byte by byte, and what another prefix would change. */
import type { SyntaxNode } from '@lezer/common';
import type {
  ByteOrderMode,
  StructFormatField,
  StructLayout,
} from '#shared/layout/structFormat.ts';
import { LLP64, LP64, parseStructFormat } from '#shared/layout/structFormat.ts';
import { constantString } from '../../python/constants.ts';
import { withoutParentheses } from '../../python/calls.ts';
import type { PythonModule } from '../../python/module.ts';
import { onlyBinding } from '../../python/module.ts';
import type { StringLiteral } from '../../python/stringLiteral.ts';
import { platform } from './structFormats.ts';
import { readStructCall } from './structCalls.ts';

export interface StructHover {
  readonly markdown: string;
  readonly start: number;
  readonly end: number;
}

/** A table longer than this is cut; people read fields, not pages. */
const MAX_ROWS = 40;

/** `offset` is in the module's text, as are `start` and `end`. */
export function structHover(module: PythonModule, offset: number): StructHover | undefined {
  const node = literalOrNameAt(module, offset);
  if (!node || !formatsOf(module).has(node.from)) return undefined;
  const literal = constantString(module, node);
  if (!literal) return undefined;
  const unit = literal.starts.findIndex(
    (start, index) => start <= offset && offset < (literal.ends[index] ?? start),
  );
  return { markdown: describe(literal, unit), start: node.from, end: node.to };
}

function literalOrNameAt(module: PythonModule, offset: number): SyntaxNode | undefined {
  for (const side of [1, -1] as const) {
    let node: SyntaxNode | null = module.source.tree.resolveInner(offset, side);
    // An escape is a node of its own inside its literal.
    if (node.parent?.name === 'String') node = node.parent;
    if (node.parent?.name === 'ContinuedString') node = node.parent;
    if (/^(String|ContinuedString|VariableName)$/.test(node.name)) return node;
  }
  return undefined;
}

/** Where the expressions begin that some call takes as its format: literals, and names bound once to them. */
function formatsOf(module: PythonModule): ReadonlySet<number> {
  const places = new Set<number>();
  const follow = (format: SyntaxNode, steps: number) => {
    const node = withoutParentheses(format);
    if (node.name === 'BinaryExpression') {
      for (const part of [node.firstChild, node.lastChild]) if (part) follow(part, steps);
      return;
    }
    places.add(node.from);
    if (node.name !== 'VariableName' || steps === 0) return;
    const only = onlyBinding(module, node);
    if (only?.binding.kind !== 'assign') return;
    places.add(only.binding.from);
    follow(only.binding.value, steps - 1);
  };
  for (const call of module.calls) {
    const struct = readStructCall(module, call);
    if (struct) follow(struct.format, 8);
  }
  return places;
}

/** `unit` is the character of the format that is pointed at, or -1. */
export function describe(literal: StringLiteral, unit: number): string {
  const { layout, problems } = parseStructFormat(literal.value, platform);
  if (!layout)
    return `\`struct\` format ${code(literal.value)}: **${problems[0]?.message ?? 'not valid'}**`;
  const bytes = layout.size === 1 ? '1 byte' : `${layout.size} bytes`;
  const values = layout.valueCount === 1 ? '1 value' : `${layout.valueCount} values`;
  const lines = [
    `\`struct\` format ${code(literal.value)} — **${bytes}**, ${values}`,
    '',
    ...table(layout, unit),
    `${modeWords(layout)}.`,
    ...alternatives(literal.value, layout).map((line) => `\n${line}`),
  ];
  return lines.join('\n');
}

function table(layout: StructLayout, unit: number): readonly string[] {
  if (layout.fields.length === 0) return [];
  const shown = layout.fields.slice(0, MAX_ROWS);
  const hidden = layout.fields.length - shown.length;
  return [
    '| Code | C type | Python | Offset | Size | Padding before |',
    '|:--|:--|:--|--:|--:|--:|',
    ...shown.map((field) => row(field, field.start <= unit && unit < field.end)),
    ...(hidden > 0 ? [`| … | ${hidden} more | | | | |`] : []),
    '',
  ];
}

function row(field: StructFormatField, isPointedAt: boolean): string {
  const { pythonType, cType } = field;
  const isText = field.code === 's' || field.code === 'p';
  const count = isText ? field.size : field.repeat;
  const written = field.end - field.start > 1 ? `${field.repeat}${field.code}` : field.code;
  const python =
    pythonType === 'None'
      ? '–'
      : isText || field.valueCount === 1
        ? pythonType
        : `${field.valueCount} × ${pythonType}`;
  const type = isText
    ? cType.replace('[]', `[${count}]`)
    : count === 1
      ? cType
      : `${cType} × ${count}`;
  const cells = [
    `\`${written}\``,
    type,
    python,
    String(field.offset),
    String(field.size),
    field.padding === 0 ? '–' : String(field.padding),
  ];
  return `| ${cells.map((cell) => (isPointedAt ? `**${cell}**` : cell)).join(' | ')} |`;
}

function modeWords(layout: StructLayout): string {
  const words: Readonly<Record<ByteOrderMode, string>> = {
    '@': `\`@\`: native sizes and alignment, ${layout.byteOrder}-endian on this machine`,
    '=': `\`=\`: standard sizes, no padding, ${layout.byteOrder}-endian on this machine`,
    '<': '`<`: little-endian, standard sizes, no padding',
    '>': '`>`: big-endian, standard sizes, no padding',
    '!': '`!`: network order (big-endian), standard sizes, no padding',
  };
  return words[layout.mode];
}

/** Other prefixes, and other platforms, where they give other bytes. */
function alternatives(text: string, layout: StructLayout): readonly string[] {
  const body = /^[@=<>!]/.test(text) ? text.slice(1) : text;
  const lines: string[] = [];
  if (layout.native) {
    const standard = parseStructFormat(`<${body}`, platform);
    if (!standard.layout)
      lines.push('With `<`, `>`, `=` or `!`: not valid, they have no `n`, `N` and `P`.');
    else if (differs(standard.layout, layout))
      lines.push(`With \`<\`, \`>\`, \`=\` or \`!\`: ${change(standard.layout, layout)}.`);
    const windows = parseStructFormat(text, platform === LP64 ? LLP64 : LP64).layout;
    if (windows && differs(windows, layout))
      lines.push(
        `${platform === LP64 ? 'On Windows' : 'On Linux and macOS'}: ${change(windows, layout)}.`,
      );
    const trailing = trailingPadding(layout);
    if (trailing)
      lines.push(
        `C's \`sizeof\` is ${layout.size + trailing.padding}: \`struct\` adds no padding at the end unless the format ends in \`0${trailing.code}\`.`,
      );
  } else {
    const native = parseStructFormat(`@${body}`, platform).layout;
    if (native && differs(native, layout))
      lines.push(`With \`@\`, or no prefix: ${change(native, layout)}.`);
  }
  const other = layout.byteOrder === 'little' ? '>' : '<';
  if (layout.fields.some((field) => field.itemsize > 1 && field.size > 0))
    lines.push(`With \`${other}\` the bytes of each number stand in the opposite order.`);
  return lines;
}

function differs(other: StructLayout, layout: StructLayout): boolean {
  return (
    other.size !== layout.size ||
    other.fields.some(
      (field, index) =>
        field.offset !== layout.fields[index]?.offset || field.size !== layout.fields[index].size,
    )
  );
}

function change(other: StructLayout, layout: StructLayout): string {
  const first = other.fields.find((field, index) => {
    const here = layout.fields[index];
    return field.offset !== here?.offset || field.itemsize !== here.itemsize;
  });
  const here = first && layout.fields[other.fields.indexOf(first)];
  const size = `${other.size} bytes instead of ${layout.size}`;
  if (!first || !here) return size;
  if (first.itemsize !== here.itemsize)
    return `${size}, \`${first.code}\` has ${first.itemsize} bytes instead of ${here.itemsize}`;
  return `${size}, \`${first.code}\` begins at ${first.offset} instead of ${here.offset}`;
}

function trailingPadding(layout: StructLayout): { padding: number; code: string } | undefined {
  const widest = layout.fields.reduce<StructFormatField | undefined>(
    (best, field) => (field.itemsize > (best?.itemsize ?? 1) ? field : best),
    undefined,
  );
  const padding = widest
    ? (widest.itemsize - (layout.size % widest.itemsize)) % widest.itemsize
    : 0;
  return widest && padding > 0 ? { padding, code: widest.code } : undefined;
}

/** As inline code, whatever the text holds. */
function code(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  const safe = short.replace(/[\r\n\t]/g, ' ');
  const longest = Math.max(0, ...(safe.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${safe} ${fence}` : `${fence}${safe}${fence}`;
}
