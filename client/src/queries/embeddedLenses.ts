/** Run above the fences of Markdown, and above notebook cells that begin with `%%sql`. */
import * as vscode from 'vscode';
import { fencesIn, magicIn, type EmbeddedSql } from '#shared/embeddedSql.ts';

export function registerEmbeddedLenses(): vscode.Disposable {
  const inMarkdown = lenses((document) => fencesIn(document.getText()));
  const inCells = lenses((document) => {
    const found = magicIn(document.getText());
    return found ? [found] : [];
  });
  return vscode.Disposable.from(
    vscode.languages.registerCodeLensProvider({ language: 'markdown' }, inMarkdown),
    vscode.languages.registerCodeLensProvider({ notebookType: 'jupyter-notebook' }, inCells),
  );
}

function lenses(
  find: (document: vscode.TextDocument) => readonly EmbeddedSql[],
): vscode.CodeLensProvider {
  return {
    provideCodeLenses: (document) =>
      find(document).flatMap(({ line, start, end }) => {
        const place = new vscode.Range(line, 0, line, 0);
        const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
        if (document.getText(range).trim() === '') return [];
        const given = { uri: document.uri.toString(), range };
        return [
          new vscode.CodeLens(place, {
            title: '$(play) Run',
            tooltip: 'Run as Spark SQL, with the result beside',
            command: 'strata.runSql',
            arguments: [given],
          }),
          new vscode.CodeLens(place, {
            title: 'Explain',
            command: 'strata.explainSql',
            arguments: [given],
          }),
        ];
      }),
  };
}
