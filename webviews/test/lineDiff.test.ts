import { expect, test } from 'vitest';
import { diffLines } from '#webviews/results/lineDiff.ts';
import { fc, test as property } from './property.ts';

test('a filter that moves below a join', () => {
  const lines = diffLines('Sort\nFilter\nJoin\n', 'Sort\nJoin\nFilter\n');
  expect(lines.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'same Sort',
    'removed Filter',
    'same Join',
    'added Filter',
  ]);
});

test('what only hangs deeper is moved', () => {
  const lines = diffLines('Join\n:- A\n:  +- R\n+- S\n', 'Join\n:- R\n+- S\n');
  expect(lines.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'same Join',
    'removed :- A',
    'moved :- R',
    'same +- S',
  ]);
});

const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 });

property('both sides can be read back from the lines', [text, text], (before, after) => {
  const lines = diffLines(`${before.join('\n')}\n`, `${after.join('\n')}\n`);
  const side = (other: string) =>
    lines.filter((line) => line.kind !== other).map((line) => line.text);
  expect(side('added')).toEqual(before);
  expect(side('removed')).toEqual(after);
});
