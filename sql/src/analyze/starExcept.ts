/** `* EXCEPT (a, b.c)`: the columns of a star without some, and structs without some of their fields. */
import { simpleString } from '../plan/types.ts';
import type { DataType, StructField } from '../plan/types.ts';
import type { Range } from '../plan/range.ts';
import type { Alias, Attribute, Expression } from '../plan/resolved.ts';
import { quoteName, raise } from '../problem.ts';
import { callOf, literalOf } from '../typing/build.ts';
import type { Scope } from './context.ts';
import { structField } from './extraction.ts';
import { findColumn, unresolvedColumn } from './names.ts';

interface Path {
  readonly exprId: number;
  readonly fields: readonly number[];
  readonly written: readonly string[];
}

export function withoutColumns(
  scope: Scope,
  columns: readonly Expression[],
  except: readonly (readonly string[])[],
  range: Range,
): readonly Expression[] {
  if (columns.some(({ kind }) => kind === 'getStructField')) {
    return withoutOwnFields(scope, columns, except, range);
  }
  const visible = columns.filter((item): item is Attribute => item.kind === 'attribute');
  const among: Scope = { ...scope, visible, hidden: [] };
  const paths = except.map((written): Path => {
    const found = findColumn(among, written, range) ?? unresolvedColumn(among, written, range);
    return { ...pathOf(found), written };
  });
  const overlaps = paths.some((one, index) =>
    paths.some(
      (other, place) =>
        place !== index &&
        one.exprId === other.exprId &&
        one.fields.every((step, at) => other.fields[at] === step),
    ),
  );
  if (overlaps) {
    const list = except.map((parts) => parts.join('.')).join(', ');
    raise('EXCEPT_OVERLAPPING_COLUMNS', { columns: list }, range);
  }
  return columns.flatMap((column): readonly Expression[] => {
    if (column.kind !== 'attribute') return [column];
    const own = paths.filter(({ exprId }) => exprId === column.exprId);
    if (own.length === 0) return [column];
    if (own.some(({ fields }) => fields.length === 0)) return [];
    const child = withoutFields(
      column,
      own.map(({ fields }) => fields),
      range,
    );
    const { name } = column;
    const { type, nullable } = child;
    const exprId = scope.context.nextId();
    return [{ kind: 'alias', child, name, exprId, type, nullable, range } satisfies Alias];
  });
}

/** Of `s.* EXCEPT (f)`: the names are fields of the struct. */
function withoutOwnFields(
  scope: Scope,
  columns: readonly Expression[],
  except: readonly (readonly string[])[],
  range: Range,
): readonly Expression[] {
  const { context } = scope;
  const nameOf = (column: Expression) => (column.kind === 'getStructField' ? column.name : '');
  for (const written of except) {
    const isField = columns.some((column) => context.sameName(nameOf(column), written[0] ?? ''));
    if (!isField) unresolvedColumn({ ...scope, visible: [] }, written, range);
  }
  return columns.flatMap((column): readonly Expression[] => {
    const own = except.filter(([first = '']) => context.sameName(nameOf(column), first));
    if (own.length === 0) return [column];
    if (own.some((parts) => parts.length === 1)) return [];
    const paths = own.map((parts) => placesOf(scope, column, parts.slice(1), range));
    const child = withoutFields(column, paths, range);
    const { type, nullable } = child;
    const exprId = context.nextId();
    return [{ kind: 'alias', child, name: nameOf(column), exprId, type, nullable, range }];
  });
}

function placesOf(
  scope: Scope,
  struct: Expression,
  names: readonly string[],
  range: Range,
): readonly number[] {
  let current = struct;
  return names.map((name) => {
    const field = structField(scope.context, current, name, range);
    current = field;
    return field.fieldIndex;
  });
}

function pathOf(expression: Expression): { exprId: number; fields: readonly number[] } {
  if (expression.kind === 'attribute') return { exprId: expression.exprId, fields: [] };
  if (expression.kind !== 'getStructField') throw new Error('a name is a column or a field of one');
  const { exprId, fields } = pathOf(expression.child);
  return { exprId, fields: [...fields, expression.fieldIndex] };
}

function withoutFields(
  struct: Expression,
  paths: readonly (readonly number[])[],
  range: Range,
): Expression {
  const { type } = struct;
  if (type.kind !== 'struct') {
    return raise(
      'EXCEPT_NESTED_COLUMN_INVALID_TYPE',
      { columnName: quoteName(['column']), dataType: simpleString(type) },
      range,
    );
  }
  const kept: { readonly field: StructField; readonly value: Expression }[] = [];
  for (const [fieldIndex, field] of type.fields.entries()) {
    const own = paths.filter(([first]) => first === fieldIndex).map(([, ...rest]) => rest);
    if (own.some((rest) => rest.length === 0)) continue;
    const value: Expression = {
      kind: 'getStructField',
      child: struct,
      fieldIndex,
      name: field.name,
      type: field.type,
      nullable: struct.nullable || field.nullable,
      range,
    };
    kept.push({ field, value: own.length === 0 ? value : withoutFields(value, own, range) });
  }
  const built: DataType = {
    kind: 'struct',
    fields: kept.map(({ field, value }) => ({ ...field, type: value.type })),
  };
  const arguments_ = kept.flatMap(({ field, value }) => [
    literalOf(field.name, { kind: 'string' }, range),
    value,
  ]);
  const whole = callOf('named_struct', arguments_, built, 'ansi', range, false);
  if (!struct.nullable) return whole;
  const isNull = callOf('isnull', [struct], { kind: 'boolean' }, 'ansi', range, false);
  return callOf('if', [isNull, literalOf(null, built, range), whole], built, 'ansi', range, true);
}
