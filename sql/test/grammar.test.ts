import { createRequire } from 'node:module';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { INITIAL, Registry, parseRawGrammar, type IGrammar } from 'vscode-textmate';
import { describe, expect, test } from 'vitest';
import { sqlFixtures } from './sqlFixture.ts';
import { tokenize, type TokenKind } from '#sql/parse/lexer.ts';

const file = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const fixtures = file('test-fixtures/grammar');

interface Manifest {
  readonly contributes: {
    readonly grammars: readonly {
      readonly scopeName: string;
      readonly path: string;
      readonly injectTo?: readonly string[];
    }[];
  };
}
const { grammars } = (JSON.parse(readFileSync(file('package.json'), 'utf8')) as Manifest)
  .contributes;

/** What stands in for the grammars of VS Code that ours are injected into. */
const hosts: Readonly<Record<string, object>> = {
  'source.python': {
    scopeName: 'source.python',
    patterns: [
      { name: 'comment.line.number-sign.python', match: '#.*$' },
      { name: 'string.quoted.multi.python', begin: '"""', end: '"""' },
      { name: 'string.quoted.single.python', begin: '["\']', end: '["\']' },
      { name: 'variable.other.python', match: '\\w+' },
    ],
  },
  'text.html.markdown': {
    scopeName: 'text.html.markdown',
    patterns: [{ name: 'markup.heading.markdown', match: '^#.*$' }],
  },
};

async function registry(): Promise<Registry> {
  const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
  await loadWASM(readFileSync(wasm).buffer);
  return new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar(scopeName) {
      const ours = grammars.find((grammar) => grammar.scopeName === scopeName);
      const text = ours
        ? readFileSync(file(ours.path), 'utf8')
        : JSON.stringify(hosts[scopeName] ?? null);
      return Promise.resolve(text === 'null' ? null : parseRawGrammar(text, `${scopeName}.json`));
    },
    getInjections: (scopeName) =>
      grammars
        .filter(({ injectTo }) => injectTo?.includes(scopeName))
        .map((grammar) => grammar.scopeName),
  });
}

const loaded = registry();

async function grammarOf(scopeName: string): Promise<IGrammar> {
  const grammar = await (await loaded).loadGrammar(scopeName);
  if (!grammar) throw new Error(`no grammar ${scopeName}`);
  return grammar;
}

/** The scopes of each character, line by line. */
function scopesOf(grammar: IGrammar, lines: readonly string[]): readonly (readonly string[])[] {
  let state = INITIAL;
  return lines.map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return Array.from({ length: line.length }, (_, column) => {
      const token = tokens.findLast(({ startIndex }) => startIndex <= column);
      return token?.scopes.join(' ') ?? '';
    });
  });
}

const hostOf = (name: string) =>
  name.endsWith('.py')
    ? 'source.python'
    : name.endsWith('.md')
      ? 'text.html.markdown'
      : 'source.spark-sql';

describe('the grammar of Spark SQL', () => {
  test.each(readdirSync(fixtures))('%s', async (name) => {
    const lines = readFileSync(`${fixtures}/${name}`, 'utf8').trimEnd().split('\n');
    const isMark = (line: string) => /^\s*\^/.test(line);
    const code = lines.filter((line) => !isMark(line));
    const scopes = scopesOf(await grammarOf(hostOf(name)), code);
    const wrong: string[] = [];
    let row = -1;
    for (const line of lines) {
      if (!isMark(line)) {
        row++;
        continue;
      }
      const [, space = '', carets = '', scope = ''] = /^(\s*)(\^+)\s*(.+)$/.exec(line) ?? [];
      const found = scopes[row]?.slice(space.length, space.length + carets.length) ?? [];
      if (found.length === carets.length && found.every((each) => each.includes(scope))) continue;
      const text = code[row]?.slice(space.length, space.length + carets.length);
      wrong.push(`${row} ${text}: ${scope}, not ${[...new Set(found)].join(' | ')}`);
    }
    expect(wrong).toEqual([]);
  });

  const scopeOfKind: Partial<Record<TokenKind, string>> = {
    string: 'string.quoted',
    rawString: 'string',
    comment: 'comment',
    quotedWord: 'string.quoted.other.backtick',
    integer: 'constant.numeric',
    decimal: 'constant.numeric',
    exponent: 'constant.numeric',
  };

  test('sees strings, names, numbers and comments where the lexer sees them', async () => {
    const grammar = await grammarOf('source.spark-sql');
    const wrong = sqlFixtures()
      .flatMap(({ expectations }) => expectations.map(({ sql }) => sql))
      .flatMap((query) => {
        const tokens = tokenize(query);
        // An open string or comment makes one of all that follows.
        if (tokens.some(({ kind }) => kind === 'unknown' || kind === 'unclosedComment')) return [];
        const scopes = scopesOf(grammar, query.split('\n')).flatMap((line) => [...line, '']);
        return tokens.flatMap(({ kind, start, text }) => {
          const expected = scopeOfKind[kind];
          const found = scopes[start] ?? '';
          const isString = /string|comment|numeric/.test(found);
          const isRight =
            expected === undefined
              ? kind !== 'word' || !/ (string|comment)/.test(found)
              : found.includes(expected) || (isString && kind === 'string');
          return isRight ? [] : [`${kind} ${text} in ${query.slice(0, 80)}: ${found}`];
        });
      });
    expect(wrong).toEqual([]);
  });
});
