/**
 * `@override` on `__init__`, `__new__`, `__init_subclass__` and `__post_init__` is held to what it says.
 *
 * Typing specification, class compatibility: "@override" (PEP 698): a method that is decorated so must be assignable
 * to the one that it overrides. Constructors are exempt from that rule of substitution as long as they don't ask for
 * it, and pyright exempts them always.
 */
import type { CheckedFile, CheckerRule } from '../../oracle/pyright/checkerRule.ts';
import { lastDeclaration } from '../../oracle/pyright/checkerRule.ts';
import type {
  ClassType,
  DiagnosticAddendum,
  PyrightSymbol,
  PyrightType,
} from '../../oracle/pyright/evaluator.ts';
import {
  functionFlags,
  isClass,
  isFunction,
  isOverloaded,
} from '../../oracle/pyright/evaluator.ts';
import type { ParseNode } from '../../oracle/pyright/pyrightInternals.ts';

const exemptMethods = ['__init__', '__new__', '__init_subclass__', '__post_init__'];

const uses = [
  'ClassType',
  'DiagnosticAddendum',
  'partiallySpecializeType',
  'selfSpecializeClass',
  'makeTypeVarsBound',
] as const;

interface Used {
  readonly ClassType: {
    getSymbolTable(type: ClassType): ReadonlyMap<string, PyrightSymbol>;
    cloneAsInstance(type: ClassType): ClassType;
  };
  readonly DiagnosticAddendum: new () => DiagnosticAddendum;
  readonly partiallySpecializeType: (
    type: PyrightType,
    context: ClassType,
    typeClass: PyrightType | undefined,
    self?: ClassType,
  ) => PyrightType;
  readonly selfSpecializeClass: (
    type: ClassType,
    options: { readonly useBoundTypeVars: boolean },
  ) => ClassType;
  readonly makeTypeVarsBound: (type: PyrightType, scopeIds: readonly string[]) => PyrightType;
}

export const overrideConstructor: CheckerRule = {
  id: 'override-constructor',
  severityOf: 'reportIncompatibleMethodOverride',
  uses,
  check(file) {
    const pyright = Object.fromEntries(
      uses.map((name) => [name, file.exported(name)]),
    ) as unknown as Used;
    for (const node of file.classes) {
      const type = file.evaluator.getTypeOfClass(node)?.classType;
      if (!type) continue;
      for (const name of exemptMethods) checkMethod(file, pyright, type, name);
    }
  },
};

function checkMethod(file: CheckedFile, pyright: Used, owner: ClassType, name: string): void {
  const { evaluator } = file;
  const symbol = pyright.ClassType.getSymbolTable(owner).get(name);
  if (!symbol) return;
  const declared = evaluator.getEffectiveTypeOfSymbol(symbol);
  if (!isMarkedOverride(declared)) return;
  const base = overridden(pyright, owner, name);
  if (!base) return;
  const specialized = specializer(file, pyright, owner);
  const wanted = specialized(evaluator.getEffectiveTypeOfSymbol(base.symbol), base.owner);
  const given = specialized(declared, owner);
  if (!(isFunction(wanted) || isOverloaded(wanted))) return;
  const why = new pyright.DiagnosticAddendum();
  // Stubs name the parameters of special methods carelessly; code that people can call by keyword does not.
  const isFromStub = String(lastDeclaration(base.symbol)?.uri).endsWith('.pyi');
  if (evaluator.validateOverrideMethod(wanted, given, owner, why, !isFromStub)) return;
  const at = lastDeclaration(symbol);
  const other = lastDeclaration(base.symbol);
  if (!at) return;
  file.report(
    nameOf(at.node),
    `"${name}" is marked @override, and does not accept what "${base.owner.shared.name}.${name}" accepts${why.getString()}`,
    other && { message: 'The overridden method', at: other },
  );
}

function isMarkedOverride(type: PyrightType): boolean {
  const isMarked = (each: PyrightType | undefined) =>
    each !== undefined && isFunction(each) && (each.shared.flags & functionFlags.overridden) !== 0;
  if (isOverloaded(type))
    return isMarked(type.priv._implementation) || type.priv._overloads.some(isMarked);
  return isMarked(type);
}

/** The nearest ancestor that has the method; unknown if a class of unknown members comes before it. */
function overridden(
  pyright: Used,
  owner: ClassType,
  name: string,
): { readonly owner: ClassType; readonly symbol: PyrightSymbol } | undefined {
  for (const each of owner.shared.mro.slice(1)) {
    if (!isClass(each)) return undefined;
    // `object` accepts no argument at all, which says nothing of what its subclasses want.
    if (each.shared.fullName === 'builtins.object') return undefined;
    const symbol = pyright.ClassType.getSymbolTable(each).get(name);
    if (symbol) return { owner: each, symbol };
  }
  return undefined;
}

/** Members as they look from the class that overrides them. */
function specializer(file: CheckedFile, pyright: Used, owner: ClassType) {
  const self = pyright.ClassType.cloneAsInstance(
    pyright.selfSpecializeClass(owner, { useBoundTypeVars: true }),
  );
  const scope = owner.shared.typeVarScopeId;
  return (type: PyrightType, context: ClassType): PyrightType => {
    const typeClass = file.evaluator.getTypeClassType();
    const partial = pyright.partiallySpecializeType(type, context, typeClass, self);
    return scope === undefined ? partial : pyright.makeTypeVarsBound(partial, [scope]);
  };
}

function nameOf(node: ParseNode): ParseNode {
  const { name } = node.d as { readonly name?: ParseNode };
  return name ?? node;
}
