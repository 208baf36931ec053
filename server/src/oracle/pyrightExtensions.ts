/** Everything that is changed in pyright, and every rule that runs on it. */
import { checkerRules } from '../rules/typing/checkerRules.ts';
import { configuredRules } from '../rules/typing/configuredRules.ts';
import type { Extension } from './pyright/amendment.ts';
import { decoratorColumns } from './pyright/amendments/decoratorColumns.ts';
import { overloadedOverride } from './pyright/amendments/overloadedOverride.ts';
import { packVariance } from './pyright/amendments/packVariance.ts';
import { protocolDescriptors } from './pyright/amendments/protocolDescriptors.ts';
import { replaceMethodVariance } from './pyright/amendments/replaceMethodVariance.ts';
import { sentinelTypes } from './pyright/amendments/sentinelTypes.ts';
import { takenBack } from './pyright/amendments/takenBack.ts';
import { typeIgnoreCodes } from './pyright/amendments/typeIgnoreCodes.ts';
import { rulesAfterCheck } from './pyright/checkerRule.ts';

export const pyrightExtensions: readonly Extension[] = [
  decoratorColumns,
  overloadedOverride,
  packVariance,
  protocolDescriptors,
  replaceMethodVariance,
  sentinelTypes,
  takenBack,
  typeIgnoreCodes,
  rulesAfterCheck([...checkerRules, ...configuredRules]),
];
