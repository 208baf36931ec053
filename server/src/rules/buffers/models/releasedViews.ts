/** The use of a `memoryview` after its release. */
import type { Argument, Machine } from '../flow/machine.ts';

/** Reports a view that is certainly released; false where its use raises. */
export function checkUsable(machine: Machine, argument: Argument): boolean {
  const object = machine.objectOf(argument.value);
  if (object?.kind !== 'memoryview' || object.released !== true) return true;
  const { releasedAt } = object;
  machine.report({
    rule: 'memoryview-released',
    at: argument.expression,
    message: 'operation forbidden on released memoryview object',
    exception: 'ValueError',
    ...(releasedAt
      ? {
          related: [
            {
              start: releasedAt.from,
              end: releasedAt.to,
              message:
                releasedAt.from === releasedAt.to
                  ? 'It is released here, at the end of the with block.'
                  : 'It is released here.',
            },
          ],
        }
      : {}),
  });
  return false;
}
