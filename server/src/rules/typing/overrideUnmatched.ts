/**
 * A misspelt method under `@override` where the decorator itself can't be imported.
 *
 * Typing specification, class compatibility: "@override" (PEP 698). `typing.override` is there from Python 3.12 on; for
 * an older version pyright reports the import and, the decorator being unknown, nothing of the method.
 */
import type { CheckedFile, CheckerRule } from '../../oracle/pyright/checkerRule.ts';
import type { ClassType, PyrightSymbol } from '../../oracle/pyright/evaluator.ts';
import { category, isClass, nodeKind } from '../../oracle/pyright/evaluator.ts';
import { importedFrom } from '../../oracle/pyright/importedFrom.ts';
import type { ParseNode } from '../../oracle/pyright/pyrightInternals.ts';
import { nearestName } from '#shared/nearestName.ts';

interface Node extends ParseNode {
  readonly d: {
    readonly name?: Node;
    readonly value?: string;
    readonly decorators?: readonly Node[];
    readonly expr?: Node;
    readonly member?: Node;
    readonly suite?: Node;
    readonly statements?: readonly Node[];
  };
}

export const overrideUnmatched: CheckerRule = {
  id: 'override-unmatched',
  severityOf: 'reportGeneralTypeIssues',
  uses: ['ClassType'],
  check(file) {
    const { getSymbolTable } = file.exported('ClassType') as {
      getSymbolTable: (type: ClassType) => ReadonlyMap<string, PyrightSymbol>;
    };
    for (const node of file.classes) {
      const marked = methodsOf(node).filter((method) => isMarkedInVain(file, method));
      const type = marked.length > 0 && file.evaluator.getTypeOfClass(node)?.classType;
      if (!type) continue;
      const bases = type.shared.mro.slice(1);
      if (!bases.every(isClass)) continue;
      const names = bases.flatMap((each) => [...getSymbolTable(each).keys()]);
      for (const { d } of marked) {
        const name = d.name?.d.value;
        if (!d.name || name === undefined || names.includes(name)) continue;
        const meant = nearestName(name, names);
        file.report(
          d.name,
          `"${name}" is marked @override, and no base class of "${type.shared.name}" has a member of this name${meant === undefined ? '' : `; "${meant}" is there`}`,
        );
      }
    }
  },
};

function methodsOf({ d }: Node): readonly Node[] {
  return (d.suite?.d.statements ?? []).filter((node) => node.nodeType === nodeKind.function);
}

/** Whether `@override` or `@typing.override` stands there and nobody knows what it is. */
function isMarkedInVain(file: CheckedFile, method: Node): boolean {
  return (method.d.decorators ?? []).some(({ d: { expr } }) => {
    if (!expr) return false;
    const type = file.evaluator.getType(expr);
    if (type && type.category !== category.unknown) return false;
    if (expr.nodeType === nodeKind.memberAccess) return expr.d.member?.d.value === 'override';
    if (expr.nodeType !== nodeKind.name || expr.d.value !== 'override') return false;
    const { decls } = file.evaluator.getDeclInfoForNameNode(expr) ?? { decls: [] };
    return decls.some(({ node }) => /^typing(_extensions)?$/.test(importedFrom(node) ?? ''));
  });
}
