/** A forbidden import must turn a tool red: each row plants one in a copy of the tree's configuration. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const realms = ['shared', 'sql', 'engine', 'buffers', 'server', 'client', 'webviews', 'cli'];
const run = promisify(execFile);

const typescript: [file: string, text: string, code: string][] = [
  ['shared/src/planted.ts', `import '../../sql/src/there.ts';`, 'TS6059|TS6307'],
  ['shared/src/planted.ts', `import { readFileSync } from 'node:fs'; readFileSync('');`, 'TS2591'],
  ['shared/src/planted.ts', `export const title = document.title;`, 'TS2584'],
  ['sql/src/planted.ts', `import '#engine/there.ts';`, 'TS6059|TS6307'],
  ['sql/src/planted.ts', `export const home = process.env;`, 'TS2591'],
  ['buffers/src/planted.ts', `import '#sql/there.ts';`, 'TS6059|TS6307'],
  ['server/src/planted.ts', `import '#engine/there.ts';`, 'TS6059|TS6307'],
  ['engine/src/planted.ts', `import '#buffers/there.ts';`, 'TS6059|TS6307'],
  ['client/src/planted.ts', `import '#server/there.ts';`, 'TS6059|TS6307'],
  [
    'webviews/src/planted.ts',
    `import { readFileSync } from 'node:fs'; readFileSync('');`,
    'TS2591',
  ],
  ['cli/src/planted.ts', `import '#engine/there.ts';`, 'TS6059|TS6307'],
];

const eslint: [file: string, text: string][] = [
  ['shared/src/planted.ts', `import '#sql/there.ts';`],
  ['shared/src/planted.ts', `import 'node:fs';`],
  ['sql/src/planted.ts', `import '../../engine/src/there.ts';`],
  ['server/src/planted.ts', `import 'vscode';`],
  ['server/src/planted.ts', `import '@duckdb/node-api';`],
  ['server/src/rules/planted.ts', `import 'vscode-languageserver';`],
  ['engine/src/planted.ts', `import 'vscode';`],
  ['engine/src/session/planted.ts', `import '@duckdb/node-api';`],
  ['buffers/src/planted.ts', `import 'vscode';`],
  ['client/src/planted.ts', `import '@duckdb/node-api';`],
  ['client/src/planted.ts', `import '#sql/there.ts';`],
  ['webviews/src/planted.ts', `import '#buffers/there.ts';`],
  ['webviews/src/planted.ts', `import 'node:path';`],
  ['cli/src/planted.ts', `import '#server/there.ts';`],
];

const layers: [file: string, imported: string, rule: string][] = [
  ['server/src/python/planted.ts', 'server/src/rules/there.ts', 'server-python-is-innermost'],
  ['server/src/rules/planted.ts', 'server/src/handlers/there.ts', 'server-rules-are-inner'],
  ['sql/src/parse/planted.ts', 'sql/src/analyze/there.ts', 'sql-parse-is-innermost'],
  ['sql/src/optimize/planted.ts', 'sql/src/explain/there.ts', 'sql-optimize-below-explain'],
  ['engine/src/duckdb/planted.ts', 'engine/src/session/there.ts', 'engine-duckdb-is-inner'],
  ['buffers/src/source/planted.ts', 'buffers/src/format/there.ts', 'buffers-source-is-innermost'],
  ['webviews/src/kit/planted.ts', 'webviews/src/buffer/there.ts', 'panels-share-only-the-kit'],
];

let tree: string;
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), text + '\n');
};
/** Standard output and the exit code of a tool that is run in the copied tree. */
async function tool(script: string, args: readonly string[]) {
  return run(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: tree }).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: unknown) => error as { code: number; stdout: string },
  );
}

beforeAll(() => {
  mkdirSync(join(root, 'out'), { recursive: true });
  tree = mkdtempSync(join(root, 'out/boundaries-'));
  for (const name of [
    'package.json',
    'tsconfig.base.json',
    'eslint.config.mjs',
    '.dependency-cruiser.cjs',
  ])
    cpSync(join(root, name), join(tree, name));
  for (const realm of realms) {
    mkdirSync(join(tree, realm, 'src'), { recursive: true });
    cpSync(join(root, realm, 'src/tsconfig.json'), join(tree, realm, 'src/tsconfig.json'));
    write(`${realm}/src/there.ts`, 'export const there = 1;');
  }
  cpSync(join(root, 'shared/src/platform.d.ts'), join(tree, 'shared/src/platform.d.ts'));
});
afterAll(() => {
  rmSync(tree, { recursive: true, force: true });
});

describe('project references refuse', () => {
  test.each(typescript)('%s: %s', async (file, text, code) => {
    write(file, text);
    const { stdout } = await tool('typescript/bin/tsc', ['-b', dirname(file), '--pretty', 'false']);
    rmSync(join(tree, file));
    expect(stdout).toMatch(new RegExp(code));
  });
});

test('ESLint refuses what the compiler would resolve', async () => {
  const planted = eslint.map(([file, text], index) => {
    const path = file.replace('planted', `planted${index}`);
    write(path, text);
    return path;
  });
  const { stdout } = await tool('eslint/bin/eslint.js', ['--format', 'json', ...planted]);
  for (const path of planted) rmSync(join(tree, path));
  const found = JSON.parse(stdout) as { filePath: string; messages: { ruleId: string | null }[] }[];
  const red = planted.filter((path) =>
    found.some(
      (file) =>
        file.filePath === join(tree, path) &&
        file.messages.some((message) => message.ruleId === 'no-restricted-imports'),
    ),
  );
  expect(red).toEqual(planted);
});

test('dependency-cruiser refuses an arrow that points outward, and a cycle', async () => {
  const rules = layers.map(([file, imported, rule], index) => {
    const path = file.replace('planted', `planted${index}`);
    write(imported, 'export const there = 1;');
    write(path, `import '${'../'.repeat(path.split('/').length - 1)}${imported}';`);
    return rule;
  });
  write('shared/src/first.ts', `import './second.ts'; export const first = 1;`);
  write('shared/src/second.ts', `import './first.ts'; export const second = 2;`);
  const { stdout } = await tool('dependency-cruiser/bin/dependency-cruise.mjs', [
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
    ...realms.map((realm) => `${realm}/src`),
  ]);
  const report = JSON.parse(stdout) as { summary: { violations: { rule: { name: string } }[] } };
  const names = new Set(report.summary.violations.map((violation) => violation.rule.name));
  expect([...rules, 'no-cycles'].filter((rule) => !names.has(rule))).toEqual([]);
});
