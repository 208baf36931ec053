// THIRD_PARTY_NOTICES.txt: the licence of every package that a VSIX ships, bundled or as files.
// `node scripts/notices.mjs` writes it; scripts/package.mjs refuses to package while it is out of date.
import { build } from 'esbuild';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { optionsFor, root } from './build.mjs';
import { productionPackages } from './shipped.mjs';

export const noticesFile = join(root, 'THIRD_PARTY_NOTICES.txt');

/** What may be shipped under the MIT licence of the whole. */
const allowed = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'CC-BY-4.0',
]);

/** Packages that point at a text instead of naming a licence, and what that text is. */
const reviewed = new Map([['h5wasm', 'NIST software notice and BSD-3-Clause']]);

/** Packages of which a bundle took something. Command line and tests are not shipped. */
export function bundledPackages(metafiles) {
  const names = new Set();
  for (const { outputs } of metafiles)
    for (const [output, { inputs }] of Object.entries(outputs)) {
      if (/(^|\/)cli\.js(\.map)?$/.test(output)) continue;
      for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
        const found = /(?:^|.*\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
        if (found && bytesInOutput > 0) names.add(found[1]);
      }
    }
  return [...names];
}

export function notices(metafiles) {
  const names = new Set([...bundledPackages(metafiles), ...productionPackages('linux-x64')]);
  const sections = [...names].sort().map((name) => section(name));
  const typeshed = licenceText(join(root, 'node_modules/pyright/dist/typeshed-fallback'));
  return [
    'THIRD-PARTY NOTICES',
    '',
    'Strata ships the packages below. DuckDB has one binding a platform, all of one licence; the one of',
    'Linux x64 stands for them. pyright carries a copy of typeshed, whose licence is at the end.',
    '',
    ...sections,
    RULE,
    'typeshed',
    '',
    typeshed,
    '',
  ].join('\n');
}

const RULE = '='.repeat(80);

function section(name) {
  const folder = join(root, 'node_modules', name);
  const { version, license, homepage, repository } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const told = reviewed.get(name);
  const terms = told ?? (typeof license === 'string' ? license : 'unknown');
  const parts = terms.replace(/[()]/g, '').split(/ (?:AND|OR) /);
  if (!told && !parts.every((part) => allowed.has(part)))
    throw new Error(`${name} is under '${terms}', which is not on the list in scripts/notices.mjs`);
  const address = homepage ?? (typeof repository === 'string' ? repository : repository?.url) ?? '';
  const text = licenceText(folder) || `Licence: ${terms} (the package carries no copy of its text)`;
  const source = address.replace(/^git\+/, '').replace(/\.git$/, '');
  return `${RULE}\n${name} ${version} · ${terms}\n${source}\n\n${text}\n`;
}

function licenceText(folder) {
  if (!existsSync(folder)) return '';
  return readdirSync(folder)
    .filter((name) => /^(licen[cs]e|notice|copying)([.-].*)?$/i.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').replace(/\r\n/g, '\n').trim())
    .join('\n\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const built = await Promise.all(
    optionsFor({ production: true }).map((options) => build({ ...options, write: false })),
  );
  writeFileSync(noticesFile, notices(built.map(({ metafile }) => metafile)));
}
