/**
 * An annotation that Python evaluates, of a name that is imported for type checkers only.
 *
 * Typing specification, annotations: "Forward references"; directives: "TYPE_CHECKING". Before Python 3.14 (PEP 649)
 * the annotations of signatures, of modules and of classes are evaluated when they are reached; what is imported
 * under `if TYPE_CHECKING:` alone is not there then, and the module fails with NameError. To a checker it is there.
 */
import type { CheckedFile, CheckerRule } from '../../oracle/pyright/checkerRule.ts';
import { nodeKind } from '../../oracle/pyright/evaluator.ts';
import { postponesAnnotations } from '../../oracle/pyright/importedFrom.ts';
import type { ParseNode } from '../../oracle/pyright/pyrightInternals.ts';

interface Node extends ParseNode {
  readonly d: {
    readonly annotation?: Node;
    readonly returnAnnotation?: Node;
    readonly params?: readonly Node[];
    readonly leftExpr?: Node;
    readonly testExpr?: Node;
    readonly ifSuite?: Node;
    readonly elseSuite?: Node;
    readonly member?: Node;
    readonly value?: string;
    readonly typeParams?: Node;
  };
}

export const runtimeAnnotation: CheckerRule = {
  id: 'runtime-annotation',
  severityOf: 'reportUndefinedVariable',
  uses: [],
  check(file) {
    const { major, minor } = file.info.executionEnvironment.pythonVersion;
    if (file.info.isStubFile || major > 3 || (major === 3 && minor >= 14)) return;
    if (postponesAnnotations(file)) return;
    for (const name of evaluatedNames(file)) {
      const { decls } = file.evaluator.getDeclInfoForNameNode(name) ?? { decls: [] };
      if (decls.length === 0 || !decls.every(({ node }) => isForCheckersOnly(node))) continue;
      const [at] = decls;
      file.report(
        name,
        `"${name.d.value ?? ''}" is imported for type checkers only, and Python ${major}.${minor} evaluates this annotation: NameError. Quote it, or add \`from __future__ import annotations\`.`,
        at && { message: 'Imported under TYPE_CHECKING', at },
      );
    }
  },
};

/** Names outside quotes in annotations that are evaluated, in code that runs. */
function evaluatedNames(file: CheckedFile): readonly Node[] {
  const found: Node[] = [];
  const names = (node: Node): void => {
    if (node.nodeType === nodeKind.strings) return;
    if (node.nodeType === nodeKind.memberAccess) {
      if (node.d.leftExpr) names(node.d.leftExpr);
    } else if (node.nodeType === nodeKind.name) found.push(node);
    else for (const child of file.childrenOf(node)) names(child);
  };
  const visit = (node: Node, isInFunction: boolean): void => {
    if (isTypeCheckingBlock(node)) {
      for (const child of file.childrenOf(node))
        if (child !== node.d.ifSuite) visit(child, isInFunction);
      return;
    }
    // Annotations under type parameters are evaluated late (PEP 695).
    if (node.nodeType === nodeKind.function && !node.d.typeParams) {
      for (const { d } of node.d.params ?? []) if (d.annotation) names(d.annotation);
      if (node.d.returnAnnotation) names(node.d.returnAnnotation);
    }
    // A local variable's annotation is never evaluated.
    if (node.nodeType === nodeKind.typeAnnotation && !isInFunction && node.d.annotation)
      names(node.d.annotation);
    const isNowInFunction =
      node.nodeType === nodeKind.function || (isInFunction && node.nodeType !== nodeKind.class);
    for (const child of file.childrenOf(node)) visit(child, isNowInFunction);
  };
  visit(file.module, false);
  return found;
}

function isForCheckersOnly(declared: Node): boolean {
  let child: ParseNode = declared;
  for (
    let node = declared.parent as Node | undefined;
    node;
    node = node.parent as Node | undefined
  ) {
    if (isTypeCheckingBlock(node) && child === node.d.ifSuite)
      // What stands in for it otherwise is unreachable to a checker, and so no declaration.
      return node.d.elseSuite === undefined;
    child = node;
  }
  return false;
}

/** `if TYPE_CHECKING:` and `if typing.TYPE_CHECKING:`. */
function isTypeCheckingBlock(node: Node): boolean {
  if (node.nodeType !== nodeKind.if) return false;
  const test = node.d.testExpr;
  return (test?.d.value ?? test?.d.member?.d.value) === 'TYPE_CHECKING';
}
