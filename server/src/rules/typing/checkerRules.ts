/** The rules that run on pyright's evaluator. */
import type { CheckerRule } from '../../oracle/pyright/checkerRule.ts';
import { abstractClass } from './abstractClass.ts';
import { classScopeAnnotation } from './classScopeAnnotation.ts';
import { dataclassMutableDefault } from './dataclassMutableDefault.ts';
import { overrideConstructor } from './overrideConstructor.ts';
import { overrideUnmatched } from './overrideUnmatched.ts';
import { packVariancePosition } from './packVariancePosition.ts';
import { runtimeAnnotation } from './runtimeAnnotation.ts';

export const checkerRules: readonly CheckerRule[] = [
  abstractClass,
  classScopeAnnotation,
  dataclassMutableDefault,
  overrideConstructor,
  overrideUnmatched,
  packVariancePosition,
  runtimeAnnotation,
];
