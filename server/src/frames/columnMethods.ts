/** Column's methods. To add one: a row of `methods`. */
import type { Range } from '#sql/plan/range.ts';
import { parseType } from '#sql/plan/typeText.ts';
import type { DataType } from '#sql/plan/types.ts';
import type { Expression } from '#sql/plan/unresolved.ts';
import type { Arguments } from './arguments.ts';
import { required, requiredText, several, texts } from './arguments.ts';
import { aliasOf, call, caseOf, columnOf, literalOf, operation, sortOf } from './expressions.ts';
import type { Script } from './script.ts';
import type { Value } from './values.ts';
import { cannotKnow } from './values.ts';

type Column = Extract<Value, { kind: 'column' | 'condition' }>;
type Method = (column: Expression, args: Arguments, range: Range) => Value;

const column = (expression: Expression): Value => ({ kind: 'column', expression });

/** A function of the column and the arguments, which are values unless they are Columns. */
const functionOf =
  (name: string): Method =>
  (self, args, range) =>
    column(call(name, [self, ...args.positional.map((value) => columnOf(value, range))], range));

const operatorOf =
  (symbol: string): Method =>
  (self, args, range) =>
    column(
      operation(symbol, [self, ...args.positional.map((value) => columnOf(value, range))], range),
    );

const order =
  (isAscending: boolean, nulls?: 'nullsFirst' | 'nullsLast'): Method =>
  (self, _, range) => ({ kind: 'sort', order: sortOf(self, isAscending, range, nulls) });

const methods: Readonly<Record<string, Method>> = {
  alias: named,
  name: named,
  cast: (self, args, range) => cast(self, args, range, 'default'),
  astype: (self, args, range) => cast(self, args, range, 'default'),
  try_cast: (self, args, range) => cast(self, args, range, 'try'),
  isNull: operatorOf('isnull'),
  isNotNull: operatorOf('isnotnull'),
  isNaN: functionOf('isnan'),
  eqNullSafe: operatorOf('<=>'),
  like: operatorOf('like'),
  rlike: functionOf('rlike'),
  ilike: operatorOf('ilike'),
  startswith: functionOf('startswith'),
  endswith: functionOf('endswith'),
  contains: functionOf('contains'),
  substr: functionOf('substr'),
  bitwiseAND: operatorOf('&'),
  bitwiseOR: operatorOf('|'),
  bitwiseXOR: operatorOf('^'),
  between: (self, args, range) => {
    const [low, high] = [required(args, 0, 'lowerBound'), required(args, 1, 'upperBound')];
    const atLeast = operation('>=', [self, columnOf(low, range)], range);
    const atMost = operation('<=', [self, columnOf(high, range)], range);
    return column(operation('and', [atLeast, atMost], range));
  },
  isin: (self, args, range) =>
    column({
      kind: 'in',
      child: self,
      list: several(args).map((value) => columnOf(value, range)),
      range,
    }),
  getItem: (self, args, range) => extracted(self, required(args, 0, 'key'), range),
  getField: (self, args, range) => extracted(self, required(args, 0, 'name'), range),
  withField: (self, args, range) => {
    const value = columnOf(required(args, 1, 'col'), range);
    return updated(self, requiredText(args, 0, 'fieldName'), value, range);
  },
  dropFields: (self, args, range) => {
    const names = texts(args.positional, args.node);
    const changed = names.reduce<Expression>(
      (struct, name) => fieldCall(struct, [name], range),
      self,
    );
    return column(titled(changed, self, names.map(() => 'dropfield()').join(', '), range));
  },
  transform: (self, args, range) => functionOf('transform')(self, args, range),
  asc: order(true),
  asc_nulls_first: order(true, 'nullsFirst'),
  asc_nulls_last: order(true, 'nullsLast'),
  desc: order(false),
  desc_nulls_first: order(false, 'nullsFirst'),
  desc_nulls_last: order(false, 'nullsLast'),
  over: (self, args, range) => {
    const window = required(args, 0, 'window');
    if (window.kind !== 'window') return cannotKnow('a window belongs here', args.node);
    return column({ kind: 'window', windowFunction: self, window: window.window, range });
  },
};

function named(self: Expression, args: Arguments, range: Range): Value {
  const names = texts(args.positional, args.node);
  const [name = '', ...more] = names;
  if (more.length === 0)
    return column(aliasOf(self, name === '' ? requiredText(args, 0, 'alias') : name, range));
  return column({ kind: 'multiAlias', expression: self, names, range });
}

function fieldCall(
  struct: Expression,
  [name = '']: readonly string[],
  range: Range,
  value?: Expression,
): Expression {
  const path = literalOf({ kind: 'str', value: name }, range);
  return operation('update_fields', [struct, path, ...(value ? [value] : [])], range);
}

function updated(self: Expression, name: string, value: Expression, range: Range): Value {
  const text =
    value.kind === 'literal'
      ? String(value.value)
      : value.kind === 'unresolvedAttribute'
        ? value.nameParts.join('.')
        : '...';
  return column(titled(fieldCall(self, [name], range, value), self, `WithField(${text})`, range));
}

/** What Spark calls the column where nothing else names it. */
function titled(
  expression: Expression,
  self: Expression,
  update: string,
  range: Range,
): Expression {
  const struct = self.kind === 'unresolvedAttribute' ? (self.nameParts.at(-1) ?? '') : 'struct';
  return aliasOf(expression, `update_fields(${struct}, ${update})`, range);
}

export function isColumnMethod(name: string): boolean {
  return name in methods || name === 'when' || name === 'otherwise' || name === 'outer';
}

export function columnMethod(script: Script, self: Column, name: string, args: Arguments): Value {
  const range = script.rangeOf(args.node);
  if (self.kind === 'condition' && name === 'when') {
    const condition = columnOf(required(args, 0, 'condition'), range);
    const value = columnOf(required(args, 1, 'value'), range);
    return { kind: 'condition', branches: [...self.branches, { condition, value }] };
  }
  if (self.kind === 'condition' && name === 'otherwise')
    return column(caseOf(self.branches, columnOf(required(args, 0, 'value'), range), range));
  const method = methods[name];
  if (!method) return cannotKnow(`Column.${name} is not read yet`, args.node);
  return method(columnOf(self, range), args, range);
}

function extracted(self: Expression, key: Value, range: Range): Value {
  return column({ kind: 'extractValue', child: self, extraction: literalOf(key, range), range });
}

function cast(self: Expression, args: Arguments, range: Range, evalMode: 'default' | 'try'): Value {
  const toType = typeOf(required(args, 0, 'dataType'), args);
  return column({ kind: 'cast', expression: self, toType, evalMode, range });
}

function typeOf(value: Value, args: Arguments): DataType {
  if (value.kind === 'type') return value.type;
  if (value.kind === 'schema') return { kind: 'struct', fields: value.fields };
  if (value.kind !== 'str') return cannotKnow('a type belongs here', args.node);
  return (
    parseType(value.value.toLowerCase()) ??
    cannotKnow(`'${value.value}' is no type of Spark's`, args.node)
  );
}
