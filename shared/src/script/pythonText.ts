/** Rows as Python prints them: `[Row(name='Alice', age=34)]`. */
import type { Cell, PageColumn } from '#shared/protocol/resultRows.ts';
import { cellText } from '#shared/protocol/resultRows.ts';
import type { SparkType } from '#shared/protocol/sparkType.ts';

export function rowText(
  columns: readonly PageColumn[],
  row: readonly Cell[],
  timeZone: string,
): string {
  const values = columns.map(
    ({ name, type }, at) => `${name}=${valueText(row[at] ?? null, type, timeZone)}`,
  );
  return `Row(${values.join(', ')})`;
}

export function valueText(cell: Cell, type: SparkType, timeZone: string): string {
  if (cell === null) return 'None';
  switch (type.kind) {
    case 'array':
      return `[${(cell as readonly Cell[]).map((item) => valueText(item, type.element, timeZone)).join(', ')}]`;
    case 'map':
      return `{${(cell as readonly (readonly [Cell, Cell])[])
        .map(
          ([key, value]) =>
            `${valueText(key, type.key, timeZone)}: ${valueText(value, type.value, timeZone)}`,
        )
        .join(', ')}}`;
    case 'struct':
      return rowText(type.fields, cell as readonly Cell[], timeZone);
    case 'decimal':
      return `Decimal('${cellText(cell, type, timeZone)}')`;
    case 'atom':
      break;
  }
  const text = cellText(cell, type, timeZone);
  if (typeof cell === 'boolean') return cell ? 'True' : 'False';
  if (cell instanceof Uint8Array) return `bytearray(${bytesText(cell)})`;
  if (type.name.startsWith('time(')) return timeText(text);
  switch (type.name) {
    case 'string':
      return stringText(text);
    case 'float':
    case 'double':
      return floatText(Number(cell));
    case 'date': {
      const [year, month, day] = text.split('-').map(Number);
      return `datetime.date(${year}, ${month}, ${day})`;
    }
    case 'timestamp':
    case 'timestamp_ntz':
      return momentText(text);
    default:
      return text;
  }
}

function timeText(text: string): string {
  const [hour, minute, second = '0', fraction = ''] = text.split(/[:.]/);
  const parts = [hour, minute].map(Number);
  const micros = Number(fraction.slice(0, 6).padEnd(6, '0'));
  if (Number(second) > 0 || micros > 0) parts.push(Number(second));
  if (micros > 0) parts.push(micros);
  return `datetime.time(${parts.join(', ')})`;
}

function momentText(text: string): string {
  const [, year, month, day, hour, minute, second, fraction = ''] =
    /^(\d+)-(\d+)-(\d+) (\d+):(\d+):(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const micros = Number(fraction.padEnd(6, '0'));
  const parts = [year, month, day, hour, minute].map(Number);
  if (Number(second) > 0 || micros > 0) parts.push(Number(second));
  if (micros > 0) parts.push(micros);
  return `datetime.datetime(${parts.join(', ')})`;
}

/** As Python's `repr` of a float. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e16) return `${Object.is(value, -0) ? '-0' : value}.0`;
  if (size >= 1e16 || size < 1e-4) {
    const [mantissa = '', exponent = ''] = value.toExponential().split('e');
    return `${mantissa}e${exponent.startsWith('-') ? '-' : '+'}${exponent.slice(1).padStart(2, '0')}`;
  }
  return String(value);
}

export function stringText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inner = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(quote, `\\${quote}`);
  return quote + inner + quote;
}

function bytesText(bytes: Uint8Array): string {
  const inner = Array.from(bytes, (byte) => {
    if (byte === 92 || byte === 39) return `\\${String.fromCharCode(byte)}`;
    if (byte === 10) return '\\n';
    if (byte === 13) return '\\r';
    if (byte === 9) return '\\t';
    if (32 <= byte && byte < 127) return String.fromCharCode(byte);
    return `\\x${byte.toString(16).padStart(2, '0')}`;
  }).join('');
  return `b'${inner}'`;
}
