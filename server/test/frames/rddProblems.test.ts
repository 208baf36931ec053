/** What is not computed of an RDD is named at its line: never guessed. */
import { expect, test } from 'vitest';
import { readScript } from '../../src/frames/readScript.ts';

const before =
  'from pyspark import SparkContext\nsc = SparkContext()\nn = sc.parallelize([1, 2])\n';

const named: readonly (readonly [code: string, problem: RegExp])[] = [
  ['n.glom().collect()', /depends on the partitions/],
  ['n.mapPartitions(lambda part: part).collect()', /depends on the partitions/],
  ['n.reduce(lambda a, b: a - b)', /add, multiply/],
  ['n.map(lambda x: (1, str(x))).reduceByKey(lambda a, b: a + b)', /add, multiply/],
  ['n.fold(1, lambda a, b: a + b)', /once for each partition/],
  ['n.map(lambda x: (x, x)).foldByKey(5, lambda a, b: a + b)', /once for each partition/],
  ['sc.parallelize([1, "a"])', /'int' and 'str' in one RDD/],
  ['sc.parallelize([1, 2.5])', /'int' and 'float' in one RDD/],
  ['n.map(lambda x: 1 if x else "b")', /'int' and 'str'/],
  ['n.map(lambda x: f"{x:03d}")', /a format/],
  ['n.map(lambda x: str(x / 2))', /'str' of 'float'/],
  ['n.map(lambda x: round(x / 3, 2))', /'round'/],
  ['n.map(lambda x: open(x).read())', /'open'/],
  ['n.map(unknown)', /'unknown' of 'int' is not computed/],
  ['n.map(lambda x: x.hypot(2))', /'hypot' of 'int'/],
  ['n.map(lambda x: x[0])', /an item of 'int'/],
  ['n.map(lambda x: x + "a")', /'\+' of 'int' and 'str'/],
  ['n.sortByKey()', /takes pairs of a key and a value/],
  ['n.flatMap(lambda x: x)', /flatMap is read for lists/],
  ['sc.accumulator(0)', /accumulator/],
  ['sc.parallelize([])', /no type is known/],
  ['sc.wholeTextFiles("folder")', /wholeTextFiles is not read yet/],
  [
    'def f(x):\n    if x > 1:\n        y = 2\n    return x\nn.map(f).map(lambda x: y)',
    /'builtins.y'|not known/,
  ],
  ['def g(x):\n    if x > 1:\n        return 2\nn.map(g)', /return a value on every way/],
  ['n.map(lambda x: (x, "a")).saveAsTextFile("out")', /str\(\) of a tuple of 2/],
];

test.each(named)('%s', (code, problem) => {
  const { problems } = readScript(before + code);
  expect(problems.map(({ message }) => message).join('; ')).toMatch(problem);
});

test('a shuffle is noted once where its order shows, and not where a count hides it', () => {
  const pairs = 'p = n.map(lambda x: (x, 1)).reduceByKey(lambda a, b: a + b)\n';
  const notesOf = (code: string) => readScript(before + pairs + code).notes;
  expect(notesOf('print(p.count())')).toEqual([]);
  expect(notesOf('print(p.collect())\nprint(p.take(1))')).toMatchObject([
    { line: 4, message: expect.stringMatching(/after a shuffle/) as string },
  ]);
});

test('a name that changes after a function of an RDD was given is noted', () => {
  const { notes } = readScript(
    `${before}k = 2\nm = n.map(lambda x: x * k)\nk = 3\nprint(m.collect())`,
  );
  expect(notes).toMatchObject([{ line: 5, message: expect.stringMatching(/reads 'k'/) as string }]);
});
