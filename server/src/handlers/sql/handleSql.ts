/** What only Spark SQL has: folding, formatting, lenses, and the statement at a place for whoever runs it. */
import type { CodeLens } from 'vscode-languageserver/node';
import type { SqlStatementsParams, SqlStatementsReply } from '#shared/protocol/languageServer.ts';
import { SQL_CHANGED, SQL_STATEMENTS } from '#shared/protocol/languageServer.ts';
import { toRange } from '../../lspConvert.ts';
import type { SqlStatement } from '../../queries/sqlDocument.ts';
import { parametersIn, readSqlDocument, statementNear } from '../../queries/sqlDocument.ts';
import { frameLenses } from '../frameLenses.ts';
import type { ServerState } from '../serverState.ts';
import { answerSql, type SqlParams } from './sqlAnswers.ts';
import { SqlRegistration } from './sqlRegistration.ts';

export function handleSql(state: ServerState): void {
  const { connection } = state;
  for (const method of sqlOnly)
    connection.onRequest(
      method,
      (params: SqlParams) => answerSql(state, method, params)?.answer ?? null,
    );
  connection.onCodeLens(({ textDocument: { uri } }): CodeLens[] => {
    const open = state.sql.get(uri);
    if (!open) return frameLenses(state, uri);
    // The client has its own above a fence or a cell.
    if (open.regions) return [];
    return open.document.statements.flatMap(({ start, end }) => {
      const range = toRange(open.lines, start, end);
      const place = { start: range.start, end: range.start };
      return lenses.map(({ title, command, tooltip }) => ({
        range: place,
        command: { title, command, tooltip, arguments: [{ uri, range }] },
      }));
    });
  });
  connection.onRequest(SQL_STATEMENTS, ({ text, start, end }: SqlStatementsParams) =>
    statementsOf(text, start, end),
  );
  connection.onNotification(SQL_CHANGED, () => state.sql.catalog.changed());
  const registration = new SqlRegistration(state);
  const follow = () => {
    const folders = state.settings.sqlFolders ?? [];
    const checksEmbedded = state.settings.checksEmbeddedSql !== false;
    state.sql.setPlaces(folders, checksEmbedded);
    void registration.follow(folders, checksEmbedded);
  };
  state.onReady.push(follow);
  state.onConfigured.push(follow);
}

const sqlOnly = [
  'textDocument/foldingRange',
  'textDocument/formatting',
  'textDocument/rangeFormatting',
  'textDocument/onTypeFormatting',
  'textDocument/selectionRange',
];

const lenses = [
  { title: '$(play) Run', command: 'strata.runSql', tooltip: 'Run this statement' },
  { title: 'Explain', command: 'strata.explainSql', tooltip: 'Show its plan without running it' },
  { title: 'Profile', command: 'strata.profileSql', tooltip: 'Run it and measure each operator' },
];

/** The statement at a cursor; of a selection, each statement that it holds some of, as far as it is selected. */
function statementsOf(text: string, start: number, end: number): SqlStatementsReply {
  if (start < end) {
    const { statements } = readSqlDocument(text.slice(start, end));
    return { statements: statements.map((statement) => toReply(statement, text, start)) };
  }
  const found = statementNear(readSqlDocument(text), start);
  return { statements: found ? [toReply(found, text, 0)] : [] };
}

function toReply(statement: SqlStatement, text: string, shift: number) {
  const [start, end] = [statement.start + shift, statement.end + shift];
  return { start, end, parameters: parametersIn(text.slice(start, end)) };
}
