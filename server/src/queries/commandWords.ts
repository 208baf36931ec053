/** How statements that are no queries go on, as patterns: `<table>` and its like stand for what is no keyword. */
import type { Token } from '#sql/parse/lexer.ts';

export type Placeholder =
  'table' | 'new' | 'type' | 'setting' | 'format' | 'query' | 'text' | 'value';

/** The first are offered first; those behind `~` only where their first word is there already. */
const patterns = `
SELECT
WITH
FROM
CREATE OR REPLACE TEMPORARY VIEW <new> AS <query>
CREATE OR REPLACE TEMPORARY VIEW <new> USING <format> OPTIONS <value>
~ CREATE OR REPLACE TEMPORARY VIEW <new> COMMENT <text> AS <query>
~ CREATE OR REPLACE VIEW <new> AS <query>
~ CREATE OR REPLACE VIEW <new> COMMENT <text> AS <query>
~ CREATE OR REPLACE TABLE <new> AS <query>
~ CREATE TEMPORARY VIEW <new> AS <query>
~ CREATE TEMPORARY VIEW <new> USING <format> OPTIONS <value>
~ CREATE TEMP VIEW <new> AS <query>
CREATE VIEW <new> AS <query>
~ CREATE VIEW IF NOT EXISTS <new> AS <query>
~ CREATE VIEW <new> COMMENT <text> AS <query>
CREATE TABLE <new> AS <query>
CREATE TABLE <new> USING <format> AS <query>
CREATE TABLE <new> USING <format> OPTIONS <value>
CREATE TABLE <new> USING <format> PARTITIONED BY <value>
CREATE TABLE <new> USING <format> LOCATION <value>
CREATE TABLE <new> LIKE <table>
~ CREATE TABLE IF NOT EXISTS <new> AS <query>
~ CREATE TABLE IF NOT EXISTS <new> USING <format>
~ CREATE TEMPORARY FUNCTION <new> RETURNS <type> RETURN <value>
~ CREATE DATABASE <new>
INSERT INTO <table> <query>
~ INSERT INTO <table> BY NAME <query>
~ INSERT INTO <table> PARTITION <new> <query>
~ INSERT INTO TABLE <table> <query>
INSERT OVERWRITE <table> <query>
~ INSERT OVERWRITE DIRECTORY <value> USING <format> <query>
VALUES
DESCRIBE <table>
~ DESCRIBE EXTENDED <table>
~ DESCRIBE QUERY <query>
~ DESCRIBE FUNCTION <value>
~ EXPLAIN EXTENDED <query>
~ EXPLAIN FORMATTED <query>
~ EXPLAIN COST <query>
EXPLAIN <query>
SHOW TABLES
~ SHOW VIEWS
~ SHOW COLUMNS IN <table>
SHOW FUNCTIONS
~ SHOW CREATE TABLE <table>
~ SHOW DATABASES
~ SHOW PARTITIONS <table>
~ SHOW TBLPROPERTIES <table>
SET <setting>
~ SET TIME ZONE <value>
~ SET VAR <value>
~ RESET <setting>
CACHE TABLE <table> AS <query>
~ CACHE LAZY TABLE <table>
UNCACHE TABLE <table>
~ UNCACHE TABLE IF EXISTS <table>
CLEAR CACHE
~ REFRESH TABLE <table>
DROP VIEW <table>
~ DROP VIEW IF EXISTS <table>
DROP TABLE <table>
~ DROP TABLE IF EXISTS <table>
~ DROP TEMPORARY VARIABLE <value>
~ DROP TEMPORARY FUNCTION <value>
DECLARE VARIABLE <new> <type> DEFAULT <value>
~ DECLARE OR REPLACE VARIABLE <new> <type> DEFAULT <value>
ALTER VIEW <table> AS <query>
~ ALTER VIEW <table> RENAME TO <new>
ALTER TABLE <table> RENAME TO <new>
ALTER TABLE <table> ADD COLUMNS <value>
~ TRUNCATE TABLE <table>
~ EXECUTE IMMEDIATE <value>
USE <value>
`
  .trim()
  .split('\n')
  .map((line) => ({ words: line.replace('~ ', '').split(' '), isRare: line.startsWith('~') }));

export interface CommandPlace {
  /** Phrases of keywords, up to the next thing that is none. */
  readonly keywords: readonly string[];
  readonly placeholders: ReadonlySet<Placeholder>;
  /** Whether a query is likelier than the keywords. */
  readonly isQueryFirst: boolean;
}

/** What may follow; or where the query in the statement begins, of which the rest is a part. */
export function commandAfter(
  tokens: readonly Token[],
): CommandPlace | { readonly queryFrom: number } | undefined {
  const keywords: string[] = [];
  const placeholders = new Set<Placeholder>();
  let isQueryFirst = false;
  for (const { words: pattern, isRare } of patterns) {
    const matched = matchPattern(pattern, tokens);
    if (matched === undefined || (isRare && tokens.length === 0)) continue;
    if ('queryFrom' in matched) return matched;
    const next = pattern[matched.at];
    if (next === undefined) continue;
    const placeholder = placeholderIn(next);
    if (placeholder === 'query' && keywords.length === 0) isQueryFirst = true;
    if (placeholder) placeholders.add(placeholder);
    else keywords.push(phraseAt(pattern, matched.at));
  }
  if (keywords.length === 0 && placeholders.size === 0) return undefined;
  return { keywords: [...new Set(keywords)], placeholders, isQueryFirst };
}

function placeholderIn(word: string): Placeholder | undefined {
  return /^<(\w+)>$/.exec(word)?.[1] as Placeholder | undefined;
}

function phraseAt(pattern: readonly string[], start: number): string {
  const end = pattern.findIndex((word, index) => index >= start && placeholderIn(word));
  return pattern.slice(start, end < 0 ? pattern.length : end).join(' ');
}

const queryStarts = new Set(['SELECT', 'WITH', 'FROM', 'VALUES', '(']);

/** Where in the pattern the tokens end. */
function matchPattern(
  pattern: readonly string[],
  tokens: readonly Token[],
): { readonly at: number } | { readonly queryFrom: number } | undefined {
  let index = 0;
  for (const [at, word] of pattern.entries()) {
    const token = tokens[index];
    const placeholder = placeholderIn(word);
    if (placeholder === 'query') {
      if (!token) return { at };
      return queryStarts.has(token.text) ? { queryFrom: index } : undefined;
    }
    if (!token) return { at };
    if (placeholder === undefined) {
      if (token.kind !== 'word' || token.text !== word) return undefined;
      index++;
      continue;
    }
    // A pattern with a keyword there is meant, not a name that reads like one.
    if (isTaken(pattern, at, token.text)) return undefined;
    index = placeholder === 'value' ? tokens.length : afterName(tokens, index);
  }
  return index < tokens.length ? undefined : { at: pattern.length };
}

function isTaken(pattern: readonly string[], at: number, word: string): boolean {
  const head = pattern.slice(0, at).join(' ');
  return patterns.some(({ words }) => words[at] === word && words.slice(0, at).join(' ') === head);
}

/** A dotted name, a type with what is in its brackets, or the columns behind a name. */
function afterName(tokens: readonly Token[], start: number): number {
  let index = start + 1;
  while (tokens[index]?.text === '.') index += 2;
  if (/^[(<]$/.test(tokens[index]?.text ?? '')) {
    let depth = 0;
    do {
      const text = tokens[index]?.text ?? '';
      if (text === '(' || text === '<') depth++;
      if (text === ')' || text === '>') depth--;
      index++;
    } while (depth > 0 && index < tokens.length);
  }
  return index;
}
