/** Configuration files as sections of `key = value`, each with its line: INI as Python reads it, and TOML's tables. */

export interface ConfigSection {
  readonly name: string;
  readonly line: number;
  readonly entries: readonly ConfigEntry[];
}

export interface ConfigEntry {
  readonly key: string;
  readonly value: ConfigValue;
  readonly line: number;
}

/** INI has texts only. */
export type ConfigValue = string | number | boolean | readonly ConfigValue[];

export interface ConfigText {
  readonly sections: readonly ConfigSection[];
  /** Lines that no reader understands. */
  readonly broken: readonly number[];
}

/** As Python's configparser: `=` or `:`, whole-line comments, continuation by indentation. */
export function readIni(text: string): ConfigText {
  const sections: { name: string; line: number; entries: ConfigEntry[] }[] = [];
  const broken: number[] = [];
  for (const [line, raw] of text.split(/\r\n|\r|\n/).entries()) {
    if (/^\s*([#;]|$)/.test(raw)) continue;
    const current = sections.at(-1);
    const last = current?.entries.at(-1);
    if (/^\s/.test(raw) && current && last) {
      const value = `${String(last.value)}\n${raw.trim()}`.trim();
      current.entries[current.entries.length - 1] = { ...last, value };
      continue;
    }
    const header = /^\[(.+)\]/.exec(raw);
    if (header?.[1] !== undefined) {
      sections.push({ name: header[1], line, entries: [] });
      continue;
    }
    const entry = /^\s*([^=:\s][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(raw);
    if (!entry || !current) broken.push(line);
    else current.entries.push({ key: (entry[1] ?? '').toLowerCase(), value: entry[2] ?? '', line });
  }
  return { sections, broken };
}

/**
 * The part of TOML that configuration of tools is written in: tables, arrays of tables, keys, texts, numbers, booleans
 * and arrays over several lines. What else there is, dates and inline tables, is skipped as a value without meaning.
 */
export function readToml(text: string): ConfigText {
  const sections: { name: string; line: number; entries: ConfigEntry[] }[] = [
    { name: '', line: 0, entries: [] },
  ];
  const broken: number[] = [];
  const lines = text.split(/\r\n|\r|\n/);
  for (let line = 0; line < lines.length; line++) {
    const raw = lines[line] ?? '';
    if (/^\s*(#|$)/.test(raw)) continue;
    const header = /^\s*\[\[?\s*([^[\]]+?)\s*\]\]?\s*(#.*)?$/.exec(raw);
    if (header?.[1] !== undefined) {
      sections.push({ name: header[1].replace(/["'\s]/g, ''), line, entries: [] });
      continue;
    }
    const entry = /^\s*("[^"]+"|'[^']+'|[\w.-]+)\s*=\s*(.*)$/.exec(raw);
    if (!entry) {
      broken.push(line);
      continue;
    }
    let source = entry[2] ?? '';
    const start = line;
    let parsed = readValue(source, 0);
    // A value that is not over continues on the next line.
    while (parsed === undefined && line + 1 < lines.length && line - start < 1000) {
      line++;
      source += `\n${lines[line] ?? ''}`;
      parsed = readValue(source, 0);
    }
    const key = (entry[1] ?? '').replace(/["']/g, '');
    if (parsed) sections.at(-1)?.entries.push({ key, value: parsed.value, line: start });
    else {
      broken.push(start);
      line = start;
    }
  }
  return { sections, broken };
}

/** The value at an offset and where it ends; undefined while it is not complete. */
function readValue(
  source: string,
  offset: number,
): { readonly value: ConfigValue; readonly end: number } | undefined {
  const rest = source.slice(offset);
  const long = /^("""|''')/.exec(rest)?.[1];
  if (long !== undefined) {
    const end = rest.indexOf(long, 3);
    return end < 0
      ? undefined
      : { value: rest.slice(3, end).replace(/^\n/, ''), end: offset + end + 3 };
  }
  const literal = /^'([^'\n]*)'/.exec(rest);
  if (literal) return { value: literal[1] ?? '', end: offset + literal[0].length };
  const basic = /^"((?:[^"\\\n]|\\.)*)"/.exec(rest);
  if (basic) {
    const value = (basic[1] ?? '').replace(/\\(["\\nt])/g, (_all, escaped: string) =>
      escaped === 'n' ? '\n' : escaped === 't' ? '\t' : escaped,
    );
    return { value, end: offset + basic[0].length };
  }
  if (rest.startsWith('[')) return readArray(source, offset);
  if (rest.startsWith('{')) {
    const end = rest.indexOf('}');
    return end < 0 ? undefined : { value: '', end: offset + end + 1 };
  }
  const bare = /^[^\s,\]#]+/.exec(rest)?.[0];
  if (bare === undefined) return undefined;
  const number = Number(bare.replaceAll('_', ''));
  const value =
    bare === 'true' ? true : bare === 'false' ? false : Number.isFinite(number) ? number : bare;
  return { value, end: offset + bare.length };
}

function readArray(source: string, start: number): ReturnType<typeof readValue> {
  const items: ConfigValue[] = [];
  let offset = start + 1;
  for (;;) {
    offset += /^(\s|,|#[^\n]*(\n|$))*/.exec(source.slice(offset))?.[0].length ?? 0;
    if (offset >= source.length) return undefined;
    if (source.charAt(offset) === ']') return { value: items, end: offset + 1 };
    const item = readValue(source, offset);
    if (!item || item.end === offset) return undefined;
    items.push(item.value);
    offset = item.end;
  }
}
