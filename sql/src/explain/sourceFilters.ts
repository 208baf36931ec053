/** Pushed filters as Spark's data source API names them: `GreaterThan(a,1)`. */
import { expressionText } from '../plan/expressionText.ts';
import type { TextOptions } from '../plan/expressionText.ts';
import type { Expression } from '../plan/resolved.ts';
import { formatTimeOfDay } from '../value/datetime.ts';

const names: Readonly<Record<string, string>> = {
  '=': 'EqualTo',
  '<=>': 'EqualNullSafe',
  '<': 'LessThan',
  '<=': 'LessThanOrEqual',
  '>': 'GreaterThan',
  '>=': 'GreaterThanOrEqual',
  startswith: 'StringStartsWith',
  endswith: 'StringEndsWith',
  contains: 'StringContains',
  isnull: 'IsNull',
  isnotnull: 'IsNotNull',
  and: 'And',
  or: 'Or',
  not: 'Not',
};
const flipped: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

export function sourceFilterText(filter: Expression, options: TextOptions): string {
  const text = (part: Expression): string => {
    if (part.kind === 'attribute') return part.name;
    if (part.kind === 'in') return `In(${text(part.child)}, [${part.list.map(text).join(',')}])`;
    if (part.kind === 'subquery') return `ScalarSubquery#${part.exprId}`;
    if (part.kind === 'literal' && part.type.kind === 'time' && typeof part.value === 'bigint')
      return localTimeText(part.value);
    if (part.kind !== 'call') return expressionText(part, options);
    const [first, second] = part.arguments;
    const isFlipped = first?.kind === 'literal' && second?.kind === 'attribute';
    const operands = isFlipped ? [second, first] : part.arguments;
    const name = isFlipped ? (flipped[part.name] ?? part.name) : part.name;
    return `${names[name] ?? name}(${operands.map(text).join(',')})`;
  };
  return text(filter);
}

/** As Java's LocalTime prints: no seconds where there are none, and the fraction by thousands. */
function localTimeText(nanos: bigint): string {
  const [clock = '', fraction = ''] = formatTimeOfDay(nanos).split('.');
  if (fraction === '') return clock.replace(/:00$/, '');
  const digits = Math.ceil(fraction.length / 3) * 3;
  return `${clock}.${fraction.padEnd(digits, '0')}`;
}
