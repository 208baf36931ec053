/** The keywords that may come next, by asking the parser: one fits where the text up to it has no new mistake. */
import { parse } from '#sql/compile.ts';
import { childNodes, everyNode } from './nodes.ts';
import { queryOf, readStatement } from './sqlDocument.ts';

const statementStarts = [
  ...['SELECT', 'WITH', 'FROM', 'VALUES', 'CREATE OR REPLACE TEMPORARY VIEW', 'CREATE TABLE'],
  ...['INSERT INTO', 'DROP VIEW', 'DESCRIBE', 'SHOW TABLES', 'SHOW FUNCTIONS', 'EXPLAIN', 'SET'],
  ...['CACHE TABLE', 'UNCACHE TABLE', 'DECLARE VARIABLE', 'USE'],
];

const phrases = [
  ...['SELECT', 'DISTINCT', 'ALL', 'FROM', 'WHERE', 'GROUP BY', 'HAVING', 'ORDER BY', 'LIMIT'],
  ...['OFFSET', 'JOIN', 'INNER JOIN', 'LEFT JOIN', 'RIGHT JOIN', 'FULL OUTER JOIN', 'CROSS JOIN'],
  ...['LEFT SEMI JOIN', 'LEFT ANTI JOIN', 'ON', 'USING', 'LATERAL VIEW', 'UNION ALL', 'UNION'],
  ...['INTERSECT', 'EXCEPT', 'AS', 'AND', 'OR', 'NOT', 'IN', 'NOT IN', 'LIKE', 'ILIKE', 'RLIKE'],
  ...['BETWEEN', 'IS NULL', 'IS NOT NULL', 'CASE', 'WHEN', 'THEN', 'ELSE', 'END', 'EXISTS'],
  ...['OVER', 'PARTITION BY', 'ROWS BETWEEN', 'RANGE BETWEEN', 'UNBOUNDED PRECEDING'],
  ...['CURRENT ROW', 'FILTER', 'WITHIN GROUP', 'ASC', 'DESC', 'NULLS FIRST', 'NULLS LAST'],
  ...['WINDOW', 'PIVOT', 'UNPIVOT', 'TABLESAMPLE', 'SORT BY', 'DISTRIBUTE BY', 'CLUSTER BY'],
  ...['ROLLUP', 'CUBE', 'GROUPING SETS', 'NULL', 'TRUE', 'FALSE', 'INTERVAL', 'DATE', 'TIMESTAMP'],
  ...['VALUES', 'WITH'],
];

/** Beyond it trying every keyword would take longer than a person waits. */
const longestPrefix = 5_000;

/** `prefix` is the statement up to the word that is being written. */
export function keywordsAfter(prefix: string): readonly string[] {
  if (prefix.trim() === '') return statementStarts;
  if (prefix.length > longestPrefix) return phrases;
  // What is missing at the end may be just what comes now.
  const { length } = prefix.trimEnd();
  const known = new Set([...problemStarts(prefix)].filter((start) => start < length));
  return phrases.filter((phrase) => fits(prefix, phrase, known));
}

function fits(prefix: string, phrase: string, known: ReadonlySet<number>): boolean {
  const text = /[\s(]$/.test(prefix) ? prefix : `${prefix} `;
  const end = text.length + phrase.length;
  // Some words are keywords only before something, others only at the end.
  return ['', ' x'].some((more) => {
    const written = `${text}${phrase}${more}`;
    const problems = [...problemStarts(written)];
    if (problems.some((start) => start < end && !known.has(start))) return false;
    const isLiteral = phrase === 'NULL' || phrase === 'TRUE' || phrase === 'FALSE';
    return isLiteral || !isTakenAsName(written, phrase.split(' ').at(-1) ?? '', text.length);
  });
}

function problemStarts(text: string): ReadonlySet<number> {
  return new Set(
    parse(text)
      .problems.filter(({ class: name }) => name === 'PARSE_SYNTAX_ERROR')
      .map(({ start = text.length }) => start),
  );
}

/** Most of Spark's keywords are names where they stand for one. */
function isTakenAsName(text: string, word: string, start: number): boolean {
  const query = queryOf(readStatement(text, 0, false));
  if (!query) return false;
  let found = false;
  everyNode(query, (node) => {
    if (node.range.end < start || childNodes(node).some(({ range }) => range.start >= start))
      return;
    const names = [
      ...('alias' in node ? [node.alias] : []),
      ...('name' in node ? [node.name] : []),
      ...(node.kind === 'window' && typeof node.window === 'string' ? [node.window] : []),
      ...('nameParts' in node ? node.nameParts : []),
      ...(node.kind === 'read' && node.readType.kind === 'namedTable'
        ? node.readType.nameParts
        : []),
    ];
    if (names.includes(word)) found = true;
  });
  return found;
}
