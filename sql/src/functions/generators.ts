/** Generators: functions that yield rows. Their type is a struct of the columns that they yield. */
import { quotedText, quotedType } from '../plan/columnText.ts';
import type { Expression } from '../plan/resolved.ts';
import type { DataType, StructField } from '../plan/types.ts';
import { intType, sameType, stringType, variantType } from '../plan/types.ts';
import { raise } from '../problem.ts';
import { coerced } from '../typing/build.ts';
import { widerCommonType } from '../typing/coercion.ts';
import { evaluate } from '../typing/evaluate.ts';
import type { CallSite, FunctionRow, Typed } from './row.ts';
import { cast, siteText } from './row.ts';

const generator = (
  name: string,
  doc: string,
  resolve: FunctionRow['resolve'],
  more: Partial<FunctionRow> = {},
): readonly FunctionRow[] => {
  const row: FunctionRow = {
    name,
    kind: 'generator',
    minimum: 1,
    signature: `${name}(expr)`,
    doc,
    resolve,
    ...more,
  };
  return [row];
};

/** The function and its `_outer` form. */
const both = (
  name: string,
  doc: string,
  resolve: FunctionRow['resolve'],
  parameter = 'collection',
) => {
  const more = { parameters: [{ name: parameter }] };
  return [
    ...generator(name, doc, resolve, more),
    ...generator(`${name}_outer`, `${doc} A row of nulls where there is none.`, resolve, more),
  ];
};

const field = (name: string, type: DataType, nullable: boolean): StructField => ({
  name,
  type,
  nullable,
});

const yields = (site: CallSite, fields: readonly StructField[]): Typed => ({
  arguments: site.arguments,
  type: { kind: 'struct', fields },
  nullable: false,
});

function explodedFields(site: CallSite): readonly StructField[] {
  const [collection] = site.arguments as readonly [Expression];
  const { type } = collection;
  if (type.kind === 'array') return [field('col', type.element, type.containsNull)];
  if (type.kind === 'map') {
    return [field('key', type.key, false), field('value', type.value, type.valueContainsNull)];
  }
  return raise(
    'DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE',
    {
      sqlExpr: `"${siteText(site)}"`,
      paramIndex: 'first',
      requiredType: '("ARRAY" or "MAP")',
      inputSql: `"${siteText({ ...site, name: '' }).slice(1, -1)}"`,
      inputType: quotedType(type),
    },
    site.range,
  );
}

function inlined(site: CallSite): Typed {
  const [collection] = site.arguments as readonly [Expression];
  const { type } = collection;
  if (type.kind === 'array' && type.element.kind === 'struct') {
    const { containsNull, element } = type;
    return yields(
      site,
      element.fields.map((item) => field(item.name, item.type, item.nullable || containsNull)),
    );
  }
  return raise(
    'DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE',
    {
      sqlExpr: `"${siteText(site)}"`,
      paramIndex: 'first',
      requiredType: '"ARRAY<STRUCT>"',
      inputSql: `"${siteText({ ...site, name: '' }).slice(1, -1)}"`,
      inputType: quotedType(type),
    },
    site.range,
  );
}

function stacked(site: CallSite): Typed {
  const [count, ...values] = site.arguments as readonly [Expression, ...Expression[]];
  const sqlExpr = `"${siteText(site)}"`;
  const rowCount = evaluate(count);
  if (count.type.kind !== 'int') {
    raise(
      'DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE',
      {
        sqlExpr,
        paramIndex: 'first',
        requiredType: '"INT"',
        inputSql: sqlExpr,
        inputType: quotedType(count.type),
      },
      site.range,
    );
  }
  if (rowCount === undefined) {
    raise(
      'DATATYPE_MISMATCH.NON_FOLDABLE_INPUT',
      { sqlExpr, inputName: '`n`', inputType: '"INT"', inputExpr: sqlExpr },
      site.range,
    );
  }
  if (rowCount.value === null) {
    raise('DATATYPE_MISMATCH.UNEXPECTED_NULL', { sqlExpr, exprName: '`n`' }, site.range);
  }
  const rows = Number(rowCount.value);
  if (rows <= 0) {
    raise(
      'DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE',
      {
        sqlExpr,
        exprName: '`n`',
        valueRange: '(0, 2147483647]',
        currentValue: String(rows),
      },
      site.range,
    );
  }
  const width = Math.ceil(values.length / rows);
  const cellsOf = (column: number) =>
    values.filter((_, index) => index % width === column).map(({ type }) => type);
  const types = Array.from({ length: width }, (_, column): DataType => {
    const cells = cellsOf(column);
    const known = cells.filter(({ kind }) => kind !== 'void');
    const isMixed =
      known.some(({ kind }) => kind === 'string') && known.some(({ kind }) => kind !== 'string');
    const type = isMixed ? undefined : widerCommonType(cells, site.ansi);
    if (type !== undefined) return type;
    const other = known.findIndex((cell) => !sameType(cell, known[0] ?? cell));
    return raise(
      'DATATYPE_MISMATCH.STACK_COLUMN_DIFF_TYPES',
      {
        sqlExpr,
        columnIndex: String(column),
        leftParamIndex: String(column + 1),
        leftType: quotedType(known[0] ?? intType),
        rightParamIndex: String(other * width + column + 1),
        rightType: quotedType(known[other] ?? intType),
      },
      site.range,
    );
  });
  const mode = site.ansi ? 'ansi' : 'legacy';
  return {
    arguments: [
      count,
      ...values.map((value, index) => coerced(value, types[index % width] ?? value.type, mode)),
    ],
    type: {
      kind: 'struct',
      fields: types.map((type, column) => field(`col${column}`, type, true)),
    },
    nullable: false,
  };
}

function tupled(site: CallSite): Typed {
  if (!site.arguments.every(({ type }) => type.kind === 'string')) {
    raise(
      'DATATYPE_MISMATCH.NON_STRING_TYPE',
      { sqlExpr: `"${siteText(site)}"`, funcName: `\`${site.name}\`` },
      site.range,
    );
  }
  const values = cast(site, [stringType]);
  const fields = values.slice(1).map((_, index) => field(`c${index}`, stringType, true));
  return { arguments: values, type: { kind: 'struct', fields }, nullable: false };
}

function variantExploded(site: CallSite): Typed {
  const [value] = site.arguments as readonly [Expression];
  const fields = [
    field('pos', intType, false),
    field('key', stringType, true),
    field('value', variantType, false),
  ];
  if (value.type.kind === 'variant') return yields(site, fields);
  if (value.type.kind === 'void') {
    return { ...yields(site, fields), arguments: [coerced(value, variantType, 'ansi')] };
  }
  return raise(
    'DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE',
    {
      sqlExpr: `"${siteText(site)}"`,
      paramIndex: 'first',
      requiredType: '"VARIANT"',
      inputSql: quotedText(value, site.timeZone),
      inputType: quotedType(value.type),
    },
    site.range,
  );
}

export const generators: readonly FunctionRow[] = [
  ...generator('json_tuple', 'The values of fields of a JSON text as columns.', tupled, {
    minimum: 2,
    maximum: Infinity,
    signature: 'json_tuple(text, field, …)',
  }),
  ...both(
    'variant_explode',
    'A row for each element of an array, or for each field of an object, within a variant.',
    variantExploded,
    'input',
  ),
  ...both('explode', 'A row for each element of an array, or for each entry of a map.', (site) =>
    yields(site, explodedFields(site)),
  ),
  ...both('posexplode', 'As `explode`, with the position of each.', (site) =>
    yields(site, [field('pos', intType, false), ...explodedFields(site)]),
  ),
  ...both('inline', 'A row for each struct of an array, its fields as columns.', inlined, 'input'),
  ...generator('stack', 'Its values in so many rows as the first argument says.', stacked, {
    minimum: 2,
    maximum: Infinity,
    signature: 'stack(n, expr, …)',
  }),
];
