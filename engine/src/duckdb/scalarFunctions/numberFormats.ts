/** `to_char` and `to_number`: decimals by a format of digits, separators and signs. */
import type { NumberFormat, NumberToken } from '#sql/functions/numberFormat.ts';
import { parseNumberFormat } from '#sql/functions/numberFormat.ts';
import { rescaled } from './rounding.ts';
import type { ScalarFunction } from './scalarFunction.ts';

function formatReader(): (text: string) => NumberFormat | undefined {
  let last: string | undefined;
  let format: NumberFormat | undefined;
  return (text) => {
    if (text !== last) {
      const parsed = parseNumberFormat(text);
      format = 'tokens' in parsed ? parsed : undefined;
      last = text;
    }
    return format;
  };
}

/** The digits of the format with the separators between them, as runs of one side of the point. */
function sides(tokens: readonly NumberToken[]): {
  readonly whole: string;
  readonly fraction: string;
} {
  const text = tokens
    .map((token) =>
      token.kind === 'digits'
        ? token.text
        : token.kind === 'group'
          ? ','
          : token.kind === 'point'
            ? '.'
            : '',
    )
    .join('');
  const [whole = '', fraction = ''] = text.split('.');
  return { whole, fraction };
}

export const toCharFunction: ScalarFunction = {
  name: 'to_char',
  prepare(site) {
    const read = formatReader();
    const from = site.parameterTypes[0];
    const scale = from?.kind === 'decimal' ? from.scale : 0;
    return (value: bigint, text: string) => {
      const format = read(text);
      if (format === undefined) return null;
      const { whole, fraction } = sides(format.tokens);
      const places = format.scale;
      const size = value < 0n ? -value : value;
      const kept = rescaled(size, scale, places, places, 'half_up');
      const digits = String(kept).padStart(places + 1, '0');
      const wholeDigits = digits.slice(0, digits.length - places).replace(/^0+/, '');
      const places0 = whole.replaceAll(',', '').length;
      const isTooLong =
        wholeDigits.length > places0 ||
        (scale > places && rescaled(kept, places, scale, scale, 'half_up') !== size);
      if (isTooLong) return overflowing(format);
      return withSigns(
        format,
        filled(whole, wholeDigits, true),
        fraction === '' ? '' : filled(fraction, digits.slice(digits.length - places), false),
        value < 0n,
      );
    };
  },
};

/** Every digit as `#` where the value does not fit. */
function overflowing(format: NumberFormat): string {
  const { whole, fraction } = sides(format.tokens);
  const hashes = (text: string) => text.replaceAll(/[09]/g, '#');
  return withSigns(
    format,
    hashes(whole),
    fraction === '' ? '' : hashes(fraction),
    false,
  ).replaceAll(' ', '#');
}

/** Digits in their places: a `9` before the first digit is a blank, a `0` a zero. */
function filled(format: string, digits: string, isWhole: boolean): string {
  if (!isWhole) return digits;
  const places = format.replaceAll(',', '').length;
  const given = digits.padStart(places, ' ');
  let at = 0;
  let started = false;
  let result = '';
  for (const character of format) {
    if (character === ',') {
      result += started ? ',' : ' ';
      continue;
    }
    const digit = given[at] ?? ' ';
    at += 1;
    if (digit !== ' ') {
      started = true;
      result += digit;
    } else if (character === '0' || started) {
      // Behind a leading zero a nine is one, too.
      started = true;
      result += '0';
    } else result += ' ';
  }
  return result;
}

function withSigns(
  format: NumberFormat,
  whole: string,
  fraction: string,
  isNegative: boolean,
): string {
  let result = '';
  let isPlaced = false;
  const body =
    format.scale > 0 || format.tokens.some((token) => token.kind === 'point')
      ? `${whole}.${fraction}`
      : whole;
  for (const token of format.tokens) {
    switch (token.kind) {
      case 'digits':
      case 'group':
      case 'point':
        if (!isPlaced) result += body;
        isPlaced = true;
        break;
      case 'dollar':
        result += '$';
        break;
      case 'sign':
        result += isNegative ? '-' : token.text === 'S' ? '+' : ' ';
        break;
      case 'brackets':
        break;
    }
  }
  // A sign and the currency stand right before the first digit.
  const blanks = /^([-+$ ]*?)( +)(?=[\d.])/.exec(result);
  let shown = result;
  const lead = /^([-+]?)(\$?)( *)/.exec(result);
  if (lead && (lead[1] !== '' || lead[2] !== '') && blanks)
    shown = `${lead[3] ?? ''}${lead[1] ?? ''}${lead[2] ?? ''}${result.slice(lead[0].length)}`;
  if (format.tokens.some((token) => token.kind === 'brackets')) {
    const start = shown.search(/[^ ]/);
    shown = isNegative
      ? `${shown.slice(0, start)}<${shown.slice(start)}>`
      : `${shown}  `.replace(/^/, '');
  }
  return shown;
}

export const toNumberFunction: ScalarFunction = {
  name: 'to_number',
  prepare(site) {
    const read = formatReader();
    return (given: string, text: string) => {
      const format = read(text);
      if (format === undefined) return null;
      const value = parsed(given, format);
      if (value !== undefined) return value;
      if (site.mode === 'try') return null;
      return site.raise('INVALID_FORMAT.MISMATCH_INPUT', '"STRING"', given, text);
    };
  },
};

function parsed(given: string, format: NumberFormat): bigint | undefined {
  let text = given.trim();
  const { tokens } = format;
  let isNegative = false;
  if (tokens.some((token) => token.kind === 'brackets') && /^<.*>$/.test(text)) {
    isNegative = true;
    text = text.slice(1, -1);
  }
  const first = tokens[0];
  if (first?.kind === 'sign') {
    if (/^[+-]/.test(text)) {
      isNegative = text.startsWith('-');
      text = text.slice(1);
    }
  } else if (tokens.some((token) => token.kind === 'sign') && /[+-]$/.test(text)) {
    isNegative = text.endsWith('-');
    text = text.slice(0, -1);
  }
  if (tokens.some((token) => token.kind === 'dollar')) {
    const isBehind =
      tokens.findIndex((token) => token.kind === 'dollar') >
      tokens.findIndex((token) => token.kind === 'digits');
    if (isBehind ? !text.endsWith('$') : !text.startsWith('$')) return undefined;
    text = isBehind ? text.slice(0, -1) : text.slice(1);
  }
  const match = /^([\d,]*)(?:\.(\d*))?$/.exec(text);
  if (!match) return undefined;
  const [, whole = '', fraction] = match;
  const side = sides(tokens);
  const wholeDigits = matched(whole, side.whole);
  if (wholeDigits === undefined) return undefined;
  if (fraction !== undefined && !tokens.some((token) => token.kind === 'point')) return undefined;
  const digits = fraction ?? '';
  if (digits.length > side.fraction.length) return undefined;
  if (side.fraction.slice(digits.length).includes('0')) return undefined;
  const unscaled = BigInt(`${wholeDigits || '0'}${digits.padEnd(format.scale, '0')}`);
  return isNegative ? -unscaled : unscaled;
}

/** The digits of the text where they stand as the format has them; runs of `0` must be full, of `9` may be shorter. */
function matched(text: string, format: string): string | undefined {
  const [given, wanted] = [text.split(','), format.split(',')];
  if (given.length > wanted.length) return undefined;
  const shift = wanted.length - given.length;
  // Leading groups may be missing where they are all nines.
  if (wanted.slice(0, shift).some((group) => group.startsWith('0'))) return undefined;
  for (const [index, group] of given.entries()) {
    const run = wanted[shift + index] ?? '';
    if (group.length > run.length) return undefined;
    const isFirst = index === 0;
    if (group.length < run.length && (!isFirst || run.startsWith('0'))) return undefined;
  }
  return given.join('');
}
