/** Everything that is read from one version of a Python text, for rules and hovers. */
import type { SyntaxNode } from '@lezer/common';
import type { Call } from './calls.ts';
import { readCall } from './calls.ts';
import type { PythonSource } from './pythonSource.ts';
import type { Binding, Scope, Scopes } from './scopes.ts';
import { readScopes } from './scopes.ts';

export interface PythonModule {
  readonly source: PythonSource;
  readonly scopes: Scopes;
  readonly calls: readonly Call[];
  textOf(node: { readonly from: number; readonly to: number }): string;
}

export function readModule(source: PythonSource): PythonModule {
  const calls: Call[] = [];
  source.tree.iterate({
    enter(node) {
      if (node.name !== 'CallExpression') return;
      const call = readCall(source.text, node.node);
      if (call) calls.push(call);
    },
  });
  return {
    source,
    scopes: readScopes(source.text, source.tree),
    calls,
    textOf: (node) => source.text.slice(node.from, node.to),
  };
}

/** The one binding that a name can have where it is read, if it has been made by then. */
export function onlyBinding(
  module: PythonModule,
  name: SyntaxNode,
): { readonly scope: Scope; readonly binding: Binding } | undefined {
  const scope = module.scopes.scopeAt(name);
  const text = module.textOf(name);
  const found = module.scopes.bindingsOf(text, scope);
  const [binding] = found?.bindings ?? [];
  if (!found || !binding || found.bindings.length !== 1) return undefined;
  if (found.scope === scope && binding.from > name.from) return undefined;
  // A star import after the binding may have put another value in its place.
  const isShadowed =
    found.scope === module.scopes.module &&
    module.scopes.starImports.some((each) => each.module !== 'struct' && each.from > binding.from);
  return isShadowed ? undefined : { scope: found.scope, binding };
}

/** Whether a name means Python's builtin of that name. */
export function isBuiltin(module: PythonModule, node: SyntaxNode, name: string): boolean {
  return (
    node.name === 'VariableName' &&
    module.textOf(node) === name &&
    module.scopes.bindingsOf(name, module.scopes.scopeAt(node)) === undefined &&
    module.scopes.starImports.every((each) => each.module === 'struct')
  );
}

/**
 * What an expression names by imports: `struct.pack` with `import struct`, also under another name,
 * or `pack` with `from struct import pack`.
 */
export function importedName(
  module: PythonModule,
  node: SyntaxNode,
): { readonly module: string; readonly member: string } | undefined {
  if (node.name === 'VariableName') {
    const imported = importOf(module, node);
    if (imported?.member !== undefined) return { module: imported.module, member: imported.member };
    return undefined;
  }
  if (node.name !== 'MemberExpression') return undefined;
  const object = node.firstChild;
  const property = node.getChild('PropertyName');
  if (object?.name !== 'VariableName' || !property) return undefined;
  const imported = importOf(module, object);
  if (!imported || imported.member !== undefined) return undefined;
  return { module: imported.module, member: module.textOf(property) };
}

/** A module is often imported twice, in two branches; that is one meaning as long as it is the same module. */
function importOf(module: PythonModule, name: SyntaxNode) {
  const text = module.textOf(name);
  const found = module.scopes.bindingsOf(text, module.scopes.scopeAt(name));
  const [first] = found?.bindings ?? [];
  if (!found) {
    const star = module.scopes.starImports.find((each) => each.module === 'struct');
    return star && module.scopes.starImports.length === 1
      ? { module: 'struct', member: text }
      : undefined;
  }
  if (first?.kind !== 'import') return undefined;
  const isSame = found.bindings.every(
    (binding) =>
      binding.kind === 'import' &&
      binding.module === first.module &&
      binding.member === first.member,
  );
  return isSame ? first : undefined;
}
