/** Names for what an expression uses more than once. */
import type { Lowering } from '../context.ts';

/** Column names and constants, which cost nothing to repeat. */
const plain = /^(\w+(\.\w+)*|CAST\('?[\w.-]*'? AS \w+\))$/;

/**
 * Gives the arguments names, so that what they compute is computed once and the SQL stays short: a list of
 * one struct is transformed, and its only element taken.
 */
export function bound(
  args: readonly string[],
  lowering: Lowering,
  body: (names: readonly string[]) => string,
): string {
  if (args.every((arg) => plain.test(arg))) return body(args);
  const name = lowering.freshName();
  const fields = args.flatMap((arg, index) => (plain.test(arg) ? [] : [`a${index}: ${arg}`]));
  const names = args.map((arg, index) => (plain.test(arg) ? arg : `${name}.a${index}`));
  return `list_transform([{${fields.join(', ')}}], lambda ${name}: ${body(names)})[1]`;
}
