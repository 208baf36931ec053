/** SQL inside other documents: fences of Markdown, and cells of a notebook that begin with `%%sql`. Pure. */
export interface EmbeddedSql {
  /** Of the line with the fence or the magic, from zero. */
  readonly line: number;
  readonly text: string;
}

export function fencesIn(markdown: string): readonly EmbeddedSql[] {
  const found: EmbeddedSql[] = [];
  let open: { fence: string; isSql: boolean; line: number; lines: string[] } | undefined;
  markdown.split(/\r\n|\r|\n/).forEach((text, line) => {
    const fence = /^\s*(`{3,}|~{3,})\s*([^\s`{,:]*)/.exec(text);
    const [, marks = '', language = ''] = fence ?? [];
    if (!open) {
      if (fence) {
        const isSql = /^(spark-?)?sql$/i.test(language);
        open = { fence: marks, isSql, line, lines: [] };
      }
      return;
    }
    const closes = marks.startsWith(open.fence) && text.trim() === marks;
    if (!closes) {
      open.lines.push(text);
      return;
    }
    if (open.isSql) found.push({ line: open.line, text: open.lines.join('\n') });
    open = undefined;
  });
  return found.filter(({ text }) => text.trim() !== '');
}

export function magicIn(cell: string): EmbeddedSql | undefined {
  const [first = '', ...rest] = cell.split(/\r\n|\r|\n/);
  const text = rest.join('\n');
  return /^%%(spark_?)?sql\b/i.test(first) && text.trim() !== '' ? { line: 0, text } : undefined;
}
