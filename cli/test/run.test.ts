/** `strata run` as a command: what it names, what it writes, and what programs get. `frames.test.ts` has what scripts print. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'strata-run-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function strata(args: readonly string[], cwd: string): Promise<Ran> {
  return new Promise((resolve) => {
    const cli = join(process.env.STRATA_DIST ?? '', 'cli.js');
    execFile(process.execPath, [cli, ...args], { cwd, maxBuffer: 2 ** 28 }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
    });
  });
}

const run = (name: string, script: string, ...more: string[]) => {
  writeFileSync(join(folder, name), script);
  return strata(['run', name, ...more], folder);
};

describe('what the text does not tell', () => {
  const start = [
    'from pyspark.sql import SparkSession, functions as F',
    'import random',
    'spark = SparkSession.builder.getOrCreate()',
    'df = spark.createDataFrame([(1,)], ["a"])',
  ].join('\n');

  test.each([
    ['a value of Python', 'x = random.random()\nprint(x)', ['5: not run', "6: not run: 'x'"]],
    ['what partitions decide', 'df.rdd.glom()', ['5: not run: what RDD.glom gives depends']],
    [
      'what follows from it',
      'sc = spark.sparkContext\nseen = sc.accumulator(0)\nnumber = seen.value\ntwice = number.real',
      [
        '6: not run: an accumulator',
        "7: not run: 'seen' is not known here: an accumulator",
        "8: not run: 'number' is not known here: an accumulator",
      ],
    ],
    [
      'what is not Python',
      'late =\nspark.range(1).show()',
      ['5: not run: this is not Python: a value is missing'],
    ],
    [
      'a part of Spark that only a cluster has',
      'from pyspark.ml.feature import VectorAssembler\nVectorAssembler()',
      ['6: not run: machine learning (pyspark.ml)'],
    ],
    [
      'a function of its own',
      'f = F.udf(lambda x: x)\ndf.select(f("a")).show()',
      ['5: not run', '6: not run'],
    ],
    ['a branch on data', 'if df.count() > 3:\n    df.show()', ['5: not run']],
    [
      'and of Columns',
      'df.filter((df.a > 1) and (df.a < 3)).show()',
      ["5: not run: 'and' asks a Column"],
    ],
  ])('%s is named at its line, and the rest runs', async (_, script, expected) => {
    const { out, err, code } = await run('part.py', `${start}\n${script}\ndf.show()\n`);
    for (const text of expected) expect(err).toContain(`part.py:${text}`);
    expect(out).toContain('|  1|');
    expect(code).toBe(1);
  });

  test('an error of Spark ends the script, at its line', async () => {
    const { out, err, code } = await run(
      'wrong.py',
      `${start}\nprint("one")\ndf.select("b").show()\nprint("two")\n`,
    );
    expect(out).toBe('one\n');
    expect(err).toMatch(/^wrong\.py:6: \[UNRESOLVED_COLUMN\.WITH_SUGGESTION\] .*`a`/);
    expect(code).toBe(1);
  });

  test('writes folders as Spark does, and does not overwrite without being asked', async () => {
    const script = `${start}\ndf.write.mode("MODE").parquet("out")\nspark.read.parquet("out").show()\n`;
    expect((await run('write.py', script.replace('MODE', 'error'))).code).toBe(0);
    expect(readdirSync(join(folder, 'out')).sort()).toEqual([
      '_SUCCESS',
      expect.stringMatching(/^part-00000-.*\.snappy\.parquet$/),
    ]);
    const again = await run('write.py', script.replace('MODE', 'error'));
    expect(again).toMatchObject({
      code: 1,
      err: expect.stringContaining('PATH_ALREADY_EXISTS') as string,
    });
    const appended = await run('write.py', script.replace('MODE', 'append'));
    expect(appended.out.match(/\| {2}1\|/g)).toHaveLength(2);
    const replaced = await run('write.py', script.replace('MODE', 'overwrite'));
    expect(replaced.out.match(/\| {2}1\|/g)).toHaveLength(1);
  });

  test('a program gets a line of JSON an action', async () => {
    const { out } = await run(
      'json.py',
      `${start}\ndf.show()\nprint(df.count())\n`,
      '--output',
      'jsonl',
    );
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ line, action }) => [line, action])).toEqual([
      [5, 'show'],
      [6, 'evaluate'],
      [6, 'print'],
    ]);
    expect(lines[2]).toMatchObject({ printed: '1\n' });
  });
});
