/** "Copy as SQL" and "Copy as PySpark" (test-fixtures/translate): the text, and that it has the same columns. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { simpleString } from '#sql/plan/types.ts';
import { frameOfLine } from '../../src/frames/scriptAt.ts';
import { frameAs, queryAsSpark } from '../../src/frames/translate.ts';
import { readingOf } from '../../src/frames/reading.ts';
import { parsePython } from '../../src/python/pythonSource.ts';

const sales = {
  path: 'shop/sales.csv',
  format: 'csv',
  options: { header: 'true', inferschema: 'true', escape: '\\', multiline: 'false' },
  fields: [{ name: 'total', type: 'double', nullable: true }],
};
const start = `from pyspark.sql import SparkSession, Window, functions as F
spark = SparkSession.builder.getOrCreate()
people = spark.createDataFrame([("Ann", 34, "Rome")], ["name", "age", "city"])
cities = spark.createDataFrame([("Rome", 1)], ["city", "size"])
people.createOrReplaceTempView("people")
cities.createOrReplaceTempView("cities")
`;
const lineCount = start.split('\n').length - 1;

interface Case {
  readonly title: string;
  readonly input: string;
  readonly output: string;
}

function readCases(name: string) {
  const path = fileURLToPath(new URL(`../../../test-fixtures/translate/${name}`, import.meta.url));
  const cases = readFileSync(path, 'utf8')
    .split(/\n{2,}(?=[^\n]+\n[^\n]+\n----)/)
    .map((block): Case => {
      const [top = '', output = ''] = block.split('\n----');
      const [title = '', ...input] = top.trim().split('\n');
      return { title, input: input.join('\n'), output: output.trim() };
    });
  return { path, cases };
}

/** Names and types of the DataFrame that the last statement makes; undefined where they are not known. */
function columnsOf(script: string): readonly string[] | undefined {
  const reading = readingOf(parsePython(script), ({ path }) =>
    path === sales.path ? sales.fields : undefined,
  );
  const named = reading.names.findLast(({ value }) => value.kind === 'frame')?.value;
  const frame = named?.kind === 'frame' ? named : frameOfLine(reading, lineCount);
  const columns = frame && reading.script.schemas.columnsOf(frame);
  return columns?.map(({ name, type }) => `${name} ${simpleString(type)}`);
}

const shown = (answer: ReturnType<typeof queryAsSpark>) =>
  ('text' in answer ? answer.text : `-- ${answer.problem}`).trim();

describe('a DataFrame as SQL', () => {
  const { path, cases } = readCases('toSql.txt');
  const written = cases.map(({ input }) =>
    shown(frameAs('sql', `${start}made = ${input}\n`, lineCount, [sales])),
  );
  if (process.env.UPDATE) writeCases(path, cases, written);
  test.each(cases.map((each, at) => [each.title, each, written[at] ?? ''] as const))(
    '%s',
    (_, { input, output }, text) => {
      expect(text).toBe(output);
      if (text.startsWith('--') || text.startsWith('CREATE')) return;
      // Those of the script are named by their views in the text.
      const again = columnsOf(`${start}made = spark.sql("""${text}""")\n`);
      expect(again).toEqual(columnsOf(`${start}made = ${input}\n`));
    },
  );
});

describe('SQL as PySpark', () => {
  const { path, cases } = readCases('toPySpark.txt');
  const written = cases.map(({ input }) => shown(queryAsSpark(input)));
  if (process.env.UPDATE) writeCases(path, cases, written);
  test.each(cases.map((each, at) => [each.title, each, written[at] ?? ''] as const))(
    '%s',
    (_, { input, output }, text) => {
      expect(text).toBe(output);
      if (text.startsWith('--') || input.includes('parquet')) return;
      const names = (columns: readonly string[] | undefined) =>
        columns?.map((each) => each.split(' ').at(-1));
      expect(names(columnsOf(`${start}${text}\n`))).toEqual(
        names(columnsOf(`${start}df = spark.sql("""${input}""")\n`)),
      );
    },
  );
});

function writeCases(path: string, cases: readonly Case[], written: readonly string[]): void {
  const blocks = cases.map(
    ({ title, input }, at) => `${title}\n${input}\n----\n${written[at] ?? ''}\n`,
  );
  writeFileSync(path, blocks.join('\n'));
}
