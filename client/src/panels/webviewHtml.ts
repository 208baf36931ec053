/** The page of every panel: one stylesheet, one module script, nothing inline, nothing from elsewhere. */
import * as vscode from 'vscode';

export type PanelName = 'buffer' | 'results' | 'table';

export function webviewFolder(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webviews');
}

export function fillWebview(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  panel: PanelName,
  title: string,
): void {
  const folder = webviewFolder(extensionUri);
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  const resource = (name: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
  const { cspSource } = webview;
  const policy = [
    `default-src 'none'`,
    `script-src ${cspSource}`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
  ].join('; ');
  // vscode-elements finds the icon font's stylesheet by this id and links it into its shadow roots.
  webview.html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" id="vscode-codicon-stylesheet" href="${resource(`${panel}.css`)}">
</head>
<body>
<div id="app"></div>
<script type="module" src="${resource(`${panel}.js`)}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
