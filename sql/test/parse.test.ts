import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, relationsOf } from '#sql/compile.ts';
import { tokenize } from '#sql/parse/lexer.ts';
import { goldenFiles } from './goldenFiles.ts';

const corpus = goldenFiles()
  .flatMap((file) => file.queries.map((query) => query.sql))
  .filter((sql) => sql.length < 600);
const anyQuery = fc.constantFrom(...corpus);

const roundTrip = (text: string) =>
  tokenize(text)
    .map(({ start, end }) => text.slice(start, end))
    .join('');

function checkParse(text: string): void {
  for (const { start = 0, end = 0 } of parse(text).problems) {
    expect(0 <= start && start <= end && end <= text.length).toBe(true);
  }
}

describe('whatever the text', () => {
  test('tokens put together are the text', () => {
    fc.assert(
      fc.property(fc.oneof(anyQuery, fc.string({ unit: 'binary' })), (text) => {
        expect(roundTrip(text)).toBe(text);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test('every beginning of a query parses without throwing, problems lie in it', () => {
    fc.assert(
      fc.property(anyQuery, fc.double({ min: 0, max: 1, noNaN: true }), (text, share) => {
        checkParse(text.slice(0, Math.floor(text.length * share)));
      }),
      { seed: 2, numRuns: 1500 },
    );
  });

  test('so does a query with a piece of another in it', () => {
    const place = fc.nat({ max: 600 });
    fc.assert(
      fc.property(anyQuery, anyQuery, place, place, place, (text, other, at, from, count) => {
        checkParse(
          text.slice(0, at) + other.slice(from, from + count) + text.slice(at + (count % 7)),
        );
      }),
      { seed: 3, numRuns: 1500 },
    );
  });

  test.each([
    ['(', '', ')'],
    ['SELECT ', '', ''],
    ['-', '', ''],
    ['NOT ', '', ''],
    ['(SELECT ', '1', ')'],
    ['', '1 + ', ''],
    ['a.', '', ''],
    ['CASE WHEN ', '', ''],
    ['f(', '', ')'],
    ['array<', '', '>'],
    ['', 'SELECT 1 UNION ', ''],
    ['/*', '', '*/'],
  ])('20,000 times %j%j%j is answered', (open, middle, close) => {
    const text = `SELECT ${open.repeat(20_000)}${middle.repeat(20_000)}1${close.repeat(20_000)}`;
    checkParse(text);
  });
});

describe('half a query', () => {
  test.each([
    ['SELECT a, FROM t', 10, ['FROM'], [['t']]],
    ['SELECT a FROM t WHERE', 21, ['end of input'], [['t']]],
    ['SELECT a FROM', 13, ['end of input'], []],
    ['SELECT (a + FROM t', 12, ['FROM'], [['t']]],
    ['SELECT * FROM csv.`a.csv` WHERE x >', 35, ['end of input'], [['csv', 'a.csv']]],
  ] as const)('%s', (text, start, near, tables) => {
    const parsed = parse(text);
    expect(parsed.problems[0]?.class).toBe('PARSE_SYNTAX_ERROR');
    expect(parsed.problems[0]?.start).toBe(start);
    expect(parsed.problems[0]?.parameters.error).toContain(near[0]);
    expect(relationsOf(parsed)).toEqual(tables);
  });
});

test('a query reads tables, not the names of its own WITH', () => {
  const parsed = parse(
    'WITH a AS (SELECT * FROM b) SELECT * FROM a JOIN s.c WHERE EXISTS (SELECT * FROM d)',
  );
  expect(parsed.problems).toEqual([]);
  expect(relationsOf(parsed)).toEqual([['b'], ['s', 'c'], ['d']]);
});
