/**
 * `# type: ignore[code]` with mypy's codes silences what the codes stand for.
 *
 * Typing specification, directives: "# type: ignore comments": what stands in brackets is for each checker to read.
 * pyright reads nothing of it and silences the line; here a line keeps a finding that its codes are not about, as with
 * mypy. `# type: ignore` without codes, and codes that nobody knows, silence all.
 */
import type { Extension } from '../amendment.ts';
import { codesSilence } from '../mypyErrorCodes.ts';

interface IgnoreComment {
  readonly rulesList?: readonly { readonly text: string }[];
}

export const typeIgnoreCodes: Extension = {
  uses: [],
  amendments: [
    {
      name: 'codes of # type: ignore',
      moduleExporting: 'SourceFile',
      find: /if\((this\._writableData\.typeIgnoreLines)\.has\(t\)\)(?=return r\.delete\(t\),!1)/,
      replacement: 'if($1.has(t)&&strata.isIgnoredBy($1.get(t),e))',
    },
  ],
  install: () => ({
    isIgnoredBy({ rulesList }: IgnoreComment, finding: { getRule(): string | undefined }): boolean {
      if (!rulesList || rulesList.length === 0) return true;
      const codes = rulesList.map(({ text }) => text);
      const rule = finding.getRule();
      return (rule !== undefined && codes.includes(rule)) || codesSilence(codes, rule);
    },
  }),
};
