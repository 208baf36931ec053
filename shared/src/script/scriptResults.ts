/** Results of a script's steps as Python has them: rows, cells of them, and how they print. */
import type { Field } from '#shared/protocol/engine.ts';
import type { ResultForm, ResultPlace } from '#shared/protocol/frameScript.ts';
import type { Cell, PageColumn } from '#shared/protocol/resultRows.ts';
import { cellText } from '#shared/protocol/resultRows.ts';
import type { NumberKind } from '#shared/protocol/pythonFormat.ts';
import { formattedText } from '#shared/protocol/pythonFormat.ts';
import type { SparkType } from '#shared/protocol/sparkType.ts';
import { structTypeText } from '#shared/protocol/structTypeText.ts';
import { rowText, stringText, valueText } from './pythonText.ts';

export interface Rows {
  readonly schema: readonly Field[];
  readonly columns: readonly PageColumn[];
  readonly timeZone: string;
  readonly rows: readonly (readonly Cell[])[];
}

/** A value of Python's that a step gave, or a part of one. */
export type Result =
  | { readonly kind: 'text'; readonly str: string; readonly repr: string }
  | { readonly kind: 'list'; readonly items: readonly Result[] }
  | {
      readonly kind: 'row';
      readonly columns: readonly PageColumn[];
      readonly cells: readonly Cell[];
      readonly timeZone: string;
      readonly isDictionary?: boolean;
    }
  | {
      readonly kind: 'cell';
      readonly cell: Cell;
      readonly type: SparkType;
      readonly timeZone: string;
    };

/** The place is not there; Python raises that. */
export class NoSuchPlace extends Error {}

const text = (value: string): Result => ({ kind: 'text', str: value, repr: value });

export function resultOf({ schema, columns, timeZone, rows }: Rows, form: ResultForm): Result {
  const rowOf = (cells: readonly Cell[]): Result => ({ kind: 'row', columns, cells, timeZone });
  const named = (value: string): Result => ({ kind: 'text', str: value, repr: stringText(value) });
  switch (form) {
    case 'rows':
    case 'pandas':
      return { kind: 'list', items: rows.map(rowOf) };
    case 'first': {
      const [row] = rows;
      return row ? rowOf(row) : text('None');
    }
    case 'count': {
      const type = { kind: 'atom', name: 'bigint' } as const;
      return { kind: 'cell', cell: rows[0]?.[0] ?? 0, type, timeZone };
    }
    case 'isEmpty':
      return text(rows.length === 0 ? 'True' : 'False');
    case 'columns':
      return { kind: 'list', items: schema.map(({ name }) => named(name)) };
    case 'dtypes':
      return {
        kind: 'list',
        items: schema.map(({ name, type }) => text(`(${stringText(name)}, ${stringText(type)})`)),
      };
    case 'schema':
      return text(structTypeText(schema));
    case 'frame':
      return text(`DataFrame[${schema.map(({ name, type }) => `${name}: ${type}`).join(', ')}]`);
  }
}

export function partOf(result: Result, path: readonly ResultPlace[]): Result {
  return path.reduce(stepInto, result);
}

function stepInto(result: Result, place: ResultPlace): Result {
  if (typeof place === 'object' && 'each' in place)
    return { kind: 'list', items: itemsOf(result).map((item) => partOf(item, place.each)) };
  if (typeof place === 'object') {
    if (place.call === 'last') {
      const items = itemsOf(result);
      return { kind: 'list', items: items.slice(Math.max(0, items.length - place.count)) };
    }
    if (place.call === 'len') return text(String(itemsOf(result).length));
    if (result.kind === 'row') return { ...result, isDictionary: true };
    throw new NoSuchPlace('only a Row has asDict()');
  }
  if (result.kind === 'row') {
    const at =
      typeof place === 'string' ? result.columns.findIndex(({ name }) => name === place) : place;
    const index = at < 0 && typeof place === 'number' ? result.cells.length + at : at;
    const column = result.columns[index];
    if (!column)
      throw new NoSuchPlace(`a Row here has no ${JSON.stringify(place)}; Python raises an error`);
    const cell = result.cells[index] ?? null;
    return { kind: 'cell', cell, type: column.type, timeZone: result.timeZone };
  }
  if (result.kind === 'cell' && result.cell !== null) return intoCell(result, place);
  if (typeof place !== 'number' || result.kind !== 'list')
    throw new NoSuchPlace(
      `${printedResult(result, 'repr')} has no ${JSON.stringify(place)}; Python raises an error`,
    );
  const item = result.items.at(place);
  if (!item) throw new NoSuchPlace(`there is no item ${place}; Python raises IndexError`);
  return item;
}

function intoCell(
  { cell, type, timeZone }: Extract<Result, { kind: 'cell' }>,
  place: number | string,
): Result {
  if (type.kind === 'array' && typeof place === 'number') {
    const item = (cell as readonly Cell[]).at(place);
    if (item === undefined)
      throw new NoSuchPlace(`there is no item ${place}; Python raises IndexError`);
    return { kind: 'cell', cell: item, type: type.element, timeZone };
  }
  if (type.kind === 'struct') {
    const row: Result = {
      kind: 'row',
      columns: type.fields,
      cells: cell as readonly Cell[],
      timeZone,
    };
    return stepInto(row, place);
  }
  if (type.kind === 'map') {
    const found = (cell as readonly (readonly [Cell, Cell])[]).find(
      ([key]) => String(key) === String(place),
    );
    if (!found) throw new NoSuchPlace(`there is no key ${place}; Python raises KeyError`);
    return { kind: 'cell', cell: found[1], type: type.value, timeZone };
  }
  throw new NoSuchPlace(`a value here has no ${JSON.stringify(place)}; Python raises TypeError`);
}

export function itemsOf(result: Result): readonly Result[] {
  if (result.kind === 'list') return result.items;
  if (result.kind === 'row') return result.columns.map((_, at) => stepInto(result, at));
  if (result.kind === 'cell' && result.type.kind === 'array' && result.cell !== null) {
    const { type, timeZone } = result;
    return (result.cell as readonly Cell[]).map((cell) => ({
      kind: 'cell',
      cell,
      type: type.element,
      timeZone,
    }));
  }
  throw new NoSuchPlace('this has no items; Python raises TypeError');
}

export function printedResult(result: Result, as: 'str' | 'repr', spec?: string): string {
  switch (result.kind) {
    case 'text':
      return spec === undefined
        ? result[as]
        : (formattedText(result.str, undefined, spec) ?? result.str);
    case 'list':
      return `[${result.items.map((item) => printedResult(item, 'repr')).join(', ')}]`;
    case 'row': {
      const { columns, cells, timeZone } = result;
      if (result.isDictionary !== true) return rowText(columns, cells, timeZone);
      const entries = columns.map(
        ({ name, type }, at) =>
          `${stringText(name)}: ${valueText(cells[at] ?? null, type, timeZone)}`,
      );
      return `{${entries.join(', ')}}`;
    }
    case 'cell': {
      const { cell, type, timeZone } = result;
      if (spec !== undefined) {
        const plain = printedResult(result, 'str');
        return formattedText(plain, cell === null ? undefined : numberKindOf(type), spec) ?? plain;
      }
      const isPlain =
        cell !== null && type.kind !== 'struct' && type.kind !== 'array' && type.kind !== 'map';
      // `str` of a text, a decimal or a date has no quotes and no class.
      const isOwn =
        isPlain && (type.kind === 'decimal' || /^(?:string|date|timestamp)/.test(type.name));
      return as === 'str' && isOwn
        ? cellText(cell, type, timeZone)
        : valueText(cell, type, timeZone);
    }
  }
}

function numberKindOf(type: SparkType): NumberKind | undefined {
  if (type.kind === 'decimal') return 'float';
  if (type.kind !== 'atom') return undefined;
  if (type.name.endsWith('int')) return 'whole';
  return /^(?:float|double)$/.test(type.name) ? 'float' : undefined;
}
