/** Finds the Python files that a command's paths mean, and the project that they belong to. */
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { CannotRun } from './command.ts';

const skippedFolders = new Set(['node_modules', '__pycache__']);

/** Every `.py` and `.pyi` file below the paths, each once, in order of their names; hidden folders are left out. */
export function findPythonFiles(
  cwd: string,
  paths: readonly string[],
  excluded: readonly string[],
): readonly string[] {
  const patterns = excluded.map(globToRegExp);
  const isExcluded = (path: string) => {
    const name = slashes(relative(cwd, path));
    return patterns.some((pattern) => pattern.test(name));
  };
  const found = new Set<string>();
  const walk = (folder: string, isWanted: (path: string) => boolean = () => true) => {
    for (const entry of entriesOf(cwd, folder)) {
      const path = join(folder, entry.name);
      if (isExcluded(path)) continue;
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && !skippedFolders.has(entry.name)) walk(path, isWanted);
      } else if (isPython(entry.name) && isWanted(path) && isFile(path)) {
        requireReadable(cwd, path);
        found.add(path);
      }
    }
  };
  for (const given of paths) {
    const path = resolve(cwd, given);
    if (isGlob(cwd, given)) {
      const pattern = globToRegExp(given);
      walk(globRoot(cwd, given), (each) => pattern.test(slashes(relative(cwd, each))));
      continue;
    }
    if (!existsSync(path)) throw new CannotRun(`there is no file or folder '${given}'`);
    if (statSync(path).isDirectory()) walk(path);
    else if (!isPython(path))
      throw new CannotRun(`'${given}' is not a Python file: expected .py or .pyi, or a folder`);
    else {
      requireReadable(cwd, path);
      if (!isExcluded(path)) found.add(path);
    }
  }
  return [...found];
}

/** What may configure a check; all of a project's stand in one folder. */
const configFiles = ['pyrightconfig.json', 'pyproject.toml', 'mypy.ini', '.mypy.ini', 'setup.cfg'];

/** The nearest folder above all files that has a configuration, else the working directory if they are below it. */
export function projectFolder(cwd: string, files: readonly string[]): string {
  const common = commonFolder(files);
  for (let folder = common; ; folder = dirname(folder)) {
    if (configFiles.some((name) => existsSync(join(folder, name)))) return folder;
    if (dirname(folder) === folder) break;
  }
  return isBelow(cwd, common) ? cwd : common;
}

/** The folders below which a change may change what is found. */
export function watchedFolders(cwd: string, paths: readonly string[]): readonly string[] {
  const folders = paths.map((given) => {
    if (isGlob(cwd, given)) return globRoot(cwd, given);
    const path = resolve(cwd, given);
    return isFile(path) ? dirname(path) : path;
  });
  return [...new Set(folders)];
}

/** Whether a change of the file may change findings: code, stubs and configuration do. */
export function isChecked(path: string): boolean {
  return isPython(path) || configFiles.includes(basename(path));
}

/** How people who stand in `cwd` would write the path. */
export function displayPath(cwd: string, path: string): string {
  return slashes(isBelow(cwd, path) ? relative(cwd, path) : path);
}

/** `**` stands for any folders, `*` and `?` stay inside a name; a name alone means it at any depth, and all below. */
export function globToRegExp(glob: string): RegExp {
  const trimmed = glob.replace(/^\.\//, '').replace(/\/+$/, '');
  const source = trimmed.replace(/\*\*\/?|[*?]|[.+^${}()|[\]\\]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    return part === '?' ? '[^/]' : `\\${part}`;
  });
  const anywhere = trimmed.includes('/') ? '' : '(?:.*/)?';
  return new RegExp(`^${anywhere}${source}(?:/.*)?$`);
}

function entriesOf(cwd: string, folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    throw new CannotRun(`the folder '${displayPath(cwd, folder)}' can not be read`);
  }
}

/** A pattern that the shell left to us; a file of that very name is meant as it is. */
function isGlob(cwd: string, given: string): boolean {
  return /[*?]/.test(given) && !existsSync(resolve(cwd, given));
}

/** The folder before the first part with a wildcard. */
function globRoot(cwd: string, given: string): string {
  const parts = given.split('/');
  const root = resolve(
    cwd,
    parts
      .slice(
        0,
        parts.findIndex((part) => /[*?]/.test(part)),
      )
      .join('/') || '.',
  );
  if (!existsSync(root)) throw new CannotRun(`there is no folder for '${given}'`);
  return root;
}

function requireReadable(cwd: string, path: string): void {
  try {
    accessSync(path, constants.R_OK);
  } catch {
    throw new CannotRun(`the file '${displayPath(cwd, path)}' can not be read`);
  }
}

function isPython(name: string): boolean {
  return /\.pyi?$/.test(name);
}

/** A link to a folder is not followed: it may lead in circles. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function commonFolder(files: readonly string[]): string {
  const [first = sep, ...others] = files.map((file) => dirname(file));
  let common = first;
  for (const folder of others) while (!isBelow(common, folder)) common = dirname(common);
  return common;
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

function slashes(path: string): string {
  return path.split(sep).join('/');
}
