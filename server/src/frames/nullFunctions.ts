/** `df.na.fill`, `drop` and their other names. */
import type { Relation } from '#sql/plan/unresolved.ts';
import type { Arguments } from './arguments.ts';
import { argument, required, text, texts, whole } from './arguments.ts';
import { literalOf } from './expressions.ts';
import { replaceValues } from './reshaping.ts';
import type { Script } from './script.ts';
import type { Frame, Value } from './values.ts';
import { cannotKnow } from './values.ts';

export function naMethod(script: Script, frame: Frame, name: string, args: Arguments): Value {
  const range = script.rangeOf(args.node);
  const input: Relation = {
    kind: 'identified',
    planId: frame.planId,
    input: frame.relation,
    range,
  };
  if (name === 'fill') {
    const value = required(args, 0, 'value');
    const pairs =
      value.kind === 'dict'
        ? value.entries.map(([key, item]) => ({
            colName:
              key.kind === 'str'
                ? key.value
                : cannotKnow('names of columns belong here', args.node),
            value: literalOf(item, range),
          }))
        : (subsetOf(argument(args, 1, 'subset'), args) ?? [undefined]).map((colName) => ({
            ...(colName === undefined ? {} : { colName }),
            value: literalOf(value, range),
          }));
    return script.frame({ kind: 'fillNa', input, values: pairs, range });
  }
  if (name === 'drop') {
    const how = text(args, 0, 'how') ?? 'any';
    const threshold = whole(args, 1, 'thresh');
    const columnNames = subsetOf(argument(args, 2, 'subset'), args) ?? [];
    if (how !== 'any' && how !== 'all') return cannotKnow("how is 'any' or 'all'", args.node);
    return script.frame({
      kind: 'dropNa',
      input,
      columnNames,
      ...(threshold !== undefined
        ? { minNonNulls: threshold }
        : how === 'all'
          ? { minNonNulls: 1 }
          : {}),
      range,
    });
  }
  if (name === 'replace') return replaceValues(script, frame, args);
  return cannotKnow(`na.${name} is not read yet`, args.node);
}

function subsetOf(value: Value | undefined, args: Arguments): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (value.kind === 'str') return [value.value];
  if (value.kind === 'list' || value.kind === 'tuple') return texts(value.items, args.node);
  return cannotKnow('a list of names belongs here', args.node);
}
