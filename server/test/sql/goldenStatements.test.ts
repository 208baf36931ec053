/**
 * The editor's features on the statements of Spark's golden files: formatting changes none of them, and none that is
 * half typed or broken makes a feature throw.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from '#sql/compile.ts';
import { tokenize } from '#sql/parse/lexer.ts';
import { completionsAt } from '#server/queries/completion.ts';
import { isKeyword } from '#server/queries/formatWords.ts';
import { formatSql } from '#server/queries/formatSql.ts';
import { signatureAt } from '#server/queries/functionHelp.ts';
import { givenNames, nameAt } from '#server/queries/names.ts';
import { foldsOf, symbolsOf } from '#server/queries/outline.ts';
import { expectedAfter } from '#server/queries/keywords.ts';
import { readSqlDocument, statementAt } from '#server/queries/sqlDocument.ts';
import { findingsOf } from '#server/queries/sqlFindings.ts';
import { hoverAt } from '#server/queries/sqlHover.ts';
import { fixtureTables } from './editorFixture.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const whole = process.env.SPARK_GOLDENS ?? path('../../../../shared/data/spark-goldens');
const folder = existsSync(whole) ? whole : path('../../../test-fixtures/sql/goldens');

interface Golden {
  readonly queries: readonly { readonly sql: string }[];
}

const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const statements = files.flatMap((name) =>
  (JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as Golden).queries.map(({ sql }) => sql),
);

/** The tree as it is, but for its places and the texts that it keeps of the statement. */
function treeOf(text: string): string | undefined {
  const { statement, problems } = parse(text);
  if (!statement || problems.length > 0) return undefined;
  return JSON.stringify(statement, (key, value: unknown) => {
    if (typeof value === 'bigint') return String(value);
    if (typeof value === 'string' && (key === 'queryText' || key === 'defaultText'))
      return value.replace(/[\s()]+/g, '').toLowerCase();
    return /^(start|end)$|(Start|End)$/.test(key) ? undefined : value;
  });
}

test('statements mean what they meant', { timeout: 300_000 }, () => {
  const wrong: string[] = [];
  let formattedCount = 0;
  for (const text of new Set(statements)) {
    const tree = treeOf(text);
    const formatted = formatSql(text);
    if (formatSql(formatted) !== formatted) wrong.push(`not the same twice: ${text}`);
    if (tree === undefined) continue;
    if (formatted.trim() !== text.trim()) formattedCount++;
    if (treeOf(formatted.trim()) !== tree) wrong.push(`${text}\n=>\n${formatted}`);
  }
  expect(wrong).toEqual([]);
  expect(formattedCount).toBeGreaterThan(statements.length / 3);
});

/** Words that are names or functions as often as keywords. */
const alsoNames = new Set(
  (
    'LEFT RIGHT IF REPLACE ROW RANGE FIRST LAST CAST CURRENT NULL TRUE FALSE VIEW OPTIONS SETS GROUPING CUBE ROLLUP ' +
    'SET VALUES LOCATION TEMP TABLE DEFAULT VARIABLE WINDOW ALL EXPLAIN SHOW'
  ).split(' '),
);

test('a keyword that comes next is among those that are offered', { timeout: 300_000 }, () => {
  let asked = 0;
  let offered = 0;
  for (const text of new Set(statements)) {
    const { statement, problems } = parse(text);
    if (statement?.kind !== 'query' || problems.length > 0) continue;
    const tokens = tokenize(text).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
    let next = 1;
    tokens.forEach(({ kind, text: word, start }, index) => {
      const isPart = tokens[index - 1]?.text === '.' || tokens[index + 1]?.text === '.';
      if (index < next || kind !== 'word' || !isKeyword(word) || alsoNames.has(word) || isPart)
        return;
      asked++;
      const fitting = expectedAfter(text.slice(0, start)).keywords.filter((phrase) =>
        phrase.split(' ').every((each, at) => tokens[index + at]?.text === each),
      );
      if (fitting.length === 0) return;
      offered++;
      next = index + Math.max(...fitting.map((phrase) => phrase.split(' ').length));
    });
  }
  expect(offered / asked).toBeGreaterThan(0.975);
});

/** Numbers that look random and are the same each time. */
function* unpredictable(): Generator<number, never> {
  for (let seed = 7; ;) {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fff_ffff;
    yield seed / 0x8000_0000;
  }
}

test('no feature throws on what is half typed or broken', { timeout: 300_000 }, () => {
  const tables = fixtureTables();
  const numbers = unpredictable();
  const next = () => numbers.next().value;
  const thrown: string[] = [];
  for (const whole of new Set(statements)) {
    if (next() > 0.05) continue;
    const broken = [
      whole.slice(0, Math.floor(next() * whole.length)),
      whole.slice(Math.floor(next() * whole.length)),
      `${whole.slice(0, Math.floor(next() * whole.length))} ( ${whole}`,
      whole.replace(/\w+/g, (word) => (next() < 0.1 ? '' : word)),
      whole.replace(/[(),]/g, (sign) => (next() < 0.3 ? sign + sign : next() < 0.3 ? '' : sign)),
    ];
    for (const text of broken) {
      const at = Math.floor(next() * (text.length + 1));
      try {
        const document = readSqlDocument(text);
        completionsAt(document, at, tables, () => []);
        hoverAt(document, at, tables);
        signatureAt(document, at);
        const statement = statementAt(document, at);
        if (statement) nameAt(givenNames(statement, tables), at);
        foldsOf(document);
        symbolsOf(document);
        findingsOf(document, tables);
        formatSql(text);
      } catch (error) {
        thrown.push(`${String(error)} at ${at} of ${text}`);
      }
    }
  }
  expect(thrown).toEqual([]);
});
