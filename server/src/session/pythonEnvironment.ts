/**
 * The Python environment of a project, found without starting anything: one in its folder, then the one that is
 * activated. A bare interpreter on the PATH is none: it says nothing of what the code is written for.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface PythonEnvironment {
  readonly pythonPath: string;
  /** `3.11`, where its own files say so. */
  readonly version?: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** `chosen` is the interpreter that the user has selected in the editor. */
export function pythonEnvironment(
  folder: string | undefined,
  chosen: string | undefined,
  env: Variables,
): PythonEnvironment | undefined {
  if (chosen !== undefined) return environmentOf(chosen);
  const conda = env.CONDA_DEFAULT_ENV === 'base' ? undefined : env.CONDA_PREFIX;
  const candidates = [
    ...(folder === undefined ? [] : ['.venv', 'venv', 'env'].map((name) => join(folder, name))),
    env.VIRTUAL_ENV,
    conda,
  ];
  for (const candidate of candidates) {
    const pythonPath = candidate === undefined ? undefined : interpreterIn(candidate);
    if (pythonPath !== undefined) return environmentOf(pythonPath);
  }
  return undefined;
}

function interpreterIn(environment: string): string | undefined {
  if (!existsSync(join(environment, 'pyvenv.cfg')) && !existsSync(join(environment, 'conda-meta')))
    return undefined;
  return ['bin/python', 'Scripts/python.exe', 'python.exe']
    .map((name) => join(environment, name))
    .find((path) => existsSync(path));
}

function environmentOf(pythonPath: string): PythonEnvironment {
  const version = versionOf(dirname(dirname(pythonPath)));
  return { pythonPath, ...(version === undefined ? {} : { version }) };
}

/** `version = 3.11.4` of venv, `version_info = 3.11.4.final.0` of virtualenv. */
function versionOf(environment: string): string | undefined {
  try {
    const text = readFileSync(join(environment, 'pyvenv.cfg'), 'utf8');
    return /^version(?:_info)?\s*=\s*(3\.\d+)/m.exec(text)?.[1];
  } catch {
    return undefined;
  }
}
