/** The interpreter that the user has selected in the Python extension, where there is one. Never changes its choice. */
import * as vscode from 'vscode';
import { EventSource } from './event.ts';

const PYTHON_EXTENSION = 'ms-python.python';

/** As far as it is used of the extension's published interface. */
interface PythonExtension {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(path: {
      readonly path: string;
    }): Promise<{ readonly executable: { readonly uri?: vscode.Uri } } | undefined>;
    readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

export class PythonInterpreter implements vscode.Disposable {
  readonly #changed = new EventSource<undefined>();
  readonly onChanged = this.#changed.listen;
  #subscription: vscode.Disposable | undefined;
  #path: string | undefined;
  #isFollowing = false;

  get path(): string | undefined {
    return this.#path;
  }

  /** Once, in a workspace that is trusted: the other extension starts interpreters. */
  async follow(): Promise<void> {
    const extension = vscode.extensions.getExtension<PythonExtension>(PYTHON_EXTENSION);
    if (this.#isFollowing || !extension || !vscode.workspace.isTrusted) return;
    this.#isFollowing = true;
    const python = extension.isActive ? extension.exports : await extension.activate();
    const environments = (python as PythonExtension | undefined)?.environments;
    // A version from before the interface, or a stand-in for the extension.
    if (!environments) return;
    const read = async () => {
      const resource = vscode.workspace.workspaceFolders?.[0]?.uri;
      const active = environments.getActiveEnvironmentPath(resource);
      const resolved = await environments.resolveEnvironment(active);
      const path = resolved?.executable.uri?.fsPath;
      if (path === this.#path) return;
      this.#path = path;
      this.#changed.fire(undefined);
    };
    this.#subscription = environments.onDidChangeActiveEnvironmentPath(() => void read());
    await read();
  }

  dispose(): void {
    this.#subscription?.dispose();
  }
}

/** Opens what lets the user choose: the Python extension's list, else our setting. */
export function selectInterpreter(): Thenable<unknown> {
  return vscode.extensions.getExtension(PYTHON_EXTENSION)
    ? vscode.commands.executeCommand('python.setInterpreter')
    : vscode.commands.executeCommand('workbench.action.openSettings', 'strata.typing.pythonPath');
}
