// What no linter knows: documents that must agree with the code, and habits that spread when nobody looks.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { node, root } from './run.mjs';

const problems = [];
const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
});
const files = list.split('\0').filter((path) => path && existsSync(join(root, path)));
const read = (path) => readFileSync(join(root, path), 'utf8');
const code = files.filter((path) => /\.(ts|tsx|mjs|cjs|css)$/.test(path));
const ours = code.filter((path) => path !== 'scripts/tidy.mjs');

for (const path of ours) {
  const text = read(path);
  const lines = text.split('\n');
  if (lines.length > 800 && !path.includes('/gen/'))
    problems.push(`${path} has ${lines.length} lines: look for the second idea`);
  lines.forEach((line, index) => {
    const at = `${path}:${index + 1}`;
    if (/\b(it|test|describe|suite)\.(skip|only|todo)\b/.test(line))
      problems.push(`${at} skips or singles out a test`);
    if (/\b(TODO|FIXME|HACK|XXX)\b/.test(line) && !/https?:\/\//.test(line))
      problems.push(`${at} has a note to self without an issue`);
    if (/(^|[^\w.])\/(work|root|home\/\w+)\//.test(line))
      problems.push(`${at} names a path of one machine`);
  });
}
for (const path of files) {
  const base = path.split('/').at(-1) ?? '';
  if (/^(utils?|helpers?|common|misc)\.(ts|tsx|mjs)$/.test(base))
    problems.push(`${path}: a file is named for its main export`);
}

// Every relative link in a document leads somewhere.
for (const path of files.filter(
  (name) => name.endsWith('.md') && !name.startsWith('test-fixtures/'),
)) {
  const text = read(path).replace(/```[\s\S]*?```/g, '');
  for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^(https?:|mailto:|#)/.test(target)) continue;
    const file = resolve(root, dirname(path), target.split('#')[0]);
    if (!existsSync(file)) problems.push(`${path} links to ${target}, which is not there`);
  }
}

const { version } = JSON.parse(read('package.json'));
if (
  !existsSync(join(root, 'CHANGELOG.md')) ||
  !new RegExp(`^## ${version.replaceAll('.', '\\.')}\\b`, 'm').test(read('CHANGELOG.md'))
)
  problems.push(`CHANGELOG.md has no section for ${version}`);

const decisions = existsSync(join(root, 'docs/decisions'))
  ? readdirSync(join(root, 'docs/decisions')).sort()
  : [];
decisions.forEach((name, index) => {
  if (!name.startsWith(String(index + 1).padStart(4, '0') + '-'))
    problems.push(`docs/decisions/${name}: numbers run from 0001 without a gap`);
});

for (const problem of problems) console.error(problem);
const generated = await node(['scripts/generate.mjs', '--check']);
process.exitCode = problems.length || generated ? 1 : 0;
