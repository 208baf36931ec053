import { expect, test } from 'vitest';
import { intType, longType } from '#sql/plan/types.ts';
import { call, evaluate, int, literal } from './evaluate.ts';

// Spark's own first numbers of the seed 0.
test.each([
  [call('rand', [int(0)], { kind: 'double' }), '0.7604953758285915'],
  [call('randn', [int(0)], { kind: 'double' }), '1.6034991609278433'],
  [call('uniform', [int(10), int(20), int(0)], intType), '17'],
  [call('randstr', [int(5), literal(0n, longType)], { kind: 'string' }), 'ceV0P'],
])('a seed gives the numbers that Spark makes of it', async (expression, expected) => {
  expect(await evaluate(expression)).toBe(expected);
  // A statement begins anew.
  expect(await evaluate(expression)).toBe(expected);
});
