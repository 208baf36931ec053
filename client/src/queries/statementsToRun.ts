/** Which statements a command means: those of a lens, a selection, or the one at the cursor. */
import * as vscode from 'vscode';
import type { SqlStatementsReply } from '#shared/protocol/languageServer.ts';
import { SQL_STATEMENTS } from '#shared/protocol/languageServer.ts';
import type { Workbench } from '../workbench.ts';
import { literalOf, parameterKey, withValues, type Parameter } from './parameters.ts';
import type { RunSource } from './sourcePlace.ts';

export interface StatementToRun {
  /** With the values of its parameters. */
  readonly text: string;
  /** As it was written, for titles. */
  readonly written: string;
  /** Where it stands in a document. */
  readonly source?: RunSource;
}

interface Place {
  /** Of the document, where it is one's text. */
  readonly uri?: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Undefined where the user changed their mind over a parameter. */
export async function statementsToRun(
  workbench: Workbench,
  given: unknown,
): Promise<readonly StatementToRun[] | undefined> {
  const place = await placeOf(given);
  if (!place || place.text.trim() === '') {
    workbench.messages.show({
      id: 'runSql.nothing',
      severity: 'info',
      text: 'There is no statement here to run. Open a file of SQL, or query a file by its name.',
      button: {
        label: 'Query a File…',
        run: () => vscode.commands.executeCommand('strata.runSqlOnFile'),
      },
    });
    return undefined;
  }
  const server = await workbench.languageServer();
  const { uri, ...asked } = place;
  const reply = await server.request<SqlStatementsReply>(SQL_STATEMENTS, asked);
  // Without a server the whole text is the statement; what is wrong with that the engine says.
  const whole = place.start < place.end ? place : { start: 0, end: place.text.length };
  const statements = reply?.statements ?? [{ ...whole, parameters: [] as Parameter[] }];
  const result: StatementToRun[] = [];
  for (const { start, end, parameters } of statements) {
    const written = place.text.slice(start, end);
    const values = await askValues(workbench, parameters, written);
    if (!values) return undefined;
    const { text, replaced } = withValues(
      written,
      parameters,
      (each) => values.get(parameterKey(each)) ?? '',
    );
    const source: RunSource | undefined =
      uri === undefined
        ? undefined
        : { uri, start, written, ...(replaced.length > 0 ? { replaced } : {}) };
    result.push({ text, written, ...(source ? { source } : {}) });
  }
  return result;
}

async function placeOf(given: unknown): Promise<Place | undefined> {
  if (typeof given === 'object' && given !== null) {
    const { uri, range, text } = given as { uri?: unknown; range?: unknown; text?: unknown };
    if (typeof text === 'string') return { text, start: 0, end: text.length };
    if (typeof uri === 'string' && isRange(range)) {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
      return {
        uri,
        text: document.getText(),
        start: document.offsetAt(new vscode.Position(range.start.line, range.start.character)),
        end: document.offsetAt(new vscode.Position(range.end.line, range.end.character)),
      };
    }
  }
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const { document, selection } = editor;
  const isBlank = document.getText(selection).trim() === '';
  const start = document.offsetAt(isBlank ? selection.active : selection.start);
  return {
    uri: document.uri.toString(),
    text: document.getText(),
    start,
    end: isBlank ? start : document.offsetAt(selection.end),
  };
}

interface LspRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

function isRange(value: unknown): value is LspRange {
  if (typeof value !== 'object' || value === null) return false;
  const { start, end } = value as { start?: unknown; end?: unknown };
  const isPlace = (place: unknown) =>
    typeof place === 'object' && place !== null && 'line' in place && 'character' in place;
  return isPlace(start) && isPlace(end);
}

const REMEMBERED = 'strata.parameters';

/** Asks once; the answers of the last time stand there to be confirmed or changed. */
async function askValues(
  { context }: Workbench,
  parameters: readonly Parameter[],
  statement: string,
): Promise<ReadonlyMap<string, string> | undefined> {
  const values = new Map<string, string>();
  if (parameters.length === 0) return values;
  const remembered = context.workspaceState.get<Record<string, string>>(REMEMBERED, {});
  const keys = [...new Set(parameters.map(parameterKey))];
  const isKnown = askedFor.has(statement) && keys.every((key) => key in remembered);
  for (const [index, key] of keys.entries()) {
    const before = remembered[key];
    const value =
      isKnown && before !== undefined
        ? before
        : await vscode.window.showInputBox({
            title: `Value of ${key} (${index + 1} of ${keys.length})`,
            prompt: key.startsWith(':')
              ? 'A number, a date or any text. It is remembered; change it with "Strata: Change Query Parameters".'
              : 'Put into the query as it is written. It is remembered.',
            ...(before === undefined ? {} : { value: before }),
            ignoreFocusOut: true,
            validateInput: (typed) => readAs(key, typed),
          });
    if (value === undefined) return undefined;
    values.set(key, value);
  }
  askedFor.add(statement);
  await context.workspaceState.update(REMEMBERED, { ...remembered, ...Object.fromEntries(values) });
  return values;
}

/** What a value is taken for, as it is typed. */
function readAs(key: string, typed: string): vscode.InputBoxValidationMessage | undefined {
  const { Info, Warning } = vscode.InputBoxValidationSeverity;
  const say = (message: string, severity: vscode.InputBoxValidationSeverity) => ({
    message,
    severity,
  });
  if (!key.startsWith(':'))
    return typed.trim() === '' ? say('Nothing is put in its place.', Warning) : undefined;
  const literal = literalOf(typed);
  if (typed.trim() === '') return say("An empty text: ''", Warning);
  const isTaken = literal === typed.trim() || literal === `(${typed.trim()})`;
  if (isTaken) return undefined;
  return /^\s*['"]|['"]\s*$/.test(typed)
    ? say(`A quote without its other one: the text ${literal}`, Warning)
    : say(`The text ${literal}`, Info);
}

/** Statements whose parameters have been given in this window. */
const askedFor = new Set<string>();

/** The next run asks for each value again, with the last one to begin with. */
export function changeParameters({ context }: Workbench): void {
  askedFor.clear();
  const count = Object.keys(context.workspaceState.get<object>(REMEMBERED, {})).length;
  void vscode.window.showInformationMessage(
    count === 0
      ? 'No query parameters are remembered. A statement with :name or ${name} asks for its values.'
      : 'The next run of a statement with parameters asks for its values again.',
  );
}
