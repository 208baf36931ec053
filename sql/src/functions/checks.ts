/** What several functions demand of their arguments, and say where it is missing. */
import { quotedText, quotedType } from '../plan/columnText.ts';
import type { Expression } from '../plan/resolved.ts';
import type { DataType } from '../plan/types.ts';
import { raise } from '../problem.ts';
import { evaluate } from '../typing/evaluate.ts';
import { isFoldable } from '../typing/foldable.ts';
import type { CallSite } from './row.ts';
import { siteText } from './row.ts';

/** Raises NON_FOLDABLE_INPUT of an argument that is not the same for every row. */
export function requireFoldable(
  site: CallSite,
  argument: Expression,
  name: string,
  type: DataType = argument.type,
): void {
  if (isFoldable(argument)) return;
  raise(
    'DATATYPE_MISMATCH.NON_FOLDABLE_INPUT',
    {
      sqlExpr: `"${siteText(site)}"`,
      inputName: `\`${name}\``,
      inputType: quotedType(type),
      inputExpr: quotedText(argument, site.timeZone),
    },
    site.range,
  );
}

export function unexpectedType(
  site: CallSite,
  index: number,
  requiredType: string,
  argument = site.arguments[index],
): never {
  const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];
  return raise(
    'DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE',
    {
      sqlExpr: `"${siteText(site)}"`,
      paramIndex: ordinals[index] ?? String(index + 1),
      requiredType,
      inputSql: argument === undefined ? '' : quotedText(argument, site.timeZone),
      inputType: quotedType(argument?.type ?? { kind: 'void' }),
    },
    site.range,
  );
}

/** The text of a constant string argument, or undefined where it is computed from rows. */
export function constantText(argument: Expression | undefined): string | undefined {
  if (argument === undefined) return undefined;
  const value = evaluate(argument)?.value;
  return typeof value === 'string' ? value : undefined;
}
