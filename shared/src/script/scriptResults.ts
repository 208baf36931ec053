/** Results of a script's steps as Python has them: rows, cells of them, and how they print. */
import type { Field } from '#shared/protocol/engine.ts';
import type { ElementShape, ResultForm, ResultPlace } from '#shared/protocol/frameScript.ts';
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
  | { readonly kind: 'tuple'; readonly items: readonly Result[] }
  | {
      readonly kind: 'dict';
      readonly entries: readonly (readonly [key: Result, value: Result])[];
      /** A `defaultdict(int)`: other keys have a zero. */
      readonly isCount?: boolean;
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
  if (typeof form !== 'string') return elementsIn({ schema, columns, timeZone, rows }, form);
  switch (form) {
    case 'stats':
      return text(statsText(columns, rows[0] ?? [], timeZone));
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

/** The elements of an RDD are the cells of the one column. */
function elementsIn({ columns, timeZone, rows }: Rows, form: Exclude<ResultForm, string>): Result {
  const type = columns[0]?.type ?? { kind: 'atom', name: 'void' };
  const elementOf = (row: readonly Cell[], shape: ElementShape) =>
    shaped({ kind: 'cell', cell: row[0] ?? null, type, timeZone }, shape);
  if ('list' in form) {
    const { list } = form;
    return { kind: 'list', items: rows.map((row) => elementOf(row, list)) };
  }
  if ('one' in form) {
    const [row] = rows;
    if (!row) throw new NoSuchPlace('the RDD is empty; Python raises ValueError');
    return elementOf(row, form.one);
  }
  const entries = new Map<string, readonly [Result, Result]>();
  for (const row of rows) {
    const pair = elementOf(row, { tuple: form.dict });
    const [key, value] = itemsOf(pair);
    if (!key || !value) continue;
    // As in Python a key stays where it first was, and has the value that came last.
    entries.set(printedResult(key, 'repr'), [key, value]);
  }
  const isCount = form.isCount === true ? { isCount: true } : {};
  return { kind: 'dict', entries: [...entries.values()], ...isCount };
}

function shaped(result: Extract<Result, { kind: 'cell' }>, shape: ElementShape): Result {
  const { cell, type, timeZone } = result;
  if (shape === 'value' || cell === null) return result;
  const at = (inner: Cell | undefined, innerType: SparkType, innerShape: ElementShape) =>
    shaped({ kind: 'cell', cell: inner ?? null, type: innerType, timeZone }, innerShape);
  if ('list' in shape && type.kind === 'array')
    return {
      kind: 'list',
      items: (cell as readonly Cell[]).map((item) => at(item, type.element, shape.list)),
    };
  if ('tuple' in shape && type.kind === 'struct')
    return {
      kind: 'tuple',
      items: type.fields.map((field, index) =>
        at((cell as readonly Cell[])[index], field.type, shape.tuple[index] ?? 'value'),
      ),
    };
  return result;
}

/** As PySpark's StatCounter prints; of no numbers it has what it began with. */
function statsText(columns: readonly PageColumn[], row: readonly Cell[], timeZone: string): string {
  const ofNone = ['0', '0.0', 'nan', '-inf', 'inf'];
  const names = ['count', 'mean', 'stdev', 'max', 'min'];
  const parts = names.map((name, at) => {
    const [cell = null, column] = [row[at], columns[at]];
    const value = cell === null || !column ? ofNone[at] : valueText(cell, column.type, timeZone);
    return `${name}: ${value}`;
  });
  return `(${parts.join(', ')})`;
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
    if (place.call === 'slice')
      return { kind: 'list', items: itemsOf(result).slice(place.from, place.to) };
    if (place.call === 'sorted') return sortedItems(result, place);
    if (place.call === 'len') return text(String(itemsOf(result).length));
    if (place.call === 'items' || place.call === 'keys' || place.call === 'values')
      return viewOf(result, place.call);
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
  if (result.kind === 'dict') return entryOf(result, place);
  if (typeof place !== 'number' || (result.kind !== 'list' && result.kind !== 'tuple'))
    throw new NoSuchPlace(
      `${printedResult(result, 'repr')} has no ${JSON.stringify(place)}; Python raises an error`,
    );
  const item = result.items.at(place);
  if (!item) throw new NoSuchPlace(`there is no item ${place}; Python raises IndexError`);
  return item;
}

/** Equal ones stay in their order, in either direction. */
function sortedItems(
  result: Result,
  { by, isReversed }: Extract<ResultPlace, { readonly call: 'sorted' }>,
): Result {
  const keyed = itemsOf(result).map((item) => ({ item, key: partOf(item, by) }));
  const sign = isReversed === true ? -1 : 1;
  keyed.sort((left, right) => sign * orderOf(left.key, right.key));
  return { kind: 'list', items: keyed.map(({ item }) => item) };
}

/** As Python compares: numbers and texts, and tuples, lists and rows by their first difference. */
function orderOf(left: Result, right: Result): number {
  if (left.kind === 'cell' && right.kind === 'cell') {
    const [a, b] = [left.cell, right.cell];
    if (typeof a === 'string' && typeof b === 'string' && isText(left.type) && isText(right.type))
      return orderOfTexts(a, b);
    const [x, y] = [numberOf(left), numberOf(right)];
    if (x !== undefined && y !== undefined) return x < y ? -1 : x > y ? 1 : 0;
  }
  const areParts = [left, right].every(({ kind }) => /^(?:tuple|list|row)$/.test(kind));
  if (!areParts) throw new NoSuchPlace('these values are not put in order here');
  const [ours, theirs] = [itemsOf(left), itemsOf(right)];
  for (const [at, item] of ours.entries()) {
    const other = theirs[at];
    if (!other) return 1;
    const order = orderOf(item, other);
    if (order !== 0) return order;
  }
  return ours.length - theirs.length;
}

function isText(type: SparkType): boolean {
  return type.kind === 'atom' && type.name.startsWith('string');
}

/** By code points, which JavaScript's own order of UTF-16 units is not. */
function orderOfTexts(left: string, right: string): number {
  const [ours, theirs] = [Array.from(left), Array.from(right)];
  for (const [at, character] of ours.entries()) {
    const other = theirs[at];
    if (other === undefined) return 1;
    const difference = (character.codePointAt(0) ?? 0) - (other.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return ours.length - theirs.length;
}

function numberOf({ cell, type }: Extract<Result, { kind: 'cell' }>): number | bigint | undefined {
  if (typeof cell === 'number' || typeof cell === 'bigint') return cell;
  if (typeof cell === 'boolean') return Number(cell);
  if (typeof cell !== 'string' || numberKindOf(type) !== 'whole') return undefined;
  return BigInt(cell);
}

function viewOf(result: Result, view: 'items' | 'keys' | 'values'): Result {
  if (result.kind !== 'dict') throw new NoSuchPlace(`only a dictionary has ${view}()`);
  const items = result.entries.map(([key, value]): Result => {
    if (view === 'items') return { kind: 'tuple', items: [key, value] };
    return view === 'keys' ? key : value;
  });
  return { kind: 'list', items };
}

function entryOf({ entries, isCount }: Extract<Result, { kind: 'dict' }>, place: number | string) {
  const key = typeof place === 'number' ? String(place) : stringText(place);
  const found = entries.find(([each]) => printedResult(each, 'repr') === key);
  if (found) return found[1];
  if (isCount === true) return text('0');
  throw new NoSuchPlace(`there is no key ${key}; Python raises KeyError`);
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
  if (result.kind === 'list' || result.kind === 'tuple') return result.items;
  if (result.kind === 'dict') return result.entries.map(([key]) => key);
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
    case 'tuple': {
      const items = result.items.map((item) => printedResult(item, 'repr')).join(', ');
      return result.items.length === 1 ? `(${items},)` : `(${items})`;
    }
    case 'dict': {
      const entries = result.entries.map((entry) =>
        entry.map((each) => printedResult(each, 'repr')).join(': '),
      );
      const text = `{${entries.join(', ')}}`;
      return result.isCount === true ? `defaultdict(<class 'int'>, ${text})` : text;
    }
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
