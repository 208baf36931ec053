/**
 * The exercises of the course: none is done as it begins, and test-fixtures/course/solutions does each.
 * test-fixtures/course/attempts are files of people: the first line of each says `# right CHECK…`, or
 * `# wrong CHECK: what is said of it`.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exercises, type Outcome, type Tools } from '../../src/course/exercises.ts';

const examples = fileURLToPath(new URL('../../../examples', import.meta.url));
const solutions = fileURLToPath(
  new URL('../../../test-fixtures/course/solutions', import.meta.url),
);
const attempts = fileURLToPath(new URL('../../../test-fixtures/course/attempts', import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'strata-course-'));
  cpSync(join(examples, 'course'), folder, { recursive: true });
  cpSync(join(examples, 'transactions.csv'), join(folder, 'transactions.csv'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const tools: Tools = {
  strata: (args) =>
    new Promise<Outcome>((resolve) => {
      const cli = join(process.env.STRATA_DIST ?? '', 'cli.js');
      execFile(
        process.execPath,
        [cli, ...args],
        { cwd: folder, maxBuffer: 2 ** 28 },
        (error, out, err) => {
          resolve({
            code: typeof error?.code === 'number' ? error.code : error ? -1 : 0,
            out,
            err,
          });
        },
      );
    }),
  read: (path) => Promise.resolve(readOrNothing(path)),
  list: (path) => Promise.resolve(namesIn(path)),
};

function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(join(folder, path), 'utf8');
  } catch {
    return undefined;
  }
}

function namesIn(path: string): readonly string[] {
  try {
    return readdirSync(join(folder, path));
  } catch {
    return [];
  }
}

/** What is said of each starter file. */
const said: Readonly<Record<string, RegExp>> = {
  '1_gradual_typing/annotated': /^10 of 10 parameters and results are not annotated/,
  '1_gradual_typing/strict': /^Line 8: Return type.* \(and \d+ more\)$/,
  '1_gradual_typing/generic': /^Line 14: Type of parameter "item" is unknown/,
  '1_gradual_typing/uses': /^Line 5 of queue_uses\.py should be fine: Expected no type arguments/,
  '2_buffer_protocol/shares': /^The matrix has no __buffer__ yet/,
  '3_pyspark/rows': /^It writes nothing to output\/revenue yet/,
  '3_pyspark/partitions': /^output\/revenue has no folders named year=/,
  '4_integration/annotated': /^8 of 8 parameters/,
  '4_integration/view': /^unpacked still builds a list/,
};

describe.each(exercises)('$title', ({ id, checks }) => {
  test.each(checks)('$title: not yet', async ({ id: check, missing }) => {
    const expected = said[`${id}/${check}`];
    const message = await missing(tools);
    if (expected) expect(message).toMatch(expected);
    else expect(message).toBeUndefined();
  });

  test('is done by its solution', async () => {
    cpSync(join(solutions, id), join(folder, 'exercises', id), { recursive: true });
    const left = [];
    for (const check of checks) left.push(await check.missing(tools));
    expect(left).toEqual(checks.map(() => undefined));
  }, 180_000);
});

describe.each(exercises)('$title, as people do it', ({ checks }) => {
  const names = new Set(checks.map(({ file }) => basename(file, '.py')));
  const tries = readdirSync(attempts).flatMap((attempt) => {
    const [name] = [...names].filter((known) => attempt.startsWith(`${known}_`));
    return name === undefined ? [] : [[attempt, name] as const];
  });

  test.each(tries)(
    '%s',
    async (attempt, name) => {
      const source = readFileSync(join(attempts, attempt), 'utf8');
      const [, right, wrong, said = ''] =
        /^# (?:right ([\w ]+)|wrong (\w+): (.*))\n/.exec(source) ?? [];
      const asked = (right ?? wrong ?? '').split(' ');
      const own = checks.filter(
        ({ id, file }) => asked.includes(id) && basename(file, '.py') === name,
      );
      expect(own.map(({ id }) => id)).toEqual(asked);
      const [file = ''] = own.map((check) => check.file);
      rmSync(join(folder, 'output'), { recursive: true, force: true });
      writeFileSync(join(folder, file), source);
      for (const check of own) {
        const message = await check.missing(tools);
        if (wrong === undefined) expect(message).toBeUndefined();
        else expect(message).toMatch(new RegExp(said));
      }
    },
    180_000,
  );
});
