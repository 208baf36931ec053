/** An extension with the id and the interface of Jupyter, whose kernel has one variable; and a notebook without cells. */
import * as vscode from 'vscode';
import { FakeProgram } from '../../../buffers/test/fakeProgram.ts';

export interface StandInJupyter {
  readonly program: FakeProgram;
  readonly kernels: { getKernel(uri: vscode.Uri): Promise<object | undefined> };
  /** As a cell that runs does. */
  runCell(): void;
  end(): void;
}

export function activate(context: vscode.ExtensionContext): StandInJupyter {
  const program = new FakeProgram(Uint8Array.from({ length: 512 }, (_, at) => at % 251));
  const status = new vscode.EventEmitter<string>();
  const empty = {
    deserializeNotebook: () => new vscode.NotebookData([]),
    serializeNotebook: () => new Uint8Array(),
  };
  context.subscriptions.push(
    status,
    vscode.workspace.registerNotebookSerializer('strata-test-notebook', empty),
  );
  const kernel = {
    status: 'idle',
    language: 'python',
    onDidChangeStatus: status.event,
    async *executeCode(code: string) {
      const [, expression = ''] = /^print\((.*)\)$/s.exec(code) ?? [];
      const text = `${(await program.evaluate(expression)).slice(1, -1)}\n`;
      // As a kernel does with what is printed: in pieces.
      for (const piece of [text.slice(0, 100), text.slice(100)])
        yield {
          items: [
            { mime: 'application/vnd.code.notebook.stdout', data: new TextEncoder().encode(piece) },
          ],
        };
    },
  };
  return {
    program,
    kernels: { getKernel: () => Promise.resolve(kernel) },
    runCell() {
      status.fire('busy');
      program.bytes[0] = (program.bytes[0] ?? 0) + 1;
      status.fire('idle');
    },
    end: () => status.fire('dead'),
  };
}
