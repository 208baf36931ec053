import type { CheckedFile } from './checkerRule.ts';
import type { ParseNode } from './pyrightInternals.ts';
import { nodeKind } from './evaluator.ts';

interface ImportFromNode extends ParseNode {
  readonly d: {
    readonly module: {
      readonly d: { readonly nameParts: readonly { readonly d: { readonly value: string } }[] };
    };
    readonly imports?: readonly {
      readonly d: { readonly name: { readonly d: { readonly value: string } } };
    }[];
  };
}

/** The module in `from a.b import …`, for one of its names or the whole statement. */
export function importedFrom(node: ParseNode): string | undefined {
  const from = [node, node.parent].find((each) => each?.nodeType === nodeKind.importFrom);
  const { d } = (from ?? {}) as Partial<ImportFromNode>;
  return d?.module.d.nameParts.map((part) => part.d.value).join('.');
}

/** Whether the module says `from __future__ import annotations`. */
export function postponesAnnotations({
  module,
  childrenOf,
}: Pick<CheckedFile, 'module' | 'childrenOf'>): boolean {
  return childrenOf(module).some((statement) =>
    childrenOf(statement).some(
      (node) =>
        node.nodeType === nodeKind.importFrom &&
        importedFrom(node) === '__future__' &&
        (node as ImportFromNode).d.imports?.some(({ d }) => d.name.d.value === 'annotations') ===
          true,
    ),
  );
}
