/** Whether two answers are the same as far as Spark promises anything of them. */

export interface Answer {
  /** `struct<name:type,…>` */
  readonly schema: string;
  /** A row a line, tabs between columns. */
  readonly text: string;
}

/**
 * The same doubles written differently: Java 17 writes some with a digit more than tells them apart
 * (JDK-4511638), Java 19 and later do not, and Spark runs on both.
 */
export function withPlainNumbers({ schema, text }: Answer): string {
  const types = columnsOf(schema).map(({ type }) => type);
  if (!types.some((type) => type === 'double' || type === 'float')) return text;
  return text
    .split('\n')
    .map((line) => {
      const cells = line.split('\t');
      if (cells.length !== types.length) return line;
      return cells
        .map((cell, index) => {
          if (!/^-?\d+\.\d+(E-?\d+)?$/.test(cell)) return cell;
          if (types[index] === 'double') return String(Number(cell));
          return types[index] === 'float' ? String(Math.fround(Number(cell))) : cell;
        })
        .join('\t');
    })
    .join('\n');
}

/** Rows that ORDER BY ties come in any order: what it orders by comes in the same one. */
export function ordersAlike(sql: string, one: Answer, other: Answer): boolean {
  const order = /\border\s+by\s+([^()]*)$/i.exec(sql)?.[1];
  if (order === undefined || /\blimit\b|\boffset\b/i.test(order)) return false;
  const names = columnsOf(one.schema).map(({ name }) => name.toLowerCase());
  const keys = order.split(',').map((item) => {
    const name = item
      .trim()
      .replace(/\s+(asc|desc)\b/i, '')
      .replace(/\s+nulls\s+(first|last)\b/i, '');
    return names.indexOf(name.toLowerCase().split('.').at(-1) ?? '');
  });
  if (keys.includes(-1)) return false;
  const ordered = ({ text }: Answer) =>
    text.split('\n').map((line) => {
      const cells = line.split('\t');
      return keys.map((key) => cells[key]).join('\t');
    });
  return ordered(one).join('\n') === ordered(other).join('\n');
}

/** The columns of a struct's text; commas and colons within a type are no ends of it. */
function columnsOf(schema: string): readonly { readonly name: string; readonly type: string }[] {
  const inner = schema.replace(/^struct<|>$/g, '');
  const columns: string[] = [];
  let depth = 0;
  let column = '';
  for (const character of inner) {
    if ('<(['.includes(character)) depth += 1;
    if ('>)]'.includes(character)) depth -= 1;
    if (character === ',' && depth === 0) {
      columns.push(column);
      column = '';
    } else column += character;
  }
  columns.push(column);
  return columns.map((text) => {
    const at = text.lastIndexOf(':');
    return { name: text.slice(0, at), type: text.slice(at + 1) };
  });
}
