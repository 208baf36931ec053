/**
 * From Python 3.14 on, an annotation in a class that names one of the class's own methods or values.
 *
 * Typing specification, annotations: "String annotations"; Python 3.14 evaluates annotations late, in the namespace of
 * the class (PEP 649, PEP 749). After `def int(self)`, `y: int` is the method, and no type. pyright says so before
 * 3.14, and takes the name for the builtin from 3.14 on.
 */
import type { CheckedFile, CheckerRule } from '../../oracle/pyright/checkerRule.ts';
import type { Declaration, PyrightSymbol } from '../../oracle/pyright/evaluator.ts';
import { isClass, nodeKind } from '../../oracle/pyright/evaluator.ts';
import { postponesAnnotations } from '../../oracle/pyright/importedFrom.ts';
import type { ParseNode } from '../../oracle/pyright/pyrightInternals.ts';

interface AnnotatedNode extends ParseNode {
  readonly d: {
    readonly annotation?: ParseNode;
    readonly returnAnnotation?: ParseNode;
    readonly params?: readonly AnnotatedNode[];
    readonly suite?: ParseNode;
    readonly value?: string;
    readonly leftExpr?: ParseNode;
  };
}

/** How pyright numbers declarations. */
const [VARIABLE, FUNCTION] = [1, 5];

export const classScopeAnnotation: CheckerRule = {
  id: 'class-scope-annotation',
  severityOf: 'reportInvalidTypeForm',
  uses: ['ClassType'],
  check(file) {
    const { major, minor } = file.info.executionEnvironment.pythonVersion;
    if (file.info.isStubFile || major < 3 || (major === 3 && minor < 14)) return;
    if (postponesAnnotations(file)) return;
    const { getSymbolTable } = file.exported('ClassType') as {
      getSymbolTable: (type: unknown) => ReadonlyMap<string, PyrightSymbol>;
    };
    for (const node of file.classes) {
      const type = file.evaluator.getTypeOfClass(node)?.classType;
      if (!type) continue;
      const members = getSymbolTable(type);
      for (const name of namesInAnnotations(file, node)) {
        const value = name.d.value ?? '';
        const declarations = members.get(value)?.getDeclarations() ?? [];
        const isTakenForType = isClass(file.evaluator.getType(name) ?? { category: 0, flags: 0 });
        if (declarations.length === 0 || !isTakenForType) continue;
        if (!declarations.every((each) => isValueBefore(each, name))) continue;
        const what = declarations[0]?.type === FUNCTION ? 'method' : 'variable';
        const [at] = declarations;
        file.report(
          name,
          `"${value}" is the ${what} of class "${type.shared.name}" here, and no type: Python 3.14 evaluates annotations in the namespace of the class`,
          at && { message: `The ${what} of this name`, at },
        );
      }
    }
  },
};

/** Names outside strings in the annotations of a class's variables and methods. */
function namesInAnnotations(file: CheckedFile, classNode: AnnotatedNode): readonly AnnotatedNode[] {
  const found: AnnotatedNode[] = [];
  const names = (node: AnnotatedNode): void => {
    if (node.nodeType === nodeKind.strings) return;
    if (node.nodeType === nodeKind.memberAccess) {
      // Only the first name is looked up; the rest are its attributes.
      const { leftExpr } = node.d;
      if (leftExpr) names(leftExpr);
    } else if (node.nodeType === nodeKind.name) found.push(node);
    else for (const child of file.childrenOf(node)) names(child);
  };
  const visit = (node: AnnotatedNode): void => {
    if (node.nodeType === nodeKind.class && node !== classNode) return;
    if (node.d.annotation && node.nodeType === nodeKind.typeAnnotation) names(node.d.annotation);
    if (node.nodeType === nodeKind.function) {
      for (const param of node.d.params ?? []) if (param.d.annotation) names(param.d.annotation);
      if (node.d.returnAnnotation) names(node.d.returnAnnotation);
      return;
    }
    for (const child of file.childrenOf(node)) visit(child);
  };
  if (classNode.d.suite) visit(classNode.d.suite);
  return found;
}

/** A method, or a variable that has a value: either is found in the class before what is outside. */
function isValueBefore(declaration: Declaration, name: ParseNode): boolean {
  if (declaration.node.start >= name.start) return false;
  if (declaration.type === FUNCTION) return true;
  if (declaration.type !== VARIABLE) return false;
  const target = declaration.node.parent;
  const assignment = target?.nodeType === nodeKind.typeAnnotation ? target.parent : undefined;
  return assignment?.nodeType === nodeKind.assignment;
}
