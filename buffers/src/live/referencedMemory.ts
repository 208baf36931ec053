/** Memory that a debugger reads by a reference: `readMemory` and `writeMemory` of the Debug Adapter Protocol. */
import { parsePep3118 } from '#shared/layout/pep3118Parse.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { layRawArray } from '../format/raw.ts';
import type { LiveFailure, LiveLayout, LiveMemory } from './liveMemory.ts';
import { piecewise, within } from './liveMemory.ts';
import type { NativeLayout } from './nativeType.ts';

export interface MemoryRequests {
  /** A request of the Debug Adapter Protocol: the body of the answer, or a rejection with its message. */
  request(command: 'readMemory' | 'writeMemory', body: object): Promise<unknown>;
}

export interface ReferencedMemoryOptions {
  readonly reference: string;
  readonly byteLength: number;
  /** As the debugger names it: `int [10]`. */
  readonly typeName: string;
  readonly layout: NativeLayout | undefined;
  readonly canWrite: boolean;
  readonly timeoutMs?: number;
}

/** Adapters answer pages of memory well; more at once some refuse. */
const MOST_BYTES_AT_ONCE = 64 * 1024;
const FIRST_BYTES = 4 * 1024;
const TIMEOUT_MS = 10_000;

export class ReferencedMemory implements LiveMemory {
  readonly #requests: MemoryRequests;
  readonly #options: ReferencedMemoryOptions;

  constructor(requests: MemoryRequests, options: ReferencedMemoryOptions) {
    this.#requests = requests;
    this.#options = options;
  }

  async describe(signal: AbortSignal): Promise<Result<LiveLayout, LiveFailure>> {
    const { byteLength, typeName, reference, layout, canWrite } = this.#options;
    const first = await this.#readOnce(0, Math.min(FIRST_BYTES, byteLength), signal);
    if (!first.ok) return first;
    const isCut = first.value.length < Math.min(FIRST_BYTES, byteLength);
    const present = isCut ? first.value.length : byteLength;
    const dtype = parsePep3118(layout?.format ?? 'B');
    if (!dtype.ok) throw new Error(`a native type of format ${layout?.format}`);
    const shape = layout?.shape.map(BigInt);
    const laid = layRawArray(
      { dtype: dtype.value, order: 'C', offset: 0n, ...(shape ? { shape } : {}) },
      present,
    );
    return ok({
      objectClass: typeName,
      byteLength: present,
      arrays: laid.arrays,
      regions: present > 0 ? [{ label: `memory at ${reference}`, start: 0, end: present }] : [],
      problems: [
        ...laid.problems,
        ...(isCut
          ? [
              {
                kind: 'unreadable-memory',
                severity: 'warning' as const,
                message: `Only ${present} of ${byteLength} bytes can be read there`,
              },
            ]
          : []),
      ],
      facts: [{ label: 'address', text: reference }],
      whyReadOnly: canWrite ? undefined : 'the debugger does not write memory',
      first: first.value,
    });
  }

  read(
    offset: number,
    length: number,
    signal: AbortSignal,
  ): Promise<Result<Uint8Array, LiveFailure>> {
    return piecewise(offset, length, async (at, left) => {
      const page = await this.#readOnce(at, Math.min(MOST_BYTES_AT_ONCE, left), signal);
      return page.ok && page.value.length === 0
        ? gone(`The debugger can’t read the memory at byte ${at}.`)
        : page;
    });
  }

  async write(
    offset: number,
    before: Uint8Array,
    bytes: Uint8Array,
    signal: AbortSignal,
  ): Promise<Result<Uint8Array, LiveFailure>> {
    const now = await this.read(offset, before.length, signal);
    if (!now.ok) return now;
    if (Buffer.compare(now.value, before) !== 0)
      return gone('Nothing was written: the program has changed these bytes meanwhile. Refresh.');
    const { reference } = this.#options;
    const data = Buffer.from(bytes).toString('base64');
    const body = { memoryReference: reference, offset, allowPartial: false, data };
    const written = await this.#ask('writeMemory', body, signal);
    if (!written.ok) return written;
    return this.read(offset, bytes.length, signal);
  }

  /** As many of the bytes as can be read, which may be none. */
  async #readOnce(
    offset: number,
    count: number,
    signal: AbortSignal,
  ): Promise<Result<Uint8Array, LiveFailure>> {
    if (count === 0) return ok(new Uint8Array());
    const { reference } = this.#options;
    const reply = await this.#ask(
      'readMemory',
      { memoryReference: reference, offset, count },
      signal,
    );
    if (!reply.ok) return reply;
    const data = (reply.value as { data?: unknown } | undefined)?.data ?? '';
    if (typeof data !== 'string') return gone('The debugger’s answer to readMemory has no data.');
    const bytes = new Uint8Array(Buffer.from(data, 'base64'));
    return bytes.length > count
      ? gone(`The debugger gave ${bytes.length} bytes instead of ${count}.`)
      : ok(bytes);
  }

  async #ask(
    command: 'readMemory' | 'writeMemory',
    body: object,
    signal: AbortSignal,
  ): Promise<Result<unknown, LiveFailure>> {
    const timeoutMs = this.#options.timeoutMs ?? TIMEOUT_MS;
    try {
      const reply = await within(this.#requests.request(command, body), timeoutMs, signal);
      return reply.ok
        ? reply
        : gone(`The debugger did not answer within ${timeoutMs / 1000} seconds.`);
    } catch (error) {
      signal.throwIfAborted();
      return gone(
        `The debugger refused: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}

function gone(message: string): Result<never, LiveFailure> {
  return fail({ kind: 'gone', message });
}
