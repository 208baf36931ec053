/** pyright's types and evaluator, typed as far as extensions and rules use them. Nothing here is a promised interface. */
import type { ParseNode, PythonVersionValue } from './pyrightInternals.ts';

/** How pyright numbers variances. `auto` is inferred at the first need, `unknown` is being inferred. */
export const variance = {
  auto: 0,
  unknown: 1,
  invariant: 2,
  covariant: 3,
  contravariant: 4,
} as const;
export type Variance = (typeof variance)[keyof typeof variance];

/** Flags of `assignType`. */
export const assignFlags = { invariant: 1, contravariant: 2 } as const;

export const category = {
  unknown: 1,
  any: 2,
  never: 3,
  function: 4,
  overloaded: 5,
  class: 6,
  module: 7,
  union: 8,
  typeVar: 9,
} as const;

/** Kinds of syntax nodes, as pyright numbers them. */
export const nodeKind = {
  argument: 1,
  assignment: 3,
  call: 9,
  class: 10,
  constant: 14,
  decorator: 16,
  if: 22,
  importFrom: 25,
  index: 27,
  function: 31,
  memberAccess: 35,
  name: 38,
  parameter: 41,
  strings: 48,
  typeAnnotation: 54,
} as const;

/** Flags of a function type. */
export const functionFlags = { overridden: 262_144 } as const;

export interface PyrightType {
  readonly category: number;
  readonly flags: number;
  readonly props?: { readonly typeForm?: PyrightType; readonly specialForm?: PyrightType };
}

export interface ModuleType extends PyrightType {
  readonly priv: { readonly moduleName: string };
}

export interface TypeVarType extends PyrightType {
  readonly shared: {
    readonly name: string;
    readonly isSynthesized: boolean;
    declaredVariance: Variance;
  };
  readonly priv: {
    computedVariance?: Variance;
    readonly scopeId?: string;
    readonly scopeName?: string;
    readonly scopeType?: number;
    readonly paramSpecAccess?: 'args' | 'kwargs';
    readonly isUnpacked?: boolean;
  };
}

export interface TupleElement {
  readonly type: PyrightType;
  readonly isUnbounded: boolean;
}

export interface ClassType extends PyrightType {
  readonly shared: {
    readonly name: string;
    readonly fullName: string;
    readonly moduleName: string;
    readonly typeParams: readonly TypeVarType[];
    readonly baseClasses: readonly PyrightType[];
    readonly mro: readonly PyrightType[];
    readonly effectiveMetaclass?: PyrightType;
    readonly declaration?: { readonly node: ParseNode };
    readonly typeVarScopeId?: string;
  };
  readonly priv: {
    readonly typeArgs?: readonly PyrightType[];
    readonly tupleTypeArgs?: readonly TupleElement[];
    readonly isUnpacked?: boolean;
    readonly literalValue?: unknown;
  };
}

export interface FunctionParam {
  readonly category: number;
  readonly name?: string;
}

export interface FunctionType extends PyrightType {
  readonly shared: {
    readonly name: string;
    readonly flags: number;
    readonly parameters: readonly FunctionParam[];
    readonly declaration?: { readonly node: ParseNode };
    readonly declaredReturnType?: PyrightType;
  };
}

export interface OverloadedType extends PyrightType {
  readonly priv: {
    readonly _overloads: readonly FunctionType[];
    readonly _implementation?: PyrightType;
  };
}

export interface UnionType extends PyrightType {
  readonly priv: { readonly subtypes: readonly PyrightType[] };
}

export interface PyrightSymbol {
  getDeclarations(): readonly Declaration[];
  isIgnoredForProtocolMatch(): boolean;
}

export interface AbstractSymbol {
  readonly symbol: PyrightSymbol;
  readonly symbolName: string;
  readonly classType: PyrightType;
}

export interface Declaration {
  /** 5 is a function, 6 a class, 1 a variable, 8 an alias. */
  readonly type: number;
  readonly node: ParseNode;
  readonly uri: unknown;
  readonly range: TextRangeOfLines;
}

export interface TextRangeOfLines {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

export interface FileInfo {
  readonly moduleName: string;
  readonly fileUri: unknown;
  readonly isStubFile: boolean;
  readonly executionEnvironment: { readonly pythonVersion: PythonVersionValue };
  readonly diagnosticRuleSet: Readonly<Record<string, unknown>>;
}

/** What pyright knows of a syntax node; one object a program. */
export interface NodeInfo {
  getFileInfo(node: ParseNode): FileInfo;
  isCodeUnreachable(node: ParseNode): boolean;
}

export interface DiagnosticAddendum {
  addMessage(message: string): void;
  getString(maxDepth?: number): string;
}

export interface Diagnostic {
  addRelatedInfo(message: string, uri: unknown, range: TextRangeOfLines): void;
  setRule(rule: string): void;
}

export interface Evaluator {
  getType(node: ParseNode): PyrightType | undefined;
  getTypeOfExpression(node: ParseNode): { readonly type: PyrightType };
  getTypeOfAnnotation(node: ParseNode): PyrightType;
  getTypeOfClass(
    node: ParseNode,
  ): { readonly classType: ClassType; readonly decoratedType: PyrightType } | undefined;
  getTypeOfFunction(
    node: ParseNode,
  ): { readonly functionType: FunctionType; readonly decoratedType: PyrightType } | undefined;
  getDeclInfoForNameNode(node: ParseNode): { readonly decls: readonly Declaration[] } | undefined;
  inferVarianceForClass(type: ClassType): void;
  getEffectiveTypeOfSymbol(symbol: PyrightSymbol): PyrightType;
  /** A special method as it is called on an object. */
  getBoundMagicMethod(object: PyrightType, name: string): PyrightType | undefined;
  getAbstractSymbols(type: ClassType): readonly AbstractSymbol[];
  getObjectType(): PyrightType;
  getTypeClassType(): PyrightType | undefined;
  assignType(dest: PyrightType, src: PyrightType, addendum?: DiagnosticAddendum): boolean;
  assignClassToSelf(
    dest: ClassType,
    src: ClassType,
    assumedVariance: Variance,
    ignoresBaseVariance?: boolean,
  ): boolean;
  validateOverrideMethod(
    base: PyrightType,
    override: PyrightType,
    childClass: ClassType | undefined,
    addendum: DiagnosticAddendum,
    enforcesParameterNames?: boolean,
  ): boolean;
  addDiagnostic(rule: string, message: string, node: ParseNode): Diagnostic | undefined;
  printType(type: PyrightType): string;
}

export function isTypeVar(type: PyrightType): type is TypeVarType {
  return type.category === category.typeVar;
}

export function isClass(type: PyrightType): type is ClassType {
  return type.category === category.class;
}

export function isFunction(type: PyrightType): type is FunctionType {
  return type.category === category.function;
}

export function isOverloaded(type: PyrightType): type is OverloadedType {
  return type.category === category.overloaded;
}

export function isModule(type: PyrightType): type is ModuleType {
  return type.category === category.module;
}

export function isUnion(type: PyrightType): type is UnionType {
  return type.category === category.union;
}
