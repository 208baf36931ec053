/** SQL inside other documents: fences of Markdown, and cells of a notebook that begin with `%%sql`. */
export interface EmbeddedSql {
  /** Of the line with the fence or the magic, from zero. */
  readonly line: number;
  /** The half-open range of the SQL in the document. */
  readonly start: number;
  readonly end: number;
  /** Whether the fence or the magic says that it is Spark's. */
  readonly isSpark: boolean;
}

export function fencesIn(markdown: string): readonly EmbeddedSql[] {
  const found: EmbeddedSql[] = [];
  let open: { fence: string; language: string; line: number; start: number } | undefined;
  linesOf(markdown).forEach(({ text, start, end }, line) => {
    const fence = /^\s*(`{3,}|~{3,})\s*([^\s`{,:]*)/.exec(text);
    const [, marks = '', language = ''] = fence ?? [];
    if (!open) {
      if (fence) open = { fence: marks, language, line, start: end };
      return;
    }
    const closes = marks.startsWith(open.fence) && text.trim() === marks;
    if (!closes) return;
    if (/^(spark-?)?sql$/i.test(open.language)) {
      const isSpark = open.language.length > 3;
      found.push({ line: open.line, start: open.start, end: start, isSpark });
    }
    open = undefined;
  });
  return found;
}

export function magicIn(cell: string): EmbeddedSql | undefined {
  const [first] = linesOf(cell);
  const [magic] = /^%%(spark_?)?sql\b/i.exec(first?.text ?? '') ?? [];
  if (!first || magic === undefined) return undefined;
  return { line: 0, start: first.end, end: cell.length, isSpark: magic.length > 5 };
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
