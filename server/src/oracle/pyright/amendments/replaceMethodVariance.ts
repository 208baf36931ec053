/**
 * The `__replace__` that Python 3.13 gives every dataclass does not make a frozen one invariant.
 *
 * Typing specification, dataclasses and generics "Variance Inference": a type parameter of a frozen dataclass that
 * is used in fields alone is covariant. The synthesized method takes each field as a parameter, which would make it
 * invariant from 3.13 on and covariant before; like `__init__`, it is no part of the inference.
 */
import type { Extension } from '../amendment.ts';
import type { PyrightSymbol } from '../evaluator.ts';

export const replaceMethodVariance: Extension = {
  uses: [],
  amendments: [
    {
      name: 'synthesized __replace__ in variance inference',
      moduleExporting: 'createTypeEvaluator',
      find: /if\(!i\|\|(\w)\.isIgnoredForProtocolMatch\(\)\|\|"__new__"===(\w)\|\|"__init__"===\2\)return;/,
      replacement:
        'if(!i||$1.isIgnoredForProtocolMatch()||"__new__"===$2||"__init__"===$2||strata.isSynthesizedReplace($1,$2))return;',
    },
  ],
  install: () => ({
    isSynthesizedReplace: (symbol: PyrightSymbol, name: string) =>
      name === '__replace__' && symbol.getDeclarations().length === 0,
  }),
};
