import { describe, expect, test } from 'vitest';
import { formatParts } from '../../src/duckdb/scalarFunctions/dateTimeFormat.ts';
import { parseParts } from '../../src/duckdb/scalarFunctions/dateTimeParse.ts';
import { parsePattern } from '../../src/duckdb/scalarFunctions/dateTimePattern.ts';
import { javaRegex } from '../../src/duckdb/scalarFunctions/javaRegex.ts';
import { zoneOf } from '../../src/duckdb/scalarFunctions/zones.ts';

/** What Java finds of the pattern in the text, or why the pattern is not taken. */
function found(pattern: string, text: string): string[] | string {
  const regex = javaRegex(pattern);
  if (!regex.ok) return regex.kind;
  return Array.from(text.matchAll(new RegExp(regex.source, 'gv')), ([match]) => match);
}

test.each([
  [String.raw`\d+`, 'a1b22', ['1', '22']],
  // Shorthands are ASCII in Java, and `\s` knows the vertical tab.
  [String.raw`\w+`, 'naïve', ['na', 've']],
  [String.raw`\s`, 'a\u00a0b\vc', ['\v']],
  // A dot meets no line break, `$` stands before one that ends the text.
  ['b.$', 'ab\nbc\n', ['bc']],
  ['(?s)a.b', 'a\nb', ['a\nb']],
  ['(?i)straße', 'STRAßE', ['STRAßE']],
  ['x(?i)y', 'xY XY', ['xY']],
  ['[a-z&&[^aeiou]]+', 'hello', ['h', 'll']],
  ['[a-c[x-z]]+', 'abxzd', ['abxz']],
  [String.raw`\p{Punct}+`, 'a,;b', [',;']],
  [String.raw`\p{Lower}`, 'aÄä', ['a']],
  [String.raw`\Qa.b\E+`, 'a.bb axb', ['a.bb']],
  [String.raw`(a)(b)\2`, 'abb', ['abb']],
  [String.raw`(?<x>.)\k<x>`, 'aab', ['aa']],
  ['a++', 'aa', 'unsupported'],
  ['(?>a)', 'a', 'unsupported'],
  ['a{', 'a', 'invalid'],
  ['(', 'a', 'invalid'],
  [String.raw`\y`, 'y', 'invalid'],
])('the regular expression %s in %j', (pattern, text, expected) => {
  expect(found(pattern, text)).toEqual(expected);
});

describe('patterns of times', () => {
  const instant = BigInt(Date.UTC(2018, 10, 17, 13, 33, 33, 333)) * 1000n;

  test.each([
    ['yyyy-MM-dd HH:mm:ss.SSSSSS', '2018-11-17 13:33:33.333000'],
    ['y yy yyyyy', '2018 18 02018'],
    ['G GGGG', 'AD Anno Domini'],
    ['M MM MMM MMMM', '11 11 Nov November'],
    ['E EEEE', 'Sat Saturday'],
    ['Q QQ QQQ QQQQ', '4 04 Q4 4th quarter'],
    ['h hh a', '1 01 PM'],
    ['D F', '321 3'],
    ["'o''clock' ''", "o'clock '"],
    ['[yyyy]', '2018'],
    ['X x Z O', 'Z +00 +0000 GMT'],
  ])('%s prints %s', (pattern, expected) => {
    const parsed = parsePattern(pattern, 'format');
    expect(parsed.ok && formatParts(parsed.parts, { local: instant, zone: 'UTC' })).toBe(expected);
  });

  test.each([
    ['yyyyMMdd', '20181117', '2018-11-17T00:00:00.000Z'],
    ['dd/MM/yy', '01/02/03', '2003-02-01T00:00:00.000Z'],
    ['yyyy-MM-dd HH:mm:ss.SSS', '2018-11-17 13:33:33.3', '2018-11-17T13:33:33.300Z'],
    ['d MMM yyyy', '7 nov 2018', '2018-11-07T00:00:00.000Z'],
    ['hh a', '12 AM', '1970-01-01T00:00:00.000Z'],
    ['yyyy-DDD', '2020-366', '2020-12-31T00:00:00.000Z'],
    ['yyyy[-MM]', '2018', '2018-01-01T00:00:00.000Z'],
    ['yyyy', '12345', "Text '12345' could not be parsed at index 0"],
    ['yy', '1', "Text '1' could not be parsed at index 0"],
    [
      'yyyy-MM-dd',
      '2019-02-29',
      "Text '2019-02-29' could not be parsed: Invalid date 'February 29' as '2019' is not a leap year",
    ],
  ])('%s reads %j', (pattern, text, expected) => {
    const parsed = parsePattern(pattern, 'parse');
    if (!parsed.ok) throw new Error(parsed.problem.detail);
    let read: string;
    try {
      read = new Date(Number(parseParts(parsed.parts, text).local / 1000n)).toISOString();
    } catch (error) {
      read = (error as Error).message;
    }
    expect(read).toBe(expected);
  });

  test.each([
    ['YYYY', 'recognition'],
    ['e', 'weekBased'],
    ['A', 'illegalCharacter'],
    ['QQQQQ', 'length'],
    ['OO', 'other'],
  ])('%s is none that Spark takes', (pattern, kind) => {
    const parsed = parsePattern(pattern, 'format');
    expect(parsed.ok ? 'taken' : parsed.problem.kind).toBe(kind);
  });
});

test.each([
  ['America/Los_Angeles', 'America/Los_Angeles'],
  ['+8:00', '+08:00'],
  ['PST', 'America/Los_Angeles'],
  ['america/los_angeles', undefined],
  ['Nowhere/Else', undefined],
])('the zone %s is %s', (text, expected) => {
  expect(zoneOf(text)).toBe(expected);
});
