/** `Window.partitionBy(…).orderBy(…).rowsBetween(…)`. */
import type { Range } from '#sql/plan/range.ts';
import type { WindowSpec } from '#sql/plan/unresolved.ts';
import type { Arguments } from './arguments.ts';
import { required, several } from './arguments.ts';
import { columnOrName, literalOf, sortOf } from './expressions.ts';
import type { Script } from './script.ts';
import type { Value } from './values.ts';
import { cannotKnow } from './values.ts';

type Boundary = NonNullable<WindowSpec['frame']>['lower'];

/** PySpark takes what is as small or large as a long for unbounded. */
const UNBOUNDED = 2n ** 63n - 1n;

export function windowMethod(
  script: Script,
  receiver: Value,
  name: string,
  args: Arguments,
): Value {
  const range = script.rangeOf(args.node);
  const window: WindowSpec =
    receiver.kind === 'window' ? receiver.window : { partition: [], order: [] };
  switch (name) {
    case 'partitionBy':
      return {
        kind: 'window',
        window: { ...window, partition: several(args).map((value) => columnOrName(value, range)) },
      };
    case 'orderBy':
      return {
        kind: 'window',
        window: {
          ...window,
          order: several(args).map((value) =>
            value.kind === 'sort' ? value.order : sortOf(columnOrName(value, range), true, range),
          ),
        },
      };
    case 'rowsBetween':
    case 'rangeBetween': {
      const [lower, upper] = [required(args, 0, 'start'), required(args, 1, 'end')].map((value) =>
        boundary(value, range, args),
      );
      if (!lower || !upper) return cannotKnow('a window needs two ends', args.node);
      const frameType = name === 'rowsBetween' ? 'row' : 'range';
      return { kind: 'window', window: { ...window, frame: { frameType, lower, upper } } };
    }
    default:
      return cannotKnow(`Window.${name} is not known`, args.node);
  }
}

function boundary(value: Value, range: Range, args: Arguments): Boundary {
  if (value.kind !== 'int') return cannotKnow('the ends of a window are whole numbers', args.node);
  if (value.value <= -UNBOUNDED) return { kind: 'unboundedPreceding' };
  if (value.value >= UNBOUNDED) return { kind: 'unboundedFollowing' };
  if (value.value === 0n) return { kind: 'currentRow' };
  const size = value.value < 0n ? -value.value : value.value;
  const offset = literalOf({ kind: 'int', value: size }, range);
  return { kind: value.value < 0n ? 'preceding' : 'following', value: offset };
}
