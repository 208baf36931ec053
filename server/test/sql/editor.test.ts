/**
 * The editor's features on Spark SQL, each over a file of `test-fixtures/sql-editor`:
 * - completion: `+ kind label | detail` is offered, `- kind label` is not, `= labels` are all that is, and
 *   `> label text …` says what it inserts;
 * - hover: each line is part of the text, or `nothing`;
 * - findings: `start-end severity class`, and after it `fix title: the text as mended`;
 * - signature: the call, and behind `>` the parameter at the cursor;
 * - names: «given» and ‹used›, found from the cursor.
 */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completionsAt } from '#server/queries/completion.ts';
import { signatureAt } from '#server/queries/functionHelp.ts';
import { givenNames, nameAt } from '#server/queries/names.ts';
import { foldsOf, symbolsOf } from '#server/queries/outline.ts';
import { formatSql, sameTokens } from '#server/queries/formatSql.ts';
import { semanticNames } from '#server/queries/semanticNames.ts';
import { selectionsAt } from '#server/queries/selection.ts';
import { formatEnded, formatRange } from '#server/queries/formatRange.ts';
import type { SqlDocument } from '#server/queries/sqlDocument.ts';
import { parametersIn, readSqlDocument, statementAt } from '#server/queries/sqlDocument.ts';
import type { SqlEdit } from '#server/queries/sqlFindings.ts';
import { findingsOf } from '#server/queries/sqlFindings.ts';
import { hoverAt } from '#server/queries/sqlHover.ts';
import { atCursor, editorCases, fixtureTables, halfTyped } from './editorFixture.ts';

const tables = fixtureTables();

describe('completion', () => {
  const listFolder = (path: string) =>
    path === 'data/'
      ? [
          { name: 'orders.csv', isFolder: false },
          { name: 'old', isFolder: true },
        ]
      : [];

  test.each(editorCases('completion.txt'))('$title', (fixture) => {
    const { text, offset } = atCursor(fixture.text);
    const offered = completionsAt(readSqlDocument(text), offset, tables, listFolder);
    const lines = offered.map(({ kind, label, detail }) =>
      detail === undefined ? `${kind} ${label}` : `${kind} ${label} | ${detail}`,
    );
    for (const expectation of fixture.expected) {
      const [sign, rest] = [expectation[0], expectation.slice(2)];
      const isThere = lines.some((line) => line === rest || line.startsWith(`${rest} |`));
      if (sign === '+') expect(isThere, `${rest} in\n${lines.slice(0, 30).join('\n')}`).toBe(true);
      if (sign === '-') expect(isThere, rest).toBe(false);
      if (sign === '=') {
        const labels = offered.filter(({ kind }) => kind !== 'keyword').map(({ label }) => label);
        expect(labels.join(' ')).toBe(rest);
      }
      if (sign === '>') {
        const [label = ''] = offered.filter((each) => rest.startsWith(`${each.label} `));
        expect(label, rest).not.toBe('');
        const inserts = offered.filter((each) => each.label === (label || { label: '' }).label);
        expect(rest).toBe(
          [inserts[0]?.label, ...inserts.map(({ insertText }) => insertText)].join(' '),
        );
      }
    }
  });

  test('offers something, and never throws, at every place of a query', () => {
    const query = `WITH a AS (SELECT o.total, sum(total) OVER (PARTITION BY note ORDER BY 1) s FROM orders o)
      SELECT CASE WHEN s > 1 THEN 'x' END AS c, t.* FROM a t LEFT JOIN customers USING (x) WHERE s IN (1, 2) LIMIT 3`;
    for (let end = 0; end <= query.length; end += 5) {
      const text = query.slice(0, end);
      completionsAt(readSqlDocument(text), end, tables);
      completionsAt(readSqlDocument(query), end, tables);
      hoverAt(readSqlDocument(text), Math.max(end - 1, 0), tables);
      findingsOf(readSqlDocument(text), tables);
    }
  });
});

describe('completion of what is half typed', () => {
  test.each(halfTyped())('$text', ({ text: marked, first, never }) => {
    const { text, offset } = atCursor(marked);
    const offered = completionsAt(readSqlDocument(text), offset, tables);
    const typed = /[\w`]*$/.exec(text.slice(0, offset))?.[0].toLowerCase() ?? '';
    const shown = offered
      .filter(({ label, filterText }) => (filterText ?? label).toLowerCase().startsWith(typed))
      .map(({ label }) => label);
    expect(shown.slice(0, Math.max(first.length, 1))).toEqual(first);
    const labels = offered.map(({ label }) => label);
    for (const label of never) expect(labels).not.toContain(label);
  });
});

describe('names', () => {
  test.each(editorCases('semantic.txt'))('$title', ({ text, expected }) => {
    const shown = readSqlDocument(text).statements.flatMap((statement) =>
      semanticNames(statement).map(
        ({ start, end, kind, isDeclared }) =>
          `${statement.text.slice(start, end)} ${kind}${isDeclared ? ' declared' : ''}`,
      ),
    );
    expect(shown).toEqual(expected);
  });
});

describe('hover', () => {
  test.each(editorCases('hover.txt'))('$title', (fixture) => {
    const { text, offset } = atCursor(fixture.text);
    const shown = hoverAt(readSqlDocument(text), offset, tables)?.markdown ?? 'nothing';
    for (const part of fixture.expected) expect(shown).toContain(part);
  });
});

describe('findings', () => {
  test.each(editorCases('findings.txt'))('$title', ({ text, expected }) => {
    const found = findingsOf(readSqlDocument(text), tables).flatMap((finding) => [
      `${finding.start}-${finding.end} ${finding.severity} ${finding.condition}`,
      ...finding.fixes.map(({ title, edit, view }) =>
        view
          ? `fix ${title}`
          : `fix ${title}: ${text.slice(0, edit.start)}${edit.text}${text.slice(edit.end)}`,
      ),
    ]);
    const wanted = expected.filter((line) => !line.startsWith('fix'));
    expect(found.filter((line) => !line.startsWith('fix'))).toEqual(wanted);
    for (const fix of expected) expect(found).toContain(fix);
  });
});

describe('signature', () => {
  test.each(editorCases('signature.txt'))('$title', (fixture) => {
    const { text, offset } = atCursor(fixture.text);
    const signature = signatureAt(readSqlDocument(text), offset);
    const [start = 0, end = 0] = signature?.parameters[signature.activeParameter] ?? [];
    const shown = signature ? `${signature.label} > ${signature.label.slice(start, end)}` : 'none';
    expect(shown).toBe(fixture.expected[0]);
  });
});

describe('names', () => {
  test.each(editorCases('names.txt'))('$title', (fixture) => {
    const { text, offset } = atCursor(fixture.text.replace(/[«»‹›]/g, ''));
    const statement = statementAt(readSqlDocument(text), offset);
    // A cursor that is on no name stands behind the one before it.
    const names = statement ? givenNames(statement, tables) : [];
    const found = nameAt(names, offset) ?? nameAt(names, offset - 1);
    const marks = [
      ...(found ? [{ ...found.given.range, open: '«', close: '»' }] : []),
      ...(found?.given.uses ?? []).map((range) => ({ ...range, open: '‹', close: '›' })),
    ].sort((a, b) => b.start - a.start);
    let marked = text;
    for (const { start, end, open, close } of marks)
      marked = `${marked.slice(0, start)}${open}${marked.slice(start, end)}${close}${marked.slice(end)}`;
    expect(marked).toBe(fixture.text.replace('‸', ''));
  });
});

describe('outline', () => {
  test.each(editorCases('outline.txt'))('$title', ({ text, expected }) => {
    const shown = symbolsOf(readSqlDocument(text)).flatMap(({ kind, name, children }) => [
      `${kind} ${name}`,
      ...children.map((child) => `  ${child.kind} ${child.name}`),
    ]);
    expect(shown).toEqual(expected);
  });

  test('folds statements, parentheses, comments and regions', () => {
    const text = `-- one\n-- two\n-- region of it\nSELECT (\n  1\n);\n-- endregion\n/* a\nb */`;
    const folds = foldsOf(readSqlDocument(text)).map(
      ({ kind, start, end }) => `${kind} ${text.slice(start, end)}`,
    );
    expect(folds).toContain('code SELECT (\n  1\n)');
    expect(folds).toContain('code (\n  1');
    expect(folds).toContain('region -- region of it\nSELECT (\n  1\n);\n-- endregion');
    expect(folds).toContain('comment /* a\nb */');
  });
});

describe('selection', () => {
  test.each(editorCases('selection.txt'))('grows $title', (fixture) => {
    const { text, offset } = atCursor(fixture.text);
    const grown = selectionsAt(readSqlDocument(text), offset);
    expect(grown.map(({ start, end }) => text.slice(start, end))).toEqual(fixture.expected);
  });
});

describe('formatting', () => {
  test.each(editorCases('format.txt'))('$title', ({ text, expected }) => {
    expect(formatSql(text)).toBe(`${expected.join('\n')}\n`);
    expect(formatSql(formatSql(text))).toBe(formatSql(text));
  });

  test('keeps every token and comment, and writes again what it wrote', () => {
    const wrong = sqlTexts().flatMap((text) => {
      const once = formatSql(text);
      const isSame = sameTokens(text, once);
      return isSame && formatSql(once) === once ? [] : [`${text}\n=>\n${once}`];
    });
    expect(wrong).toEqual([]);
  });
});

describe('formatting a selection, which is in brackets', () => {
  test.each(editorCases('formatRange.txt'))('$title', (fixture) => {
    const start = fixture.text.indexOf('[');
    const end = fixture.text.indexOf(']') - 1;
    const text = fixture.text.replace('[', '').replace(']', '');
    const edits = formatRange(readSqlDocument(text), { start, end });
    expect(withEdits(text, edits)).toBe(fixture.expected.join('\n'));
  });

  test('what a `;` ends is formatted when it is typed, and only there', () => {
    const typed = (before: string, after = '') =>
      withEdits(before + after, formatEnded(readSqlDocument(before + after), before.length));
    expect(typed('select   1; select   2;', ' select   3')).toBe(
      'select   1; SELECT 2; select   3',
    );
    expect(typed("select   1 as a, ';", "' as b")).toBe("select   1 as a, ';' as b");
    expect(typed('select   1; -- two;', '\nselect   2')).toBe('select   1; -- two;\nselect   2');
    expect(typed('select   from;')).toBe('select   from;');
    expect(typed('select   1;;')).toBe('select   1;;');
  });
});

function withEdits(text: string, edits: readonly SqlEdit[]): string {
  return edits.reduceRight(
    (current, edit) => current.slice(0, edit.start) + edit.text + current.slice(edit.end),
    text,
  );
}

describe('statements', () => {
  test('are those of the text, whatever was edited before', () => {
    const pieces = fc.constantFrom(
      ...[
        'SELECT 1',
        ';',
        ' ',
        '\n',
        "'",
        '`',
        '"',
        '--',
        '/*',
        '*/',
        'BEGIN ',
        ' END',
        '${x}',
        'a',
        '$',
        '{',
      ],
    );
    const texts = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''));
    const edits = fc.array(fc.record({ at: fc.nat(100), length: fc.nat(12), text: texts }), {
      maxLength: 6,
    });
    const shape = (document: SqlDocument) =>
      document.statements.map(({ start, end, text, hasSubstitutions }) => ({
        start,
        end,
        text,
        hasSubstitutions,
      }));
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 6 }), edits, (parts, all) => {
        let document = readSqlDocument(parts.join(';\n'));
        for (const { at, length, text } of all) {
          const start = Math.min(at, document.text.length);
          const whole = document.text.slice(0, start) + text + document.text.slice(start + length);
          document = readSqlDocument(whole, document);
          expect(shape(document)).toEqual(shape(readSqlDocument(whole)));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('that an edit did not touch are not read again', () => {
    const before = readSqlDocument('SELECT 1; SELECT 2; SELECT 3; SELECT 4');
    const after = readSqlDocument('SELECT 1; SELECT 2; SELECT 33; SELECT 4', before);
    const isSame = before.statements.map(
      ({ parsed }, index) => parsed === after.statements[index]?.parsed,
    );
    expect(isSame).toEqual([true, true, false, true]);
  });

  test('below a view that the text makes are judged anew when its columns change', () => {
    const of = (columns: string, before?: SqlDocument) =>
      readSqlDocument(
        `CREATE TEMP VIEW v AS SELECT ${columns} FROM orders; SELECT note FROM v`,
        before,
      );
    const first = of('note, total');
    expect(findingsOf(first, tables)).toEqual([]);
    const second = of('total', first);
    expect(findingsOf(second, tables).map(({ condition }) => condition)).toEqual([
      'UNRESOLVED_COLUMN.WITH_SUGGESTION',
    ]);
    expect(findingsOf(of('total, note', second), tables)).toEqual([]);
  });

  test('end at a `;` that is in no string, comment or script', () => {
    const text = `SELECT ';' /* ; */; BEGIN SELECT 1; IF a THEN SELECT 2; END IF; END; SELECT \`;\``;
    const found = readSqlDocument(text).statements.map(({ start, end }) => text.slice(start, end));
    expect(found).toEqual([
      `SELECT ';'`,
      'BEGIN SELECT 1; IF a THEN SELECT 2; END IF; END',
      'SELECT `;`',
    ]);
  });

  test('have parameters, which are neither paths, casts nor types', () => {
    const text = "SELECT :low, a:b, x::int, ':no', ${what}, CAST(a AS struct<x:int>), f(:low)";
    expect(parametersIn(text).map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'value low',
      'text what',
      'value low',
    ]);
  });
});

/** The queries of test-fixtures/sql, with and without their line breaks and with comments between their words. */
function sqlTexts(): readonly string[] {
  const folder = new URL('../../../test-fixtures/sql/', import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.slt'))
    .flatMap((name) => readFileSync(new URL(name, folder), 'utf8').split(/\n\s*\n/))
    .map((block) =>
      (block.split('\n----')[0] ?? '')
        .split('\n')
        .filter((line) => !/^(#|query|error|fails|set |file )/.test(line))
        .join('\n'),
    )
    .filter((text) => text.trim() !== '')
    .flatMap((text) => [text, text.replace(/\s+/g, ' '), text.replace(/ (?=\w)/g, ' -- why\n')]);
}

describe('what is very long', () => {
  const fields = Array.from({ length: 10_000 }, (_, index) => ({
    name: `column_${index}`,
    type: 'int',
    nullable: true,
  }));
  const wide = { ...tables, find: () => ({ name: 'wide', fields }) };

  test('a query of a megabyte is read, and completed behind it', () => {
    const text = `SELECT '${'x'.repeat(1 << 20)}' AS text, ${'1 + '.repeat(1000)}1 AS sum FROM wide WHERE `;
    const document = readSqlDocument(text);
    expect(document.statements.length).toBe(1);
    const labels = completionsAt(document, text.length, wide).map(({ label }) => label);
    expect(labels).toContain('column_9999');
    expect(formatSql(text)).toContain('x');
  });

  test('a chain of views is known at its end', () => {
    const views = Array.from(
      { length: 2000 },
      (_, index) => `CREATE TEMP VIEW v${index + 1} AS SELECT * FROM v${index};`,
    );
    const text = `CREATE TEMP VIEW v0 AS SELECT note FROM orders;\n${views.join('\n')}\nSELECT  FROM v2000`;
    const found = completionsAt(readSqlDocument(text), text.length - ' FROM v2000'.length, tables);
    expect(found.map(({ label }) => label)).toContain('note');
  });

  test('a table of ten thousand columns is completed and judged', () => {
    const text = 'SELECT column_1, column_10000 FROM wide';
    const [found] = findingsOf(readSqlDocument(text), wide);
    expect(found?.condition).toBe('UNRESOLVED_COLUMN.WITH_SUGGESTION');
    expect(completionsAt(readSqlDocument(text), 7, wide).length).toBeGreaterThan(10_000);
  });
});
