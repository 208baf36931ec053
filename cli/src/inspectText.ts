/** An inspection as text for people: a header line, a preview of values or bytes, statistics, problems. */
import type { FileDescription } from '#buffers/inspect.ts';
import type { Statistics } from '#buffers/scan/statistics.ts';
import type { ArrayDescription, BufferProblem, ValueReading } from '#shared/protocol/bufferView.ts';
import { dtypeName, shapeText } from '#shared/layout/dtypeText.ts';
import { formatElement } from '#shared/layout/elementText.ts';
import { decodeElement } from '#shared/layout/elementValue.ts';
import { float64Text } from '#shared/layout/floatText.ts';
import type { NumberFormat } from '#shared/layout/numberText.ts';
import { numberText } from '#shared/layout/numberText.ts';
import { byteOffsetOf, elementCount } from '#shared/layout/strides.ts';
import type { Histogram } from '#shared/protocol/bufferScan.ts';
import { placeLines } from './inspectAt.ts';
import type { AxisStatistics } from './inspectAxis.ts';
import type { Comparison } from './inspectCompare.ts';
import type { Found, Wanted } from './inspectFind.ts';
import type { Inspection, UniqueElements } from './inspectFile.ts';
import { layoutOf, printable, readable } from './inspectMember.ts';
import type { InspectOptions } from './inspectOptions.ts';
import { suggestedOptions } from './inspectOptions.ts';

export interface Style {
  /** Of what is said beside the data. */
  dim(text: string): string;
  strong(text: string): string;
  problem(text: string): string;
}

/** Escape codes only where a terminal shows them. */
export function styleFor(colours: boolean): Style {
  const paint = (code: number) => (text: string) =>
    colours ? `\x1b[${code}m${text}\x1b[0m` : text;
  return { dim: paint(2), strong: paint(1), problem: paint(31) };
}

export async function inspectionText(
  inspection: Inspection,
  options: InspectOptions,
  style: Style,
): Promise<string> {
  const { description, arrays, view, stats, problems, found, histogram, unique } = inspection;
  const isContainer =
    options.member === undefined &&
    isArchive(description) &&
    (arrays.length > 0 || description.members !== undefined);
  if (inspection.reading) return readingText(inspection.reading, options, problems, style);
  const file = options.member === undefined ? options.file : `${options.file} › ${options.member}`;
  const lines = [
    `${style.strong(printable(file))} ${style.dim(`${description.formatLabel} · ${byteText(description.byteLength)}`)}`,
  ];
  const [array] = arrays;
  if (array && !isContainer)
    lines.push(headerLine(array, array === description.arrays[0] && description.format === 'npy'));
  if (array?.note !== undefined && !isContainer) lines.push(style.dim(array.note));
  for (const { code, effect, reason } of inspection.steps)
    lines.push(style.dim(`${code} → ${effect}. ${reason}`));
  if (view && view !== array) lines.push(`${style.dim('view →')} ${headerLine(view, false)}`);
  lines.push('');
  // Where nobody said what the bytes are, bytes say more than numbers.
  const isNamed = description.format !== 'raw';
  const asBytes = !view || (!isNamed && view === description.arrays[0]);
  if (inspection.comparison) lines.pop();
  else if (inspection.place) lines.push(...placeLines(inspection.place, style));
  else if (found && options.find) lines.push(...foundLines(found, options.find, style));
  else if (isContainer) lines.push(...memberTable(description, style));
  else if (!view && description.format === 'parquet')
    lines.push(...regionTable(description, style));
  else if (asBytes) lines.push(...(await hexDump(inspection, options.file, style)));
  else if (view.dtype.kind === 'struct' && view.shape.length === 1)
    lines.push(...(await recordTable(inspection, view, options, style)));
  else lines.push(...(await arrayPreview(inspection, view, options, style)));
  if (stats) lines.push('', statisticsLine(stats));
  else if (options.stats && view && !isContainer)
    lines.push('', style.dim('no statistics: the elements are no numbers'));
  if (inspection.along) lines.push('', ...alongLines(inspection.along, style));
  if (histogram) lines.push('', ...histogramLines(histogram, style));
  if (unique && view) lines.push('', ...uniqueLines(unique, view, style));
  if (inspection.suggestions.length > 0 && asBytes && !found)
    lines.push('', ...suggestionLines(inspection, style));
  if (inspection.code !== '')
    lines.push(
      '',
      ...inspection.code
        .trimEnd()
        .split('\n')
        .map((line) => style.dim(line)),
    );
  if (inspection.comparison) lines.push('', ...comparisonLines(inspection.comparison));
  if (inspection.exported)
    lines.push(
      '',
      `Wrote ${printable(inspection.exported.path)}, ${byteText(inspection.exported.writtenBytes)}.`,
    );
  if (problems.length > 0)
    lines.push('', ...problems.map((problem) => problemLine(problem, style)));
  return `${lines.join('\n')}\n`;
}

/** Step by step to the value, each with where its bytes are. */
function readingText(
  { column, typeName, position, text, steps }: ValueReading,
  options: InspectOptions,
  problems: readonly BufferProblem[],
  style: Style,
): string {
  const rows = steps.map(({ buffer, text: told, start }) => ({
    name: printable(buffer),
    told: printable(told),
    place: start === undefined ? '' : `from byte ${start.toLocaleString('en')}`,
  }));
  const width = Math.max(5, ...rows.map(({ name }) => name.length));
  const lines = [
    `${style.strong(printable(`${options.file} › ${column}[${position}]`))} ${style.dim(printable(typeName))}`,
    '',
    ...rows.map(({ name, told, place }) =>
      `${style.dim(name.padEnd(width))}  ${told}  ${style.dim(place)}`.trimEnd(),
    ),
    ...(text === null ? [] : [`${'value'.padEnd(width)}  ${style.strong(printable(text))}`]),
  ];
  if (problems.length > 0)
    lines.push('', ...problems.map((problem) => problemLine(problem, style)));
  return `${lines.join('\n')}\n`;
}

const DIFFERENCE_LINES = 20;

function comparisonLines(comparison: Comparison): string[] {
  const { other, mode, note, count, compared, greatest, differences } = comparison;
  const what = mode === 'bytes' ? 'bytes' : 'values';
  const number = (value: number) => value.toLocaleString('en');
  const lines = [
    ...(note === null ? [] : [note]),
    count === 0
      ? `The same ${what} as ${printable(other)}: ${number(compared)} compared.`
      : `${number(count)} of ${number(compared)} ${what} differ from ${printable(other)}${greatest === null ? '' : `, by ${greatest} at most`}.`,
  ];
  for (const { start, end, position, here, there } of differences.slice(0, DIFFERENCE_LINES))
    lines.push(
      position === undefined
        ? `  bytes ${number(start)} to ${number(end - 1)}`
        : `  element ${number(position)}: ${here ?? ''} here, ${there ?? ''} there`,
    );
  if (differences.length > DIFFERENCE_LINES)
    lines.push(`  … --output json lists up to --limit of them`);
  return lines;
}

/** Of more than one array, a list; of one, its values. */
function isArchive({ format, arrays, members }: FileDescription): boolean {
  return format === 'safetensors' || members !== undefined || arrays.length > 1;
}

const MEMBER_ROWS = 100;

/** A line for each member; those of an archive that are no arrays too. */
function memberTable({ arrays, members = [] }: FileDescription, style: Style): string[] {
  const listed = new Set(members.map(({ array }) => array?.name));
  const rows = [
    ...arrays
      .filter((array) => !listed.has(array.name))
      .map((array) => ({
        name: array.name,
        array,
        size: array.byteLength,
        isInFile: true,
        compressedSize: 0,
      })),
    ...members,
  ].map(({ name, array, size, isInFile, compressedSize }) => ({
    name: printable(array?.name ?? name),
    shape: array ? `${shapeText(array.shape)} ${printable(dtypeName(array.dtype))}` : 'no array',
    size: byteText(size),
    place: isInFile
      ? array
        ? `from byte ${array.offset.toLocaleString('en')}`
        : ''
      : compressedSize === size
        ? 'encoded'
        : `encoded in ${byteText(compressedSize)}`,
  }));
  if (rows.length === 0) return [style.dim('no members')];
  const shown = rows.slice(0, MEMBER_ROWS);
  const width = (key: 'name' | 'shape' | 'size') =>
    Math.max(...shown.map((row) => row[key].length));
  const [name, shape, size] = [width('name'), width('shape'), width('size')];
  const lines = shown.map((row) =>
    `${row.name.padEnd(name)}  ${row.shape.padEnd(shape)}  ${row.size.padStart(size)}  ${style.dim(row.place)}`.trimEnd(),
  );
  const rest = rows.length - shown.length;
  if (rest > 0) lines.push(style.dim(`… ${rest.toLocaleString('en')} more`));
  return lines;
}

/** A file whose values are encoded is its map. */
function regionTable({ regions }: FileDescription, style: Style): string[] {
  const shown = regions.toSorted((one, other) => one.start - other.start).slice(0, MEMBER_ROWS);
  const lines = shown.map(
    ({ label, start, end }) =>
      `${style.dim(start.toString(16).padStart(8, '0'))}  ${byteText(end - start).padStart(9)}  ${printable(label)}`,
  );
  const rest = regions.length - shown.length;
  if (rest > 0) lines.push(style.dim(`… ${rest.toLocaleString('en')} more`));
  return lines;
}

function foundLines({ count, offsets, ends }: Found, wanted: Wanted, style: Style): string[] {
  const times = `${count.toLocaleString('en')} ${count === 1 ? 'time' : 'times'}`;
  const lines = [`${wantedText(wanted)} is there ${count === 0 ? 'nowhere' : times}`];
  for (const [at, offset] of offsets.entries()) {
    const end = ends?.[at];
    const size = end === undefined || wanted.kind === 'value' ? '' : ` · ${end - offset} B`;
    lines.push(
      `${style.dim(offset.toString(16).padStart(8, '0'))}  ${offset.toLocaleString('en')}${style.dim(size)}`,
    );
  }
  const rest = count - offsets.length;
  if (rest > 0) lines.push(style.dim(`… ${rest.toLocaleString('en')} more`));
  return lines;
}

function wantedText(wanted: Wanted): string {
  if (wanted.kind !== 'exact') return printable(wanted.text);
  const hex = Array.from(wanted.bytes.subarray(0, HEX_WIDTH), (byte) =>
    byte.toString(16).padStart(2, '0'),
  );
  return `${hex.join(' ')}${wanted.bytes.length > HEX_WIDTH ? ' …' : ''}`;
}

const BAR_WIDTH = 40;

function histogramLines({ counts, low, high, notFinite }: Histogram, style: Style): string[] {
  const most = Math.max(1, ...counts);
  const edge = (bin: number) => float64Text(low + ((high - low) * bin) / counts.length);
  const rows = counts.map((count, bin) => ({
    label: `${edge(bin)} to ${edge(bin + 1)}`,
    bar: '█'.repeat(Math.ceil((count / most) * BAR_WIDTH)),
    count: count.toLocaleString('en'),
  }));
  const width = Math.max(...rows.map(({ label }) => label.length));
  const wide = Math.max(...rows.map(({ count }) => count.length));
  return [
    ...rows.map(({ label, bar, count }) =>
      `${style.dim(label.padEnd(width))}  ${count.padStart(wide)}  ${bar}`.trimEnd(),
    ),
    ...(notFinite > 0
      ? [style.dim(`${notFinite.toLocaleString('en')} in no bin: NaN or infinite`)]
      : []),
  ];
}

const UNIQUE_LINES = 20;

function uniqueLines(
  { values, counts, distinct }: UniqueElements,
  { dtype }: ArrayDescription,
  style: Style,
): string[] {
  if (distinct === null) return [style.dim('more distinct values than are counted')];
  const data = new DataView(values.buffer, values.byteOffset, values.length);
  const told = counts.slice(0, UNIQUE_LINES).map((count, at) => {
    const value = formatElement(dtype, decodeElement(dtype, data, at * dtype.itemsize));
    return `  ${count.toLocaleString('en')} × ${printable(cut(value))}`;
  });
  const rest = distinct - told.length;
  return [
    `${distinct.toLocaleString('en')} distinct ${distinct === 1 ? 'value' : 'values'}`,
    ...told,
    ...(rest > 0 ? [style.dim(`  … ${rest.toLocaleString('en')} more`)] : []),
  ];
}

function suggestionLines({ suggestions }: Inspection, style: Style): string[] {
  return suggestions.map(({ layout, reason }) => {
    const options = suggestedOptions(layout).map((one) =>
      /^[\w.,<>|=@!-]+$/.test(one) && !/[<>|!]/.test(one) ? one : `'${one}'`,
    );
    return `${style.dim('may be')} ${printable(options.join(' '))} ${style.dim(`(${printable(reason)})`)}`;
  });
}

/** `(1024, 768, 3) float32 · C · little-endian · 9.0 MiB · header 128 B` */
function headerLine(array: ArrayDescription, isWhole: boolean): string {
  const { dtype, shape, strides, offset, order, byteOrder } = array;
  const parts = [`${shapeText(shape)} ${printable(dtypeName(dtype))}`];
  if (order === 'strided') parts.push(`strides ${shapeText(strides)}`);
  else parts.push(order === 'both' ? 'C' : order);
  if (byteOrder !== 'none')
    parts.push(byteOrder === 'mixed' ? 'mixed byte order' : `${byteOrder}-endian`);
  parts.push(byteText(elementCount(shape) * dtype.itemsize));
  if (offset > 0)
    parts.push(isWhole ? `header ${byteText(offset)}` : `from byte ${offset.toLocaleString('en')}`);
  return parts.join(' · ');
}

function byteText(byteLength: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let size = byteLength;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${unit === 0 ? size.toLocaleString('en') : size.toFixed(1)} ${units[unit] ?? ''}`;
}

const HEX_ROWS = 16;
const HEX_WIDTH = 16;

async function hexDump(
  { buffer, description }: Inspection,
  file: string,
  style: Style,
): Promise<string[]> {
  const bytes = readable(file, await buffer.source.read(0, HEX_ROWS * HEX_WIDTH));
  if (bytes.length === 0) return [style.dim('the file is empty')];
  const lines: string[] = [];
  for (let start = 0; start < bytes.length; start += HEX_WIDTH) {
    const row = [...bytes.subarray(start, start + HEX_WIDTH)];
    const hex = row
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join(' ')
      .padEnd(HEX_WIDTH * 3 - 1);
    const ascii = row
      .map((byte) => (0x20 <= byte && byte < 0x7f ? String.fromCharCode(byte) : '.'))
      .join('');
    lines.push(`${style.dim(start.toString(16).padStart(8, '0'))}  ${hex}  ${ascii}`);
  }
  const rest = description.byteLength - bytes.length;
  if (rest > 0) lines.push(style.dim(`… ${rest.toLocaleString('en')} more bytes`));
  return lines;
}

interface Preview {
  readonly file: string;
  readonly numbers: NumberFormat;
}

const TABLE_ROWS = 10;
const TABLE_COLUMNS = 12;
const MAX_CELL = 40;

async function recordTable(
  inspection: Inspection,
  view: ArrayDescription,
  { file, numbers }: Preview,
  style: Style,
): Promise<string[]> {
  const { dtype } = view;
  if (dtype.kind !== 'struct') return [];
  const shown = dtype.fields.slice(0, TABLE_COLUMNS);
  const [count = 0] = view.shape;
  const rows: string[][] = [];
  for (let row = 0; row < Math.min(count, TABLE_ROWS); row++) {
    const data = await elementBytes(inspection, view, [row], file);
    rows.push(
      shown.map((field) =>
        cut(numberText(field.dtype, decodeElement(field.dtype, data, field.offset), numbers)),
      ),
    );
  }
  const head = shown.map((field) => cut(printable(field.name)));
  const types = shown.map((field) => cut(dtypeName(field.dtype)));
  const widths = head.map((name, column) =>
    Math.max(
      name.length,
      types[column]?.length ?? 0,
      ...rows.map((row) => row[column]?.length ?? 0),
    ),
  );
  const label = String(Math.max(rows.length - 1, 0)).length;
  const line = (first: string, cells: readonly string[]) =>
    `${first.padStart(label)}  ${cells.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')}`;
  const lines = [
    line('', head),
    style.dim(line('', types)),
    ...rows.map((row, k) => line(String(k), row)),
  ];
  const hidden = dtype.fields.length - shown.length;
  if (count > rows.length)
    lines.push(style.dim(`… ${(count - rows.length).toLocaleString('en')} more records`));
  if (hidden > 0) lines.push(style.dim(`… ${hidden} more fields`));
  return lines;
}

/** As NumPy prints: whole up to this many elements, else the edges of each axis. */
const MAX_PREVIEW = 216;
const EDGE = 3;
const LINE_WIDTH = 100;

async function arrayPreview(
  inspection: Inspection,
  view: ArrayDescription,
  { file, numbers }: Preview,
  style: Style,
): Promise<string[]> {
  const { shape } = view;
  if (shape.includes(0)) return ['[]'];
  const whole = elementCount(shape) <= MAX_PREVIEW;
  const shown = (length: number) => (whole ? range(length) : edges(length));
  const edgeCount = shape.reduce((product, length) => product * Math.min(length, 2 * EDGE), 1);
  // What has too many axes for its edges shows one plane: the last two axes at the start of the others.
  const fixed = whole || edgeCount <= MAX_PREVIEW ? 0 : Math.max(shape.length - 2, 0);
  const origin = new Array<number>(fixed).fill(0);
  const texts = new Map<string, string>();
  const collect = async (prefix: readonly number[]): Promise<void> => {
    if (prefix.length === shape.length) {
      const data = await elementBytes(inspection, view, prefix, file);
      const text = numberText(view.dtype, decodeElement(view.dtype, data, 0), numbers);
      texts.set(prefix.join(), cut(text));
      return;
    }
    for (const position of shown(shape[prefix.length] ?? 0))
      if (position !== undefined) await collect([...prefix, position]);
  };
  await collect(origin);
  const width = Math.max(...Array.from(texts.values(), (text) => text.length));
  const draw = (prefix: readonly number[]): string => {
    if (prefix.length === shape.length) return (texts.get(prefix.join()) ?? '').padStart(width);
    const items = shown(shape[prefix.length] ?? 0).map((position) =>
      position === undefined ? '…' : draw([...prefix, position]),
    );
    const depth = prefix.length - fixed;
    const inner = shape.length - prefix.length - 1;
    const indent = ' '.repeat(depth + 1);
    if (inner > 0) return `[${items.join(`,${'\n'.repeat(inner)}${indent}`)}]`;
    const perLine = Math.max(1, Math.floor((LINE_WIDTH - depth) / (width + 2)));
    const lines = range(Math.ceil(items.length / perLine)).map((line) =>
      items.slice(line * perLine, (line + 1) * perLine).join(', '),
    );
    return `[${lines.join(`,\n${indent}`)}]`;
  };
  const plane = fixed === 0 ? [] : [style.dim(`[${[...origin, ':', ':'].join(', ')}]`)];
  return [...plane, ...draw(origin).split('\n')];
}

/** Positions to show; undefined stands for those between the edges. */
function edges(length: number): (number | undefined)[] {
  if (length <= 2 * EDGE) return range(length);
  return [...range(EDGE), undefined, ...range(EDGE).map((position) => length - EDGE + position)];
}

function range(length: number): number[] {
  return Array.from({ length }, (_, position) => position);
}

async function elementBytes(
  { source }: Inspection,
  view: ArrayDescription,
  index: readonly number[],
  file: string,
): Promise<DataView> {
  const start = byteOffsetOf(layoutOf(view), index);
  const bytes = readable(file, await source.read(start, view.dtype.itemsize));
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** A line for each row, or whatever else lies along the axis. */
function alongLines({ axis, count, lines }: AxisStatistics, style: Style): string[] {
  if (lines.length === 0)
    return [style.dim(`no statistics along axis ${axis}: there are no numbers`)];
  const names = lines.map(({ slice, field }) => `${slice} ${printable(field)}`.trimEnd());
  const width = Math.max(...names.map((name) => name.length));
  const rest = count - new Set(lines.map(({ slice }) => slice)).size;
  return [
    `along axis ${axis}`,
    ...lines.map(
      ({ stats }, at) => `${style.dim((names[at] ?? '').padEnd(width))}  ${statisticsLine(stats)}`,
    ),
    ...(rest > 0 ? [style.dim(`… ${rest.toLocaleString('en')} more; --limit tells as many`)] : []),
  ];
}

function statisticsLine(stats: Statistics): string {
  const text = (value: number | bigint | null) =>
    value === null
      ? '–'
      : typeof value === 'bigint' || Number.isInteger(value)
        ? String(value)
        : float64Text(value);
  return [
    `count ${stats.count.toLocaleString('en')}`,
    `min ${text(stats.min)}`,
    `max ${text(stats.max)}`,
    `mean ${text(stats.mean)}`,
    `std ${text(stats.std)}`,
    `zeros ${text(stats.zeros)}`,
    `NaN ${stats.nan}`,
    `inf ${stats.positiveInfinite + stats.negativeInfinite}`,
  ].join(' · ');
}

function problemLine({ kind, severity, message, start, end }: BufferProblem, style: Style): string {
  const where = start === undefined || end === undefined ? '' : `, bytes ${start} to ${end}`;
  const head = severity === 'info' ? style.dim(severity) : style.problem(severity);
  return `${head}: ${printable(message)} ${style.dim(`(${kind}${where})`)}`;
}

function cut(text: string): string {
  return text.length > MAX_CELL ? `${text.slice(0, MAX_CELL - 1)}…` : text;
}
