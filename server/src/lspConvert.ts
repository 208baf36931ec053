/** Between our types and LSP's. Nothing inside `session/`, `rules/` and `python/` knows LSP. */
import type { Diagnostic, Range, TextDocumentContentChangeEvent } from 'vscode-languageserver/node';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import type { LineIndex } from './python/lineIndex.ts';
import { indexLines } from './python/lineIndex.ts';
import type { TextChange } from './python/pythonSource.ts';
import type { Finding } from './rules/finding.ts';
import { ruleDocumentation } from './rules/ruleDocumentation.ts';
import { checkerRules } from './rules/typing/checkerRules.ts';
import { configuredRules } from './rules/typing/configuredRules.ts';
import type { LineEdit } from './session/publications.ts';

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

export function toDiagnostic(finding: Finding, lines: LineIndex, uri: string): Diagnostic {
  return {
    range: toRange(lines, finding.start, finding.end),
    severity: severities[finding.severity],
    source: 'strata',
    code: finding.rule,
    codeDescription: { href: ruleDocumentation(finding.rule) },
    message: finding.message,
    ...(finding.related
      ? {
          relatedInformation: finding.related.map(({ start, end, message }) => ({
            location: { uri, range: toRange(lines, start, end) },
            message,
          })),
        }
      : {}),
  };
}

const rulesOnPyright = new Set([...checkerRules, ...configuredRules].map(({ id }) => id));

/** pyright's, under the name that people look for; our own rules run on its evaluator too. */
export function fromPyright(diagnostic: Diagnostic): Diagnostic {
  const rule = String(diagnostic.code);
  if (!rulesOnPyright.has(rule)) return { ...diagnostic, source: 'pyright' };
  return { ...diagnostic, source: 'strata', codeDescription: { href: ruleDocumentation(rule) } };
}

/** Whether a finding says that a module is missing which the project's configuration expects to be. */
export function isIgnoredImport(
  { code, message }: Diagnostic,
  isIgnored: (module: string) => boolean,
): boolean {
  if (!importRules.includes(code)) return false;
  const module = /"([\w.]+)"/.exec(message)?.[1];
  return module !== undefined && isIgnored(module);
}

const importRules: readonly unknown[] = [
  'reportMissingImports',
  'reportMissingModuleSource',
  'reportMissingTypeStubs',
];

/**
 * Findings inside a method that only a look at its whole class, or at the names of a whole scope, can find. Our own
 * rules on pyright's evaluator look at whole modules.
 */
const rulesOfWholeClasses: readonly unknown[] = [
  'reportIncompatibleMethodOverride',
  'reportIncompatibleVariableOverride',
  'reportIncompatibleUnannotatedOverride',
  'reportImplicitOverride',
  'reportInconsistentOverload',
  'reportRedeclaration',
  'reportUninitializedInstanceVariable',
];

export function isOfWholeClass({ code, source }: Diagnostic): boolean {
  return source === 'strata' || rulesOfWholeClasses.includes(code);
}

export function toRange(lines: LineIndex, start: number, end: number): Range {
  return { start: lines.positionAt(start), end: lines.positionAt(end) };
}

/** LSP's changes as offsets, and which lines each of them touched; each speaks of what the one before it left. */
export function toTextChanges(
  text: string,
  changes: readonly TextDocumentContentChangeEvent[],
): {
  readonly changes: readonly TextChange[];
  readonly edits: readonly LineEdit[];
  /** After all of them. */
  readonly text: string;
} {
  let current = text;
  let lines = indexLines(text);
  const textChanges: TextChange[] = [];
  const edits: LineEdit[] = [];
  for (const change of changes) {
    const range = 'range' in change ? change.range : undefined;
    const start = range ? lines.offsetAt(range.start) : 0;
    const end = range ? Math.max(start, lines.offsetAt(range.end)) : current.length;
    textChanges.push({ start, end, text: change.text });
    edits.push({
      start: lines.positionAt(start).line,
      end: lines.positionAt(end).line + 1,
      lineCount: indexLines(change.text).lineCount,
    });
    current = current.slice(0, start) + change.text + current.slice(end);
    lines = indexLines(current);
  }
  return { changes: textChanges, edits, text: current };
}
