/**
 * Python fixtures that say in comments what is found in them:
 *
 *     x = f()  # error: 5 [some-rule] "part of the message"
 *
 * A comment on a line of its own speaks for the next line of code. The one-based column and the text are optional.
 * `warning`, `information` and `hint` stand for the other severities. `# python: 3.12` and `# installed: pandas 3.1.1`
 * on a line of their own say what the project has.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { indexLines } from '../src/python/lineIndex.ts';
import { readModule } from '../src/python/module.ts';
import { parsePython } from '../src/python/pythonSource.ts';
import type { RuleContext, Severity } from '../src/rules/finding.ts';
import { checkModule } from '../src/rules/rules.ts';

export const fixtures = fileURLToPath(new URL('../../test-fixtures/python/', import.meta.url));

export interface Expected {
  readonly severity: Severity;
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
    const match =
      /# (error|warning|information|hint):(?: (\d+))? \[([\w-]+)\](?: "(.*)")?\s*$/.exec(line);
    if (!match) return [];
    let at = index;
    if (line.trimStart().startsWith('#'))
      do at++;
      while (/^\s*(#|$)/.test(lines[at] ?? 'end'));
    return [
      {
        severity: match[1] as Severity,
        line: at + 1,
        column: match[2] === undefined ? undefined : Number(match[2]),
        rule: match[3] ?? '',
        text: match[4] ?? '',
      },
    ];
  });
}

/** What our own rules find, positions one-based as in the comments. */
export function findingsIn(source: string) {
  const positions = indexLines(source);
  return checkModule(readModule(parsePython(source)), contextOf(source)).map((finding) => {
    const { line, character } = positions.positionAt(finding.start);
    return {
      line: line + 1,
      column: character + 1,
      severity: finding.severity,
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
  findings: readonly (Omit<Expected, 'text' | 'column' | 'severity'> & {
    readonly column: number;
    readonly message: string;
    /** Left out where `error` stands for warnings too. */
    readonly severity?: Severity;
  })[],
): readonly string[] {
  const surplus = [...findings];
  const missing = expectedIn(source).filter((expected) => {
    const index = surplus.findIndex(
      (found) =>
        found.line === expected.line &&
        found.rule === expected.rule &&
        (found.severity ?? expected.severity) === expected.severity &&
        (expected.column ?? found.column) === found.column &&
        found.message.includes(expected.text),
    );
    if (index < 0) return true;
    surplus.splice(index, 1);
    return false;
  });
  return [
    ...missing.map(
      (each) => `missing in line ${each.line}: ${each.severity} [${each.rule}] ${each.text}`,
    ),
    ...surplus.map(
      (each) =>
        `surplus in line ${each.line}: ${each.severity ?? 'error'} [${each.rule}] ${each.message}`,
    ),
  ];
}

/** What the comments of a fixture say of the project that it belongs to. */
export function contextOf(source: string): RuleContext {
  const version = /^# python: (\d+)\.(\d+)$/m.exec(source);
  const installed = new Map<string, readonly number[]>();
  for (const [, name = '', text = ''] of source.matchAll(/^# installed: (\S+) (\S+)$/gm))
    installed.set(name, text.split('.').map(Number));
  const files = new Map<string, number>();
  for (const [, name = '', size] of source.matchAll(/^# file: (\S+) (\d+)$/gm))
    files.set(name, Number(size));
  return {
    ...(version ? { pythonVersion: [Number(version[1]), Number(version[2])] as const } : {}),
    installedVersion: (name) => installed.get(name),
    fileSize: (path) => files.get(path),
  };
}
