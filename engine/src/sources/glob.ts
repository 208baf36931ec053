/** A pattern of file names, as Hadoop writes it: `*`, `?`, `[a-c]` and `{a,b}`. */
export function globPattern(part: string): RegExp {
  const text = part.replace(
    /\{([^{}]*)\}|\[(!|\^)?([^\]]*)\]|\*|\?|[.+^$()|\\[\]{}]/g,
    (whole, ...groups) => {
      const [alternatives, negated, letters] = groups as (string | undefined)[];
      if (alternatives !== undefined) {
        return `(?:${alternatives
          .split(',')
          .map((one) => one.replace(/[.+^$()|\\[\]{}*?]/g, '\\$&'))
          .join('|')})`;
      }
      if (letters !== undefined)
        return `[${negated === undefined ? '' : '^'}${letters.replace(/[\\\]^]/g, '\\$&')}]`;
      return whole === '*' ? '.*' : whole === '?' ? '.' : `\\${whole}`;
    },
  );
  return new RegExp(`^${text}$`);
}
