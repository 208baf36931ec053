import { expect, test } from 'vitest';
import { likelyFunctions } from '#sql/functions/likelyFunctions.ts';
import { findFunction, isSparkFunction } from '#sql/functions/table.ts';

test.each([
  ['uper', 'upper'],
  ['cuont', 'count'],
  ['dayofwek', 'dayofweek'],
  ['GROUP_CONCAT', 'listagg'],
  ['generate_series', 'sequence'],
  ['strftime', 'date_format'],
])('%s may be %s', (written, meant) => {
  expect(likelyFunctions(written)[0]).toBe(meant);
});

test.each([['xyzzy'], ['f'], ['quite_another_thing'], ['']])('%s may be anything', (written) => {
  expect(likelyFunctions(written)).toEqual([]);
});

test('what other databases call otherwise is no name of Spark, and what it is here is one', () => {
  const names = 'getdate iif unnest strpos group_concat json_extract generate_series newid'.split(
    ' ',
  );
  expect(names.filter((name) => isSparkFunction(name))).toEqual([]);
  expect(names.flatMap(likelyFunctions).filter((name) => !findFunction(name))).toEqual([]);
});
