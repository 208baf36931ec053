/** Formats the statements that a selection touches, and no character around them. */
import { formatStatement, sameTokens, standardFormat, type FormatOptions } from './formatSql.ts';
import type { SqlDocument, SqlStatement } from './sqlDocument.ts';
import type { SqlEdit } from './sqlFindings.ts';

/** Each statement of which something lies within `[start, end)`, whole. Of an empty range the one around it. */
export function formatRange(
  { text, statements }: SqlDocument,
  { start, end }: { readonly start: number; readonly end: number },
  options: FormatOptions = standardFormat,
): readonly SqlEdit[] {
  const touched = statements.filter((statement) =>
    start === end
      ? statement.start <= start && start <= statement.end
      : statement.start < end && start < statement.end,
  );
  return touched.flatMap((statement) => editOf(text, statement, options));
}

/** What to write when a `;` was typed right before `offset`: the statement that it ends. */
export function formatEnded(
  { text, statements }: SqlDocument,
  offset: number,
  options: FormatOptions = standardFormat,
): readonly SqlEdit[] {
  // A `;` in a string or a comment lies within its statement, or before the one that follows.
  const ended = statements.findLast(({ end }) => end < offset);
  const isEnd = ended !== undefined && /^\s*;$/.test(text.slice(ended.end, offset));
  return isEnd ? editOf(text, ended, options) : [];
}

function editOf(text: string, statement: SqlStatement, options: FormatOptions): readonly SqlEdit[] {
  const { start, end } = statement;
  const written = text.slice(start, end);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const indent = /^[^\S\n]*$/.exec(text.slice(lineStart, start))?.[0] ?? '';
  const width = Math.max(options.width - indent.length, 20);
  const formatted = formatStatement(written, { ...options, width });
  const indented = formatted.replace(/\n(?=.)/g, `\n${indent}`);
  // The lines of a string and of a long comment stay where they are, and so do all others then.
  const newText = sameTokens(formatted, indented) ? indented : formatted;
  return newText === written ? [] : [{ start, end, text: newText }];
}
