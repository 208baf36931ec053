/** The names of a text of Spark SQL as LSP's semantic tokens. A client is told of them for what is in sight only. */
import type { Range, SemanticTokens } from 'vscode-languageserver/node';
import { semanticKinds, semanticNames } from '../../queries/semanticNames.ts';
import type { ServerState } from '../serverState.ts';

export const sqlSemanticTokens = {
  legend: { tokenTypes: [...semanticKinds], tokenModifiers: ['declaration'] },
  full: false,
  range: true,
};

/** Undefined where the document is no Spark SQL that is open. */
export function semanticTokensOf(
  state: ServerState,
  uri: string,
  range: Range | undefined,
): SemanticTokens | undefined {
  const open = state.sql.get(uri);
  if (!open) return state.sql.has(uri) ? { data: [] } : undefined;
  const { document, lines, regions } = open;
  if (regions) return { data: [] };
  const from = range ? lines.offsetAt(range.start) : 0;
  const to = range ? lines.offsetAt(range.end) : document.text.length;
  const data: number[] = [];
  let last = { line: 0, character: 0 };
  for (const statement of document.statements) {
    if (statement.end < from || statement.start > to) continue;
    for (const { start, end, kind, isDeclared } of semanticNames(statement)) {
      const at = lines.positionAt(statement.start + start);
      const isSameLine = at.line === last.line;
      data.push(
        at.line - last.line,
        isSameLine ? at.character - last.character : at.character,
        end - start,
        semanticKinds.indexOf(kind),
        isDeclared ? 1 : 0,
      );
      last = at;
    }
  }
  return { data };
}
