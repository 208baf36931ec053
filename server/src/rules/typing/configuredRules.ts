/** Rules on pyright's evaluator that speak only where a project's configuration asks for them. */
import type { CheckerRule } from '../../oracle/pyright/checkerRule.ts';
import { returnsAny } from './returnsAny.ts';
import { incompleteDefinition, untypedDefinition } from './untypedDefinition.ts';

export const configuredRules: readonly CheckerRule[] = [
  untypedDefinition,
  incompleteDefinition,
  returnsAny,
];
