/** The rules that run on pyright's evaluator. */
import type { CheckerRule } from '../../oracle/pyright/checkerRule.ts';
import { classScopeAnnotation } from './classScopeAnnotation.ts';
import { overrideConstructor } from './overrideConstructor.ts';
import { packVariancePosition } from './packVariancePosition.ts';

export const checkerRules: readonly CheckerRule[] = [
  classScopeAnnotation,
  overrideConstructor,
  packVariancePosition,
];
