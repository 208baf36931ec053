/** As much of Python's text as the checks of the exercises look at; what is in a comment or docstring is not code. */

const TOKEN = /("""|''')[\s\S]*?\1|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#.*/g;

/** Without comments, and without the texts in strings that could be taken for code; lines stay where they are. */
export function codeOf(source: string): string {
  return source.replace(TOKEN, (token) => {
    if (token.startsWith('#')) return '';
    if (/^("""|''')/.test(token)) return `""${token.replace(/[^\n]/g, '')}`;
    return token.includes('(') ? '""' : token;
  });
}

/** The line, from one, whose comment keeps a checker silent about what stands there; imports may. */
export function silencedLine(source: string): number | undefined {
  for (const { 0: token, index } of source.matchAll(TOKEN)) {
    if (!/^#\s*(type:\s*ignore|(pyright|mypy|strata):)/.test(token)) continue;
    const before = source.slice(0, index).split('\n');
    if (!/^\s*(import|from)\s/.test(before.at(-1) ?? '')) return before.length;
  }
  return undefined;
}

/** A function or class with all that is indented below it; undefined where there is none of the name. */
export function blockOf(code: string, kind: 'def' | 'class', name: string): string | undefined {
  const lines = code.split('\n');
  const start = lines.findIndex((line) => new RegExp(`^\\s*${kind} ${name}\\b`).test(line));
  if (start < 0) return undefined;
  const depth = indent(lines[start] ?? '');
  const length = lines
    .slice(start + 1)
    .findIndex((line) => line.trim() !== '' && indent(line) <= depth && !/^\s*[)\]]/.test(line));
  return lines.slice(start, length < 0 ? undefined : start + 1 + length).join('\n');
}

const indent = (line: string) => line.length - line.trimStart().length;

/** A function, and the functions of the same file that it calls. */
export function reachedFrom(code: string, name: string): string | undefined {
  const blocks = new Map<string, string>();
  const waiting = [name];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const block = blocks.has(next) ? undefined : blockOf(code, 'def', next);
    if (block === undefined) continue;
    blocks.set(next, block);
    waiting.push(...[...block.matchAll(/(\w+)\s*\(/g)].map(([, called = '']) => called));
  }
  return blocks.has(name) ? [...blocks.values()].join('\n') : undefined;
}

/** The arguments of each call of a method. */
export function callsOf(code: string, method: string): readonly (readonly string[])[] {
  return argumentsOf(code, new RegExp(`\\.${method}\\s*\\(`, 'g'));
}

/** The same of functions as well as of methods. */
export function allCallsOf(code: string, name: string): readonly (readonly string[])[] {
  return argumentsOf(code, new RegExp(`(?<!\\w)${name}\\s*\\(`, 'g'));
}

function argumentsOf(code: string, call: RegExp): readonly (readonly string[])[] {
  return [...code.matchAll(call)].map((match) => argumentsAt(code, match.index + match[0].length));
}

function argumentsAt(code: string, start: number): readonly string[] {
  const found: string[] = [];
  let [depth, from] = [0, start];
  for (let at = start; at < code.length; at++) {
    const character = code.charAt(at);
    if (depth === 0 && (character === ',' || character === ')')) {
      found.push(code.slice(from, at).trim());
      from = at + 1;
      if (character === ')') break;
    } else if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
  }
  return found.filter((argument) => argument !== '');
}
