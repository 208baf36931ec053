import { backquoted, stringLiteral } from '#shared/protocol/arrangement.ts';
import type { Field } from '#shared/protocol/engine.ts';
import type { CellValue } from './arrowCells.ts';
import { isNumeric } from './arrowCells.ts';
import type { Arranging } from './arranging.ts';
import type { MenuItem } from './contextMenu.tsx';
import type { DataRows } from './dataRows.ts';
import type { CopyTarget } from './copyRows.ts';
import { copySelection, insertSelection } from './copyRows.ts';
import { rowFormats } from './rowText.ts';

/** What can be done with a cell, its column and the selection, by mouse and by the menu key. */
export function dataMenu(options: {
  readonly rows: DataRows;
  /** Absent where the rows can't be asked for in another order. */
  readonly arranging: Arranging | undefined;
  readonly target: CopyTarget;
  readonly onOpenValue: () => void;
}): (readonly MenuItem[])[] {
  const { rows, arranging, target } = options;
  const selection = rows.selection.value;
  const { row, column } = selection.active;
  const field = rows.schema.value[column];
  const value = rows.value(row, column);
  const copy: MenuItem[] = [
    { label: 'Copy', keys: 'Ctrl+C', run: () => copySelection(rows, selection, 'tabs', target) },
    ...rowFormats.map(({ format, label }) => ({
      label: `Copy as ${label}`,
      run: () => copySelection(rows, selection, format, target),
    })),
    { label: 'Insert as VALUES into the SQL', run: () => insertSelection(rows, selection, target) },
  ];
  const show: MenuItem[] = [
    { label: 'Show the value', keys: 'Enter', disabled: !value, run: options.onOpenValue },
    { label: 'Go to row or column…', keys: 'Ctrl+G', run: () => (rows.goingTo.value = true) },
  ];
  if (!arranging || !field) return [show, copy];
  const condition = value && conditionOf(field, value);
  const add = (text: string) => {
    const { where } = arranging.wanted.value;
    arranging.change({ where: where.trim() === '' ? text : `(${where}) AND ${text}` });
  };
  const sort = (descending: boolean) => {
    arranging.sortBy(column, false, descending);
  };
  return [
    show,
    [
      { label: 'Sort ascending', keys: 'Alt+Shift+↑', run: () => sort(false) },
      { label: 'Sort descending', keys: 'Alt+Shift+↓', run: () => sort(true) },
    ],
    [
      {
        label: 'Only rows with this value',
        disabled: condition === undefined,
        run: () => condition && add(condition),
      },
      {
        label: 'No rows with this value',
        disabled: condition === undefined,
        run: () => {
          if (condition === undefined || value === undefined) return;
          const name = backquoted(field.name);
          add(
            value.text === null
              ? `${name} IS NOT NULL`
              : `NOT (${name} <=> ${condition.slice(name.length + 3)})`,
          );
        },
      },
    ],
    copy,
  ];
}

/** A condition that holds where the column has this value; undefined for types that have no equality. */
function conditionOf({ name, type }: Field, { text }: CellValue): string | undefined {
  const column = backquoted(name);
  if (text === null) return `${column} IS NULL`;
  if (/^(map|variant|array|struct|interval)/.test(type)) return undefined;
  if (type === 'binary') return `${column} = X'${text.replace(/[[\] ]/g, '')}'`;
  if (type === 'boolean') return `${column} = ${text}`;
  if (isNumeric(type) && !/NaN|Infinity/.test(text)) {
    const isFloating = type === 'double' || type === 'float';
    return isFloating ? `${column} = ${type}('${text}')` : `${column} = ${text}`;
  }
  if (type === 'double' || type === 'float') return `${column} = ${type}('${text}')`;
  if (type.startsWith('time(')) return `${column} = TIME'${text}'`;
  if (type === 'date' || type === 'timestamp' || type === 'timestamp_ntz')
    return `${column} = ${type.toUpperCase()}'${text}'`;
  return `${column} = ${stringLiteral(text)}`;
}
