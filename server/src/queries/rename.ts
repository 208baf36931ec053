/** A new name for an alias, a WITH name or a column, wherever it is used. */
import { fail, ok, type Result } from '#shared/result.ts';
import { quoteName } from '#shared/protocol/sparkDdl.ts';
import { givenNames, nameAt } from './names.ts';
import type { SqlDocument } from './sqlDocument.ts';
import { queryOf, readStatement, statementAt } from './sqlDocument.ts';
import type { SqlEdit } from './sqlFindings.ts';
import { analyzeRelation, tablesAt, type SqlTables } from './sqlTables.ts';

export interface RenameRefusal {
  readonly kind: 'refused';
  readonly message: string;
}

const refuse = (message: string) => fail({ kind: 'refused', message } as const);

export function renameAt(
  document: SqlDocument,
  offset: number,
  newName: string,
  outer: SqlTables,
): Result<readonly SqlEdit[], RenameRefusal> {
  const statement = statementAt(document, offset);
  const tables = statement ? tablesAt(document, statement, outer) : outer;
  const given = statement && nameAt(givenNames(statement, tables), offset - statement.start)?.given;
  if (!given) return refuse('Only aliases, WITH names and columns named by AS can be renamed.');
  const name = newName.trim().replace(/^`(.*)`$/s, '$1');
  if (name === '') return refuse('Write a name.');
  const text = quoteName(name);
  const edits = [given.range, ...given.uses].map(({ start, end }) => ({ start, end, text }));
  const before = queryOf(statement);
  if (before && analyzeRelation(before, tables)?.ok === true) {
    const after = queryOf(readStatement(applied(statement.text, edits), 0, false));
    // A name that something else has already, or a use that was not found, shows here.
    if (!after || analyzeRelation(after, tables)?.ok !== true) {
      return refuse(
        `The query would not mean the same with the name '${name}'. Nothing was changed.`,
      );
    }
  }
  return ok(
    edits.map((edit) => ({
      ...edit,
      start: statement.start + edit.start,
      end: statement.start + edit.end,
    })),
  );
}

function applied(text: string, edits: readonly SqlEdit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce(
      (current, edit) => current.slice(0, edit.start) + edit.text + current.slice(edit.end),
      text,
    );
}
