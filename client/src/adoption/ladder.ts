/** Which rung of strictness a file stands on, said by a comment at its top that pyright reads. Knows no VS Code. */

export const levels = ['off', 'basic', 'standard', 'strict'] as const;
export type Level = (typeof levels)[number];

/** `off` is a file that pyright skips; its own comment wins over the project's level. */
export function levelOf(text: string, projectLevel: Level): Level {
  const found = /^#\s*pyright:\s*(basic|standard|strict)\s*$/m.exec(text)?.[1];
  if (found !== undefined) return found as Level;
  return /^#\s*type:\s*ignore\s*$/m.test(headOf(text)) ? 'off' : projectLevel;
}

export function nextLevel(level: Level): Level | undefined {
  return levels[levels.indexOf(level) + 1];
}

/** The text with the comment for a level: in the place of the one that is there, else below `#!` and the encoding. */
export function atLevel(text: string, level: Exclude<Level, 'off'>): string {
  const line = `# pyright: ${level}`;
  if (/^#\s*pyright:\s*(basic|standard|strict)\s*$/m.test(text))
    return text.replace(/^#\s*pyright:\s*(basic|standard|strict)\s*$/m, line);
  const head = headOf(text);
  if (/^#\s*type:\s*ignore\s*$/m.test(head)) return text.replace(/^#\s*type:\s*ignore\s*$/m, line);
  const first = /^(?:#!.*\n)?(?:[ \t\f]*#.*?coding[:=].*\n)?/.exec(text)?.[0] ?? '';
  return `${first}${line}\n${text.slice(first.length)}`;
}

/** Comments before any code. */
function headOf(text: string): string {
  return /^(?:[ \t\f]*(?:#.*)?\n)*/.exec(text)?.[0] ?? '';
}
