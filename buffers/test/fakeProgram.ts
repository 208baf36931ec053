/** A debugged program that answers as the Python side does, and a debugger that can fail in each way that one has. */
import type { PythonEvaluator } from '#buffers/live/pythonMemory.ts';
import type { ProbeRequest } from '#buffers/live/probeAnswer.ts';

export type Fault =
  | { readonly kind: 'none' }
  /** Cuts in the middle and says nothing, as debugpy does outside of the context `clipboard`. */
  | { readonly kind: 'truncates'; readonly at: number }
  | { readonly kind: 'silent' }
  /** A success whose result is an exception's text. */
  | { readonly kind: 'raises'; readonly text: string }
  | { readonly kind: 'dies' }
  /** Fewer bytes than were asked for, well formed. */
  | { readonly kind: 'short' };

export class FakeProgram implements PythonEvaluator {
  bytes: Uint8Array;
  fault: Fault = { kind: 'none' };
  objectClass = 'bytearray';
  shape: readonly number[];
  /** What was asked for, in order, with the bytes of reads. */
  readonly asked: string[] = [];
  print = 1;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.shape = [bytes.length];
  }

  /** Another object has the name now. */
  becomes(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.shape = [bytes.length];
    this.print++;
  }

  evaluate(expression: string): Promise<string> {
    const request = requestIn(expression);
    const { fault } = this;
    if (fault.kind === 'dies') return Promise.reject(new Error('the connection was closed'));
    if (fault.kind === 'silent') return new Promise(() => undefined);
    if (fault.kind === 'raises') return Promise.resolve(fault.text);
    const text = `'${this.#answer(request)}'`;
    if (fault.kind !== 'truncates' || text.length <= fault.at) return Promise.resolve(text);
    const half = Math.floor(fault.at / 2);
    return Promise.resolve(`${text.slice(0, half)}...${text.slice(text.length - half)}`);
  }

  #answer(request: ProbeRequest): string {
    if (request.op === 'describe') {
      this.asked.push('describe');
      return answer(this.#header(), this.bytes.subarray(0, request.first));
    }
    if (request.print !== this.print) {
      this.asked.push('moved');
      return answer({ moved: true }, new Uint8Array());
    }
    if (request.op === 'read') {
      const [[, start, end] = [0, 0, 0]] = request.parts;
      this.asked.push(`read ${end - start}`);
      return answer({}, this.bytes.subarray(start, this.fault.kind === 'short' ? end - 1 : end));
    }
    this.asked.push('write');
    const data = Buffer.from(request.data, 'base64');
    const stands = this.bytes.subarray(request.at, request.at + data.length);
    if (Buffer.from(stands).toString('base64') !== request.before)
      return answer({ differs: true }, stands);
    this.bytes.set(data, request.at);
    return answer({}, this.bytes.subarray(request.at, request.at + data.length));
  }

  #header(): object {
    const dtype = { text: '|u1', itemsize: 1 };
    const strides = [1];
    return {
      class: this.objectClass,
      segments: [
        { label: 'bytearray', bytes: this.bytes.length, address: '0x1000', readonly: false },
      ],
      arrays: [
        {
          name: '',
          segment: 0,
          offset: 0,
          dtype,
          shape: this.shape,
          strides,
          readonly: false,
          note: null,
        },
      ],
      problems: [],
      facts: [['base', 'owns its memory']],
      locked: null,
      print: this.print,
    };
  }
}

/** As the Python side writes it. */
export function answer(header: object, data: Uint8Array): string {
  const head = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const body = Buffer.concat([length, head, data]).toString('base64');
  return `STRATA1:${body.length}:${body}:`;
}

function requestIn(expression: string): ProbeRequest {
  const [, literal = ''] = /\}\)\(("(?:[^"\\]|\\.)*"), \(.*\)\)$/s.exec(expression) ?? [];
  return JSON.parse(JSON.parse(literal) as string) as ProbeRequest;
}
