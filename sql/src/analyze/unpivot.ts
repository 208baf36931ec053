/** UNPIVOT: columns become rows. */
import { outputOf } from '../plan/output.ts';
import type { Attribute, Expression, Relation } from '../plan/resolved.ts';
import type { DataType } from '../plan/types.ts';
import { stringType } from '../plan/types.ts';
import { quotedType } from '../plan/columnText.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { quoteName, raise } from '../problem.ts';
import { callOf, coerced, literalOf } from '../typing/build.ts';
import { widerType } from '../typing/coercion.ts';
import type { Scope, Scoped } from './context.ts';
import { resolveExpression } from './expressions.ts';

export function analyzeUnpivot(scope: Scope, unpivot: unresolved.Unpivot, input: Scoped): Relation {
  const { context } = scope;
  const { ansi } = context.settings;
  const { range, valueColumnNames, variableColumnName, includeNulls } = unpivot;
  const sets = unpivot.values.map(({ columns, alias }) => {
    const resolved = columns.map((column) => resolveExpression(scope, column));
    const name = alias ?? resolved.map((column) => nameOf(column)).join('_');
    return { resolved, name };
  });
  const width = valueColumnNames.length;
  if (sets.some(({ resolved }) => resolved.length !== width)) {
    const names = valueColumnNames.map((name) => quoteName([name])).join(', ');
    raise('UNPIVOT_VALUE_SIZE_MISMATCH', { names }, range);
  }
  const types = Array.from({ length: width }, (_, column): DataType => {
    const cells = sets.flatMap(({ resolved }) => resolved[column] ?? []);
    const [first, ...rest] = cells.map(({ type }) => type);
    if (first === undefined) throw new Error('an unpivot has a value column');
    const isMixed =
      cells.some(({ type }) => type.kind === 'string') &&
      cells.some(({ type }) => type.kind !== 'string' && type.kind !== 'void');
    const type = isMixed
      ? undefined
      : rest.reduce<DataType | undefined>(
          (wider, other) => wider && widerType(wider, other, ansi),
          first,
        );
    if (type !== undefined) return type;
    const listed = cells.map((cell) => `${quotedType(cell.type)} (${quoteName([nameOf(cell)])})`);
    return raise('UNPIVOT_VALUE_DATA_TYPE_MISMATCH', { types: listed.join(', ') }, range);
  });
  const used = new Set(
    sets.flatMap(({ resolved }) =>
      resolved.flatMap((column) => (column.kind === 'attribute' ? [column.exprId] : [])),
    ),
  );
  const ids = input.visible.filter(({ exprId }) => !used.has(exprId));
  const mode = ansi ? 'ansi' : 'legacy';
  const rows = sets.flatMap(({ resolved, name }): readonly Expression[] => [
    literalOf(name, stringType, range),
    ...resolved.map((cell, index) => coerced(cell, types[index] ?? cell.type, mode)),
  ]);
  const columns = [
    { name: variableColumnName, type: stringType, nullable: false },
    ...valueColumnNames.map((name, index) => ({
      name,
      type: types[index] ?? stringType,
      // Each set has a name before its cells.
      nullable: sets.some(
        (_, row) => rows[row * (types.length + 1) + 1 + index]?.nullable !== false,
      ),
    })),
  ];
  const generatorOutput = columns.map((column): Attribute => ({
    kind: 'attribute',
    exprId: context.nextId(),
    ...column,
    qualifier: [],
    range,
  }));
  const count = literalOf(BigInt(sets.length), { kind: 'int' }, range);
  const generated: Relation = {
    kind: 'generate',
    input: input.relation,
    generator: callOf(
      'stack',
      [count, ...rows],
      { kind: 'struct', fields: columns },
      mode,
      range,
      false,
    ),
    outer: false,
    qualifier: [],
    generatorOutput,
    range,
  };
  const projected: Relation = {
    kind: 'project',
    input: generated,
    expressions: [...ids, ...generatorOutput],
    range,
  };
  if (includeNulls) return projected;
  // A row in which every value is null is left out.
  const present = outputOf(projected)
    .slice(ids.length + 1)
    .map((column) => callOf('isnotnull', [column], { kind: 'boolean' }, mode, range, false));
  const condition = present.reduce((left, right) =>
    callOf('or', [left, right], { kind: 'boolean' }, mode, range, false),
  );
  return { kind: 'filter', input: projected, condition, range };
}

function nameOf(column: Expression): string {
  if (column.kind === 'attribute') return column.name;
  if (column.kind === 'getStructField') return column.name;
  return 'col';
}
