/** SQL inside other documents: fences of Markdown, and cells of a notebook that begin with `%%sql`. Pure. */
export interface EmbeddedSql {
  /** Of the line with the fence or the magic, from zero. */
  readonly line: number;
  /** The half-open range of the SQL in the document. */
  readonly start: number;
  readonly end: number;
}

export function fencesIn(markdown: string): readonly EmbeddedSql[] {
  const found: EmbeddedSql[] = [];
  let open: { fence: string; isSql: boolean; line: number; start: number } | undefined;
  linesOf(markdown).forEach(({ text, start, end }, line) => {
    const fence = /^\s*(`{3,}|~{3,})\s*([^\s`{,:]*)/.exec(text);
    const [, marks = '', language = ''] = fence ?? [];
    if (!open) {
      if (fence) {
        const isSql = /^(spark-?)?sql$/i.test(language);
        open = { fence: marks, isSql, line, start: end };
      }
      return;
    }
    const closes = marks.startsWith(open.fence) && text.trim() === marks;
    if (!closes) return;
    if (open.isSql) found.push({ line: open.line, start: open.start, end: start });
    open = undefined;
  });
  return found.filter(({ start, end }) => markdown.slice(start, end).trim() !== '');
}

export function magicIn(cell: string): EmbeddedSql | undefined {
  const [first] = linesOf(cell);
  if (!first || !/^%%(spark_?)?sql\b/i.test(first.text)) return undefined;
  const { end: start } = first;
  return cell.slice(start).trim() === '' ? undefined : { line: 0, start, end: cell.length };
}

/** `end` is behind the line's break. */
function linesOf(text: string) {
  return [...text.matchAll(/([^\r\n]*)(?:\r\n|\r|\n|$)/gy)].map(
    ({ 0: whole, 1: line = '', index }) => ({
      text: line,
      start: index,
      end: index + whole.length,
    }),
  );
}
