/** `to_char` and `to_number`: decimals by a format of digits, separators and signs. */
import type { NumberFormat, NumberToken } from '#sql/functions/numberFormat.ts';
import { parseNumberFormat } from '#sql/functions/numberFormat.ts';
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
      const size = String(value < 0n ? -value : value).padStart(scale + 1, '0');
      const point = size.length - scale;
      const places = whole.replaceAll(',', '').length;
      let before = size.slice(0, point).replace(/^0+/, '');
      let after = size.slice(point).replace(/0+$/, '');
      if (before.length > places || after.length > fraction.length) {
        before = '#'.repeat(places);
        after = '#'.repeat(fraction.length);
      }
      const digits = before.padStart(places) + after.padEnd(fraction.length, '0');
      return laidOut(format, digits, value < 0n);
    };
  },
};

/** The digits in their places: a `9` before the first digit is a blank, which signs move in front of themselves. */
function laidOut(format: NumberFormat, digits: string, isNegative: boolean): string {
  let result = '';
  let at = 0;
  let isBehindPoint = false;
  const blank = (): void => {
    result = `${result} `.replace(/([-+<]+) $/, ' $1');
  };
  const sign = (text: string): void => {
    result = result.replace(/ *$/, (blanks) => `${text}${blanks}`);
  };
  // A point that nothing follows is none.
  const withoutLonePoint = (): void => {
    result = result.replace(/\.(?= |$)/, ' ');
  };
  // The bracket that closes is the format's; the one that opens stands before everything.
  if (isNegative && format.tokens.some((token) => token.kind === 'brackets')) result = '<';
  for (const token of format.tokens) {
    switch (token.kind) {
      case 'digits':
        for (const place of token.text) {
          const digit = digits[at] ?? ' ';
          at += 1;
          if (digit !== ' ' || isBehindPoint) result += digit;
          else if (token.text.startsWith('0') && place !== '') result += '0';
          else blank();
        }
        break;
      case 'group':
        if (/\d$/.test(result)) result += ',';
        else blank();
        break;
      case 'point':
        result = `${result.replace(/ $/, '0')}.`;
        isBehindPoint = true;
        break;
      case 'dollar':
        result += '$';
        break;
      case 'sign':
        if (isNegative || token.text === 'S') {
          withoutLonePoint();
          sign(isNegative ? '-' : '+');
        } else result += ' ';
        break;
      case 'brackets':
        withoutLonePoint();
        if (isNegative) sign('>');
        else result += '  ';
        break;
    }
  }
  withoutLonePoint();
  return ['', '+', '-'].includes(result) ? '0' : result;
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
  const { tokens } = format;
  const isBracketed = tokens.some((token) => token.kind === 'brackets');
  const opens = isBracketed && given.startsWith('<');
  let at = opens ? 1 : 0;
  let isNegative = false;
  let closes = false;
  let isBehindPoint = false;
  let [before, after] = ['', ''];
  for (const [index, token] of tokens.entries()) {
    switch (token.kind) {
      case 'digits': {
        if (tokens[index - 1]?.kind === 'group') break;
        const run = /^[\d,\s]*/.exec(given.slice(at))?.[0] ?? '';
        const groups = isBehindPoint && run.includes(',') ? undefined : run.replaceAll(/\s/g, '');
        if (groups === undefined || !fitsGroups(groups, groupsFrom(tokens, index)))
          return undefined;
        at += run.length;
        if (isBehindPoint) after = groups;
        else before += groups.replaceAll(',', '');
        break;
      }
      case 'group':
        break;
      case 'point':
        if (given[at] === '.') {
          isBehindPoint = true;
          at += 1;
        }
        break;
      case 'dollar':
        if (at === given.length) break;
        if (given[at] !== '$') return undefined;
        at += 1;
        break;
      case 'sign':
        if (given[at] === '-') {
          isNegative = !isNegative;
          at += 1;
        } else if (given[at] === '+' && token.text === 'S') at += 1;
        break;
      case 'brackets':
        if (given[at] !== '>') break;
        if (!opens) return undefined;
        closes = true;
        isNegative = !isNegative;
        at += 1;
        break;
    }
  }
  if (at < given.length || opens !== closes || before + after === '') return undefined;
  const unscaled = BigInt(before + after.padEnd(format.scale, '0'));
  return isNegative ? -unscaled : unscaled;
}

/** The runs of digits from one on, with the separators between them. */
function groupsFrom(tokens: readonly NumberToken[], start: number): readonly string[] {
  const groups: string[] = [];
  for (const token of tokens.slice(start)) {
    if (token.kind === 'digits') groups.push(token.text);
    else if (token.kind !== 'group') break;
  }
  return groups;
}

/** Counted from the right, a run of `0` is full, one of `9` may be shorter. */
function fitsGroups(text: string, wanted: readonly string[]): boolean {
  const given = text.split(',').reverse();
  if (given.length > wanted.length) return false;
  return [...wanted].reverse().every((run, index) => {
    const length = given[index]?.length ?? 0;
    return run.startsWith('0') ? length === run.length : length <= run.length;
  });
}
