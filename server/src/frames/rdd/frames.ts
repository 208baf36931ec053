/** From an RDD to a DataFrame, and back. */
import type { StructField } from '#sql/plan/types.ts';
import { sameType } from '#sql/plan/types.ts';
import { parseType } from '#sql/plan/typeText.ts';
import type { Expression, Relation } from '#sql/plan/unresolved.ts';
import type { SyntaxNode } from '@lezer/common';
import type { Arguments } from '../arguments.ts';
import { texts } from '../arguments.ts';
import { aliasOf, namedColumn } from '../expressions.ts';
import { quoted } from '../reshaping.ts';
import type { Script } from '../script.ts';
import { fieldsOfText } from '../types.ts';
import type { Frame, Value } from '../values.ts';
import { cannotKnow } from '../values.ts';
import type { Element, ElementType } from './elements.ts';
import {
  castTo,
  dataTypeOf,
  describe,
  elementOfColumn,
  element,
  lifted,
  namesOf,
  optional,
  partsOf,
} from './elements.ts';
import type { Rdd } from './rdds.ts';
import { elementsOf, rddOf } from './rdds.ts';

/** `rdd.toDF(…)` and `createDataFrame(rdd, …)`. */
export function createFrameOf(
  script: Script,
  rdd: Rdd,
  schema: Value | undefined,
  args: Arguments,
): Value {
  const range = script.rangeOf(args.node);
  const value = elementsOf(rdd, range);
  const isPlain = schema?.kind === 'type' || isPlainText(schema);
  const parts = partsOf(value, range) ?? (isPlain ? [value] : undefined);
  if (!parts || !/^(?:tuple|row|bool|int|float|str)$/.test(rdd.type.kind))
    return cannotKnow(
      `the elements are ${describe(rdd.type)}; a DataFrame is made of tuples or Rows`,
      args.node,
    );
  const elements = parts.map((part) => lifted(part, range));
  const fields = fieldsOf(schema, rdd.type, elements, args.node);
  if (fields.length !== elements.length)
    return cannotKnow(
      `the elements have ${elements.length} values and the schema ${fields.length} columns; PySpark raises an error`,
      args.node,
    );
  const expressions = elements.map((part, at): Expression => {
    const field = fields[at];
    if (!field) return part.expression;
    const isSame = sameType(dataTypeOf(part.type), field.type);
    if (!isSame && !fits(part.type, field))
      return cannotKnow(
        `column '${field.name}' is given ${describe(part.type)}; PySpark raises FIELD_DATA_TYPE_UNACCEPTABLE`,
        args.node,
      );
    const expression = isSame ? part.expression : castTo(part.expression, field.type, range);
    return aliasOf(expression, field.name, range);
  });
  return script.frame({ kind: 'project', input: rdd.relation, expressions, range });
}

function isPlainText(schema: Value | undefined): boolean {
  const type = schema?.kind === 'str' ? parseType(schema.value) : undefined;
  return type !== undefined && type.kind !== 'struct';
}

function fieldsOf(
  schema: Value | undefined,
  type: ElementType,
  elements: readonly Element[],
  node: SyntaxNode,
): readonly StructField[] {
  if (schema?.kind === 'schema') return schema.fields;
  if (schema?.kind === 'type') return [{ name: 'value', type: schema.type, nullable: true }];
  if (schema?.kind === 'str') {
    const plain = parseType(schema.value);
    if (plain && plain.kind !== 'struct') return [{ name: 'value', type: plain, nullable: true }];
    return fieldsOfText(schema.value) ?? cannotKnow(`'${schema.value}' is no schema`, node);
  }
  const given =
    schema?.kind === 'list' || schema?.kind === 'tuple' ? texts(schema.items, node) : undefined;
  const own = type.kind === 'tuple' || type.kind === 'row' ? namesOf(type) : ['value'];
  return elements.map((part, at) => ({
    name: given?.[at] ?? own[at] ?? `_${at + 1}`,
    type: dataTypeOf(part.type),
    nullable: true,
  }));
}

/** Whole numbers fit every column of whole numbers that holds them. */
function fits(type: ElementType, { type: to }: StructField): boolean {
  const inner = type.kind === 'optional' ? type.of : type;
  if (inner.kind === 'int') return /^(?:byte|short|int|long)$/.test(to.kind);
  if (inner.kind === 'float') return to.kind === 'float' || to.kind === 'double';
  return inner.kind === 'none';
}

/** `df.rdd`: a Row for each row. */
export function rddOfFrame(script: Script, frame: Frame, node: SyntaxNode): Value {
  const columns = script.schemas.columnsOf(frame);
  if (!columns)
    return cannotKnow('an RDD is made of a DataFrame whose columns are known here', node);
  const range = script.rangeOf(node);
  const items = columns.map(({ name, type, nullable }): Element => {
    const found = elementOfColumn(type, namedColumn(quoted(name), range), range);
    return nullable ? element(optional(found.type), found.expression) : found;
  });
  const input: Relation = {
    kind: 'identified',
    planId: frame.planId,
    input: frame.relation,
    range,
  };
  const names = columns.map(({ name }) => name);
  return rddOf(input, { kind: 'row', names, items }, range);
}
