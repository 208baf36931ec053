/** Which command a text holds, by its first words. */
import type { Command, Statement } from '../../plan/statements.ts';
import type { TokenStream } from '../tokenStream.ts';
import {
  parseAlterRelation,
  parseCommentOn,
  parseCreateNamespace,
  parseDropNamespace,
} from './alter.ts';
import { parseDescribe, parseExplain, parseShow } from './inspection.ts';
import {
  parseCreateFunction,
  parseDeclare,
  parseDropFunction,
  parseDropVariable,
  parseExecuteImmediate,
} from './routines.ts';
import {
  parseCache,
  parseClearCache,
  parseRefresh,
  parseReset,
  parseSet,
  parseUncache,
  parseUse,
} from './settings.ts';
import { parseCreateTable, parseDropRelation, parseInsert, parseTruncate } from './tables.ts';
import { parseCreateView } from './views.ts';

/** Undefined where no command begins. `parseInner` reads what an EXPLAIN explains. */
export function parseCommand(
  stream: TokenStream,
  parseInner: (stream: TokenStream) => Statement | undefined,
): Command | undefined {
  const { kind, text, start } = stream.next;
  if (kind !== 'word') return undefined;
  if (Object.hasOwn(commands, text)) return commands[text]?.(stream, start);
  if (text === 'EXPLAIN') return parseExplain(stream, start, parseInner);
  if (!refused.has(text)) return undefined;
  return parseRefused(stream, start);
}

type Parse = (stream: TokenStream, start: number) => Command | undefined;

const commands: Readonly<Record<string, Parse>> = {
  CREATE: parseCreate,
  REPLACE: parseCreate,
  DROP: parseDrop,
  ALTER: parseAlter,
  INSERT: parseInsert,
  TRUNCATE: parseTruncate,
  SET: parseSet,
  RESET: parseReset,
  USE: parseUse,
  CACHE: parseCache,
  UNCACHE: parseUncache,
  CLEAR: parseClearCache,
  REFRESH: parseRefresh,
  DESC: parseDescribe,
  DESCRIBE: parseDescribe,
  SHOW: parseShow,
  DECLARE: parseDeclare,
  EXECUTE: parseExecuteImmediate,
  COMMENT: parseCommentOn,
};

/** Spark's other statements: they need a cluster, a metastore or a format with transactions. */
const refused: ReadonlySet<string> = new Set(
  (
    'ADD ANALYZE BEGIN CALL DELETE EXPORT GRANT IMPORT LIST LOAD LOCK MERGE MSCK REPAIR REVOKE START ' +
    'UNLOCK UPDATE COMMIT ROLLBACK DFS'
  ).split(' '),
);

function parseRefused(stream: TokenStream, start: number): Command {
  const words = [stream.take().text];
  while (stream.next.kind === 'word' && words.length < 2) words.push(stream.take().text);
  stream.skipToEnd();
  const range = { start, end: stream.text.length };
  return { kind: 'unsupported', feature: words.join(' '), range };
}

const namespaceWords = ['NAMESPACE', 'DATABASE', 'SCHEMA'];

function parseCreate(stream: TokenStream, start: number): Command {
  const isReplace = stream.take().text === 'REPLACE';
  const replace = isReplace || stream.acceptWord('OR', 'REPLACE');
  const global = stream.acceptWord('GLOBAL');
  const temporary = stream.acceptWord('TEMPORARY') || stream.acceptWord('TEMP');
  if (stream.isWord('EXTERNAL') && stream.isWord('TABLE', 1)) stream.take();
  if (stream.isWord('VIEW')) {
    const scope = temporary ? (global ? 'globalTemporary' : 'temporary') : 'persistent';
    return parseCreateView(stream, start, { scope, replace });
  }
  if (stream.isWord('TABLE')) return parseCreateTable(stream, start, { temporary, replace });
  if (stream.isWord('FUNCTION')) {
    return parseCreateFunction(stream, start, { temporary, replace });
  }
  if (namespaceWords.some((word) => stream.isWord(word))) {
    return parseCreateNamespace(stream, start);
  }
  if (stream.isWord('INDEX') || stream.isWord('ROLE')) return parseRefused(stream, start);
  stream.syntaxError();
  return { kind: 'unsupported', feature: 'CREATE', range: { start, end: stream.lastEnd } };
}

function parseDrop(stream: TokenStream, start: number): Command {
  stream.take();
  const temporary = stream.acceptWord('TEMPORARY') || stream.acceptWord('TEMP');
  if (temporary && (stream.isWord('VARIABLE') || stream.isWord('VAR'))) {
    return parseDropVariable(stream, start);
  }
  if (stream.isWord('FUNCTION')) return parseDropFunction(stream, start, temporary);
  if (!temporary && (stream.isWord('TABLE') || stream.isWord('VIEW'))) {
    return parseDropRelation(stream, start);
  }
  if (!temporary && namespaceWords.some((word) => stream.isWord(word))) {
    return parseDropNamespace(stream, start);
  }
  if (!temporary && (stream.isWord('INDEX') || stream.isWord('ROLE'))) {
    return parseRefused(stream, start);
  }
  stream.syntaxError();
  return { kind: 'unsupported', feature: 'DROP', range: { start, end: stream.lastEnd } };
}

function parseAlter(stream: TokenStream, start: number): Command {
  stream.take();
  if (stream.isWord('TABLE') || stream.isWord('VIEW')) return parseAlterRelation(stream, start);
  if (namespaceWords.some((word) => stream.isWord(word)) || stream.isWord('INDEX')) {
    return parseRefused(stream, start);
  }
  stream.syntaxError();
  return { kind: 'unsupported', feature: 'ALTER', range: { start, end: stream.lastEnd } };
}
