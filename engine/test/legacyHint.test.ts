import { expect, test } from 'vitest';
import { withLegacyHint } from '../src/session/legacyHint.ts';

const error = (name: string) =>
  ({ kind: 'spark', class: name, sqlState: '22012', message: 'M', parameters: {} }) as const;

test('an error that only ANSI mode raises says what Spark 3 gave', () => {
  expect(withLegacyHint(error('DIVIDE_BY_ZERO'), true).message).toBe(
    'M\nSpark 3 by default gave NULL here; SET spark.sql.ansi.enabled = false brings that back.',
  );
});

test('other errors, and those of the older mode, are left as they are', () => {
  expect(withLegacyHint(error('PARSE_SYNTAX_ERROR'), true).message).toBe('M');
  expect(withLegacyHint(error('DIVIDE_BY_ZERO'), false).message).toBe('M');
});
