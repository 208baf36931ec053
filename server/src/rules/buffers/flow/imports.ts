/** What an imported name means: a module, or a member of one. */
import type { PythonModule } from '../../../python/module.ts';
import type { Scope } from '../../../python/scopes.ts';
import type { Value } from './values.ts';

/** A module is often imported twice, in two branches; that is one meaning as long as it is the same module. */
export function importedValue(module: PythonModule, name: string, scope: Scope): Value | undefined {
  const { scopes } = module;
  const found = scopes.bindingsOf(name, scope);
  if (!found) {
    // `from struct import *` alone leaves no doubt of what `pack` is.
    return scopes.starImports.length > 0 && structNames.test(name) && hasOnlyStructStars(module)
      ? memberValue('struct', name)
      : undefined;
  }
  const [first] = found.bindings;
  if (first?.kind !== 'import') return undefined;
  const isSame = found.bindings.every(
    (binding) =>
      binding.kind === 'import' &&
      binding.module === first.module &&
      binding.member === first.member,
  );
  if (!isSame) return undefined;
  if (first.member === undefined) return { kind: 'module', name: first.module };
  return memberValue(first.module, first.member);
}

const structNames = /^(calcsize|pack|pack_into|unpack|unpack_from|iter_unpack|Struct|error)$/;

/** Any other star import may bring, or replace, any name. */
export function hasOnlyStructStars(module: PythonModule): boolean {
  return module.scopes.starImports.every((star) => star.module === 'struct');
}

/** Submodules that are spelled as members of their package. */
const submodules: ReadonlySet<string> = new Set([
  'numpy.lib',
  'numpy.lib.stride_tricks',
  'numpy.lib.format',
  'numpy.random',
  'numpy.linalg',
  'PIL.Image',
  'os.path',
]);

export function memberValue(module: string, name: string): Value {
  const path = `${module}.${name}`;
  return submodules.has(path) ? { kind: 'module', name: path } : { kind: 'member', module, name };
}
