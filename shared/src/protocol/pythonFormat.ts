/** Python's format specification: what stands behind the colon in an f-string. */

export type NumberKind = 'whole' | 'float';

/** `text` is what `str` gives. Undefined where the specification is none that is read here. */
export function formattedText(
  text: string,
  number: NumberKind | undefined,
  spec: string,
): string | undefined {
  const parts = /^(?:(.)?([<>^=]))?([+ ]?)(0?)(\d*)([,_]?)(?:\.(\d+))?([sdfeg%]?)$/.exec(spec);
  if (!parts) return undefined;
  const [, fill, align, sign = '', zero = '', width = '', grouping = '', precision, kind = ''] =
    parts;
  const isNumber = number !== undefined;
  const isWhole = number === 'whole';
  const body = isNumber
    ? numberText(text, isWhole, kind, precision, grouping)
    : cut(text, precision);
  const signed = sign !== '' && isNumber && !body.startsWith('-') ? sign + body : body;
  const size = Number(width || 0);
  const missing = Math.max(0, size - Array.from(signed).length);
  const filler = fill ?? (zero !== '' && align === undefined ? '0' : ' ');
  const side = align ?? (zero !== '' ? '=' : isNumber ? '>' : '<');
  switch (side) {
    case '<':
      return signed + filler.repeat(missing);
    case '^':
      return (
        filler.repeat(Math.floor(missing / 2)) + signed + filler.repeat(Math.ceil(missing / 2))
      );
    case '=': {
      const [, first = '', rest = ''] = /^([+-]?)(.*)$/s.exec(signed) ?? [];
      return first + filler.repeat(missing) + rest;
    }
    default:
      return filler.repeat(missing) + signed;
  }
}

function cut(text: string, precision: string | undefined): string {
  return precision === undefined ? text : Array.from(text).slice(0, Number(precision)).join('');
}

function numberText(
  text: string,
  isWhole: boolean,
  kind: string,
  precision: string | undefined,
  grouping: string,
): string {
  const group = (digits: string) =>
    grouping === ''
      ? digits
      : digits.replace(
          /^(-?)(\d+)/,
          (_, minus: string, whole: string) => minus + whole.replace(/\B(?=(\d{3})+$)/g, grouping),
        );
  if (kind === 'd' || (kind === '' && isWhole)) return group(text);
  const value = Number(text) * (kind === '%' ? 100 : 1);
  if (kind === 'f' || kind === '%')
    return `${group(value.toFixed(Number(precision ?? 6)))}${kind === '%' ? '%' : ''}`;
  if (kind === 'e')
    return value.toExponential(Number(precision ?? 6)).replace(/e([+-])(\d)$/, 'e$10$2');
  if (precision === undefined) return group(text);
  return group(String(Number(value.toPrecision(Math.max(1, Number(precision))))));
}
