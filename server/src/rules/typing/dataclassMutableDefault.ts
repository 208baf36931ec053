/**
 * A list, dict or set as the default of a dataclass's field: `ValueError` when the class is made.
 *
 * Typing specification, dataclasses: what `dataclass` does at run time is that of the standard library, whose
 * documentation ("Mutable default values") refuses defaults that can't be hashed. No checker says so.
 */
import type { CheckedFile, CheckerRule } from '../../oracle/pyright/checkerRule.ts';
import { isClass, isModule, nodeKind } from '../../oracle/pyright/evaluator.ts';
import { importedFrom } from '../../oracle/pyright/importedFrom.ts';
import type { ParseNode } from '../../oracle/pyright/pyrightInternals.ts';

interface Node extends ParseNode {
  readonly d: {
    readonly decorators?: readonly Node[];
    readonly expr?: Node;
    readonly leftExpr?: Node;
    readonly rightExpr?: Node;
    readonly member?: Node;
    readonly annotation?: Node;
    readonly suite?: Node;
    readonly statements?: readonly Node[];
    readonly value?: string;
    readonly args?: readonly Node[];
  };
}

/** Displays and comprehensions, as pyright numbers their kinds. */
const displays: Readonly<Record<number, string>> = { 18: 'dict', 34: 'list', 45: 'set' };

export const dataclassMutableDefault: CheckerRule = {
  id: 'dataclass-mutable-default',
  severityOf: 'reportGeneralTypeIssues',
  uses: [],
  check(file) {
    for (const each of file.classes as readonly Node[]) {
      if (!each.d.decorators?.some((decorator) => isDataclass(file, decorator))) continue;
      const lines = each.d.suite?.d.statements ?? [];
      for (const { d } of lines.flatMap((line) => line.d.statements ?? [])) {
        const annotation = d.leftExpr?.d.annotation;
        const kind = d.rightExpr && mutableKind(file, d.rightExpr);
        if (!annotation || !d.rightExpr || kind === undefined) continue;
        if (/\bClassVar\b/.test(namesIn(file, annotation).join(' '))) continue;
        file.report(
          d.rightExpr,
          `A ${kind} can't be the default of a dataclass's field: ValueError. Use field(default_factory=${kind}) to make one for each object.`,
        );
      }
    }
  },
};

/** `@dataclass`, `@dataclass(…)`, `@dataclasses.dataclass`: the standard library's, not what behaves like it. */
function isDataclass(file: CheckedFile, decorator: Node): boolean {
  let callee = decorator.d.expr;
  if (callee?.nodeType === nodeKind.call) callee = callee.d.leftExpr;
  if (callee?.nodeType === nodeKind.memberAccess) {
    const type = callee.d.leftExpr && file.evaluator.getType(callee.d.leftExpr);
    return (
      callee.d.member?.d.value === 'dataclass' &&
      type !== undefined &&
      isModule(type) &&
      type.priv.moduleName === 'dataclasses'
    );
  }
  if (callee?.nodeType !== nodeKind.name) return false;
  const { decls } = file.evaluator.getDeclInfoForNameNode(callee) ?? { decls: [] };
  return decls.some(({ node }) => importedFrom(node) === 'dataclasses');
}

function mutableKind(file: CheckedFile, value: Node): string | undefined {
  if (value.nodeType !== nodeKind.call) return displays[value.nodeType];
  const callee = value.d.leftExpr;
  if (callee?.nodeType !== nodeKind.name) return undefined;
  const type = file.evaluator.getType(callee);
  const name = callee.d.value ?? '';
  const isBuiltin = type && isClass(type) && type.shared.fullName === `builtins.${name}`;
  return isBuiltin && ['list', 'dict', 'set', 'bytearray'].includes(name) ? name : undefined;
}

function namesIn(file: CheckedFile, node: Node): readonly string[] {
  const own = node.nodeType === nodeKind.name ? [node.d.value ?? ''] : [];
  return [...own, ...file.childrenOf(node).flatMap((each) => namesIn(file, each))];
}
