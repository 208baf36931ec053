/** DataFrame's methods that change which columns there are, where that takes the schema or more than one step. */
import type { DataType } from '#sql/plan/types.ts';
import { isNumeric } from '#sql/plan/types.ts';
import type { Attribute } from '#sql/plan/resolved.ts';
import type { Expression, Relation } from '#sql/plan/unresolved.ts';
import type { Arguments } from './arguments.ts';
import { argument, required, requiredText, several, texts } from './arguments.ts';
import {
  aliasOf,
  caseOf,
  columnOrName,
  literal,
  literalOf,
  namedColumn,
  operation,
} from './expressions.ts';
import type { Script } from './script.ts';
import type { Frame, Value } from './values.ts';
import { cannotKnow } from './values.ts';

/** The columns, or a named reason why they are not known. */
export function columnsOf(
  script: Script,
  frame: Frame,
  what: string,
  args: Arguments,
): readonly Attribute[] {
  return (
    script.schemas.columnsOf(frame) ??
    cannotKnow(`${what} depends on columns that are not known here`, args.node)
  );
}

export function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

export function inputOf(script: Script, { relation, planId }: Frame, args: Arguments): Relation {
  return { kind: 'identified', planId, input: relation, range: script.rangeOf(args.node) };
}

export function toDF(script: Script, frame: Frame, args: Arguments): Value {
  const range = script.rangeOf(args.node);
  const names = texts(args.positional, args.node);
  return script.frame({
    kind: 'subqueryAlias',
    input: inputOf(script, frame, args),
    alias: 'strata_renamed',
    columnNames: names,
    range,
  });
}

export function withColumnsRenamed(script: Script, frame: Frame, args: Arguments): Value {
  const map = required(args, 0, 'colsMap');
  if (map.kind !== 'dict') return cannotKnow('a dictionary of names belongs here', args.node);
  const renames = map.entries.map(([from, to]) =>
    from.kind === 'str' && to.kind === 'str'
      ? { colName: from.value, newColName: to.value }
      : cannotKnow('names are texts', args.node),
  );
  const range = script.rangeOf(args.node);
  return script.frame({
    kind: 'withColumnsRenamed',
    input: inputOf(script, frame, args),
    renames,
    range,
  });
}

/** Columns that one side does not have are null there, and come last. */
export function unionByNameWithMissing(
  script: Script,
  frame: Frame,
  other: Frame,
  args: Arguments,
): Value {
  const range = script.rangeOf(args.node);
  const left = columnsOf(script, frame, 'unionByName with missing columns', args);
  const right = columnsOf(script, other, 'unionByName with missing columns', args);
  const has = (columns: readonly Attribute[], name: string) =>
    columns.some((column) => column.name.toLowerCase() === name.toLowerCase());
  const completed = (
    one: Frame,
    own: readonly Attribute[],
    all: readonly Attribute[],
  ): Relation => {
    const missing = all.filter(({ name }) => !has(own, name));
    const input = inputOf(script, one, args);
    if (missing.length === 0) return input;
    const aliases = missing.map(({ name, type }) =>
      aliasOf(literal(null, type, range), name, range),
    );
    return { kind: 'withColumns', input, aliases, range };
  };
  return script.frame({
    kind: 'setOp',
    leftInput: completed(frame, left, right),
    rightInput: completed(other, right, left),
    setOpType: 'union',
    isAll: true,
    byName: true,
    range,
  });
}

export function unpivot(script: Script, frame: Frame, args: Arguments): Value {
  const range = script.rangeOf(args.node);
  const listOf = (value: Value | undefined): readonly Value[] =>
    value === undefined
      ? []
      : value.kind === 'list' || value.kind === 'tuple'
        ? value.items
        : [value];
  const ids = listOf(required(args, 0, 'ids')).map((value) => columnOrName(value, range));
  const given = argument(args, 1, 'values');
  const idNames = ids.map((id) =>
    id.kind === 'unresolvedAttribute' ? id.nameParts.join('.') : '',
  );
  const values = given
    ? listOf(given).map((value) => columnOrName(value, range))
    : columnsOf(script, frame, 'unpivot without values', args)
        .filter(({ name }) => !idNames.includes(name))
        .map(({ name }) => namedColumn(quoted(name), range));
  // SQL's UNPIVOT keeps every column that is not turned; here those are the ids.
  const input: Relation = {
    kind: 'project',
    input: inputOf(script, frame, args),
    expressions: [...ids, ...values],
    range,
  };
  return script.frame({
    kind: 'unpivot',
    input,
    values: values.map((column) => ({ columns: [column] })),
    variableColumnName: requiredText(args, 2, 'variableColumnName'),
    valueColumnNames: [requiredText(args, 3, 'valueColumnName')],
    includeNulls: true,
    range,
  });
}

/** Values of one kind become others, in columns of that kind. */
export function replaceValues(script: Script, frame: Frame, args: Arguments): Value {
  const range = script.rangeOf(args.node);
  const pairs = replacements(args);
  const subset = argument(args, 2, 'subset');
  const names =
    subset === undefined
      ? undefined
      : subset.kind === 'str'
        ? [subset.value]
        : texts('items' in subset ? subset.items : [], args.node);
  const columns = columnsOf(script, frame, 'replace', args);
  const expressions = columns.map((column): Expression => {
    const attribute = namedColumn(quoted(column.name), range);
    if (names && !names.includes(column.name)) return attribute;
    const fitting = pairs.filter(([from]) => fits(from, column.type));
    if (fitting.length === 0) return attribute;
    const cast = (value: Value): Expression => ({
      kind: 'cast',
      expression: literalOf(value, range),
      toType: column.type,
      evalMode: 'default',
      range,
    });
    const branches = fitting.map(([from, to]) => ({
      condition: operation('=', [attribute, literalOf(from, range)], range),
      value: cast(to),
    }));
    return aliasOf(caseOf(branches, attribute, range), column.name, range);
  });
  return script.frame({ kind: 'project', input: inputOf(script, frame, args), expressions, range });
}

function replacements(args: Arguments): readonly (readonly [Value, Value])[] {
  const from = required(args, 0, 'to_replace');
  if (from.kind === 'dict') return from.entries;
  const to = args.positional[1] ?? args.keywords.get('value');
  if (!to) return cannotKnow("the argument 'value' is missing", args.node);
  if (from.kind !== 'list' && from.kind !== 'tuple') return [[from, to]];
  return from.items.map((item, at) => {
    const value = to.kind === 'list' || to.kind === 'tuple' ? to.items[at] : to;
    return [item, value ?? cannotKnow('there are as many new values as old ones', args.node)];
  });
}

function fits(value: Value, type: DataType): boolean {
  switch (value.kind) {
    case 'bool':
      return type.kind === 'boolean';
    case 'int':
    case 'float':
      return isNumeric(type);
    case 'str':
      return type.kind === 'string';
    default:
      return false;
  }
}

/** Columns whose names match; the pattern is Java's, in back quotes. */
export function columnsByPattern(
  script: Script,
  frame: Frame,
  args: Arguments,
): readonly Expression[] {
  const pattern = /^`(.*)`$/.exec(requiredText(args, 0, 'colName'))?.[1];
  if (pattern === undefined)
    return [namedColumn(requiredText(args, 0, 'colName'), script.rangeOf(args.node), frame.planId)];
  const columns = columnsOf(script, frame, 'colRegex', args);
  const matches = new RegExp(`^(?:${pattern})$`, 'i');
  const range = script.rangeOf(args.node);
  return columns
    .filter(({ name }) => matches.test(name))
    .map(({ name }) => namedColumn(quoted(name), range, frame.planId));
}

/** `df.groupingSets([["a"], []], "a", "b")`. */
export function groupingSets(script: Script, frame: Frame, args: Arguments): Value {
  const range = script.rangeOf(args.node);
  const sets = required(args, 0, 'groupingSets');
  if (sets.kind !== 'list' && sets.kind !== 'tuple')
    return cannotKnow('a list of lists belongs here', args.node);
  const columns = several(args, 1).map((value) => columnOrName(value, range));
  return {
    kind: 'grouped',
    frame,
    groupType: 'groupingSets',
    grouping: columns,
    sets: sets.items.map((set) =>
      'items' in set
        ? set.items.map((value) => columnOrName(value, range))
        : cannotKnow('a list of columns belongs here', args.node),
    ),
  };
}
