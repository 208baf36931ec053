// Writes the parts of the documents that the code decides: the picture of the layers, the settings, the commands,
// the functions and the protocol's fingerprint. `--check` writes nothing and fails where a document has fallen behind.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { format, resolveConfig } from 'prettier';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path) => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('package.json'));
const realms = ['shared', 'sql', 'engine', 'buffers', 'server', 'client', 'webviews', 'cli'];

/** A fingerprint of every contract, so that a changed message can't leave its page behind. */
function protocolHash() {
  const hash = createHash('sha256');
  for (const name of readdirSync(join(root, 'shared/src/protocol')).sort())
    hash.update(`${name}\n${read(`shared/src/protocol/${name}`)}`);
  return hash.digest('hex').slice(0, 16);
}

/** Which room imports which, as a mermaid graph: a node a folder, an edge where any file imports another's. */
async function layers() {
  const { output } = await cruise(
    realms.map((realm) => `${realm}/src`),
    {
      doNotFollow: { path: 'node_modules' },
      tsPreCompilationDeps: true,
      includeOnly: '^(' + realms.join('|') + ')/src',
      ruleSet: { forbidden: [] },
    },
    { extensions: ['.ts', '.tsx'] },
    { tsConfig: extractTSConfig(join(root, 'tsconfig.base.json')) },
  );
  const room = (path) =>
    path
      .split('/')
      .slice(0, path.split('/').length > 3 ? 3 : 2)
      .join('/');
  const edges = new Set();
  for (const module of output.modules)
    for (const dependency of module.dependencies) {
      const [from, to] = [room(module.source), room(dependency.resolved)];
      // Every room may use shared/; drawing that hides the rest.
      if (from === to || to.startsWith('shared/')) continue;
      if (realms.includes(to.split('/')[0])) edges.add(`${from} --> ${to}`);
    }
  const id = (name) => name.replace(/\W/g, '_');
  const label = (name) => name.replace('/src', '');
  const nodes = new Set([...edges].flatMap((edge) => edge.split(' --> ')));
  const groups = realms.map((realm) => {
    const inside = [...nodes].filter((name) => name.split('/')[0] === realm).sort();
    return inside.length
      ? `  subgraph ${realm}\n${inside.map((name) => `    ${id(name)}["${label(name)}"]`).join('\n')}\n  end`
      : '';
  });
  const lines = [...edges].sort().map((edge) => '  ' + edge.split(' --> ').map(id).join(' --> '));
  return ['```mermaid', 'flowchart LR', ...groups.filter(Boolean), ...lines, '```'].join('\n');
}

function settings() {
  const configuration = [manifest.contributes?.configuration ?? []].flat();
  const rows = configuration.flatMap((section) =>
    Object.entries(section.properties ?? {}).map(([name, setting]) => {
      const values = setting.enum
        ? setting.enum.map((value) => `\`${value}\``).join(', ')
        : setting.type;
      const text = (setting.markdownDescription ?? setting.description ?? '')
        // A link to a command works inside VS Code only.
        .replace(/\[([^\]]+)\]\(command:[^)]*\)/g, '*$1*')
        .replace(/\s+/g, ' ')
        .replaceAll('|', '\\|');
      return `| \`${name}\` | ${values} | \`${JSON.stringify(setting.default)}\` | ${text} |`;
    }),
  );
  return [
    '| setting | values | default | what it does |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function commands() {
  const rows = (manifest.contributes?.commands ?? []).map(
    ({ command, title, category }) => `| ${category}: ${title} | \`${command}\` |`,
  );
  return ['| title | id |', '| --- | --- |', ...rows].join('\n');
}

/** The table of functions, bundled, since it is TypeScript. */
async function functionTable() {
  const outfile = join(root, 'out/functionTable.cjs');
  await build({
    stdin: {
      contents: `export { functionRows, isSparkFunction } from './sql/src/functions/table.ts';
export { sparkFunctionNames } from './sql/src/functions/sparkNames.ts';`,
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    logLevel: 'error',
  });
  return createRequire(import.meta.url)(outfile);
}

const cell = (text) => text.replace(/\s+/g, ' ').replaceAll('|', '\\|');

async function functions() {
  const { functionRows } = await functionTable();
  const rows = functionRows
    .filter(({ name }) => /^[a-z]/.test(name) && !/^(and|or|not)$/.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, aliases = [], kind, signature, doc }) => {
      const names = [name, ...aliases].map((one) => `\`${one}\``).join(', ');
      return `| ${names} | ${kind} | \`${cell(signature)}\` | ${cell(doc)} |`;
    });
  const head = ['| function | kind | call | what it is |', '| --- | --- | --- | --- |'];
  return [`${rows.length} functions.`, '', ...head, ...rows].join('\n');
}

/** Names that are types, operators and clauses, which the parser itself knows. */
const syntax = new Set(
  (
    'bigint binary boolean cast cube date decimal double float group int rollup smallint string timestamp tinyint try_cast people filter exists ' +
    // Constants of a session.
    'current_catalog current_database current_path current_schema current_user session_user user'
  ).split(' '),
);

async function unsupportedFunctions() {
  const { functionRows, sparkFunctionNames } = await functionTable();
  const known = new Set(functionRows.flatMap(({ name, aliases = [] }) => [name, ...aliases]));
  const names = [...sparkFunctionNames].filter((name) => !known.has(name) && !syntax.has(name));
  return `${names.length} functions: ${names
    .sort()
    .map((name) => `\`${name}\``)
    .join(', ')}.`;
}

const parts = [
  ['docs/functions.md', 'functions', functions],
  ['docs/functions.md', 'unsupported functions', unsupportedFunctions],
  ['ARCHITECTURE.md', 'layers', layers],
  ['docs/settings.md', 'settings', settings],
  ['docs/settings.md', 'commands', commands],
  ['docs/protocol.md', 'fingerprint', () => `\`${protocolHash()}\``],
];

const checking = process.argv.includes('--check');
let behind = 0;
for (const [path, name, make] of parts) {
  if (!existsSync(join(root, path))) {
    console.error(`${path} is missing`);
    behind++;
    continue;
  }
  const before = read(path);
  const [start, end] = [`<!-- generated: ${name} -->`, `<!-- end: ${name} -->`];
  const [from, to] = [before.indexOf(start), before.indexOf(end)];
  if (from < 0 || to < from) {
    console.error(`${path} has no place for '${name}'`);
    behind++;
    continue;
  }
  const raw = `${before.slice(0, from + start.length)}\n\n${await make()}\n\n${before.slice(to)}`;
  const after = await format(raw, {
    ...(await resolveConfig(join(root, path))),
    parser: 'markdown',
  });
  if (before === after) continue;
  if (checking) {
    console.error(
      `${path}: '${name}' has fallen behind the code. If what it says in words still holds, run: node scripts/generate.mjs`,
    );
    behind++;
  } else writeFileSync(join(root, path), after);
}
process.exitCode = behind && checking ? 1 : 0;
