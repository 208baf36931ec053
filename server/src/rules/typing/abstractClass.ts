/**
 * A class that implements a part of what is abstract in its bases, named where it would fail: no object of it can be
 * made (`TypeError`). Defining it is legal, and pyright speaks only where it is called.
 */
import type { CheckerRule } from '../../oracle/pyright/checkerRule.ts';
import { lastDeclaration } from '../../oracle/pyright/checkerRule.ts';
import type { ClassType, PyrightSymbol } from '../../oracle/pyright/evaluator.ts';
import { isClass } from '../../oracle/pyright/evaluator.ts';
import type { ParseNode } from '../../oracle/pyright/pyrightInternals.ts';

export const abstractClass: CheckerRule = {
  id: 'abstract-class',
  severityOf: 'reportAbstractUsage',
  isHint: true,
  uses: ['ClassType'],
  check(file) {
    if (file.info.isStubFile) return;
    const { getSymbolTable, isProtocolClass } = file.exported('ClassType') as {
      getSymbolTable: (type: ClassType) => ReadonlyMap<string, PyrightSymbol>;
      isProtocolClass: (type: ClassType) => boolean;
    };
    const types = file.classes.map((node) => file.evaluator.getTypeOfClass(node)?.classType);
    for (const [index, node] of file.classes.entries()) {
      const type = types[index];
      if (
        !type ||
        isProtocolClass(type) ||
        /^_|abstract|base|mixin|interface/i.test(type.shared.name)
      )
        continue;
      if (type.shared.baseClasses.some((each) => !isClass(each) || isAbc(each))) continue;
      const missing = file.evaluator.getAbstractSymbols(type);
      const [first] = missing;
      if (!first || missing.some(({ classType }) => isSame(classType, type))) continue;
      const own = getSymbolTable(type);
      const implemented = type.shared.baseClasses
        .filter(isClass)
        .flatMap((base) => file.evaluator.getAbstractSymbols(base))
        .filter(({ symbolName }) => own.has(symbolName));
      if (implemented.length === 0) continue;
      // Whoever derives from it here may complete it.
      if (types.some((each) => each?.shared.mro.slice(1).some((base) => isSame(base, type))))
        continue;
      const names = missing.map(
        ({ classType, symbolName }) =>
          `"${isClass(classType) ? `${classType.shared.name}.` : ''}${symbolName}"`,
      );
      const at = lastDeclaration(first.symbol);
      file.report(
        nameOf(node),
        `"${type.shared.name}" can't be instantiated: ${names.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not implemented`,
        at && { message: 'Declared abstract', at },
      );
    }
  },
};

/** Who derives from these says that the class is abstract itself. */
function isAbc(type: ClassType): boolean {
  return ['abc.ABC', 'typing.Protocol'].includes(type.shared.fullName);
}

function isSame(type: unknown, other: ClassType): boolean {
  return (type as ClassType).shared === other.shared;
}

function nameOf(node: ParseNode): ParseNode {
  return (node as unknown as { readonly d: { readonly name: ParseNode } }).d.name;
}
