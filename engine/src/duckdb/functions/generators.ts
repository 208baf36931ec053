/** Generators as lists: one element a row, which is either the only column or a struct of the columns. */
import type { FunctionCall } from '#sql/plan/resolved.ts';
import { arrayType, stringType } from '#sql/plan/types.ts';
import type { Lowering } from '../context.ts';
import { evaluate } from '#sql/typing/evaluate.ts';
import { refuse } from '../refusal.ts';
import { jsonTuple } from '../scalarFunctions/jsonFunctions.ts';
import { scalarCall } from '../scalarFunctions/scalarFunction.ts';
import { variantEntries } from '../scalarFunctions/variantFunctions.ts';
import { duckType, structFieldNames } from '../types.ts';

export interface GeneratedList {
  readonly list: string;
  /** The columns of an element, given the SQL of one. */
  readonly columns: (element: string) => readonly string[];
  /** An element whose columns are all null. */
  readonly nothing: string;
}

export function lowerGenerator(
  call: FunctionCall,
  args: readonly string[],
  lowering: Lowering,
): GeneratedList {
  const name = call.name.replace(/_outer$/, '');
  const [first = ''] = args;
  const type = call.arguments[0]?.type;
  const isMap = type?.kind === 'map';
  const elementType = type?.kind === 'array' ? duckType(type.element) : undefined;
  switch (name) {
    case 'explode': {
      if (isMap) {
        return {
          list: `map_entries(${first})`,
          columns: (element) => [`${element}.key`, `${element}.value`],
          nothing: 'NULL',
        };
      }
      return {
        list: first,
        columns: (element) => [element],
        nothing: `CAST(NULL AS ${elementType ?? 'INTEGER'})`,
      };
    }
    case 'posexplode': {
      const items = isMap ? `map_entries(${first})` : first;
      return {
        list: `list_transform(${items}, lambda x, i: {p: CAST(i - 1 AS INTEGER), v: x})`,
        columns: (element) => [
          `${element}.p`,
          ...(isMap ? [`${element}.v.key`, `${element}.v.value`] : [`${element}.v`]),
        ],
        nothing: 'NULL',
      };
    }
    case 'inline': {
      const fields =
        type?.kind === 'array' && type.element.kind === 'struct' ? type.element.fields : [];
      return {
        list: first,
        columns: (element) =>
          structFieldNames(fields).map(
            (field) => `struct_extract(${element}, '${field.replaceAll("'", "''")}')`,
          ),
        nothing: `CAST(NULL AS ${elementType ?? 'INTEGER'})`,
      };
    }
    case 'json_tuple': {
      const type = arrayType(stringType, true);
      return {
        list: `[${scalarCall(jsonTuple, args, { ...call, type }, lowering)}]`,
        columns: (element) => args.slice(1).map((_, index) => `${element}[${index + 1}]`),
        nothing: 'CAST(NULL AS VARCHAR[])',
      };
    }
    case 'variant_explode':
      return {
        list: scalarCall(
          variantEntries,
          args,
          { ...call, type: arrayType(call.type, false) },
          lowering,
        ),
        columns: (element) => ['pos', 'key', 'value'].map((field) => `${element}.${field}`),
        nothing: 'NULL',
      };
    case 'stack':
      return stacked(call, args.slice(1));
    default:
      throw refuse('UNSUPPORTED_FUNCTION', `The generator ${call.name}`, call.range);
  }
}

function stacked(call: FunctionCall, values: readonly string[]): GeneratedList {
  if (call.type.kind !== 'struct') throw new Error('a generator yields a struct');
  const { fields } = call.type;
  const width = fields.length;
  const [count] = call.arguments;
  const written = count && evaluate(count)?.value;
  const rowCount = typeof written === 'bigint' ? Number(written) : 0;
  const rows = Array.from({ length: rowCount }, (_, row) => {
    const cells = fields.map((field, column) => {
      const value = values[row * width + column] ?? 'NULL';
      return `f${column}: CAST(${value} AS ${duckType(field.type)})`;
    });
    return `{${cells.join(', ')}}`;
  });
  return {
    list: `[${rows.join(', ')}]`,
    columns: (element) => fields.map((_, column) => `${element}.f${column}`),
    nothing: 'NULL',
  };
}
