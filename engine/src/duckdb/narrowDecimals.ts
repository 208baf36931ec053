/**
 * Decimal arithmetic in 64 bits, where the bounds of its operands say that no more are needed, whatever the types say:
 * DuckDB takes several times as long for those of 128 bits. Should a file lie about its values, DuckDB raises.
 */
import type { Expression, FunctionCall } from '#sql/plan/resolved.ts';
import { isIntegral } from '#sql/plan/types.ts';
import { boundsOf, exactScale, scaleOf } from './bounds.ts';
import type { Lowering } from './context.ts';

/** The digits that 64 bits hold. */
export const narrowDigits = 18;
const limit = 10n ** BigInt(narrowDigits);

/** SQL of a DuckDB decimal of the expression's scale and of 18 digits at most; undefined where that may not do. */
export function narrowDecimal(expression: Expression, lowering: Lowering): string | undefined {
  const { type } = expression;
  if (type.kind !== 'decimal' || type.scale >= narrowDigits) return undefined;
  if (type.precision <= narrowDigits) return lowering.lower(expression);
  if (!isNarrow(expression, type.scale, lowering)) return undefined;
  const target = `DECIMAL(${narrowDigits}, ${type.scale})`;
  switch (expression.kind) {
    case 'literal':
      return `CAST(${lowering.lower(expression)} AS ${target})`;
    case 'alias':
      return narrowDecimal(expression.child, lowering);
    case 'cast': {
      const { child } = expression;
      if (scaleOf(child.type) > type.scale) return undefined;
      const value = isIntegral(child.type) ? lowering.lower(child) : narrowDecimal(child, lowering);
      return value === undefined ? undefined : `CAST(${value} AS ${target})`;
    }
    case 'caseWhen': {
      const { branches, elseValue } = expression;
      const values = branches.map(({ value }) => narrowDecimal(value, lowering));
      const otherwise = elseValue && narrowDecimal(elseValue, lowering);
      if (values.includes(undefined) || (elseValue && otherwise === undefined)) return undefined;
      const tests = branches.map(
        ({ condition }, index) => `WHEN ${lowering.lower(condition)} THEN ${values[index] ?? ''}`,
      );
      const end = otherwise === undefined ? '' : ` ELSE ${otherwise}`;
      return `CAST(CASE ${tests.join(' ')}${end} END AS ${target})`;
    }
    case 'call':
      return narrowCall(expression, lowering);
    default:
      return undefined;
  }
}

function narrowCall(call: FunctionCall, lowering: Lowering): string | undefined {
  const [left, right] = call.arguments;
  const scale = exactScale(call);
  if (!left || !right || call.arguments.length > 2 || scale !== scaleOf(call.type))
    return undefined;
  // DuckDB brings both sides of a sum to one scale first.
  const common = (operand: Expression) => (call.name === '*' ? scaleOf(operand.type) : scale);
  if (![left, right].every((operand) => isNarrow(operand, common(operand), lowering)))
    return undefined;
  const [a, b] = [narrowDecimal(left, lowering), narrowDecimal(right, lowering)];
  return a === undefined || b === undefined ? undefined : `(${a} ${call.name} ${b})`;
}

/** Whether all values have 18 digits at most at a scale that is no smaller than theirs. */
function isNarrow(expression: Expression, scale: number, lowering: Lowering): boolean {
  const bounds = boundsOf(expression, lowering.columnBounds);
  if (!bounds) return false;
  const factor = 10n ** BigInt(scale - scaleOf(expression.type));
  return -limit < bounds.least * factor && bounds.most * factor < limit;
}
