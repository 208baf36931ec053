/** A char compares with spaces up to the longer of the two lengths, as Spark pads it. */
import { prettyText } from '../plan/columnText.ts';
import type { Expression } from '../plan/resolved.ts';
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
    own === length
      ? operand
      : callOf(
          'rpad',
          [operand, literalOf(BigInt(length), intType), literalOf(' ', stringType)],
          stringType,
          'ansi',
          operand.range,
        );
  const [leftText, rightText] = [left, right].map((operand) => prettyText(operand, timeZone));
  return {
    operands: [pad(left, leftLength), pad(right, rightLength)],
    printedAs: `(${leftText ?? ''} ${name === '==' ? '=' : name} ${rightText ?? ''})`,
  };
}

function charLength(expression: Expression): number | undefined {
  return expression.kind === 'attribute' ? expression.charLength : undefined;
}

function textLength(expression: Expression): number | undefined {
  const isText = expression.kind === 'literal' && expression.type.kind === 'string';
  return isText && typeof expression.value === 'string'
    ? Array.from(expression.value).length
    : undefined;
}
