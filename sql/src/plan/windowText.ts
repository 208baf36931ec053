/** How Spark prints what stands behind OVER. */
import type { Expression, Frame, FrameBound, SortOrder } from './resolved.ts';

interface Spec {
  readonly partition: readonly Expression[];
  readonly order: readonly SortOrder[];
  readonly frame: Frame;
}

/** `PARTITION BY a ORDER BY b ASC NULLS FIRST ROWS BETWEEN …`, without its parentheses. */
export function windowSpecText(
  { partition, order, frame }: Spec,
  text: (expression: Expression) => string,
): string {
  const orders = order.map(({ child, direction, nullOrdering }) => {
    const way = direction === 'ascending' ? 'ASC' : 'DESC';
    const nulls = nullOrdering === 'nullsFirst' ? 'NULLS FIRST' : 'NULLS LAST';
    return `${text(child)} ${way} ${nulls}`;
  });
  return [
    ...(partition.length === 0 ? [] : [`PARTITION BY ${partition.map(text).join(', ')}`]),
    ...(orders.length === 0 ? [] : [`ORDER BY ${orders.join(', ')}`]),
    frameText(frame, text),
  ].join(' ');
}

export function frameText(
  { frameType, lower, upper }: Frame,
  text: (expression: Expression) => string,
): string {
  const word = frameType === 'row' ? 'ROWS' : 'RANGE';
  return `${word} BETWEEN ${boundText(lower, text)} AND ${boundText(upper, text)}`;
}

function boundText(bound: FrameBound, text: (expression: Expression) => string): string {
  switch (bound.kind) {
    case 'unboundedPreceding':
      return 'UNBOUNDED PRECEDING';
    case 'unboundedFollowing':
      return 'UNBOUNDED FOLLOWING';
    case 'currentRow':
      return 'CURRENT ROW';
    case 'preceding':
      return `${text(bound.value)} PRECEDING`;
    case 'following':
      return `${text(bound.value)} FOLLOWING`;
  }
}
