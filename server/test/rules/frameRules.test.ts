import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readModule } from '../../src/python/module.ts';
import { parsePython } from '../../src/python/pythonSource.ts';
import { frameRules } from '../../src/rules/frames/frameRules.ts';
import { differences, expectedIn, fixturesIn, readFixture } from '../fixture.ts';

const errs = fixturesIn('frames/errs');
const silent = fixturesIn('frames/silent');
const ruleOf = (name: string) => name.replace(/^.*[\\/]/, '').replace('.py', '');

describe('the rules on PySpark', () => {
  it.each([...errs, ...silent])('find in %s what its comments say, and nothing else', (name) => {
    const own = differences(readFixture(name)).filter((each) => each.includes(`[${ruleOf(name)}]`));
    expect(own).toEqual([]);
  });

  it.each(errs)('have ten cases and more in %s, all of one rule', (name) => {
    const expected = expectedIn(readFixture(name));
    expect(expected.filter(({ rule }) => rule !== ruleOf(name))).toEqual([]);
    expect(expected.length).toBeGreaterThanOrEqual(10);
  });

  it.each(silent)('have ten cases and more in %s, none of them found', (name) => {
    const source = readFixture(name);
    expect(source.split('\n').length).toBeGreaterThanOrEqual(15);
    expect(expectedIn(source)).toEqual([]);
  });

  it('have cases and a page each', () => {
    const pages = fileURLToPath(new URL('../../../docs/rules/', import.meta.url));
    expect(frameRules.ids.filter((id) => !existsSync(join(pages, `${id}.md`)))).toEqual([]);
    expect(errs.map(ruleOf).sort()).toEqual([...frameRules.ids].sort());
    expect(silent.map(ruleOf).sort()).toEqual([...frameRules.ids].sort());
  });

  it('mend SQL in a text where it stands in the text', () => {
    const text = `from pyspark.sql import SparkSession
spark = SparkSession.builder.getOrCreate()
spark.sql("SELECT '\\u00e9\\n', name "
          "FORM people")
`;
    const [finding] = frameRules.check(readModule(parsePython(text)), {});
    const [edit] = finding?.fixes?.[0]?.edits ?? [];
    expect(text.slice(edit?.start, edit?.end)).toBe('FORM');
    expect(edit?.text).toBe('FROM');
  });
});
