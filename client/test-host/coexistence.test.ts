/** Beside another type checker only what is our own is shown, and one switch changes that while VS Code runs. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { diagnosticsOf, extensionApi, openDocument, ruleOf } from './harness.ts';

suite('beside an extension with the id of Pylance', () => {
  suiteSetup(async () => {
    assert.ok(
      vscode.extensions.getExtension('ms-python.vscode-pylance'),
      `it is among ${vscode.extensions.all
        .map(({ id }) => id)
        .filter((id) => !id.startsWith('vscode.'))
        .join(', ')}`,
    );
    await extensionApi();
  });
  suiteTeardown(() => choose(undefined));

  const hasStructSize = (all: readonly vscode.Diagnostic[]) =>
    all.some((each) => ruleOf(each) === 'struct-size');
  const hasPyright = (all: readonly vscode.Diagnostic[]) =>
    all.some(({ source }) => source === 'pyright');

  async function choose(value: 'on' | undefined): Promise<void> {
    await vscode.workspace
      .getConfiguration('strata.typing')
      .update('diagnostics', value, vscode.ConfigurationTarget.Global);
  }

  /** Names of Python files' outline: only a type checker of ours gives one here. */
  async function outline(uri: vscode.Uri): Promise<number> {
    const found = await vscode.commands.executeCommand<readonly unknown[] | undefined>(
      'vscode.executeDocumentSymbolProvider',
      uri,
    );
    return found?.length ?? 0;
  }

  test('our own rules are shown, and no type errors and features of a type checker', async () => {
    const { uri } = await openDocument('packets.py');
    const found = await diagnosticsOf(uri, 'our own findings', hasStructSize);
    assert.ok(!hasPyright(found));
    assert.equal(await outline(uri), 0);
    const typed = await openDocument('inventory.py');
    assert.ok(!hasPyright(vscode.languages.getDiagnostics(typed.uri)));
  });

  test('turned on by the setting, they come, and with them the features', async () => {
    const { uri } = await openDocument('inventory.py');
    await choose('on');
    await diagnosticsOf(uri, 'type errors', hasPyright);
    assert.ok((await outline(uri)) > 0);
  });

  test('turned back, they go again', async () => {
    const { uri } = await openDocument('inventory.py');
    await choose(undefined);
    await diagnosticsOf(uri, 'no type errors', (all) => !hasPyright(all));
    assert.equal(await outline(uri), 0);
  });
});
