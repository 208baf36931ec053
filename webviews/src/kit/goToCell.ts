import type { Field } from '#shared/protocol/engine.ts';
import { formatCount } from '#shared/quantities.ts';

export interface GoToChoice {
  readonly label: string;
  /** What of it is told in the secondary colour. */
  readonly detail: string;
  readonly row?: number;
  readonly column?: number;
}

export type GoToChoices =
  | { readonly kind: 'choices'; readonly choices: readonly GoToChoice[] }
  | { readonly kind: 'problem'; readonly message: string };

const MOST_COLUMNS = 12;

/**
 * What people type to go somewhere: `12,345` is a row as it is numbered beside the grid, `-1` the last one, `50%` a
 * share of all; anything else is looked for in the names of columns.
 */
export function goToChoices(
  text: string,
  where: {
    readonly rowCount: number;
    /** Those are all rows. */
    readonly complete: boolean;
    readonly fields: readonly Field[];
  },
): GoToChoices {
  const wanted = text.trim();
  const { rowCount, complete, fields } = where;
  if (wanted === '')
    return problem(
      rowCount === 0
        ? 'A part of a column’s name'
        : `A row from 1 to ${formatCount(rowCount)}, -1 for the last, 50%, or a part of a column’s name`,
    );
  const columns = columnsNamed(wanted, fields);
  const row = rowOf(wanted, rowCount);
  if (row === undefined) {
    if (columns.length === 0) return problem(`No column’s name has “${wanted}” in it`);
    return { kind: 'choices', choices: columns };
  }
  if (row < 0 || row >= rowCount) {
    if (columns.length > 0) return { kind: 'choices', choices: columns };
    if (rowCount === 0) return problem('There are no rows');
    return problem(
      complete
        ? `The last row is ${formatCount(rowCount)}`
        : `Rows up to ${formatCount(rowCount)} are known so far`,
    );
  }
  const detail = row === rowCount - 1 && complete ? 'the last one' : '';
  return {
    kind: 'choices',
    choices: [{ label: `Row ${formatCount(row + 1)}`, detail, row }, ...columns],
  };
}

function rowOf(text: string, rowCount: number): number | undefined {
  const share = /^(\d{1,3}(?:\.\d+)?)\s*%$/.exec(text)?.[1];
  if (share !== undefined)
    return Math.min(rowCount - 1, Math.floor((rowCount * Number(share)) / 100));
  if (!/^-?\d[\d\s,._']*$/.test(text)) return undefined;
  const number = Number(text.replace(/[\s,._']/g, ''));
  if (!Number.isSafeInteger(number)) return undefined;
  return number < 0 ? Math.max(0, rowCount + number) : number - 1;
}

/** Those that begin with the text before those that have it inside. */
function columnsNamed(text: string, fields: readonly Field[]): readonly GoToChoice[] {
  const wanted = text.toLowerCase();
  const begins: number[] = [];
  const inside: number[] = [];
  for (const [column, { name }] of fields.entries()) {
    const at = name.toLowerCase().indexOf(wanted);
    if (at < 0) continue;
    if (name.length === wanted.length) begins.unshift(column);
    else (at === 0 ? begins : inside).push(column);
  }
  // A digit or two are in many names, and most likely of a row.
  const others = /^-?[\d,.\s%]+$/.test(text) ? [] : inside;
  return [...begins, ...others].slice(0, MOST_COLUMNS).map((column) => {
    const { name = '', type = '' } = fields[column] ?? {};
    return { label: name, detail: `${type} · column ${formatCount(column + 1)}`, column };
  });
}

function problem(message: string): GoToChoices {
  return { kind: 'problem', message };
}
