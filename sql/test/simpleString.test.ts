import { expect, test } from 'vitest';
import { parseSimpleString, parseType } from '#sql/plan/typeText.ts';
import { simpleString } from '#sql/plan/types.ts';

const texts = [
  'struct<x:bigint,y z:string>',
  'array<struct<a-b:map<string,struct<1 2:int>>>>',
  'struct<naïve:int,a.b:decimal(10,2),c`d:date>',
];

test.each(texts)('a simple string is read with the names of fields as they are: %s', (text) => {
  const type = parseSimpleString(text);
  expect(type && simpleString(type)).toBe(text);
});

test('a type that is written in SQL needs backquotes around such names', () => {
  expect(parseType('struct<x:bigint,y z:string>')).toBeUndefined();
  expect(parseSimpleString('struct<x:nothing>')).toBeUndefined();
  expect(parseSimpleString('int')).toEqual(parseType('int'));
});
