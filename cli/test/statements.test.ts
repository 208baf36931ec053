import { expect, test } from 'vitest';
import { splitStatements } from '../src/statements.ts';

const script = `BEGIN
  DECLARE x INT;
  IF x > 1 THEN SELECT CASE WHEN TRUE THEN 2 END; END IF;
END`;

test.each<[text: string, statements: readonly string[]]>([
  ['SELECT 1; SELECT 2', ['SELECT 1', 'SELECT 2']],
  [
    `SELECT ';', ";", \`;\` FROM t; -- ; no\nSELECT 2;`,
    [`SELECT ';', ";", \`;\` FROM t`, '-- ; no\nSELECT 2'],
  ],
  ["SELECT 'a\\';b'; SELECT r'\\'; /* ; /* ; */ ; */", ["SELECT 'a\\';b'", "SELECT r'\\'"]],
  [`${script};\nSELECT 3`, [script, 'SELECT 3']],
  [
    'SELECT begin FROM t; SELECT CASE WHEN a THEN 1 END; SELECT 2',
    ['SELECT begin FROM t', 'SELECT CASE WHEN a THEN 1 END', 'SELECT 2'],
  ],
  [
    'SELECT CASE WHEN a THEN 1 END, if(b, 1, 2); SELECT 2',
    ['SELECT CASE WHEN a THEN 1 END, if(b, 1, 2)', 'SELECT 2'],
  ],
  [' ;; ', []],
])('%j', (text, statements) => {
  expect(splitStatements(text)).toEqual(statements);
});
