/**
 * A descriptor, `functools.cached_property` above all, gives what a protocol's read-only property asks for.
 *
 * Typing specification, protocols: "Protocol members": a read-only variable of a protocol is written as a property, and
 * a class has it when the attribute can be read with that type. pyright compares with the descriptor itself, not with
 * what reading it gives.
 */
import type { Extension } from '../amendment.ts';
import type { ClassType, Evaluator, FunctionType, PyrightType } from '../evaluator.ts';
import { isClass, isFunction, isOverloaded } from '../evaluator.ts';

interface Member {
  readonly isInstanceMember: boolean;
}

interface Used {
  readonly ClassType: { cloneAsInstance(type: ClassType): ClassType };
  readonly FunctionType: {
    getParamType(type: FunctionType, index: number): PyrightType;
    getEffectiveReturnType(type: FunctionType): PyrightType | undefined;
  };
  readonly isClassInstance: (type: PyrightType) => boolean;
}

const uses = ['ClassType', 'FunctionType', 'isClassInstance'] as const;

export const protocolDescriptors: Extension = {
  uses,
  amendments: [
    {
      name: 'descriptors for the properties of protocols',
      moduleExporting: 'assignClassToProtocol',
      find: /(let t=e\.getGetterTypeFromProperty\(v\);t&&\(t=.{1,80}?\),t&&e\.assignType\(t,)f,/,
      replacement: '$1C?f:strata.readOf(e,a,m,f),',
    },
  ],
  install(exported) {
    const { ClassType, FunctionType, isClassInstance } = Object.fromEntries(
      uses.map((name) => [name, exported(name)]),
    ) as unknown as Used;
    return {
      /** What reading a member of `owner()` gives, whose type is `stored`. */
      readOf(
        evaluator: Evaluator,
        owner: PyrightType,
        member: Member | undefined,
        stored: PyrightType,
      ): PyrightType {
        // Python calls `__get__` of what the class has, never of what an instance has.
        if (!isClass(owner) || !member || member.isInstanceMember) return stored;
        if (!isClassInstance(stored)) return stored;
        const get = evaluator.getBoundMagicMethod(stored, '__get__');
        if (!get) return stored;
        const instance = ClassType.cloneAsInstance(owner);
        const called = (isOverloaded(get) ? get.priv._overloads : [get])
          .filter(isFunction)
          .find((each) => evaluator.assignType(FunctionType.getParamType(each, 0), instance));
        return (called && FunctionType.getEffectiveReturnType(called)) ?? stored;
      },
    };
  },
};
