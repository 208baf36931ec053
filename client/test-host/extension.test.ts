import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TestApi } from '#client/testApi.ts';
import {
  closeAllEditors,
  diagnosticsOf,
  extensionApi,
  openDocument,
  ruleOf,
  workspaceFile,
} from './harness.ts';

suite('extension', () => {
  let api: TestApi;
  suiteSetup(async () => {
    api = await extensionApi();
  });
  suiteTeardown(closeAllEditors);

  // How fast is a row of `npm run bench`; here the figure is only told.
  test('is active, and knows how long that took', () => {
    assert.ok(vscode.extensions.getExtension('strata.strata')?.isActive);
    assert.ok(api.activationMs > 0);
    console.log(`activation took ${api.activationMs.toFixed(1)} ms`);
  });

  test('registers every command that the manifest declares', async () => {
    const manifest = vscode.extensions.getExtension('strata.strata')?.packageJSON as {
      contributes: { commands: readonly { command: string }[] };
    };
    const declared = manifest.contributes.commands.map(({ command }) => command);
    const registered = await vscode.commands.getCommands(true);
    assert.deepEqual(
      declared.filter((command) => !registered.includes(command)),
      [],
    );
  });

  test("reports pyright's findings in a typed module", async () => {
    const { uri } = await openDocument('inventory.py');
    const found = await diagnosticsOf(uri, 'a type error', (all) =>
      all.some((diagnostic) => ruleOf(diagnostic).startsWith('report')),
    );
    assert.ok(
      found.some(({ severity }) => severity === vscode.DiagnosticSeverity.Error),
      found.map(({ message }) => message).join('\n'),
    );
  });

  test('reports a struct format that does not fit its buffer', async () => {
    const { uri } = await openDocument('packets.py');
    const found = await diagnosticsOf(uri, 'a struct-size error', (all) =>
      all.some((diagnostic) => ruleOf(diagnostic) === 'struct-size'),
    );
    const sized = found.find((diagnostic) => ruleOf(diagnostic) === 'struct-size')!;
    assert.match(sized.message, /24 bytes/);
  });

  test('shows the fields of a struct format on hover', async () => {
    const document = await openDocument('packets.py');
    const offset = document.getText().indexOf('QdQ');
    assert.ok(offset > 0, 'packets.py has the format QdQ');
    const hovers = await vscode.commands.executeCommand<readonly vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      document.positionAt(offset + 1),
    );
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (content as vscode.MarkdownString).value)
      .join('\n');
    assert.match(text, /24/);
    assert.match(text, /\bd\b/);
  });

  test('takes type errors away when asked to, and keeps its own', async () => {
    const { uri } = await openDocument('packets.py');
    const inventory = workspaceFile('inventory.py');
    await openDocument('inventory.py');
    const settings = vscode.workspace.getConfiguration('strata.typing');
    try {
      await settings.update('diagnostics', 'off', vscode.ConfigurationTarget.Workspace);
      await diagnosticsOf(inventory, 'no type errors', (all) =>
        all.every((diagnostic) => !ruleOf(diagnostic).startsWith('report')),
      );
      await diagnosticsOf(uri, 'struct-size stays', (all) =>
        all.some((diagnostic) => ruleOf(diagnostic) === 'struct-size'),
      );
    } finally {
      await settings.update('diagnostics', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await diagnosticsOf(inventory, 'type errors again', (all) =>
      all.some((diagnostic) => ruleOf(diagnostic).startsWith('report')),
    );
  });

  test('writes a diagnostics report without source text', async () => {
    await vscode.commands.executeCommand('strata.showDiagnosticsReport');
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.match(text, /- Strata: \d+\.\d+\.\d+/);
    assert.match(text, /- Workspace: trusted/);
    assert.doesNotMatch(text, /import struct|class .*:/);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
