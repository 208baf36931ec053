/** An object of a Python that can evaluate an expression: a paused debugger, or a notebook's kernel. */
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { LiveFailure, LiveLayout, LiveMemory } from './liveMemory.ts';
import { piecewise, within } from './liveMemory.ts';
import type { ProbeAnswer, ProbeRequest } from './probeAnswer.ts';
import { isPlainPath, probeExpression, readAnswer } from './probeAnswer.ts';
import type { ProbeLayout } from './probeLayout.ts';
import { layoutOfHeader } from './probeLayout.ts';

export interface PythonEvaluator {
  /** The result's text, whole; what it rejects with is the message of the debugger. */
  evaluate(expression: string): Promise<string>;
}

export interface PythonMemoryOptions {
  /** Set once the user has pressed the button that lets the object's own class run. */
  readonly allow: boolean;
  readonly timeoutMs?: number;
}

/** Above it one answer takes a debugger so long that stepping waits for it. */
export const MOST_BYTES_AT_ONCE = 256 * 1024;
const FEWEST_BYTES_AT_ONCE = 4 * 1024;
const FIRST_BYTES = 64 * 1024;
/** Of an expression that makes a new object whenever it is evaluated. */
const SNAPSHOT_BYTES = 4 * 1024 * 1024;
const TIMEOUT_MS = 10_000;

export class PythonMemory implements LiveMemory {
  readonly #evaluator: PythonEvaluator;
  readonly #expression: string;
  readonly #allow: boolean;
  readonly #timeoutMs: number;
  readonly #isPlain: boolean;
  #layout: ProbeLayout | undefined;
  #snapshot: Uint8Array | undefined;
  /** Halved where a debugger cuts answers. */
  #atOnce = MOST_BYTES_AT_ONCE;
  #first: number;

  constructor(evaluator: PythonEvaluator, expression: string, options: PythonMemoryOptions) {
    this.#evaluator = evaluator;
    this.#expression = expression;
    this.#allow = options.allow;
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#isPlain = isPlainPath(expression);
    this.#first = this.#isPlain ? FIRST_BYTES : SNAPSHOT_BYTES;
  }

  async describe(signal: AbortSignal): Promise<Result<LiveLayout, LiveFailure>> {
    const answer = await this.#ask(
      () => ({ op: 'describe', allow: this.#allow, first: this.#first }),
      () => this.#halveFirst(),
      signal,
    );
    if (!answer.ok) return answer;
    const layout = layoutOfHeader(answer.value.header);
    if (!layout) return noAnswer('its description is not what Strata asked for');
    const { bytes } = answer.value;
    if (bytes.length > layout.byteLength) return noAnswer('it gave more bytes than there are');
    this.#layout = layout;
    if (this.#isPlain) return ok({ ...layout, first: bytes });
    this.#snapshot = bytes;
    return ok(cutTo(layout, bytes));
  }

  async read(
    offset: number,
    length: number,
    signal: AbortSignal,
  ): Promise<Result<Uint8Array, LiveFailure>> {
    if (this.#snapshot) return ok(this.#snapshot.slice(offset, offset + length));
    const layout = this.#layout;
    if (!layout) return fail({ kind: 'moved' });
    return piecewise(offset, length, async (at, left) => {
      let wanted = 0;
      const answer = await this.#ask(
        () => {
          wanted = Math.min(this.#atOnce, left);
          const parts = partsOf(layout, at, wanted);
          return { op: 'read', allow: this.#allow, print: layout.print, parts };
        },
        () => this.#halve(),
        signal,
      );
      if (!answer.ok) return answer;
      if (answer.value.header.moved === true) return fail({ kind: 'moved' });
      if (answer.value.bytes.length !== wanted)
        return noAnswer(`it gave ${answer.value.bytes.length} bytes instead of ${wanted}`);
      return ok(answer.value.bytes);
    });
  }

  async write(
    offset: number,
    before: Uint8Array,
    bytes: Uint8Array,
    signal: AbortSignal,
  ): Promise<Result<Uint8Array, LiveFailure>> {
    const layout = this.#layout;
    if (!layout) return fail({ kind: 'moved' });
    if (this.#snapshot)
      return gone(
        'The expression makes a new object each time, so writing would change one that nobody has. Assign it to a variable first.',
      );
    const [part, more] = partsOf(layout, offset, bytes.length);
    if (!part || more) return gone('The bytes lie in two pieces of memory: write one at a time.');
    const answer = await this.#ask(
      () => ({
        op: 'write',
        allow: this.#allow,
        print: layout.print,
        segment: part[0],
        at: part[1],
        before: Buffer.from(before).toString('base64'),
        data: Buffer.from(bytes).toString('base64'),
      }),
      // What was written may have been written: it is never asked for twice.
      () => false,
      signal,
    );
    if (!answer.ok) return answer;
    const { header, bytes: now } = answer.value;
    if (header.moved === true) return fail({ kind: 'moved' });
    if (header.differs === true)
      return gone('Nothing was written: the program has changed these bytes meanwhile. Refresh.');
    return ok(now);
  }

  #halve(): boolean {
    if (this.#atOnce <= FEWEST_BYTES_AT_ONCE) return false;
    this.#atOnce /= 2;
    return true;
  }

  #halveFirst(): boolean {
    // A snapshot that is cut is shorter; the first page is read later.
    if (this.#first === 0) return false;
    this.#first = this.#first <= FEWEST_BYTES_AT_ONCE ? 0 : this.#first / 2;
    return true;
  }

  /** Asks again, smaller, where the debugger cut the answer and `smaller` can make it so. */
  async #ask(
    request: () => ProbeRequest,
    smaller: () => boolean,
    signal: AbortSignal,
  ): Promise<Result<ProbeAnswer, LiveFailure>> {
    for (;;) {
      signal.throwIfAborted();
      let text: string;
      try {
        const asked = this.#evaluator.evaluate(probeExpression(request(), this.#expression));
        const result = await within(asked, this.#timeoutMs, signal);
        if (!result.ok)
          return gone(`The debugger did not answer within ${this.#timeoutMs / 1000} seconds.`);
        text = result.value;
      } catch (error) {
        signal.throwIfAborted();
        return gone(
          `The debugger could not be asked: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
      const answer = readAnswer(text);
      if (answer.ok) return failureIn(answer.value) ?? answer;
      if (answer.error.kind === 'noAnswer') return notThere(this.#expression, answer.error.text);
      if (!smaller()) return gone('The debugger cuts its answers, so the bytes can’t be read.');
    }
  }
}

/** What of a piece of the shown space lies where. */
function partsOf(
  { segments }: ProbeLayout,
  offset: number,
  length: number,
): (readonly [number, number, number])[] {
  const parts: (readonly [number, number, number])[] = [];
  segments.forEach(({ start, byteLength }, index) => {
    const from = Math.max(offset, start);
    const to = Math.min(offset + length, start + byteLength);
    if (from < to) parts.push([index, from - start, to - start]);
  });
  return parts;
}

/** A layout of what was read once and can't be read again. */
function cutTo(layout: ProbeLayout, bytes: Uint8Array): LiveLayout {
  const whyReadOnly = 'the expression makes a new object each time';
  if (bytes.length === layout.byteLength) return { ...layout, whyReadOnly, first: bytes };
  const inside = layout.arrays.filter(
    ({ offset, byteLength, strides }) =>
      strides.every((stride) => stride >= 0) && offset + byteLength <= bytes.length,
  );
  return {
    ...layout,
    byteLength: bytes.length,
    arrays: inside,
    regions: layout.regions
      .filter(({ start }) => start < bytes.length)
      .map((region) => ({ ...region, end: Math.min(region.end, bytes.length) })),
    whyReadOnly,
    first: bytes,
    problems: [
      ...layout.problems,
      {
        kind: 'snapshot-cut',
        severity: 'warning',
        message: `The expression makes a new object each time, so it was read once: the first ${bytes.length} of ${layout.byteLength} bytes. Assign it to a variable to see all of them`,
      },
    ],
  };
}

function failureIn({ header }: ProbeAnswer): Result<never, LiveFailure> | undefined {
  const { error } = header;
  if (typeof error !== 'object' || error === null) return undefined;
  const { kind, message } = error as { kind?: unknown; message?: unknown };
  const text = typeof message === 'string' ? message : 'it failed without a word';
  return kind === 'user-class' ? fail({ kind: 'userClass', message: text }) : gone(sentence(text));
}

/** The text is an exception's: the expression failed before the object was there. */
function notThere(expression: string, text: string): Result<never, LiveFailure> {
  const line = text.trim().split('\n').at(-1) ?? '';
  return gone(`${expression} can’t be evaluated here: ${line.slice(0, 300)}`);
}

function noAnswer(what: string): Result<never, LiveFailure> {
  return gone(`The program's answer can’t be used: ${what}.`);
}

function gone(message: string): Result<never, LiveFailure> {
  return fail({ kind: 'gone', message });
}

function sentence(text: string): string {
  const first = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
