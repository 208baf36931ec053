/**
 * An extension that debugs nothing: the debuggers `debugpy`, whose one variable is bytes and whose answers can fail, and
 * `native`, which reads and writes memory. Its exports say what they were asked.
 */
import * as vscode from 'vscode';
import { FakeProgram, type Fault } from '../../../buffers/test/fakeProgram.ts';

export interface StandInDebuggers {
  readonly program: FakeProgram;
  fault(fault: Fault): void;
  /** What the adapters were asked, in order. */
  readonly requests: readonly string[];
}

export function activate(context: vscode.ExtensionContext): StandInDebuggers {
  const program = new FakeProgram(Uint8Array.from({ length: 4096 }, (_, at) => at % 251));
  const requests: string[] = [];
  for (const type of ['debugpy', 'native', 'blind'])
    context.subscriptions.push(
      vscode.debug.registerDebugAdapterDescriptorFactory(type, {
        createDebugAdapterDescriptor: () =>
          new vscode.DebugAdapterInlineImplementation(new Adapter(type, program, requests)),
      }),
    );
  return { program, requests, fault: (fault) => (program.fault = fault) };
}

interface Request {
  readonly seq: number;
  readonly command: string;
  readonly arguments?: Readonly<Record<string, unknown>>;
}

class Adapter extends vscode.Disposable implements vscode.DebugAdapter {
  readonly #type: string;
  readonly #program: FakeProgram;
  readonly #requests: string[];
  readonly #sent = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
  readonly onDidSendMessage = this.#sent.event;
  #seq = 1;

  constructor(type: string, program: FakeProgram, requests: string[]) {
    super(() => this.#sent.dispose());
    this.#type = type;
    this.#program = program;
    this.#requests = requests;
  }

  handleMessage(message: vscode.DebugProtocolMessage): void {
    const request = message as unknown as Request;
    this.#requests.push(`${this.#type} ${request.command}`);
    this.#answer(request).then(
      (body) => {
        this.#reply(request, { success: true, body });
        this.#after(request.command);
      },
      (error: unknown) => {
        this.#reply(request, { success: false, message: String(error) });
      },
    );
  }

  #reply({ seq, command }: Request, outcome: object): void {
    this.#send({ type: 'response', request_seq: seq, command, ...outcome });
  }

  #send(message: object): void {
    this.#sent.fire({ seq: this.#seq++, ...message });
  }

  #after(command: string): void {
    const stopped = { reason: 'step', threadId: 1, allThreadsStopped: true };
    if (command === 'initialize') this.#send({ type: 'event', event: 'initialized' });
    if (command === 'configurationDone')
      this.#send({ type: 'event', event: 'stopped', body: stopped });
    if (command === 'next') {
      this.#program.bytes[0] = (this.#program.bytes[0] ?? 0) + 1;
      this.#send({ type: 'event', event: 'stopped', body: stopped });
    }
    if (command === 'disconnect' || command === 'terminate')
      this.#send({ type: 'event', event: 'terminated' });
  }

  async #answer({ command, arguments: given }: Request): Promise<object> {
    switch (command) {
      case 'initialize':
        return {
          supportsConfigurationDoneRequest: true,
          supportsReadMemoryRequest: this.#type === 'native',
          supportsWriteMemoryRequest: this.#type === 'native',
        };
      case 'threads':
        return { threads: [{ id: 1, name: 'main' }] };
      case 'stackTrace':
        return {
          // VS Code puts its focus on a frame only where there is something to show.
          stackFrames: [{ id: 7, name: 'work', line: 1, column: 1, source: source() }],
          totalFrames: 1,
        };
      case 'scopes':
        return { scopes: [{ name: 'Locals', variablesReference: 3, expensive: false }] };
      case 'variables':
        return {
          variables: [{ name: 'data', value: '…', type: 'bytearray', variablesReference: 0 }],
        };
      case 'evaluate':
        return this.#type === 'native'
          ? { result: '…', type: 'char [8]', memoryReference: '0x1000', variablesReference: 0 }
          : { result: await this.#evaluate(String(given?.expression)), variablesReference: 0 };
      case 'readMemory': {
        const offset = Number(given?.offset ?? 0);
        const part = this.#program.bytes.subarray(offset, offset + Number(given?.count));
        return { address: '0x1000', data: Buffer.from(part).toString('base64') };
      }
      case 'writeMemory': {
        const data = Buffer.from(String(given?.data), 'base64');
        this.#program.bytes.set(data, Number(given?.offset ?? 0));
        return { bytesWritten: data.length };
      }
      default:
        return {};
    }
  }

  /** A watch is an expression of a name; anything longer is Strata's. */
  #evaluate(expression: string): Promise<string> {
    return /^\w+$/.test(expression)
      ? Promise.resolve("bytearray(b'…')")
      : this.#program.evaluate(expression);
  }
}

function source(): object {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return { name: 'packets.py', path: folder && vscode.Uri.joinPath(folder, 'packets.py').fsPath };
}
