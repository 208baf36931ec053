/** Text that is safe inside DuckDB SQL. Nothing of the user's reaches the SQL but through here. */

export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A VARCHAR literal. DuckDB's literals know no escapes but `''`; NUL ends its scanner, so it is spelt out. */
export function quoteString(value: string): string {
  const quoted = (part: string) => `'${part.replaceAll("'", "''")}'`;
  if (!value.includes('\0')) return quoted(value);
  return `(${value.split('\0').map(quoted).join(' || chr(0) || ')})`;
}

/** A path as DuckDB's readers take it: they expand globs, which a file's name may hold as plain letters. */
export function quotePath(path: string): string {
  return quoteString(path.replace(/[[*?]/g, '[$&]'));
}
