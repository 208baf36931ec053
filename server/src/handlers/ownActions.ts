/** Our own actions: fixes of findings, rewritings, comments that silence, and all fixes of a document at once. */
import type {
  CancellationToken,
  CodeAction,
  CodeActionParams,
  Diagnostic,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { CodeActionKind } from 'vscode-languageserver/node';
import { toRange } from '../lspConvert.ts';
import type { CodeFix, FixesParams } from '../oracle/pyright/fixes/fix.ts';
import { FIXES } from '../oracle/pyright/processProtocol.ts';
import type { Finding, Fix } from '../rules/finding.ts';
import { checkerRules } from '../rules/typing/checkerRules.ts';
import type { OpenDocument } from '../session/openDocument.ts';
import { askPyright } from './askPyright.ts';
import { ownFindings } from './ruleContexts.ts';
import type { ServerState } from './serverState.ts';

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.strata`;

/** Fixes of what our own rules found where the cursor is. */
export function moduleFixes(
  state: ServerState,
  document: OpenDocument,
  params: CodeActionParams,
): readonly CodeAction[] {
  return ownFindings(state, document)
    .filter((finding) => overlaps(document, finding, params))
    .flatMap((finding) =>
      (finding.fixes ?? []).map((fix, index) => ({
        title: fix.title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [...diagnosticsOf(document, finding, params)],
        edit: { changes: { [document.uri]: textEdits(document, fix) } },
        isPreferred: index === 0,
      })),
    );
}

/** What pyright's evaluator is needed for. */
export async function evaluatedFixes(
  state: ServerState,
  params: CodeActionParams,
  token: CancellationToken,
): Promise<readonly CodeAction[]> {
  const { uri } = params.textDocument;
  const { diagnostics } = params.context;
  const asked: FixesParams = { uri, range: params.range, diagnostics };
  const fixes = await askPyright<CodeFix[]>(state, FIXES, asked, token);
  return (fixes ?? []).map((fix) => {
    const { title, kind, isPreferred, repairs } = fix;
    const repaired = repairs === undefined ? undefined : diagnostics[repairs];
    return {
      title,
      kind,
      edit: editOf(state, uri, fix),
      ...(repaired ? { diagnostics: [repaired] } : {}),
      ...(isPreferred === true ? { isPreferred } : {}),
    };
  });
}

/** As annotated edits, which an editor that knows them shows before they are made. */
function editOf(
  { clientCapabilities, documents }: ServerState,
  uri: string,
  { title, edits, needsPreview }: CodeFix,
): WorkspaceEdit {
  const can = clientCapabilities.workspace?.workspaceEdit;
  if (!needsPreview || !can?.documentChanges || !can.changeAnnotationSupport)
    return { changes: { [uri]: [...edits] } };
  const annotationId = 'strata.preview';
  return {
    documentChanges: [
      {
        textDocument: { uri, version: documents.get(uri)?.version ?? null },
        edits: edits.map((edit) => ({ ...edit, annotationId })),
      },
    ],
    changeAnnotations: { [annotationId]: { label: title, needsConfirmation: true } },
  };
}

/** A comment at the end of the line, in the words of whoever reports: last, for it repairs nothing. */
export function suppressions(
  document: OpenDocument,
  params: CodeActionParams,
): readonly CodeAction[] {
  return params.context.diagnostics.flatMap((diagnostic) => {
    const rule = String(diagnostic.code ?? '');
    const isOurs = diagnostic.source === 'strata';
    if (rule === '' || !(isOurs || diagnostic.source === 'pyright')) return [];
    const word = isOurs && !evaluated.has(rule) ? 'strata' : 'pyright';
    const edit = suppression(document.text, diagnostic, word, rule);
    if (!edit) return [];
    return [
      {
        title: `Silence ${rule} on this line`,
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnostic],
        edit: { changes: { [document.uri]: [edit] } },
      },
    ];
  });
}

/** The first fix of everything that our own rules found; of two that touch, the earlier one. */
export function fixAll(state: ServerState, document: OpenDocument): CodeAction | undefined {
  const edits: TextEdit[] = [];
  let end = -1;
  for (const { fixes } of ownFindings(state, document)) {
    const [fix] = fixes ?? [];
    const [first, last] = [fix?.edits[0], fix?.edits.at(-1)];
    if (!fix || !first || !last || first.start < end) continue;
    end = last.end;
    edits.push(...textEdits(document, fix));
  }
  if (edits.length === 0) return undefined;
  return {
    title: 'Fix all that Strata can fix',
    kind: FIX_ALL,
    edit: { changes: { [document.uri]: edits } },
  };
}

/** Rules that report through pyright, whose comments silence them. */
const evaluated: ReadonlySet<string> = new Set(checkerRules.map(({ id }) => id));

function suppression(
  text: string,
  { range }: Diagnostic,
  word: 'strata' | 'pyright',
  rule: string,
): TextEdit | undefined {
  const line = text.split(/\r\n?|\n/)[range.start.line];
  if (line === undefined) return undefined;
  const at = (character: number) => {
    const position = { line: range.start.line, character };
    return { start: position, end: position };
  };
  const known = new RegExp(`#\\s*${word}:\\s*ignore\\[([^\\]]*)\\]`).exec(line);
  if (known) {
    if ((known[1] ?? '').split(',').some((each) => each.trim() === rule)) return undefined;
    return { range: at(known.index + known[0].length - 1), newText: `, ${rule}` };
  }
  // A comment inside a string or before a continuation would be none.
  if (/\\\s*$/.test(line) || range.start.line !== range.end.line) return undefined;
  const end = line.trimEnd().length;
  return { range: at(end), newText: `  # ${word}: ignore[${rule}]` };
}

function overlaps(document: OpenDocument, finding: Finding, { range }: CodeActionParams): boolean {
  const { start, end } = toRange(document.lines, finding.start, finding.end);
  const isBefore = (a: typeof start, b: typeof start) =>
    a.line < b.line || (a.line === b.line && a.character < b.character);
  return !isBefore(range.end, start) && !isBefore(end, range.start);
}

function diagnosticsOf(
  document: OpenDocument,
  finding: Finding,
  { context }: CodeActionParams,
): readonly Diagnostic[] {
  const { start } = toRange(document.lines, finding.start, finding.end);
  return context.diagnostics.filter(
    ({ code, range }) =>
      code === finding.rule &&
      range.start.line === start.line &&
      range.start.character === start.character,
  );
}

function textEdits(document: OpenDocument, fix: Fix): TextEdit[] {
  return fix.edits.map(({ start, end, text }) => ({
    range: toRange(document.lines, start, end),
    newText: text,
  }));
}
