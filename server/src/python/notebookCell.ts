/**
 * What of a notebook's cell is Python. IPython's own lines (`%magic`, `!command`, `name?`) become comments of the same
 * length, so that every place in the code is one in the cell.
 */

/** Cell magics behind which Python goes on; behind any other the cell is in another language. */
const pythonCellMagics: ReadonlySet<string> = new Set([
  'capture',
  'memit',
  'prun',
  'python',
  'python3',
  'time',
  'timeit',
]);

export function pythonOfCell(cell: string): string {
  const magic = /^\s*%%(\w*)/.exec(cell);
  const lines = cell.split(/(\r\n?|\n)/);
  if (magic && !pythonCellMagics.has(magic[1] ?? ''))
    return lines.map((line, index) => (index % 2 === 1 ? line : comment(line, 0))).join('');
  let quote: string | undefined;
  let depth = 0;
  let continues = false;
  return lines
    .map((line, index) => {
      if (index % 2 === 1) return line;
      const isInside = quote !== undefined || depth > 0 || continues;
      const code = isInside ? line : pythonOfLine(line);
      ({ quote, depth } = afterLine(code, quote, depth));
      // A command goes on in the next line as code does.
      continues = /\\\s*$/.test(line) && quote === undefined;
      return code;
    })
    .join('');
}

function pythonOfLine(line: string): string {
  const start = /^\s*/.exec(line)?.[0].length ?? 0;
  const rest = line.slice(start);
  if (/^(%|!|\?)/.test(rest)) return comment(line, start);
  if (/^[\w.*]+\?{1,2}\s*$/.test(rest)) return comment(line, start);
  // `files = !ls` and `result = %timeit -o f()` give objects of IPython's.
  const assigned = /^([\w\s,.[\]]+=\s*)([!%]\s*\w.*)$/.exec(rest);
  if (assigned?.[1] !== undefined && assigned[2] !== undefined) {
    const value = assigned[2].length >= 3 ? '...' : '0';
    return line.slice(0, start) + assigned[1] + value.padEnd(assigned[2].length);
  }
  return line;
}

function comment(line: string, start: number): string {
  return line.length > start ? `${line.slice(0, start)}#${line.slice(start + 1)}` : line;
}

/** Whether a string of three quotes, or a bracket, is open at the end of a line. */
function afterLine(line: string, before: string | undefined, depthBefore: number) {
  let quote = before;
  let depth = depthBefore;
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? '';
    if (quote !== undefined) {
      if (character === '\\') at++;
      else if (line.startsWith(quote, at)) {
        at += quote.length - 1;
        quote = undefined;
      }
    } else if (character === '#') break;
    else if (character === '"' || character === "'") {
      quote = line.startsWith(character.repeat(3), at) ? character.repeat(3) : character;
      at += quote.length - 1;
    } else if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth = Math.max(0, depth - 1);
  }
  // A string of one quote ends with its line at the latest.
  return { quote: quote?.length === 3 ? quote : undefined, depth };
}
