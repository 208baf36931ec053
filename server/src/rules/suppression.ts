/** `# strata: ignore[rule]` at the end of a line: what is found there is not shown. Without brackets, whatever the rule. */
import type { PythonModule } from '../python/module.ts';
import type { Finding } from './finding.ts';

const comment = /#\s*strata:\s*ignore(?:\[([\w\-, ]*)\])?/g;

export function withoutSuppressed(
  module: PythonModule,
  findings: readonly Finding[],
): readonly Finding[] {
  const { text } = module.source;
  if (findings.length === 0 || !text.includes('strata:')) return findings;
  const suppressed = new Map<number, readonly string[] | 'all'>();
  for (const match of text.matchAll(comment)) {
    const rules = match[1]?.split(',').map((rule) => rule.trim());
    suppressed.set(lineStart(text, match.index), rules ?? 'all');
  }
  return findings.filter((finding) => {
    // The comment stands on the line where the finding begins, or where it ends.
    const lines = [lineStart(text, finding.start), lineStart(text, finding.end)];
    return !lines.some((line) => {
      const rules = suppressed.get(line);
      return rules === 'all' || rules?.includes(finding.rule) === true;
    });
  });
}

function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}
