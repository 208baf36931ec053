/** What the formatter knows of words. */
import type { Token } from '#sql/parse/lexer.ts';

export const keywords: ReadonlySet<string> = new Set(
  (
    'SELECT FROM WHERE GROUP BY HAVING ORDER SORT CLUSTER DISTRIBUTE LIMIT OFFSET WITH RECURSIVE AS DISTINCT ALL UNION ' +
    'INTERSECT EXCEPT MINUS JOIN INNER LEFT RIGHT FULL OUTER CROSS SEMI ANTI NATURAL ON USING LATERAL VIEW VALUES ' +
    'TABLESAMPLE PIVOT UNPIVOT WINDOW OVER PARTITION ROWS RANGE PRECEDING FOLLOWING UNBOUNDED CURRENT ROW ROLLUP CUBE ' +
    'GROUPING SETS CASE WHEN THEN ELSE END FILTER WITHIN NULLS FIRST LAST ASC DESC ESCAPE AND OR NOT IN IS LIKE ILIKE ' +
    'RLIKE BETWEEN EXISTS NULL TRUE FALSE CAST INTERVAL CREATE ALTER REPLACE TEMPORARY TEMP TABLE DROP INSERT INTO OVERWRITE ' +
    'DESCRIBE EXPLAIN SHOW SET USE CACHE UNCACHE IF EXTEND AGGREGATE DECLARE VARIABLE DEFAULT OPTIONS LOCATION'
  ).split(' '),
);

export function isKeyword(word: string): boolean {
  return keywords.has(word);
}

/** The words that begin a clause, the longest first. */
const clauses: readonly (readonly string[])[] = [
  ...[
    'GROUP BY',
    'ORDER BY',
    'SORT BY',
    'CLUSTER BY',
    'DISTRIBUTE BY',
    'UNION ALL',
    'UNION DISTINCT',
  ],
  ...['INTERSECT ALL', 'EXCEPT ALL', 'MINUS ALL', 'LATERAL VIEW OUTER', 'LATERAL VIEW'],
  ...['INSERT INTO', 'INSERT OVERWRITE', 'SELECT DISTINCT', 'SELECT', 'FROM', 'WHERE', 'HAVING'],
  ...[
    'LIMIT',
    'OFFSET',
    'WITH RECURSIVE',
    'WITH',
    'UNION',
    'INTERSECT',
    'EXCEPT',
    'MINUS',
    'WINDOW',
  ],
  ...['VALUES'],
].map((text) => text.split(' '));

/** How many of the words from `index` on are the head of a clause; 0 where none begins there. */
export function clauseAt(words: readonly Token[], index: number): number {
  const before = words[index - 1];
  if (before?.text === '.' || words[index + 1]?.text === '.') return 0;
  for (const clause of clauses) {
    if (clause.every((word, offset) => isWord(words[index + offset], word))) return clause.length;
  }
  return words[index]?.text === '|>' ? 1 : 0;
}

const joins: readonly (readonly string[])[] = [
  ...['NATURAL LEFT OUTER JOIN', 'NATURAL FULL OUTER JOIN', 'NATURAL RIGHT OUTER JOIN'],
  ...['LEFT OUTER JOIN', 'RIGHT OUTER JOIN', 'FULL OUTER JOIN', 'LEFT SEMI JOIN', 'LEFT ANTI JOIN'],
  ...['NATURAL JOIN', 'NATURAL INNER JOIN', 'INNER JOIN', 'CROSS JOIN', 'LEFT JOIN', 'RIGHT JOIN'],
  ...['FULL JOIN', 'SEMI JOIN', 'ANTI JOIN', 'JOIN'],
].map((text) => text.split(' '));

export function isJoinStart(words: readonly Token[], index: number): number {
  for (const join of joins) {
    if (join.every((word, offset) => isWord(words[index + offset], word))) return join.length;
  }
  return 0;
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text === word;
}
