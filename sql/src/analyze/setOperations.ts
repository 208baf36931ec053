/** UNION, INTERSECT and EXCEPT, with their columns cast to common types. */
import { outputOf } from '../plan/output.ts';
import { quotedType } from '../plan/columnText.ts';
import type { Range } from '../plan/range.ts';
import type { Attribute, NamedExpression, Relation } from '../plan/resolved.ts';
import type { DataType } from '../plan/types.ts';
import { containsMap, sameType } from '../plan/types.ts';
import type * as unresolved from '../plan/unresolved.ts';
import { quoteName, raise } from '../problem.ts';
import { castOf } from '../typing/build.ts';
import { widerType } from '../typing/coercion.ts';
import type { AnalysisContext, Scope } from './context.ts';
import { noNames } from './context.ts';
import { findColumn, unresolvedColumn } from './names.ts';

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];

export function analyzeSetOperation(
  context: AnalysisContext,
  { setOpType, isAll, byName, range }: unresolved.SetOperation,
  left: Relation,
  unordered: Relation,
): Relation {
  const name = setOpType.toUpperCase();
  const operator = isAll && setOpType !== 'union' ? `${name} ALL` : name;
  const right = byName ? inOrderOf(context, left, unordered, range) : unordered;
  const first = outputOf(left);
  const second = outputOf(right);
  if (first.length !== second.length) {
    raise(
      'NUM_COLUMNS_MISMATCH',
      {
        operator,
        firstNumColumns: String(first.length),
        invalidOrdinalNum: 'second',
        invalidNumColumns: String(second.length),
      },
      range,
    );
  }
  const { ansi } = context.settings;
  const types = first.map((column, index) => {
    const other = second[index] ?? column;
    const type = widerType(column.type, other.type, ansi);
    if (type !== undefined) return type;
    return raise(
      'INCOMPATIBLE_COLUMN_TYPE',
      {
        operator,
        columnOrdinalNumber: ordinals[index] ?? String(index + 1),
        tableOrdinalNumber: 'second',
        dataType1: quotedType(other.type),
        dataType2: quotedType(column.type),
        hint: '',
      },
      range,
    );
  });
  if (!(isAll && setOpType === 'union')) checkMaps(first, range);
  const widened = (input: Relation, columns: readonly Attribute[]): Relation => {
    if (columns.every((column, index) => sameType(column.type, types[index] ?? column.type))) {
      return input;
    }
    const expressions = columns.map((column, index): NamedExpression => {
      const type = types[index] ?? column.type;
      if (sameType(column.type, type)) return column;
      const child = castOf(column, type, ansi ? 'ansi' : 'legacy', true);
      const { name } = column;
      const exprId = context.nextId();
      return { kind: 'alias', child, name, exprId, type, nullable: child.nullable, range };
    });
    return { kind: 'project', input, expressions, range };
  };
  const inputs = [widened(left, first), widened(right, second)] as const;
  const [ofLeft, ofRight] = inputs.map(outputOf);
  const output = first.map((column, index): Attribute => ({
    kind: 'attribute',
    exprId: context.nextId(),
    name: column.name,
    type: types[index] ?? column.type,
    nullable: nullableIn(setOpType, ofLeft?.[index] ?? column, ofRight?.[index] ?? column),
    qualifier: [],
    range,
  }));
  if (setOpType !== 'union') {
    const [leftInput, rightInput] = inputs;
    return {
      kind: 'setOperation',
      operation: setOpType,
      isAll,
      left: leftInput,
      right: rightInput,
      output,
      range,
    };
  }
  const union: Relation = { kind: 'union', inputs, output, range };
  return isAll ? union : { kind: 'distinct', input: union, range };
}

/** Maps have no equality that sets could be made by. */
export function checkMaps(columns: readonly Attribute[], range: Range): void {
  const column = columns.find(({ type }) => containsMap(type));
  if (column === undefined) return;
  const { name, type } = column;
  raise(
    'UNSUPPORTED_FEATURE.SET_OPERATION_ON_MAP_TYPE',
    { colName: quoteName([name]), dataType: quotedType(mapWithin(type) ?? type) },
    range,
  );
}

function mapWithin(type: DataType): DataType | undefined {
  if (type.kind === 'map') return type;
  if (type.kind === 'array') return mapWithin(type.element);
  if (type.kind !== 'struct') return undefined;
  const field = type.fields.find((candidate) => containsMap(candidate.type));
  return field && mapWithin(field.type);
}

function nullableIn(
  setOpType: unresolved.SetOperationType,
  left: Attribute,
  right: Attribute,
): boolean {
  switch (setOpType) {
    case 'union':
      return left.nullable || right.nullable;
    case 'intersect':
      return left.nullable && right.nullable;
    case 'except':
      return left.nullable;
  }
}

/** The right side's columns in the order of the left one's names; what it has beyond them stays last. */
function inOrderOf(
  context: AnalysisContext,
  left: Relation,
  right: Relation,
  range: Range,
): Relation {
  const visible = outputOf(right);
  const scope: Scope = { context, visible, hidden: [], names: noNames };
  const found = outputOf(left).map(({ name }) => {
    const column = findColumn(scope, [name], range);
    return column?.kind === 'attribute' ? column : unresolvedColumn(scope, [name], range);
  });
  const rest = visible.filter(({ exprId }) => !found.some((column) => column.exprId === exprId));
  const expressions = [...found, ...rest];
  const isSame = expressions.every((column, at) => column.exprId === visible[at]?.exprId);
  return isSame ? right : { kind: 'project', input: right, expressions, range };
}
