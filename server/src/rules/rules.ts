/** All rules that look at one module by its own syntax. */
import type { RuleSeverity } from '#shared/protocol/languageServer.ts';
import type { PythonModule } from '../python/module.ts';
import { toOriginal } from '../python/pythonSource.ts';
import { bufferRules } from './buffers/bufferRules.ts';
import { protocolRule } from './buffers/protocolRule.ts';
import { frameRules } from './frames/frameRules.ts';
import { decoratorIndent } from './typing/decoratorIndent.ts';
import type { Finding, Rule, RuleContext } from './finding.ts';
import { withoutSuppressed } from './suppression.ts';

export const moduleRules: readonly Rule[] = [
  bufferRules,
  protocolRule,
  decoratorIndent,
  frameRules,
];

/** What users set a rule to; `default` and what is not named leave it as it is. */
export type RuleSeverities = Readonly<Record<string, RuleSeverity>>;

/** Every finding, in the order of the text, with offsets into the original. */
export function checkModule(
  module: PythonModule,
  context: RuleContext = {},
  severities: RuleSeverities = {},
): readonly Finding[] {
  const found = moduleRules.flatMap((rule) => rule.check(module, context));
  return withoutSuppressed(module, found)
    .flatMap((finding) => withSeverity(finding, severities))
    .map((finding) => inOriginal(module, finding))
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

function withSeverity(finding: Finding, severities: RuleSeverities): readonly Finding[] {
  const severity = Object.hasOwn(severities, finding.rule) ? severities[finding.rule] : undefined;
  if (severity === 'off') return [];
  return severity === undefined || severity === 'default' ? [finding] : [{ ...finding, severity }];
}

function inOriginal(module: PythonModule, finding: Finding): Finding {
  const place = <T extends { readonly start: number; readonly end: number }>(each: T): T => ({
    ...each,
    start: toOriginal(module.source, each.start),
    end: toOriginal(module.source, each.end),
  });
  return {
    ...place(finding),
    ...(finding.related ? { related: finding.related.map(place) } : {}),
    ...(finding.fixes
      ? { fixes: finding.fixes.map((fix) => ({ ...fix, edits: fix.edits.map(place) })) }
      : {}),
  };
}
