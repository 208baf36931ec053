/** `java.util.Formatter` in English, as `format_string` uses it, and the numbers of `format_number`. */
import type { DataType } from '#sql/plan/types.ts';
import { javaDouble } from '#sql/plan/literalText.ts';
import { formatDecimal } from '#sql/value/decimal.ts';
import { exactDigits, rescaled } from './rounding.ts';
import type { ScalarFunction, Site, Value } from './scalarFunction.ts';

const specifier = /%(?:(\d+)\$|(<))?([-#+ 0,(]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g;

export const formatStringFunction: ScalarFunction = {
  name: 'format_string',
  nulls: 'passed',
  prepare:
    (site) =>
    (format: string | null, ...values: Value[]) =>
      format === null ? null : formatted(site, format, values),
};

function formatted(site: Site, format: string, values: readonly Value[]): string {
  let ordinary = 0;
  let previous = -1;
  let end = 0;
  let result = '';
  const fail = (reason: string): never => site.raise('INVALID_FORMAT_STRING', format, reason);
  for (const match of format.matchAll(specifier)) {
    const [whole, index, again, flags = '', width, precision, conversion = ''] = match;
    const between = format.slice(end, match.index);
    if (between.includes('%')) fail('an unknown conversion');
    result += between;
    end = match.index + whole.length;
    if (conversion === 'n') {
      result += '\n';
      continue;
    }
    if (conversion === '%') {
      result += padded('%', flags, width);
      continue;
    }
    if (index === '0')
      site.raise('INVALID_PARAMETER_VALUE.ZERO_INDEX', '`strfmt`', '`format_string`');
    const at =
      again !== undefined ? previous : index !== undefined ? Number(index) - 1 : ordinary++;
    previous = at;
    if (at < 0 || values.length <= at) fail(`Format specifier '${whole}'`);
    const value = values[at] ?? null;
    const type = site.parameterTypes[at + 1] ?? site.type;
    const spec = {
      flags,
      width,
      precision: precision === undefined ? undefined : Number(precision),
      conversion,
    };
    const text = converted(value, type, spec, fail);
    result += /[A-Z]/.test(conversion) ? text.toUpperCase() : text;
  }
  const rest = format.slice(end);
  if (rest.includes('%')) fail('an unknown conversion');
  return result + rest;
}

interface Spec {
  readonly flags: string;
  readonly width: string | undefined;
  readonly precision: number | undefined;
  readonly conversion: string;
}

function padded(text: string, flags: string, width: string | undefined): string {
  const size = Number(width ?? 0);
  return flags.includes('-') ? text.padEnd(size) : text.padStart(size);
}

const isWhole = (type: DataType) => ['byte', 'short', 'int', 'long'].includes(type.kind);

function converted(
  value: Value,
  type: DataType,
  spec: Spec,
  fail: (reason: string) => never,
): string {
  const { flags, width, precision, conversion } = spec;
  const kind = conversion.toLowerCase();
  if (value === null && kind !== 'b') {
    const text = precision === undefined ? 'null' : 'null'.slice(0, precision);
    return padded(text, flags.replace('0', ''), width);
  }
  switch (kind) {
    case 's': {
      const text = textOf(value, type);
      return padded(precision === undefined ? text : text.slice(0, precision), flags, width);
    }
    case 'b': {
      const text = String(typeof value === 'boolean' ? value : value !== null);
      return padded(precision === undefined ? text : text.slice(0, precision), flags, width);
    }
    case 'c': {
      if (!isWhole(type)) fail(`${conversion} != ${type.kind}`);
      return padded(String.fromCodePoint(Number(value)), flags, width);
    }
    case 'd':
      if (!isWhole(type)) fail(`${conversion} != ${type.kind}`);
      return signed(
        BigInt(value as number | bigint) < 0n,
        grouped(absolute(BigInt(value as number | bigint)), flags),
        flags,
        width,
      );
    case 'x':
    case 'o': {
      if (!isWhole(type)) fail(`${conversion} != ${type.kind}`);
      const bits = { byte: 8, short: 16, int: 32, long: 64 }[type.kind as 'long'];
      const digits = BigInt.asUintN(bits, BigInt(value as number | bigint)).toString(
        kind === 'x' ? 16 : 8,
      );
      const text = flags.includes('#') ? `${kind === 'x' ? '0x' : '0'}${digits}` : digits;
      return flags.includes('0')
        ? text.padStart(Number(width ?? 0), '0')
        : padded(text, flags, width);
    }
    case 'f':
    case 'e':
    case 'g':
      return fractional(value, type, spec, fail);
    default:
      return fail(`Conversion = '${conversion}'`);
  }
}

function textOf(value: Value, type: DataType): string {
  if (type.kind === 'double' || type.kind === 'float')
    return javaDouble(value as number, type.kind === 'float');
  if (type.kind === 'decimal') return formatDecimal(value as bigint, type.scale);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const absolute = (value: bigint) => (value < 0n ? -value : value).toString();

function grouped(digits: string, flags: string): string {
  return flags.includes(',') ? digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',') : digits;
}

function signed(
  isNegative: boolean,
  size: string,
  flags: string,
  width: string | undefined,
): string {
  const isBracketed = isNegative && flags.includes('(');
  const sign = isBracketed
    ? '('
    : isNegative
      ? '-'
      : flags.includes('+')
        ? '+'
        : flags.includes(' ')
          ? ' '
          : '';
  const behind = isBracketed ? ')' : '';
  const room = Number(width ?? 0) - sign.length - behind.length;
  const body = flags.includes('0') ? size.padStart(room, '0') : size;
  return padded(`${sign}${body}${behind}`, flags, width);
}

function fractional(
  value: Value,
  type: DataType,
  spec: Spec,
  fail: (reason: string) => never,
): string {
  const { flags, width, precision = 6, conversion } = spec;
  const isDouble = type.kind === 'double' || type.kind === 'float';
  // Java knows nothing of Spark's decimals.
  if (!isDouble) fail(`${conversion} != ${type.kind}`);
  if (!Number.isFinite(value)) {
    const isNegative = value === -Infinity;
    const name = Number.isNaN(value) ? 'NaN' : 'Infinity';
    return signed(isNegative, name, flags.replace('0', ''), width);
  }
  const digits = exactDigits(javaDouble(value as number, type.kind === 'float'));
  const isNegative = digits.unscaled < 0n || Object.is(value, -0);
  const size = digits.unscaled < 0n ? -digits.unscaled : digits.unscaled;
  const kind = conversion.toLowerCase();
  if (kind === 'f')
    return signed(isNegative, plain(size, digits.scale, precision, flags), flags, width);
  if (kind === 'e')
    return signed(isNegative, scientific(size, digits.scale, precision), flags, width);
  // General: plain between 10^-4 and 10^precision, by the rounded value.
  const significant = precision === 0 ? 1 : precision;
  if (size === 0n) return signed(isNegative, plain(0n, 0, significant - 1, flags), flags, width);
  const exponent = String(size).length - 1 - digits.scale;
  const text =
    -4 <= exponent && exponent < significant
      ? plain(size, digits.scale, significant - 1 - exponent, flags)
      : scientific(size, digits.scale, significant - 1);
  return signed(isNegative, text, flags, width);
}

function plain(size: bigint, scale: number, places: number, flags: string): string {
  const rounded = rescaled(size, scale, Math.max(0, places), Math.max(0, places), 'half_up');
  const digits = String(rounded).padStart(Math.max(0, places) + 1, '0');
  const point = digits.length - Math.max(0, places);
  const whole = grouped(digits.slice(0, point), flags);
  return places > 0 ? `${whole}.${digits.slice(point)}` : flags.includes('#') ? `${whole}.` : whole;
}

function scientific(size: bigint, scale: number, places: number): string {
  if (size === 0n) return `${places > 0 ? `0.${'0'.repeat(places)}` : '0'}e+00`;
  let exponent = String(size).length - 1 - scale;
  let rounded = rescaled(size, scale + exponent, places, places, 'half_up');
  if (scale + exponent < 0) rounded = size * 10n ** BigInt(-(scale + exponent) + places);
  if (String(rounded).length > places + 1) {
    exponent += 1;
    rounded /= 10n;
  }
  const digits = String(rounded).padStart(places + 1, '0');
  const sign = exponent < 0 ? '-' : '+';
  const mantissa = places > 0 ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
  return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** A number with commas; half of the last place goes to the even digit, as Java's `DecimalFormat` has it. */
export const formatNumberFunction: ScalarFunction = {
  name: 'format_number',
  prepare(site) {
    const from = site.parameterTypes[0] ?? site.type;
    return (value: number | bigint, format: number | string) => {
      if (typeof value === 'number' && (from.kind === 'double' || from.kind === 'float')) {
        if (Number.isNaN(value)) return '\ufffd';
        if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞';
      }
      const digits =
        from.kind === 'decimal'
          ? { unscaled: value as bigint, scale: from.scale }
          : from.kind === 'double' || from.kind === 'float'
            ? { ...exactDigits(javaDouble(value as number)), of: value as number }
            : { unscaled: BigInt(value), scale: 0 };
      if (typeof format === 'number') {
        if (format < 0) return null;
        return withPattern(digits, {
          group: 3,
          whole: 1,
          least: format,
          most: format,
          prefix: '',
          suffix: '',
        });
      }
      const pattern = decimalPattern(format);
      return pattern === undefined
        ? site.raise('UNSUPPORTED_NUMBER_FORMAT', format)
        : withPattern(digits, pattern);
    };
  },
};

interface DecimalPattern {
  readonly group: number;
  readonly whole: number;
  readonly least: number;
  readonly most: number;
  readonly prefix: string;
  readonly suffix: string;
}

/** `#,##0.00` and its like; quotes, percents and exponents are not read. */
function decimalPattern(text: string): DecimalPattern | undefined {
  if (text === '') return { group: 3, whole: 1, least: 0, most: 340, prefix: '', suffix: '' };
  const match = /^([^#0,.%‰'E;¤-]*)([#,]*[0,]*)(?:\.(0*)(#*))?([^#0,.%‰'E;¤-]*)$/u.exec(text);
  if (!match) return undefined;
  const [, prefix = '', integer = '', zeros = '', hashes = '', suffix = ''] = match;
  const comma = integer.lastIndexOf(',');
  return {
    group: comma < 0 ? 0 : integer.length - comma - 1,
    whole: integer.replaceAll(/[#,]/g, '').length,
    least: zeros.length,
    most: zeros.length + hashes.length,
    prefix,
    suffix,
  };
}

/** Digits, and the double that they are the shortest text of. */
interface Digits {
  readonly unscaled: bigint;
  readonly scale: number;
  readonly of?: number;
}

/** Half of the last place goes to the even digit; a double that only reads as a half goes where it is nearer to. */
function halfEven({ unscaled, scale, of }: Digits, places: number): bigint {
  const even = rescaled(unscaled, scale, places, places, 'half_even');
  if (of === undefined || places >= scale) return even;
  const half = 5n * 10n ** BigInt(scale - places - 1);
  const size = unscaled < 0n ? -unscaled : unscaled;
  const cut = 10n ** BigInt(scale - places);
  if (size % cut !== half) return even;
  const side = compareExactly(Math.abs(of), size, scale);
  if (side === 0) return even;
  const nearer = size / cut + (side > 0 ? 1n : 0n);
  return unscaled < 0n ? -nearer : nearer;
}

/** Compares what a double holds to its last bit with a decimal. */
function compareExactly(value: number, unscaled: bigint, scale: number): number {
  let mantissa = value;
  let bits = 0;
  for (; !Number.isInteger(mantissa); bits++) mantissa *= 2;
  const difference = BigInt(mantissa) * 10n ** BigInt(scale) - unscaled * 2n ** BigInt(bits);
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}

function withPattern(given: Digits, pattern: DecimalPattern): string {
  const { unscaled, scale } = given;
  const places = Math.min(pattern.most, Math.max(scale, pattern.least));
  const rounded = halfEven(given, places);
  const digits = String(rounded < 0n ? -rounded : rounded).padStart(places + 1, '0');
  const point = digits.length - places;
  let whole = digits.slice(0, point).replace(/^0+/, '').padStart(pattern.whole, '0');
  let fraction = digits.slice(point);
  while (fraction.length > pattern.least && fraction.endsWith('0'))
    fraction = fraction.slice(0, -1);
  if (whole === '' && fraction === '') whole = '0';
  if (pattern.group > 0)
    whole = whole.replace(new RegExp(`\\B(?=(\\d{${pattern.group}})+(?!\\d))`, 'g'), ',');
  const sign = unscaled < 0n || Object.is(given.of, -0) ? '-' : '';
  return `${sign}${pattern.prefix}${whole}${fraction === '' ? '' : `.${fraction}`}${pattern.suffix}`;
}
