/** The page of one of our rules, for the link at its findings. */
export function ruleDocumentation(rule: string): string {
  return `https://github.com/strata/strata/blob/main/docs/rules/${rule}.md`;
}
