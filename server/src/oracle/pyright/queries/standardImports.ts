/**
 * Imports of the standard library that would bind a name: pyright offers only modules that something has imported
 * already, and the first use of a module is when an import is missing.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { publicModules } from './annotationText.ts';

export interface ImportStatement {
  readonly text: string;
  readonly title: string;
}

/** Names by which everyone imports some packages. */
const aliases: Readonly<Record<string, string>> = {
  np: 'numpy',
  pd: 'pandas',
  plt: 'matplotlib.pyplot',
  pl: 'polars',
  tf: 'tensorflow',
  sns: 'seaborn',
  xr: 'xarray',
};

let index: ReadonlyMap<string, readonly string[]> | undefined;

export function standardImports(typeshedStdlib: string, name: string): readonly ImportStatement[] {
  index ??= readIndex(typeshedStdlib);
  const found: ImportStatement[] = [];
  const alias = aliases[name];
  if (alias !== undefined)
    found.push({ text: `import ${alias} as ${name}`, title: `Import "${alias}" as "${name}"` });
  if (index.has(`module ${name}`))
    found.push({ text: `import ${name}`, title: `Import "${name}"` });
  const modules = (index.get(name) ?? []).map(
    (module) => publicModules[`${module}.${name}`] ?? module,
  );
  for (const module of [...new Set(modules)].sort(
    (a, b) => a.length - b.length || a.localeCompare(b),
  ))
    found.push({
      text: `from ${module} import ${name}`,
      title: `Import "${name}" from "${module}"`,
    });
  return found.slice(0, 6);
}

/** By name, the modules whose stubs define it at their top; and `module os` for the modules themselves. */
function readIndex(folder: string): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  const visit = (path: string, prefix: string) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const module = entry.name.replace(/\.pyi$/, '');
      // What begins with an underscore is an implementation, and the rest is gone or going.
      if (/^_(?!_init__)|^(lib2to3|distutils|test|builtins|this|antigravity)$/.test(module))
        continue;
      if (entry.isDirectory()) visit(join(path, entry.name), `${prefix}${module}.`);
      else if (entry.name.endsWith('.pyi'))
        addModule(
          names,
          module === '__init__' ? prefix.slice(0, -1) : `${prefix}${module}`,
          readFileSync(join(path, entry.name), 'utf8'),
        );
    }
  };
  visit(folder, '');
  return names;
}

function addModule(names: Map<string, string[]>, module: string, text: string): void {
  names.set(`module ${module}`, [module]);
  const seen = new Set<string>();
  for (const match of text.matchAll(/^(?:(?:async )?def (\w+)|class (\w+)|(\w+)\s*[:=])/gm)) {
    const name = match[1] ?? match[2] ?? match[3] ?? '';
    if (name.startsWith('_') || seen.has(name) || /^(if|else|try|elif)$/.test(name)) continue;
    seen.add(name);
    const known = names.get(name);
    if (known) known.push(module);
    else names.set(name, [module]);
  }
}
