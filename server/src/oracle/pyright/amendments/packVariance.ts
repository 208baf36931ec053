/**
 * Variance of `ParamSpec` and `TypeVarTuple`, declared and inferred.
 *
 * Typing specification, generics: "Variance Inference" and "Auto Variance For Traditional Type Variables" (PEP 695,
 * PEP 646, PEP 612). pyright takes both kinds for invariant. Here their constructors take `covariant`,
 * `contravariant` and `infer_variance`, those of the new syntax are inferred, and type arguments are compared by it.
 *
 * The order of signatures is that of the arguments they take: `[object]` is above `[int]`, so that a class which
 * returns `Callable[P, None]` is contravariant in `P`. As callables they are ordered the other way round.
 */
import type { Extension } from '../amendment.ts';
import type {
  ClassType,
  Evaluator,
  FileInfo,
  FunctionType,
  NodeInfo,
  PyrightType,
  TupleElement,
  TypeVarType,
  Variance,
} from '../evaluator.ts';
import { assignFlags, isModule, nodeKind, variance } from '../evaluator.ts';
import { importedFrom } from '../importedFrom.ts';
import type { ParseNode, PythonVersionValue } from '../pyrightInternals.ts';

interface CallNode extends ParseNode {
  readonly d: { readonly leftExpr: ParseNode };
}
interface Argument {
  readonly valueExpression?: ParseNode;
}

/** The exports that are used, by module of pyright. */
interface Used {
  readonly isParamSpec: (type: PyrightType) => boolean;
  readonly isTypeVarTuple: (type: PyrightType) => boolean;
  readonly isAnyOrUnknown: (type: PyrightType) => boolean;
  readonly TypeVarType: { getVariance: (type: TypeVarType) => Variance };
  readonly ClassType: {
    createInstantiable(...values: unknown[]): ClassType;
    cloneAsInstance(type: PyrightType): ClassType;
    specialize(type: ClassType, typeArgs: readonly PyrightType[]): ClassType;
  };
  readonly FunctionType: {
    createSynthesizedInstance(name: string, flags: number): FunctionType;
    addParam(type: FunctionType, param: unknown): void;
    addPositionOnlyParamSeparator(type: FunctionType): void;
  };
  readonly FunctionParam: {
    create(category: number, type: PyrightType, flags: number, name: string): unknown;
  };
  readonly makeTupleObject: (
    evaluator: Evaluator,
    elements: readonly TupleElement[],
    isUnpacked: boolean,
  ) => PyrightType;
  readonly Uri: { empty(): unknown };
  readonly PythonVersion: {
    isLessThan(a: PythonVersionValue, b: PythonVersionValue): boolean;
    fromString(text: string): PythonVersionValue | undefined;
  };
}

const uses = [
  'isParamSpec',
  'isTypeVarTuple',
  'isAnyOrUnknown',
  'TypeVarType',
  'ClassType',
  'FunctionType',
  'FunctionParam',
  'makeTupleObject',
  'Uri',
  'PythonVersion',
] as const;

/** Flag of a function type that stands for the value of a ParamSpec. */
const PARAM_SPEC_VALUE = 65536;
/** Flags of a parameter whose name is made up and whose type is declared. */
const SYNTHESIZED_DECLARED = 3;

export const packVariance: Extension = {
  uses,
  amendments: [
    {
      name: 'variance of TypeVarTuple(…)',
      moduleExporting: 'createTypeEvaluator',
      find: /else (\w+\(\w+\.DiagnosticRule\.reportGeneralTypeIssues,\w+\.LocMessage\.typeVarTupleUnknownParam\(\))/,
      replacement: 'else strata.declaresVariance(rs,i,s,a[n],e,er)||$1',
    },
    {
      name: 'variance of ParamSpec(…)',
      moduleExporting: 'createTypeEvaluator',
      find: /else (\w+\(\w+\.DiagnosticRule\.reportGeneralTypeIssues,\w+\.LocMessage\.paramSpecUnknownParam\(\))/,
      replacement: 'else strata.declaresVariance(rs,i,s,a[n],e,er)||$1',
    },
    {
      name: 'inferred variance of new type parameters',
      moduleExporting: 'createTypeEvaluator',
      find: /(\?\(\w=0,(\w)\.shared\.declaredVariance=)\(0,\w+\.isParamSpec\)\(\2\)\|\|\(0,\w+\.isTypeVarTuple\)\(\2\)\?2:0\)/,
      replacement: '$10)',
    },
    {
      name: 'variance inference',
      moduleExporting: 'createTypeEvaluator',
      find: /if\(\(0,\w+\.isTypeVarTuple\)\((\w)\)\|\|\(0,\w+\.isParamSpec\)\(\1\)\|\|0!==\1\.shared\.declaredVariance\)return;/,
      replacement: 'if(0!==$1.shared.declaredVariance||strata.inferPackVariance(rs,e,$1,n))return;',
    },
    {
      name: 'variance of base classes in inference',
      moduleExporting: 'createTypeEvaluator',
      find: /if\((\(0,\w+\.isParamSpec\)\(e\)\|\|\(0,\w+\.isTypeVarTuple\)\(e\))\|\|e\.shared\.isSynthesized\|\|(![\w.]+\|\|t>=[\w.]+\|\|![\w.]+\|\|t>=[\w.]+\))return;/,
      replacement:
        'if(!e.shared.isSynthesized&&($1)){if(!strata.packFitsBase(rs,e,t,o,l))i=!1;return}if(e.shared.isSynthesized||$2return;',
    },
    {
      name: 'type arguments by variance',
      moduleExporting: 'createTypeEvaluator',
      find: /!nB\(4===b\?o:h,4===b\?h:o,v,n,d,i\)/,
      replacement:
        '!nB(strata.isReversed(T,b)?o:h,strata.isReversed(T,b)?h:o,v,n,strata.argumentFlags(T,d),i)',
    },
    {
      name: 'equal lengths of invariant packs',
      moduleExporting: 'createTypeEvaluator',
      find: /return(\(0,[\w$]+\.assignTupleTypeArgs\)\(rs,e,l,n,r,i,s\))/,
      replacement: 'return strata.isPackArgumentAlike(e,l,i)&&$1',
    },
  ],
  install(exported) {
    const pyright = Object.fromEntries(
      uses.map((name) => [name, exported(name)]),
    ) as unknown as Used;
    const isPack = (type: PyrightType) => pyright.isParamSpec(type) || pyright.isTypeVarTuple(type);
    wrapGetVariance(pyright, isPack);
    return {
      declaresVariance: variancesDeclaredBy(pyright),
      inferPackVariance(evaluator: Evaluator, type: ClassType, param: TypeVarType, index: number) {
        if (!isPack(param)) return false;
        const target = type.shared.typeParams[index];
        if (target) target.priv.computedVariance = inferVariance(pyright, evaluator, type, index);
        return true;
      },
      packFitsBase(
        evaluator: Evaluator,
        param: TypeVarType,
        index: number,
        dest: ClassType,
        src: ClassType,
      ) {
        const [wanted, given] = [dest.priv.typeArgs?.[index], src.priv.typeArgs?.[index]];
        const declared = param.shared.declaredVariance;
        if (declared === variance.auto || !wanted || !given) return true;
        const accepts = (to: PyrightType, from: PyrightType) =>
          pyright.isParamSpec(param)
            ? evaluator.assignType(from, to)
            : evaluator.assignType(to, from);
        return (
          (declared === variance.contravariant || accepts(wanted, given)) &&
          (declared === variance.covariant || accepts(given, wanted))
        );
      },
      isPackArgumentAlike: (dest: ClassType, src: ClassType, flags: number) =>
        !(flags & assignFlags.invariant) ||
        !dest.priv.isUnpacked ||
        !src.priv.isUnpacked ||
        isPackAlike(pyright, dest, src),
      /** Whether the source's argument is what must accept the destination's. */
      isReversed(param: TypeVarType | undefined, by: Variance) {
        if (param && pyright.isParamSpec(param)) return by === variance.covariant;
        return by === variance.contravariant;
      },
      argumentFlags(param: TypeVarType | undefined, flags: number) {
        if (!param || !pyright.isParamSpec(param) || flags & assignFlags.invariant) return flags;
        return flags ^ assignFlags.contravariant;
      },
    };
  },
};

/** A pack whose variance nobody inferred yet counts as invariant, as pyright counts all of them. */
function wrapGetVariance(pyright: Used, isPack: (type: PyrightType) => boolean): void {
  const { getVariance } = pyright.TypeVarType;
  pyright.TypeVarType.getVariance = (type) =>
    type.shared.declaredVariance === variance.auto &&
    type.priv.computedVariance === undefined &&
    isPack(type)
      ? variance.invariant
      : getVariance(type);
}

/** The places and lengths of two packs: `*tuple[int]` is not `*tuple[int, ...]`, whatever the elements are. */
function isPackAlike(pyright: Used, dest: ClassType, src: ClassType): boolean {
  const [wanted, given] = [dest.priv.tupleTypeArgs ?? [], src.priv.tupleTypeArgs ?? []];
  // What is unknown, or still a pack of its own, may turn out to fit.
  const isOpen = ({ type, isUnbounded }: TupleElement) =>
    pyright.isTypeVarTuple(type) || (isUnbounded && pyright.isAnyOrUnknown(type));
  if ([...wanted, ...given].some(isOpen)) return true;
  return (
    wanted.length === given.length &&
    wanted.every((element, index) => element.isUnbounded === given[index]?.isUnbounded)
  );
}

function variancesDeclaredBy(pyright: Used) {
  const declared = new Map<string, Variance>([
    ['covariant', variance.covariant],
    ['contravariant', variance.contravariant],
    ['infer_variance', variance.auto],
  ]);
  /** `TypeVarTuple` has these parameters since Python 3.15, `typing_extensions` has them for all versions. */
  const isThere = (evaluator: Evaluator, type: PyrightType, call: CallNode, file: FileInfo) => {
    const since = pyright.PythonVersion.fromString('3.15');
    return (
      !pyright.isTypeVarTuple(type) ||
      file.isStubFile ||
      since === undefined ||
      !pyright.PythonVersion.isLessThan(file.executionEnvironment.pythonVersion, since) ||
      comesFrom(evaluator, call.d.leftExpr, 'typing_extensions')
    );
  };
  const seen = new WeakMap<object, Set<string>>();
  return (
    evaluator: Evaluator,
    type: TypeVarType,
    name: string,
    argument: Argument,
    call: CallNode,
    nodeInfo: NodeInfo,
  ): boolean => {
    const wanted = declared.get(name);
    const value = argument.valueExpression;
    if (
      wanted === undefined ||
      !value ||
      !isThere(evaluator, type, call, nodeInfo.getFileInfo(call))
    )
      return false;
    if (!isTrue(value)) return true;
    const others = seen.get(type.shared) ?? new Set();
    seen.set(type.shared, others.add(name));
    if (others.size > 1)
      evaluator.addDiagnostic(
        'reportGeneralTypeIssues',
        `${pyright.isParamSpec(type) ? 'ParamSpec' : 'TypeVarTuple'} "${type.shared.name}" is ${[...others].join(' and ')}: at most one of covariant, contravariant and infer_variance may be True`,
        value,
      );
    else type.shared.declaredVariance = wanted;
    return true;
  };
}

/** Whether a callee is imported from the module, or read from it. */
function comesFrom(evaluator: Evaluator, callee: ParseNode, moduleName: string): boolean {
  if (callee.nodeType === nodeKind.memberAccess) {
    const type = evaluator.getType((callee as CallNode).d.leftExpr);
    return type !== undefined && isModule(type) && type.priv.moduleName === moduleName;
  }
  const { decls } = evaluator.getDeclInfoForNameNode(callee) ?? { decls: [] };
  return decls.some(({ node }) => importedFrom(node) === moduleName);
}

/** pyright's number for the keyword `True`. */
const TRUE = 34;

function isTrue(node: ParseNode): boolean {
  return node.nodeType === nodeKind.constant && node.d.constType === TRUE;
}

/** By the algorithm of the specification: two versions of the class that differ in this argument alone. */
function inferVariance(
  pyright: Used,
  evaluator: Evaluator,
  type: ClassType,
  index: number,
): Variance {
  const dummyClass = pyright.ClassType.createInstantiable(
    ...['__varianceDummy', '', '', pyright.Uri.empty(), 0, 0, undefined, undefined],
  );
  const dummy = pyright.ClassType.cloneAsInstance(dummyClass);
  const specialized = (argument: PyrightType) =>
    pyright.ClassType.specialize(
      type,
      type.shared.typeParams.map((param, at) => {
        if (at === index) return argument;
        return pyright.isParamSpec(param) || pyright.isTypeVarTuple(param) ? param : dummyClass;
      }),
    );
  const param = type.shared.typeParams[index];
  const isSignature = param !== undefined && pyright.isParamSpec(param);
  const object = evaluator.getObjectType();
  const upper = specialized(
    isSignature
      ? signature(pyright, object)
      : pyright.makeTupleObject(evaluator, [{ type: object, isUnbounded: true }], true),
  );
  const lower = specialized(
    isSignature
      ? signature(pyright, dummy)
      : pyright.makeTupleObject(evaluator, [{ type: dummy, isUnbounded: false }], true),
  );
  if (evaluator.assignClassToSelf(upper, lower, variance.covariant, false))
    return variance.covariant;
  if (evaluator.assignClassToSelf(lower, upper, variance.contravariant, false))
    return variance.contravariant;
  return variance.invariant;
}

/** A signature of one positional parameter. */
function signature(pyright: Used, type: PyrightType): FunctionType {
  const { FunctionType, FunctionParam } = pyright;
  const value = FunctionType.createSynthesizedInstance('', PARAM_SPEC_VALUE);
  FunctionType.addParam(value, FunctionParam.create(0, type, SYNTHESIZED_DECLARED, '__p0'));
  FunctionType.addPositionOnlyParamSeparator(value);
  return value;
}
