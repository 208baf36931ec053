// Asks a real Apache Spark for the answers that engine/test/spark.test.ts expects: `npm run spark-oracle [NAME…]`.
// Reads test-fixtures/spark/NAME.sql and writes NAME.json; `tpch` asks TPC-H's 22 queries (scripts/tpch.mjs) and
// writes tpch/answers.json. scripts/spark.mjs says where the Spark comes from.
// `--compare` asks nobody, and prints where the engine's answers differ from the kept ones.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { build } from 'esbuild';
import { optionsFor, root } from './build.mjs';
import { startSpark } from './spark.mjs';
import { makeTpch, tables } from './tpch.mjs';

const folder = join(root, 'test-fixtures/spark');

/**
 * A file is one statement a line. `set KEY=VALUE` and `unset KEY` hold for the lines below, and
 * `view NAME PATH [OPTION=VALUE]…` defines a view as `--view` does, `do STATEMENT` runs one before the queries of
 * its section, and `#` begins a comment. `{out}` is a folder to write to.
 */
function sectionsOf(text) {
  let settings = {};
  let views = [];
  let setup = [];
  const sections = [];
  let section;
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, word, rest = ''] = /^(set|unset|view|do) (.*)$/.exec(line) ?? [];
    if (word === undefined) {
      section ??= {
        settings: { ...settings },
        views: [...views],
        ...(setup.length > 0 ? { setup } : {}),
        cases: [],
      };
      if (!sections.includes(section)) sections.push(section);
      section.cases.push({ query: line });
      continue;
    }
    if (section !== undefined) setup = [];
    section = undefined;
    if (word === 'view') {
      const [name, path, ...options] = rest.split(' ');
      views = [...views, { name, path, options: Object.fromEntries(options.map(pairOf)) }];
    } else if (word === 'do') setup = [...setup, rest];
    else if (word === 'set') settings = { ...settings, ...Object.fromEntries([pairOf(rest)]) };
    else settings = Object.fromEntries(Object.entries(settings).filter(([key]) => key !== rest));
  }
  return sections;
}

function pairOf(text) {
  const at = text.indexOf('=');
  return [text.slice(0, at), text.slice(at + 1)];
}

/** What `--view` reads a CSV file with, in Spark's words. */
const viewDefaults = { header: 'true', inferSchema: 'true', escape: '"', multiLine: 'true' };

function requestOf({ name, path, options }) {
  const ending = path.split('.').at(-1);
  const format = ending === 'jsonl' ? 'json' : ending;
  return {
    view: name,
    path: join(root, path),
    format,
    options: format === 'csv' ? { ...viewDefaults, ...options } : options,
  };
}

if (process.argv.includes('--compare')) {
  const outfile = join(root, 'out/sparkCompare.cjs');
  const [node] = optionsFor();
  const entry = join(root, 'engine/test/spark/run.ts');
  await build({ ...node, outdir: undefined, entryPoints: [entry], outfile });
  const { main } = createRequire(import.meta.url)(outfile);
  process.exit(await main(root, process.argv.slice(2)));
}

const { ask, stop } = startSpark();
const out = mkdtempSync(join(tmpdir(), 'strata-oracle-'));

const wanted = process.argv.slice(2);
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .map((name) => name.slice(0, -'.sql'.length))
  .filter((name) => wanted.length === 0 || wanted.includes(name));
for (const name of names) {
  const sections = sectionsOf(readFileSync(join(folder, `${name}.sql`), 'utf8'));
  let count = 0;
  for (const section of sections) {
    await ask({ settings: section.settings });
    for (const view of section.views) {
      const { error } = await ask(requestOf(view));
      if (error) throw new Error(`${name}: the view ${view.name}: ${JSON.stringify(error)}`);
    }
    const placed = (query) => query.replaceAll('{root}', root).replaceAll('{out}', out);
    for (const statement of section.setup ?? []) {
      const { error } = await ask({ query: placed(statement) });
      if (error) console.warn(`${name}: ${statement}: ${JSON.stringify(error)}`);
    }
    for (const one of section.cases) Object.assign(one, await ask({ query: placed(one.query) }));
    count += section.cases.length;
  }
  const text = JSON.stringify(sections, null, 1)
    .replaceAll(root.replace(/\/$/, ''), '{root}')
    .replaceAll(out, '{out}');
  writeFileSync(join(folder, `${name}.json`), `${text}\n`);
  console.log(`${name}: ${count} answers`);
}
if (wanted.length === 0 || wanted.includes('tpch')) await askTpch();
stop();
rmSync(out, { recursive: true, force: true });

/** Only what Spark answers is kept: texts and data come from their package again. */
async function askTpch() {
  const data = await makeTpch();
  await ask({ settings: {} });
  for (const table of tables) {
    const path = join(data, `${table}.parquet`);
    const { error } = await ask({ view: table, path, format: 'parquet' });
    if (error) throw new Error(`tpch: the table ${table}: ${JSON.stringify(error)}`);
  }
  const queries = JSON.parse(readFileSync(join(data, 'queries.json'), 'utf8'));
  const kept = [];
  for (const query of queries) kept.push(await ask({ query }));
  writeFileSync(join(folder, 'tpch/answers.json'), `${JSON.stringify(kept, null, 1)}\n`);
  console.log(`tpch: ${kept.length} answers`);
}
