/** A char compares with spaces up to the longer of the two lengths, as Spark pads it. */
import { prettyText } from '../plan/columnText.ts';
import type { Expression, FunctionCall } from '../plan/resolved.ts';
import { intType, stringType } from '../plan/types.ts';
import { callOf, literalOf } from '../typing/build.ts';

const comparisons: ReadonlySet<string> = new Set(['=', '==', '<=>', '<', '<=', '>', '>=']);

/** The padded operands and how the comparison prints without them; undefined where nothing is padded. */
export function paddedComparison(
  name: string,
  operands: readonly Expression[],
  timeZone: string,
): { readonly operands: readonly Expression[]; readonly printedAs: string } | undefined {
  const [left, right] = operands;
  if (!comparisons.has(name) || left === undefined || right === undefined) return undefined;
  const lengths = [charLength(left), charLength(right)];
  const [leftLength, rightLength] = [
    lengths[0] ?? textLength(left),
    lengths[1] ?? textLength(right),
  ];
  const isChar = lengths.some((length) => length !== undefined);
  if (!isChar || leftLength === undefined || rightLength === undefined) return undefined;
  if (leftLength === rightLength) return undefined;
  const length = Math.max(leftLength, rightLength);
  const pad = (operand: Expression, own: number): Expression =>
    own === length ? operand : padTo(operand, length);
  const [leftText, rightText] = [left, right].map((operand) => prettyText(operand, timeZone));
  return {
    operands: [pad(left, leftLength), pad(right, rightLength)],
    printedAs: `(${leftText ?? ''} ${name === '==' ? '=' : name} ${rightText ?? ''})`,
  };
}

/** The values of an IN, the first one a char and the others texts, as long as the longest of them. */
export function paddedValues(
  values: readonly Expression[],
  timeZone: string,
): readonly Expression[] {
  const [child, ...list] = values;
  const own = child && charLength(child);
  const lengths = list.map(textLength);
  if (own === undefined || lengths.includes(undefined)) return values;
  const length = Math.max(own, ...lengths.map((item) => item ?? 0));
  return values.map((value, index) => {
    if (value.kind === 'literal' && typeof value.value === 'string') {
      const text = prettyText(value, timeZone);
      const missing = length - (lengths[index - 1] ?? length);
      const padded = value.value + ' '.repeat(missing);
      return { ...value, value: padded, writtenAs: { text, name: text } };
    }
    if (own === length) return value;
    return { ...padTo(value, length), printedAs: prettyText(value, timeZone) };
  });
}

function padTo(operand: Expression, length: number): FunctionCall {
  const args = [operand, literalOf(BigInt(length), intType), literalOf(' ', stringType)];
  return callOf('rpad', args, stringType, 'ansi', operand.range);
}

function charLength(expression: Expression): number | undefined {
  const typeText = expression.kind === 'attribute' ? expression.metadata?.typeText : undefined;
  const length = /^char\((\d+)\)$/.exec(typeText ?? '')?.[1];
  return length === undefined ? undefined : Number(length);
}

function textLength(expression: Expression): number | undefined {
  const isText = expression.kind === 'literal' && expression.type.kind === 'string';
  return isText && typeof expression.value === 'string'
    ? Array.from(expression.value).length
    : undefined;
}
