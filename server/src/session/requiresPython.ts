/** The oldest Python that a project says it runs on: `requires-python` of its pyproject.toml. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export function requiredPythonVersion(folder: string): string | undefined {
  try {
    return lowestVersion(readFileSync(join(folder, 'pyproject.toml'), 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Reads the one key that matters, in the form that everyone writes it: a basic or literal string under `[project]`.
 * `>=3.10,<4` is 3.10; a specifier with no lower end says nothing.
 */
export function lowestVersion(toml: string): string | undefined {
  let table = '';
  for (const line of toml.split(/\r?\n/)) {
    table = /^\s*\[([^[\]]+)\]\s*(#.*)?$/.exec(line)?.[1]?.trim() ?? table;
    if (table !== 'project') continue;
    const specifier = /^\s*requires-python\s*=\s*(["'])(.*?)\1/.exec(line)?.[2];
    if (specifier === undefined) continue;
    const lowest = specifier
      .split(',')
      .map((part) => /^\s*(?:>=|==|~=|===)\s*(3\.\d+)/.exec(part)?.[1])
      .find((version) => version !== undefined);
    return lowest;
  }
  return undefined;
}
