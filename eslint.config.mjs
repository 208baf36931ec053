import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** What a realm may not import. `regex`, not `group`: in `group` a leading `#` is a comment. */
const forbid = (...patterns) => ({
  'no-restricted-imports': ['error', { patterns }],
});
const vscode = { regex: '^vscode$', message: 'Only client/ sees vscode.' };
const duckdb = { regex: '^@duckdb/', message: 'Only engine/src/duckdb sees DuckDB.' };
const node = { regex: '^node:', message: 'This realm also runs where there is no Node.' };
const languageServer = {
  regex: '^vscode-(languageserver|languageclient|jsonrpc)',
  message: 'LSP stays in server/, client/ and cli/.',
};
const realms = ['shared', 'sql', 'engine', 'buffers', 'server', 'client', 'webviews', 'cli'];
const may = {
  shared: [],
  sql: ['shared'],
  engine: ['shared', 'sql'],
  buffers: ['shared'],
  server: ['shared', 'sql', 'buffers'],
  client: ['shared', 'buffers'],
  webviews: ['shared'],
  cli: ['shared', 'buffers'],
};
/** Both spellings of another realm: `#engine/…` and a relative path out of the folder. */
const otherRealms = (realm) => {
  const others = realms.filter((other) => other !== realm && !may[realm].includes(other));
  return {
    regex: `^#(${others.join('|')})/|^(\\.\\./)+(${realms.filter((other) => other !== realm).join('|')})/`,
    message: `${realm}/ may import ${[...may[realm], 'itself'].join(', ')} by '#folder/file.ts'.`,
  };
};

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', 'engine/src/gen/', 'test-fixtures/', '**/*.d.ts'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/prefer-nullish-coalescing': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Exports have names.' },
      ],
    },
  },
  ...realms.map((realm) => ({
    files: [`${realm}/src/**/*.ts`, `${realm}/src/**/*.tsx`],
    rules: forbid(
      otherRealms(realm),
      ...(realm === 'client' ? [] : [vscode]),
      ...(realm === 'engine' ? [] : [duckdb]),
      ...(['shared', 'sql', 'webviews'].includes(realm) ? [node] : []),
      ...(['server', 'client', 'cli'].includes(realm) ? [] : [languageServer]),
    ),
  })),
  {
    files: ['engine/src/**/*.ts'],
    ignores: ['engine/src/duckdb/**'],
    rules: forbid(otherRealms('engine'), vscode, languageServer, duckdb),
  },
  {
    // Inner rooms of the server know nothing of LSP.
    files: ['server/src/**/*.ts'],
    ignores: [
      'server/src/main.ts',
      'server/src/lspConvert.ts',
      'server/src/handlers/**',
      'server/src/oracle/pyright/**',
      'server/src/oracle/pyrightProcess.ts',
    ],
    rules: forbid(otherRealms('server'), vscode, duckdb, languageServer),
  },
  {
    files: ['**/test/**', '**/test-host/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        performance: 'readonly',
        fetch: 'readonly',
        structuredClone: 'readonly',
        document: 'readonly',
        window: 'readonly',
      },
    },
    rules: { 'no-restricted-syntax': 'off' },
  },
);
