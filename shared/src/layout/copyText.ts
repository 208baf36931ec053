/** A rectangle of elements, or bytes, as the text that someone pastes elsewhere. */
import type { DType } from './dtype.ts';
import { dtypeText } from './dtypeText.ts';
import type { JsonValue } from './elementText.ts';
import { bytesText, elementToJson, formatElement, hexText } from './elementText.ts';
import type { ElementValue } from './elementValue.ts';
import { pythonString } from './pythonLiteral.ts';

export const COPY_FORMATS = [
  'tsv',
  'csv',
  'json',
  'markdown',
  'numpy',
  'python',
  'c',
  'hex',
  'base64',
] as const;
export type CopyFormat = (typeof COPY_FORMATS)[number];

export const COPY_LABELS: Readonly<Record<CopyFormat, string>> = {
  tsv: 'TSV (for a spreadsheet)',
  csv: 'CSV',
  json: 'JSON',
  markdown: 'Markdown table',
  numpy: 'NumPy array',
  python: 'Python bytes',
  c: 'C array',
  hex: 'Hex',
  base64: 'Base64',
};

/** Values of a table: one dtype and name for each column. */
export interface CopiedTable {
  readonly columns: readonly { readonly name: string; readonly dtype: DType }[];
  readonly rows: readonly (readonly ElementValue[])[];
  /** The same elements as they stand in memory, row by row. */
  readonly bytes: Uint8Array;
}

/** More than this is a file: exporting has no limit. */
export const MOST_COPIED_CELLS = 1_000_000;
export const MOST_COPIED_BYTES = 4 * 1024 * 1024;

export function copyBytesAs(format: CopyFormat, bytes: Uint8Array): string {
  switch (format) {
    case 'hex':
      return spacedHex(bytes);
    case 'base64':
      return base64Text(bytes);
    case 'python':
      return bytesText(bytes);
    case 'c':
      return `const unsigned char data[${bytes.length}] = {\n${lines(
        Array.from(bytes, (byte) => `0x${hexText(Uint8Array.of(byte))}`),
      )}\n};`;
    case 'numpy':
      return `np.frombuffer(${bytesText(bytes)}, dtype=np.uint8)`;
    case 'json':
      return JSON.stringify(Array.from(bytes));
    case 'tsv':
      return Array.from(bytes).join('\t');
    case 'csv':
      return Array.from(bytes).join(',');
    case 'markdown':
      return markdownTable(
        Array.from({ length: Math.min(16, bytes.length) }, (_, k) => String(k)),
        chunks(
          Array.from(bytes, (byte) => hexText(Uint8Array.of(byte))),
          16,
        ),
      );
  }
}

export function copyTableAs(format: CopyFormat, table: CopiedTable): string {
  const { columns, rows, bytes } = table;
  const text = (value: ElementValue, column: number) => {
    const dtype = columns[column]?.dtype;
    return dtype ? formatElement(dtype, value) : '';
  };
  const isNamed = columns.some(({ name }) => name !== '');
  const names = columns.map(({ name }) => name);
  switch (format) {
    case 'hex':
    case 'base64':
    case 'python':
      return copyBytesAs(format, bytes);
    case 'tsv':
      return rows.map((row) => row.map((value, k) => plain(text(value, k))).join('\t')).join('\n');
    case 'csv': {
      const body = rows.map((row) => row.map((value, k) => csvField(text(value, k))).join(','));
      return (isNamed ? [names.map(csvField).join(','), ...body] : body).join('\n');
    }
    case 'json':
      return JSON.stringify(
        rows.map((row) => {
          const values = row.map((value, k) => jsonOf(columns[k]?.dtype, value));
          if (isNamed) return Object.fromEntries(values.map((value, k) => [names[k] ?? '', value]));
          return values.length === 1 ? values[0] : values;
        }),
      );
    case 'markdown':
      return markdownTable(
        isNamed ? names : columns.map((_, k) => String(k)),
        rows.map((row) => row.map((value, k) => text(value, k))),
      );
    case 'numpy':
      return numpyText(table, isNamed);
    case 'c':
      return cText(table);
  }
}

/** Also where the values are not numbers or have names: NumPy reads its own text of a dtype. */
function numpyText({ columns, rows }: CopiedTable, isNamed: boolean): string {
  const literal = (dtype: DType | undefined, value: ElementValue): string =>
    dtype ? numpyLiteral(dtype, value) : 'None';
  const [first] = columns;
  if (isNamed) {
    const dtype = columns
      .map((column) => `(${pythonString(column.name)}, ${quotedDType(column.dtype)})`)
      .join(', ');
    const items = rows.map(
      (row) =>
        `(${row.map((value, k) => literal(columns[k]?.dtype, value)).join(', ')}${row.length === 1 ? ',' : ''})`,
    );
    return `np.array([${items.join(', ')}], dtype=[${dtype}])`;
  }
  const items = rows.map((row) => {
    const texts = row.map((value) => literal(first?.dtype, value));
    return columns.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
  });
  return `np.array([${items.join(', ')}], dtype=${first ? quotedDType(first.dtype) : 'None'})`;
}

function quotedDType(dtype: DType): string {
  const text = dtypeText(dtype);
  return /^[[({]/.test(text) ? text : `'${text}'`;
}

function numpyLiteral(dtype: DType, value: ElementValue): string {
  if (typeof value === 'object' && 'kind' in value) {
    if (value.kind === 'datetime' || value.kind === 'timedelta') {
      const unit = dtype.kind === 'scalar' ? (dtype.unit ?? '') : '';
      const name = value.kind === 'datetime' ? 'np.datetime64' : 'np.timedelta64';
      const ticks = value.ticks === -(2n ** 63n) ? "'NaT'" : String(value.ticks);
      return unit === '' ? `${name}(${ticks})` : `${name}(${ticks}, '${unit}')`;
    }
    if (value.kind === 'complex')
      return `complex(${floatLiteral(String(value.real))}, ${floatLiteral(String(value.imaginary))})`;
  }
  if (value instanceof Uint8Array) return bytesText(value);
  return floatLiteral(formatElement(dtype, value));
}

function floatLiteral(text: string): string {
  if (/^(nan|NaN)$/.test(text)) return 'np.nan';
  if (/^(inf|Infinity)$/.test(text)) return 'np.inf';
  return /^-(inf|Infinity)$/.test(text) ? '-np.inf' : text;
}

const cTypes: Readonly<Record<string, string>> = {
  'bool 1': 'bool',
  'int 1': 'int8_t',
  'int 2': 'int16_t',
  'int 4': 'int32_t',
  'int 8': 'int64_t',
  'uint 1': 'uint8_t',
  'uint 2': 'uint16_t',
  'uint 4': 'uint32_t',
  'uint 8': 'uint64_t',
  'float 4': 'float',
  'float 8': 'double',
};

/** Numbers that C has a type for; of all else the bytes. */
function cText({ columns, rows, bytes }: CopiedTable): string {
  const dtypes = new Set(columns.map(({ dtype }) => JSON.stringify(dtype)));
  const dtype = columns[0]?.dtype;
  const type =
    dtypes.size === 1 && dtype?.kind === 'scalar'
      ? cTypes[`${dtype.scalar} ${dtype.itemsize}`]
      : undefined;
  if (!dtype || type === undefined) return copyBytesAs('c', bytes);
  const isLong = type === 'int64_t' || type === 'uint64_t';
  const literal = (value: ElementValue) => {
    const text = formatElement(dtype, value);
    if (text === 'nan') return 'NAN';
    if (text.includes('inf')) return text.startsWith('-') ? '-INFINITY' : 'INFINITY';
    if (text === 'True' || text === 'False') return text.toLowerCase();
    // The most negative number is no literal of its type: its minus is an operator.
    if (text === '-9223372036854775808') return 'INT64_MIN';
    return isLong
      ? `${text}${type === 'int64_t' ? 'LL' : 'ULL'}`
      : type === 'float'
        ? `${text}f`
        : text;
  };
  const size = columns.length === 1 ? `[${rows.length}]` : `[${rows.length}][${columns.length}]`;
  const body = rows.map((row) => {
    const texts = row.map(literal);
    return columns.length === 1 ? (texts[0] ?? '') : `{${texts.join(', ')}}`;
  });
  const wrapped = columns.length === 1 ? lines(body) : body.map((row) => `  ${row},`).join('\n');
  return `const ${type} data${size} = {\n${wrapped}\n};`;
}

function jsonOf(dtype: DType | undefined, value: ElementValue): JsonValue {
  if (!dtype) return null;
  const json = elementToJson(dtype, value);
  // A spreadsheet or a script knows nothing of our way to say NaN.
  return typeof json === 'object' && json !== null && !Array.isArray(json) && isSpecial(json)
    ? formatElement(dtype, value)
    : json;
}

function isSpecial(json: object): boolean {
  return Object.keys(json).every((key) => key.startsWith('$') || key === 'i8');
}

function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => plain(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A line and a cell of its own, whatever stands in it. */
function plain(text: string): string {
  return text.replaceAll(/[\t\r\n]/g, ' ');
}

export function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function spacedHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function base64Text(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const digit = (shift: number) => ALPHABET.charAt((group >> shift) & 63);
    parts.push(digit(18) + digit(12) + (left > 1 ? digit(6) : '=') + (left > 2 ? digit(0) : '='));
  }
  return parts.join('');
}

function lines(items: readonly string[]): string {
  return chunks(items, 12)
    .map((line) => `  ${line.join(', ')},`)
    .join('\n');
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, k) =>
    items.slice(k * size, (k + 1) * size),
  );
}
