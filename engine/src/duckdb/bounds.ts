/** How large numbers can be at most: by their types, by what files say of their columns, and by what is done to them. */
import type { Cast, Expression, FunctionCall } from '#sql/plan/resolved.ts';
import type { DataType } from '#sql/plan/types.ts';

/** Integers, of a decimal those behind it: its value times ten to its scale. Null is in all of them. */
export interface Bounds {
  readonly least: bigint;
  readonly most: bigint;
}

export type ColumnBounds = (exprId: number) => Bounds | undefined;

/** Undefined of what is neither an integer nor a decimal. */
export function boundsOf(expression: Expression, columns: ColumnBounds): Bounds | undefined {
  const byType = ofType(expression.type);
  if (!byType) return undefined;
  const known = within(expression, columns);
  return known ? common(known, byType) : byType;
}

function within(expression: Expression, columns: ColumnBounds): Bounds | undefined {
  switch (expression.kind) {
    case 'attribute':
      return columns(expression.exprId);
    case 'alias':
      return boundsOf(expression.child, columns);
    case 'literal': {
      const { value } = expression;
      const isNumber = typeof value === 'bigint' || typeof value === 'number';
      return isNumber ? { least: BigInt(value), most: BigInt(value) } : undefined;
    }
    case 'cast':
      return ofCast(expression, columns);
    case 'call':
      return ofCall(expression, columns);
    case 'caseWhen': {
      const { branches, elseValue } = expression;
      const values = branches.map(({ value }) => value);
      const all = (elseValue ? [...values, elseValue] : values).map((v) => boundsOf(v, columns));
      return all.reduce((a, b) => a && b && hull([a.least, a.most, b.least, b.most]));
    }
    default:
      return undefined;
  }
}

function ofCast({ child, type }: Cast, columns: ColumnBounds): Bounds | undefined {
  const bounds = boundsOf(child, columns);
  const shift = scaleOf(type) - scaleOf(child.type);
  if (!bounds || shift < 0) return undefined;
  const factor = 10n ** BigInt(shift);
  return { least: bounds.least * factor, most: bounds.most * factor };
}

function ofCall(call: FunctionCall, columns: ColumnBounds): Bounds | undefined {
  const [left, right] = call.arguments;
  if (call.type.kind !== 'decimal' || !left || !right || call.arguments.length > 2)
    return undefined;
  const [a, b] = [boundsOf(left, columns), boundsOf(right, columns)];
  if (!a || !b || exactScale(call) !== call.type.scale) return undefined;
  if (call.name === '*')
    return hull([a.least * b.least, a.least * b.most, a.most * b.least, a.most * b.most]);
  if (call.name !== '+' && call.name !== '-') return undefined;
  const [x, y] = [a, b].map((bounds, index) => {
    const shift = scaleOf(call.type) - scaleOf((index === 0 ? left : right).type);
    const factor = 10n ** BigInt(shift);
    return { least: bounds.least * factor, most: bounds.most * factor };
  });
  if (!x || !y) return undefined;
  return call.name === '+'
    ? { least: x.least + y.least, most: x.most + y.most }
    : { least: x.least - y.most, most: x.most - y.least };
}

/** The scale at which nothing is rounded away. */
export function exactScale({ name, arguments: values }: FunctionCall): number | undefined {
  const scales = values.map(({ type }) => scaleOf(type));
  if (name === '*') return scales.reduce((sum, scale) => sum + scale, 0);
  return name === '+' || name === '-' ? Math.max(...scales) : undefined;
}

export function scaleOf(type: DataType): number {
  return type.kind === 'decimal' ? type.scale : 0;
}

const integerBits: Readonly<Record<string, bigint>> = { byte: 7n, short: 15n, int: 31n, long: 63n };

function ofType(type: DataType): Bounds | undefined {
  if (type.kind === 'decimal') {
    const most = 10n ** BigInt(type.precision) - 1n;
    return { least: -most, most };
  }
  const bits = integerBits[type.kind];
  return bits === undefined ? undefined : { least: -(2n ** bits), most: 2n ** bits - 1n };
}

function common(a: Bounds, b: Bounds): Bounds {
  return {
    least: a.least > b.least ? a.least : b.least,
    most: a.most < b.most ? a.most : b.most,
  };
}

function hull([first = 0n, ...rest]: readonly bigint[]): Bounds {
  let [least, most] = [first, first];
  for (const value of rest) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { least, most };
}
