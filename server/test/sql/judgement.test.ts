/** A text that is judged a piece at a time, while it is edited and while tables become known. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Judgement } from '#server/queries/judgement.ts';
import { readSqlDocument } from '#server/queries/sqlDocument.ts';
import type { SqlFinding } from '#server/queries/sqlFindings.ts';
import { findingsOf } from '#server/queries/sqlFindings.ts';
import type { SqlTables } from '#server/queries/sqlTables.ts';
import { fixtureTables } from './editorFixture.ts';

const tables = fixtureTables();
const nothingKnown: SqlTables = { find: () => undefined, names: [], files: [] };

const shown = (findings: readonly SqlFinding[]) =>
  findings.map(({ start, end, condition, message, fixes }) => ({
    ...{ start, end, condition, message },
    fixes: fixes.map(({ title, edit }) => ({ title, edit })),
  }));

const fail = (error: unknown) => {
  throw error;
};

const statements = fc.constantFrom(
  ...['SELECT note FROM orders', 'SELECT nte FROM orders', 'SELECT 1 +', 'SELECT x FROM v'],
  ...[
    'CREATE TEMP VIEW v AS SELECT total AS x FROM orders',
    'DROP VIEW v',
    'SELECT uper(note) FROM orders',
  ],
  ...[
    'CREATE OR REPLACE TEMP VIEW v AS SELECT x AS y FROM v',
    'SELECT y FROM v',
    'SELECT * FROM gone',
  ],
);

test('ends with what a judgement of the whole says, however it was cut and edited', () => {
  const texts = fc.array(statements, { minLength: 1, maxLength: 8 });
  const step = fc.record({ text: texts, pieces: fc.nat(6), isKnown: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (steps) => {
      let judgement: Judgement | undefined;
      for (const { text, pieces, isKnown } of steps) {
        const document = readSqlDocument(text.join(';\n'), judgement?.document);
        judgement = new Judgement(document, isKnown ? tables : nothingKnown, fail, judgement);
        for (let piece = 0; piece < pieces; piece++) judgement.go(() => false);
      }
      if (!judgement) return;
      const last = new Judgement(judgement.document, tables, fail, judgement);
      while (!last.isDone) last.go(() => false);
      const whole = readSqlDocument(judgement.document.text);
      expect(shown(last.findings)).toEqual(shown(findingsOf(whole, tables)));
    }),
    { numRuns: 200 },
  );
});

test('begins with what was written, and keeps what was known of the rest', () => {
  const before = readSqlDocument('SELECT nte FROM orders; SELECT 1; SELECT 2');
  const first = new Judgement(before, tables, fail);
  first.go(() => true);
  const after = readSqlDocument(
    'SELECT nte FROM orders; SELECT 1; SELECT ttal FROM orders',
    before,
  );
  const second = new Judgement(after, tables, fail, first);
  second.go(() => false);
  expect(second.isDone).toBe(false);
  expect(second.findings.map(({ start }) => after.text.slice(start, start + 4))).toEqual([
    'nte ',
    'ttal',
  ]);
});

test('goes on behind a statement that could not be judged', () => {
  const broken: SqlTables = {
    ...tables,
    find: (name) => (name[0] === 'broken' ? fail(new Error('broken')) : tables.find(name)),
  };
  const crashes: unknown[] = [];
  const document = readSqlDocument('SELECT * FROM broken; SELECT nte FROM orders');
  const judgement = new Judgement(document, broken, (error) => crashes.push(error));
  judgement.go(() => true);
  expect(crashes.length).toBe(1);
  expect(judgement.findings.map(({ condition }) => condition)).toEqual([
    'UNRESOLVED_COLUMN.WITH_SUGGESTION',
  ]);
});
