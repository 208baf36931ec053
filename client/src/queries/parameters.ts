/** Values for `:name` and `${name}`: put into the text of a statement. Pure. */
export interface Parameter {
  readonly kind: 'value' | 'text';
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** How a parameter is written, which is also what its value is remembered under. */
export function parameterKey({ kind, name }: Parameter): string {
  return kind === 'value' ? `:${name}` : `\${${name}}`;
}

/** A part of what was written, and the length of what was put in its place. */
export interface Replaced {
  readonly start: number;
  readonly end: number;
  readonly length: number;
}

/** `replaced` is in the order of the text. */
export function withValues(
  written: string,
  parameters: readonly Parameter[],
  valueOf: (parameter: Parameter) => string,
): { readonly text: string; readonly replaced: readonly Replaced[] } {
  let text = '';
  let at = 0;
  const replaced: Replaced[] = [];
  for (const parameter of [...parameters].sort((a, b) => a.start - b.start)) {
    const { start, end, kind } = parameter;
    const value = kind === 'value' ? literalOf(valueOf(parameter)) : valueOf(parameter);
    text += written.slice(at, start) + value;
    replaced.push({ start, end, length: value.length });
    at = end;
  }
  return { text: text + written.slice(at), replaced };
}

/** What was typed, as SQL: numbers, literals and calls as they are, anything else as a text. */
export function literalOf(typed: string): string {
  const value = typed.trim();
  const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[A-Za-z]{0,2}$/.test(value);
  const isQuoted = /^'(?:[^'\\]|\\.|'')*'$|^"(?:[^"\\]|\\.|"")*"$/s.test(value);
  const isTyped = /^(date|timestamp|interval|x)\s*'[^']*'(\s+\w+)*$/i.test(value);
  const isWord = /^(true|false|null|current_date(\(\))?|current_timestamp(\(\))?|now\(\))$/i.test(
    value,
  );
  const isCall = /^(array|map|named_struct|make_date|date|to_date|cast)\s*\(.*\)$/is.test(value);
  // In parentheses, so that a sign is not taken for an operator's.
  if (isNumber) return /^[+-]/.test(value) ? `(${value})` : value;
  if (isQuoted || isTyped || isWord || isCall) return value;
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}
