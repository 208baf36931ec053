/** A client of the Debug Adapter Protocol, as far as these tests need one. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

interface Message {
  readonly type: 'request' | 'response' | 'event';
  readonly seq?: number;
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly command?: string;
  readonly message?: string;
  readonly event?: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

type Body = Readonly<Record<string, unknown>>;

export class DebugAdapter {
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, (message: Message) => void>();
  readonly #listeners = new Set<(message: Message) => void>();
  readonly #seen: Message[] = [];
  readonly #exited: Promise<unknown>;
  #seq = 0;
  #received = Buffer.alloc(0);

  constructor(command: string, parameters: readonly string[]) {
    this.#child = spawn(command, parameters, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#exited = once(this.#child, 'exit');
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#readMessages();
    });
  }

  async request(command: string, parameters: object = {}): Promise<Body> {
    const seq = ++this.#seq;
    const text = JSON.stringify({ seq, type: 'request', command, arguments: parameters });
    const answered = new Promise<Message>((resolve) => this.#pending.set(seq, resolve));
    this.#child.stdin?.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    const answer = await Promise.race([answered, this.#exited]);
    const message = this.#pending.has(seq) ? undefined : (answer as Message);
    if (!message) throw new Error('the debug adapter ended');
    if (message.success !== true) throw new Error(message.message ?? 'refused');
    return message.body ?? {};
  }

  /** The event of that name that nobody has waited for yet. */
  event(name: string): Promise<Body> {
    return new Promise((resolve) => {
      const take = (message: Message) => {
        if (message.event !== name) return;
        this.#listeners.delete(take);
        const at = this.#seen.indexOf(message);
        if (at >= 0) this.#seen.splice(at, 1);
        resolve(message.body ?? {});
      };
      this.#listeners.add(take);
      const earlier = this.#seen.find(({ event }) => event === name);
      if (earlier) take(earlier);
    });
  }

  async end(): Promise<void> {
    this.#child.stdin?.end();
    this.#child.kill();
    await this.#exited;
  }

  #readMessages(): void {
    for (;;) {
      const head = this.#received.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(
        /Content-Length: (\d+)/i.exec(this.#received.toString('latin1', 0, head))?.[1],
      );
      const end = head + 4 + length;
      if (this.#received.length < end) return;
      const message = JSON.parse(this.#received.toString('utf8', head + 4, end)) as Message;
      this.#received = this.#received.subarray(end);
      if (message.type === 'response') {
        this.#pending.get(message.request_seq ?? 0)?.(message);
        this.#pending.delete(message.request_seq ?? 0);
      } else if (message.type === 'event') {
        this.#seen.push(message);
        for (const listener of [...this.#listeners]) listener(message);
      }
    }
  }
}
