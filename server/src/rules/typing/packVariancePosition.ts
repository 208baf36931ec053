/**
 * A `ParamSpec` or `TypeVarTuple` of declared variance that a method uses the other way round.
 *
 * Typing specification, generics: "Variance" and "Auto Variance For Traditional Type Variables": what is declared
 * covariant may not be taken, what is declared contravariant may not be given. pyright says so of a `TypeVar` that
 * is a parameter's or a result's whole type; this rule says so of packs, also inside `tuple[…]` and `Callable[…]`.
 */
import type { CheckedFile, CheckerRule } from '../../oracle/pyright/checkerRule.ts';
import type {
  ClassType,
  FunctionType,
  PyrightType,
  TypeVarType,
  Variance,
} from '../../oracle/pyright/evaluator.ts';
import {
  isClass,
  isFunction,
  isOverloaded,
  isTypeVar,
  isUnion,
  nodeKind,
  variance,
} from '../../oracle/pyright/evaluator.ts';
import type { ParseNode } from '../../oracle/pyright/pyrightInternals.ts';

const uses = ['isParamSpec', 'isTypeVarTuple', 'TypeVarType', 'FunctionType'] as const;

interface Used {
  readonly isParamSpec: (type: PyrightType) => boolean;
  readonly isTypeVarTuple: (type: PyrightType) => boolean;
  readonly TypeVarType: { getVariance(type: TypeVarType): Variance };
  readonly FunctionType: {
    getParamType(type: FunctionType, index: number): PyrightType;
    getEffectiveReturnType(type: FunctionType): PyrightType | undefined;
  };
}

interface FunctionNode extends ParseNode {
  readonly d: {
    readonly name: { readonly d: { readonly value: string } };
    readonly params: readonly {
      readonly d: { readonly annotation?: ParseNode; readonly annotationComment?: ParseNode };
    }[];
    readonly returnAnnotation?: ParseNode;
  };
}

type Polarity = 'given' | 'taken';

export const packVariancePosition: CheckerRule = {
  id: 'pack-variance-position',
  severityOf: 'reportGeneralTypeIssues',
  uses,
  check(file) {
    const pyright = Object.fromEntries(
      uses.map((name) => [name, file.exported(name)]),
    ) as unknown as Used;
    for (const node of file.classes) {
      const type = file.evaluator.getTypeOfClass(node)?.classType;
      const packs = (type?.shared.typeParams ?? []).filter(
        (param) =>
          (pyright.isParamSpec(param) || pyright.isTypeVarTuple(param)) &&
          (param.shared.declaredVariance === variance.covariant ||
            param.shared.declaredVariance === variance.contravariant),
      );
      if (packs.length === 0) continue;
      for (const method of methodsOf(file, node)) checkMethod(file, pyright, method, packs);
    }
  },
};

/** Those that stand in the class's body, also under `if`. */
function methodsOf(file: CheckedFile, classNode: ParseNode): readonly FunctionNode[] {
  const found: FunctionNode[] = [];
  const visit = (node: ParseNode) => {
    if (node.nodeType === nodeKind.function) found.push(node as FunctionNode);
    else if (node.nodeType !== nodeKind.class || node === classNode)
      for (const child of file.childrenOf(node)) visit(child);
  };
  visit(classNode);
  return found;
}

function checkMethod(
  file: CheckedFile,
  pyright: Used,
  node: FunctionNode,
  packs: readonly TypeVarType[],
): void {
  // A constructor is no use of the object that it makes.
  if (['__init__', '__new__'].includes(node.d.name.d.value)) return;
  const type = file.evaluator.getTypeOfFunction(node)?.functionType;
  if (!type) return;
  const usesOf = (of: PyrightType, as: Polarity) => polarities(file, pyright, of, as, packs);
  for (const [index, param] of node.d.params.entries()) {
    const annotation = param.d.annotation ?? param.d.annotationComment;
    if (!annotation || index >= type.shared.parameters.length) continue;
    const paramType = pyright.FunctionType.getParamType(type, index);
    // pyright itself reports a parameter whose whole type is covariant.
    if (isTypeVar(paramType)) continue;
    for (const [pack, as] of usesOf(paramType, 'taken')) complain(file, annotation, pack, as);
  }
  const { returnAnnotation } = node.d;
  const returned = returnAnnotation && pyright.FunctionType.getEffectiveReturnType(type);
  if (returned && !isTypeVar(returned))
    for (const [pack, as] of usesOf(returned, 'given')) complain(file, returnAnnotation, pack, as);
}

function complain(file: CheckedFile, node: ParseNode, pack: TypeVarType, as: Polarity): void {
  const { name, declaredVariance } = pack.shared;
  if (as === 'taken' && declaredVariance === variance.covariant)
    file.report(node, `Covariant "${name}" is taken here: only what is given may be covariant`);
  if (as === 'given' && declaredVariance === variance.contravariant)
    file.report(
      node,
      `Contravariant "${name}" is given here: only what is taken may be contravariant`,
    );
}

/** How a type uses the packs, each way once. Silent beyond a depth that no annotation has. */
function polarities(
  file: CheckedFile,
  pyright: Used,
  root: PyrightType,
  rootPolarity: Polarity,
  packs: readonly TypeVarType[],
): readonly (readonly [TypeVarType, Polarity])[] {
  const found = new Map<string, readonly [TypeVarType, Polarity]>();
  const inverted = (polarity: Polarity) => (polarity === 'given' ? 'taken' : 'given');
  const visitArguments = (type: ClassType, polarity: Polarity, depth: number) => {
    file.evaluator.inferVarianceForClass(type);
    for (const [index, argument] of (type.priv.typeArgs ?? []).entries()) {
      const param = type.shared.typeParams[index];
      const how = param ? pyright.TypeVarType.getVariance(param) : variance.covariant;
      if (how !== variance.contravariant) visitArgument(argument, polarity, depth);
      if (how !== variance.covariant) visitArgument(argument, inverted(polarity), depth);
    }
  };
  /** The value of a ParamSpec is ordered as the arguments that it takes. */
  const visitArgument = (type: PyrightType, polarity: Polarity, depth: number) => {
    if (!isFunction(type)) visit(type, polarity, depth);
    else
      for (const index of type.shared.parameters.keys())
        visit(pyright.FunctionType.getParamType(type, index), polarity, depth);
  };
  const visit = (type: PyrightType, polarity: Polarity, depth: number): void => {
    if (depth > 12) return;
    if (isTypeVar(type)) {
      const pack = packs.find((each) => each.shared.name === type.shared.name);
      if (pack) found.set(`${pack.shared.name} ${polarity}`, [pack, polarity]);
    } else if (isUnion(type))
      for (const each of type.priv.subtypes) visit(each, polarity, depth + 1);
    else if (isOverloaded(type))
      for (const each of type.priv._overloads) visit(each, polarity, depth + 1);
    else if (isFunction(type)) {
      for (const index of type.shared.parameters.keys())
        visit(pyright.FunctionType.getParamType(type, index), inverted(polarity), depth + 1);
      const returned = pyright.FunctionType.getEffectiveReturnType(type);
      if (returned) visit(returned, polarity, depth + 1);
    } else if (isClass(type)) {
      if (type.priv.tupleTypeArgs)
        for (const each of type.priv.tupleTypeArgs) visit(each.type, polarity, depth + 1);
      else visitArguments(type, polarity, depth + 1);
    }
  };
  visit(root, rootPolarity, 0);
  return [...found.values()];
}
