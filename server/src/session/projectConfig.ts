/** The configuration of a project as its files say it: which of them counts, and what is wrong in it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConfigText } from './mypy/configText.ts';
import { readIni, readToml } from './mypy/configText.ts';
import type { ConfigProblem, MypyConfig } from './mypy/mypyConfig.ts';
import { readMypyConfig } from './mypy/mypyConfig.ts';

export interface ProjectConfig {
  /** The file that mypy would read. */
  readonly path: string;
  readonly problems: readonly ConfigProblem[];
  /** Undefined where pyright has a configuration of its own, which then decides. */
  readonly mypy: MypyConfig | undefined;
}

/** mypy's own order: the first file that has something for it is the only one. */
const files = [
  { name: 'mypy.ini', dialect: 'ini', read: readIni },
  { name: '.mypy.ini', dialect: 'ini', read: readIni },
  { name: 'pyproject.toml', dialect: 'toml', read: readToml },
  { name: 'setup.cfg', dialect: 'setupCfg', read: readIni },
] as const;

export const configFileNames: readonly string[] = [
  ...files.map(({ name }) => name),
  'pyrightconfig.json',
];

export function projectConfig(folder: string): ProjectConfig | undefined {
  for (const { name, dialect, read } of files) {
    const path = join(folder, name);
    const text = readText(path);
    const found = text === undefined ? undefined : readMypyConfig(read(text), dialect);
    if (!found) continue;
    const mypy = hasPyrightConfig(folder) ? undefined : found.config;
    return { path, problems: found.problems, mypy };
  }
  return undefined;
}

function hasPyrightConfig(folder: string): boolean {
  if (existsSync(join(folder, 'pyrightconfig.json'))) return true;
  const text = readText(join(folder, 'pyproject.toml'));
  const toml: ConfigText = text === undefined ? { sections: [], broken: [] } : readToml(text);
  return toml.sections.some(({ name }) => /^tool\.pyright(\.|$)/.test(name));
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
