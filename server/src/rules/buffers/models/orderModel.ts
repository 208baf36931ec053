/** Priority queues of tuples: on a tie the next item is compared, and not every item can be. */
import { readStatements } from '../../../python/readStatements.ts';
import type { ClassStatement } from '../../../python/syntax.ts';
import type { Argument, Machine, Model } from '../flow/machine.ts';
import type { Value } from '../flow/values.ts';

export const orderModel: Model = {
  call(machine, callee, site) {
    if (callee.kind !== 'member') return undefined;
    if (/^(queue|asyncio)$/.test(callee.module) && callee.name === 'PriorityQueue')
      return machine.allocate({ kind: 'priorityqueue', madeAt: site.call });
    if (callee.module !== 'heapq' || !/^(heappush|heappushpop|heapreplace)$/.test(callee.name))
      return undefined;
    const item = site.positional[1];
    if (item) checkItem(machine, item);
    // The heap keeps what is pushed.
    for (const { value } of site.positional) machine.escape(value);
    return { kind: 'unknown' };
  },
  method(machine, receiver, name, site) {
    if (machine.objectOf(receiver)?.kind !== 'priorityqueue') return undefined;
    const [item] = site.positional;
    if (item && /^put(_nowait)?$/.test(name)) checkItem(machine, item);
    for (const { value } of site.positional) machine.escape(value);
    return { kind: 'unknown' };
  },
};

function checkItem(machine: Machine, item: Argument): void {
  const { value } = item;
  if (value.kind !== 'tuple' || value.items.length < 2) return;
  const parts = item.expression.kind === 'tuple' ? item.expression.items : [];
  for (const [index, part] of value.items.entries()) {
    if (index === 0) continue;
    const name = unorderable(machine, part);
    if (name !== undefined) {
      machine.report({
        rule: 'order-tie',
        severity: 'warning',
        at: parts[index] ?? item.expression,
        message: `two entries with the same ${index === 1 ? 'priority' : 'keys'} compare this, and '<' is not supported between instances of '${name}': put a counter before it`,
      });
      return;
    }
    // A counter, a time or a text of its own decides before anything behind it is compared.
    return;
  }
}

/** The name of a type that certainly has no `<`. */
function unorderable(machine: Machine, value: Value): string | undefined {
  if (value.kind === 'instance')
    return isOrdered(machine, value.statement) ? undefined : value.statement.name;
  if (value.kind === 'none') return 'NoneType';
  if (value.kind === 'function') return 'function';
  return machine.objectOf(value)?.kind === 'dict' ? 'dict' : undefined;
}

/** A class that defines no comparison, and neither inherits nor is given one by a decorator. */
function isOrdered(machine: Machine, statement: ClassStatement): boolean {
  const { text } = machine.module.source;
  if (statement.bases.length > 0) return true;
  const isPlainDataclass = statement.decorators.every((decorator) =>
    /^(dataclasses\.)?dataclass(\((?!.*order)[^]*\))?$/.test(
      text.slice(decorator.from, decorator.to),
    ),
  );
  if (!isPlainDataclass || !statement.body) return true;
  return readStatements(text, statement.body).some(
    (each) => each.kind === 'function' && /^__(lt|gt)__$/.test(each.name),
  );
}
