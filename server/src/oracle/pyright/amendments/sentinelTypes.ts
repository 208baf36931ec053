/**
 * Sentinels named otherwise than their variable, those of classes, those that print otherwise, and
 * `typing_extensions.sentinel`.
 *
 * Typing specification, special types: "Sentinels" (PEP 661). A sentinel is a type where it is made by a simple
 * assignment in the global scope or in a class body outside functions; its variable need not have the name of the
 * string. pyright wants the names equal, takes no sentinel of a class for a type, refuses the parameter `repr`, and
 * its typeshed has only the older of the two names in `typing_extensions`.
 */
import type { Extension } from '../amendment.ts';
import type { ClassType, Evaluator, FileInfo, NodeInfo, PyrightType } from '../evaluator.ts';
import { isClass } from '../evaluator.ts';
import type { ParseNode } from '../pyrightInternals.ts';

const uses = [
  'ClassType',
  'TypeBase',
  'SentinelLiteral',
  'getClassFullName',
  'getTypeSourceId',
  'computeMroLinearization',
  'getEnclosingClass',
  'getEnclosingFunction',
  'isSentinelLiteral',
  'createSentinelType',
  'Parser',
] as const;

interface Node extends ParseNode {
  readonly d: {
    readonly value?: string;
    readonly name?: Node;
    readonly leftExpr?: Node;
    readonly strings?: readonly Node[];
  };
}
interface Argument {
  readonly argCategory: number;
  readonly valueExpression?: Node;
  readonly name?: Node;
}
interface Parser {
  parseSourceFile: (
    this: Parser,
    text: string,
    options: { readonly isStubFile: boolean },
    ...rest: unknown[]
  ) => unknown;
}

interface Used {
  readonly ClassType: {
    createInstantiable(
      ...values: unknown[]
    ): ClassType & { shared: { baseClasses: PyrightType[] } };
    cloneWithLiteral(type: ClassType, literal: unknown): ClassType;
    cloneAsInstance(type: ClassType): ClassType;
    cloneAsInstantiable(type: PyrightType): ClassType;
  };
  readonly TypeBase: { cloneWithTypeForm(type: PyrightType, form: PyrightType): PyrightType };
  readonly SentinelLiteral: new (fullName: string, className: string) => object;
  readonly getClassFullName: (node: ParseNode, moduleName: string, name: string) => string;
  readonly getTypeSourceId: (node: ParseNode) => number;
  readonly computeMroLinearization: (type: ClassType) => void;
  readonly getEnclosingClass: (node: ParseNode, stopsAtFunction: boolean) => Node | undefined;
  readonly getEnclosingFunction: (node: ParseNode) => Node | undefined;
  readonly isSentinelLiteral: (type: PyrightType) => boolean;
}

type CreateSentinel = (
  evaluator: Evaluator,
  call: Node,
  args: readonly Argument[],
  sentinelClass: ClassType,
  nodeInfo: NodeInfo,
) => PyrightType | undefined;

/** Kinds of syntax nodes, and flags of a class, as pyright numbers them. */
const [ASSIGNMENT, NAME, STRINGS] = [3, 38, 48];
const FINAL_VALID_TYPE_ALIAS = 4194560;
/** Flag of an evaluation whose expression is expected to be a type. */
const EXPECTS_INSTANTIABLE = 128;

export const sentinelTypes: Extension = {
  uses,
  amendments: [
    {
      name: 'sentinels of any name',
      moduleExporting: 'createTypeEvaluator',
      find: /\(0,\w+\.createSentinelType\)\((\w+,\w+,\w+,\w+,\w+)\)/,
      replacement: 'strata.sentinelType($1)',
    },
    {
      name: 'sentinels of classes as types',
      moduleExporting: 'createTypeEvaluator',
      find: /(\w\.isIncomplete&&\((\w)\.isIncomplete=!0\);let \w=\2\.isIncomplete;if\()/,
      replacement: 'strata.expectSentinel($2,t);$1',
    },
  ],
  install(exported) {
    const pyright = Object.fromEntries(
      uses.map((name) => [name, exported(name)]),
    ) as unknown as Used;
    const original = exported('createSentinelType') as CreateSentinel;
    nameBoth((exported('Parser') as { prototype: Parser }).prototype);
    const sentinelType: CreateSentinel = (evaluator, call, args, sentinelClass, nodeInfo) => {
      const [argument, ...others] = args;
      const isNamed =
        argument?.argCategory === 0 &&
        argument.valueExpression?.nodeType === STRINGS &&
        others.every((each) => isRepr(evaluator, each));
      // What is wrong with the call itself is pyright's to say.
      if (!isNamed) return original(evaluator, call, args, sentinelClass, nodeInfo);
      const target = targetOf(call);
      if (target === undefined || pyright.getEnclosingFunction(call))
        return pyright.ClassType.cloneAsInstance(sentinelClass);
      return sentinelOf(pyright, nodeInfo.getFileInfo(call), call, target, sentinelClass);
    };
    return {
      sentinelType,
      /** A sentinel read through its class is a type where a type is expected, as its bare name is. */
      expectSentinel(result: { type: PyrightType }, flags: number) {
        if (flags & EXPECTS_INSTANTIABLE && pyright.isSentinelLiteral(result.type))
          result.type = pyright.ClassType.cloneAsInstantiable(result.type);
      },
    };
  },
};

/** The newer of the names that `typing_extensions` has for its class is no part of pyright's typeshed yet. */
function nameBoth(prototype: Parser): void {
  const parse = prototype.parseSourceFile;
  prototype.parseSourceFile = function (this: Parser, text, options, ...rest) {
    const isMeant =
      options.isStubFile &&
      /^class Sentinel:/m.test(text) &&
      text.includes('"TypeAliasType",') &&
      !/^(?:class|def) sentinel\b|^sentinel\b/m.test(text);
    return parse.call(this, isMeant ? `${text}\nsentinel = Sentinel\n` : text, options, ...rest);
  };
}

/** `repr=…`, which says how the sentinel prints, and nothing of its type. */
function isRepr(evaluator: Evaluator, { argCategory, name, valueExpression }: Argument): boolean {
  if (argCategory !== 0 || name?.d.value !== 'repr' || !valueExpression) return false;
  const { type } = evaluator.getTypeOfExpression(valueExpression);
  return !isClass(type) || ['builtins.str', 'types.NoneType'].includes(type.shared.fullName);
}

/** The name in `NAME = sentinel(…)`, also in `NAME: Final = sentinel(…)`. */
function targetOf(call: Node): string | undefined {
  const parent = call.parent as Node | undefined;
  if (parent?.nodeType !== ASSIGNMENT) return undefined;
  const left = parent.d.leftExpr;
  return left?.nodeType === NAME ? left.d.value : undefined;
}

function sentinelOf(
  pyright: Used,
  file: FileInfo,
  call: Node,
  variable: string,
  sentinelClass: ClassType,
): PyrightType {
  const owner = pyright.getEnclosingClass(call, false)?.d.name?.d.value;
  const name = owner === undefined ? variable : `${owner}.${variable}`;
  const fullName = pyright.getClassFullName(call, file.moduleName, variable);
  const type = pyright.ClassType.createInstantiable(
    ...[name, fullName, file.moduleName, file.fileUri, FINAL_VALID_TYPE_ALIAS],
    ...[pyright.getTypeSourceId(call), undefined, sentinelClass.shared.effectiveMetaclass],
  );
  type.shared.baseClasses.push(sentinelClass);
  pyright.computeMroLinearization(type);
  const literal = pyright.ClassType.cloneWithLiteral(
    type,
    new pyright.SentinelLiteral(fullName, name),
  );
  const instance = pyright.ClassType.cloneAsInstance(literal);
  return pyright.TypeBase.cloneWithTypeForm(instance, instance);
}
