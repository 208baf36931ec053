/** Variables of a notebook: the kernel evaluates the same expressions, asked through the Jupyter extension. */
import * as vscode from 'vscode';
import type { PythonEvaluator } from '#buffers/live/pythonMemory.ts';
import { fail } from '#shared/result.ts';
import type { InspectTarget } from './inspectTarget.ts';
import type { InspectOutcome, LiveInspectors } from './liveInspectors.ts';
import { RequestQueue } from './pausedPython.ts';

/** The parts of the Jupyter extension's interface that run code. */
interface Jupyter {
  readonly kernels: {
    getKernel(uri: vscode.Uri): Thenable<Kernel | undefined>;
  };
}

interface Kernel {
  readonly status: string;
  readonly language: string;
  readonly onDidChangeStatus: vscode.Event<string>;
  executeCode(code: string, token: vscode.CancellationToken): AsyncIterable<Output>;
}

interface Output {
  readonly items: readonly { readonly mime: string; readonly data: Uint8Array }[];
}

const ENDED = new Set(['dead', 'terminating', 'restarting', 'autorestarting']);

export async function inspectKernelVariable(
  inspectors: LiveInspectors,
  notebook: vscode.NotebookDocument | undefined,
  target: InspectTarget,
): Promise<InspectOutcome> {
  const refuse = (message: string) => fail({ kind: 'gone', message });
  if (!notebook) return refuse('No notebook is open.');
  const extension = vscode.extensions.getExtension<Jupyter>('ms-toolsai.jupyter');
  if (!extension)
    return refuse('The Jupyter extension is not there, so the notebook’s kernel can’t be asked.');
  const jupyter = await extension.activate();
  // It asks the user once whether Strata may use the kernel.
  const kernel = await jupyter.kernels.getKernel(notebook.uri);
  if (!kernel)
    return refuse('The notebook has no kernel that runs. Run a cell, then inspect the variable.');
  if (kernel.language !== 'python')
    return refuse(`The kernel runs ${kernel.language}, and buffers are inspected in Python.`);
  const ownerId = notebook.uri.toString();
  const outcome = await inspectors.inspectPython(
    ownerId,
    target,
    new KernelPython(kernel),
    () => undefined,
  );
  if (outcome.ok) follow(inspectors, ownerId, kernel);
  return outcome;
}

class KernelPython implements PythonEvaluator {
  readonly #kernel: Kernel;
  readonly #queue = new RequestQueue();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  evaluate(expression: string): Promise<string> {
    return this.#queue.run(async () => {
      const { token } = new vscode.CancellationTokenSource();
      let printed = '';
      let failure = '';
      own.add(this.#kernel);
      try {
        // Printed, not shown: IPython keeps and shortens what a cell's last line gives.
        for await (const { items } of this.#kernel.executeCode(`print(${expression})`, token))
          for (const { mime, data } of items) {
            const text = new TextDecoder().decode(data);
            if (mime.includes('stdout')) printed += text;
            else if (mime.includes('error')) failure = errorText(text);
          }
      } finally {
        own.delete(this.#kernel);
      }
      return failure === '' ? printed : failure;
    });
  }
}

/** Kernels that run our own code now, whose change of status says nothing of the program. */
const own = new Set<Kernel>();
/** A kernel tells all of its inspectors at once. */
const followed = new Map<string, { readonly kernel: Kernel; readonly stop: vscode.Disposable }>();

/** A cell that ran is a stop, a kernel that ended an end. */
function follow(inspectors: LiveInspectors, ownerId: string, kernel: Kernel): void {
  if (followed.get(ownerId)?.kernel === kernel) return;
  followed.get(ownerId)?.stop.dispose();
  let isBusy = false;
  const stop = kernel.onDidChangeStatus((status) => {
    if (ENDED.has(status)) {
      inspectors.tell({ sessionId: ownerId, kind: 'ended' });
      followed.get(ownerId)?.stop.dispose();
      followed.delete(ownerId);
    } else if (status === 'busy' && !own.has(kernel)) {
      isBusy = true;
      inspectors.tell({ sessionId: ownerId, kind: 'running' });
    } else if (status === 'idle' && isBusy) {
      isBusy = false;
      inspectors.tell({ sessionId: ownerId, kind: 'stopped' });
    }
  });
  followed.set(ownerId, { kernel, stop });
}

function errorText(data: string): string {
  try {
    const error = JSON.parse(data) as { readonly name?: unknown; readonly message?: unknown };
    return `${String(error.name)}: ${String(error.message)}`;
  } catch {
    return data;
  }
}
