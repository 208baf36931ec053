/**
 * Python fixtures that say in comments what is found in them:
 *
 *     x = f()  # error: 5 [some-rule] "part of the message"
 *
 * A comment on a line of its own speaks for the next line of code. The one-based column and the text are optional.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { indexLines } from '../src/python/lineIndex.ts';
import { readModule } from '../src/python/module.ts';
import { parsePython } from '../src/python/pythonSource.ts';
import { checkModule } from '../src/rules/rules.ts';

export const fixtures = fileURLToPath(new URL('../../test-fixtures/python/', import.meta.url));

export interface Expected {
  readonly line: number;
  readonly column: number | undefined;
  readonly rule: string;
  readonly text: string;
}

export function fixturesIn(folder: string): readonly string[] {
  return readdirSync(join(fixtures, folder))
    .filter((name) => name.endsWith('.py'))
    .sort()
    .map((name) => join(folder, name));
}

export function readFixture(name: string): string {
  return readFileSync(join(fixtures, name), 'utf8');
}

export function expectedIn(source: string): readonly Expected[] {
  const lines = source.split('\n');
  return lines.flatMap((line, index) => {
    const match = /# error:(?: (\d+))? \[([\w-]+)\](?: "(.*)")?\s*$/.exec(line);
    if (!match) return [];
    let at = index;
    if (line.trimStart().startsWith('#'))
      do at++;
      while (/^\s*(#|$)/.test(lines[at] ?? 'end'));
    return [
      {
        line: at + 1,
        column: match[1] === undefined ? undefined : Number(match[1]),
        rule: match[2] ?? '',
        text: match[3] ?? '',
      },
    ];
  });
}

/** What our own rules find, positions one-based as in the comments. */
export function findingsIn(source: string) {
  const positions = indexLines(source);
  return checkModule(readModule(parsePython(source))).map((finding) => {
    const { line, character } = positions.positionAt(finding.start);
    return {
      line: line + 1,
      column: character + 1,
      rule: finding.rule,
      message: finding.message,
      source: source.slice(finding.start, finding.end),
    };
  });
}

/** Fails on a missing finding, on a surplus one and on one that says something else. */
export function differences(source: string): readonly string[] {
  return differencesOf(source, findingsIn(source));
}

/** The same for what somebody else found. */
export function differencesOf(
  source: string,
  findings: readonly (Omit<Expected, 'text' | 'column'> & {
    readonly column: number;
    readonly message: string;
  })[],
): readonly string[] {
  const surplus = [...findings];
  const missing = expectedIn(source).filter((expected) => {
    const index = surplus.findIndex(
      (found) =>
        found.line === expected.line &&
        found.rule === expected.rule &&
        (expected.column ?? found.column) === found.column &&
        found.message.includes(expected.text),
    );
    if (index < 0) return true;
    surplus.splice(index, 1);
    return false;
  });
  return [
    ...missing.map((each) => `missing in line ${each.line}: [${each.rule}] ${each.text}`),
    ...surplus.map((each) => `surplus in line ${each.line}: [${each.rule}] ${each.message}`),
  ];
}
