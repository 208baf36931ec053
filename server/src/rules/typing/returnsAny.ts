/**
 * `Any` that leaves a function which promises more: mypy's `warn_return_any`. It is no error, so it is reported only
 * where a project's configuration asks for it.
 */
import type { CheckedFile, CheckerRule } from '../../oracle/pyright/checkerRule.ts';
import { nodesOfKind } from '../../oracle/pyright/checkerRule.ts';
import type { PyrightType } from '../../oracle/pyright/evaluator.ts';
import { category, isClass, nodeKind } from '../../oracle/pyright/evaluator.ts';
import type { ParseNode } from '../../oracle/pyright/pyrightInternals.ts';

export const returnsAny: CheckerRule = {
  id: 'returns-any',
  severityOf: 'strataReturnsAny',
  uses: [],
  check(file) {
    for (const node of nodesOfKind(file.module, nodeKind.function, file.childrenOf)) {
      const annotation = node.d.returnAnnotation as ParseNode | undefined;
      if (!annotation) continue;
      const promised = file.evaluator.getTypeOfAnnotation(annotation);
      if (isAny(promised) || (isClass(promised) && promised.shared.fullName === 'builtins.object'))
        continue;
      for (const value of returnedValues(file, node)) {
        const type = file.evaluator.getType(value);
        // What is wrong already has no type because of that.
        if (type && isAny(type) && !file.hasErrorIn(value))
          file.report(
            value,
            `This returns Any from a function that returns "${file.evaluator.printType(promised)}".`,
          );
      }
    }
  },
};

const RETURN = 44;

/** Those of the function itself, not of functions inside it. */
function returnedValues(file: CheckedFile, node: ParseNode): readonly ParseNode[] {
  const found: ParseNode[] = [];
  const visit = (each: ParseNode) => {
    if (each.nodeType === nodeKind.function || each.nodeType === nodeKind.class) return;
    const value = each.nodeType === RETURN ? (each.d.expr as ParseNode | undefined) : undefined;
    if (value) found.push(value);
    for (const child of file.childrenOf(each)) visit(child);
  };
  visit(node.d.suite as ParseNode);
  return found;
}

function isAny(type: PyrightType): boolean {
  return type.category === category.any || type.category === category.unknown;
}
