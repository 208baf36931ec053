/** The expression that asks a Python for the bytes of an object, and what it answers. */
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { PYTHON_PROBE } from './pythonProbe.ts';

export type ProbeRequest =
  | { readonly op: 'describe'; readonly allow: boolean; readonly first: number }
  | {
      readonly op: 'read';
      readonly allow: boolean;
      readonly print: number;
      /** Segment, first byte, end. */
      readonly parts: readonly (readonly [number, number, number])[];
    }
  | {
      readonly op: 'write';
      readonly allow: boolean;
      readonly print: number;
      readonly segment: number;
      readonly at: number;
      /** In base64, both. */
      readonly before: string;
      readonly data: string;
    };

export interface ProbeAnswer {
  readonly header: Readonly<Record<string, unknown>>;
  readonly bytes: Uint8Array;
}

export type ProbeFailure =
  /** The debugger cut the answer. */
  | { readonly kind: 'truncated' }
  /** Something else than our answer: the text of an exception, or a debugger that talks differently. */
  | { readonly kind: 'noAnswer'; readonly text: string };

/** `target` stands outside of every function, so that it sees the frame's own names. */
export function probeExpression(request: ProbeRequest, target: string): string {
  return `(lambda n: (exec(${literal(PYTHON_PROBE)}, n), n['strata'])[1])({'__name__': 'strata'})(${literal(JSON.stringify(request))}, (${target}))`;
}

/**
 * Whether evaluating it twice gives the same object and runs no function: names, attributes, and subscripts by
 * numbers, texts and slices of numbers.
 */
export function isPlainPath(expression: string): boolean {
  const name = String.raw`[\p{L}_][\p{L}\p{N}_]*`;
  const text = String.raw`'[^'\\\n]*'|"[^"\\\n]*"`;
  const number = String.raw`-?\d+`;
  const slice = String.raw`(?:${number})?\s*(?::\s*(?:${number})?\s*){0,2}|\.\.\.|None`;
  const subscript = String.raw`\[\s*(?:${text}|(?:${slice})(?:\s*,\s*(?:${slice}))*)\s*\]`;
  return new RegExp(String.raw`^\s*${name}(?:\s*\.\s*${name}|\s*${subscript})*\s*$`, 'u').test(
    expression,
  );
}

/** Reads what a debugger or a kernel says of the result: the text itself, or as `repr` quotes it. */
export function readAnswer(result: string): Result<ProbeAnswer, ProbeFailure> {
  const start = result.indexOf(SENTINEL);
  if (start < 0) return fail({ kind: 'noAnswer', text: result });
  const [, length = '', body = '', rest] = result.slice(start).split(':');
  if (!/^\d+$/.test(length)) return fail({ kind: 'truncated' });
  if (body.length !== Number(length) || rest === undefined) return fail({ kind: 'truncated' });
  const raw = Buffer.from(body, 'base64');
  // A debugger that cuts in the middle may leave as many characters as there were.
  if (raw.length !== decodedLength(body)) return fail({ kind: 'truncated' });
  if (raw.length < 4) return fail({ kind: 'noAnswer', text: result });
  const headerEnd = 4 + raw.readUInt32LE(0);
  try {
    const header: unknown = JSON.parse(raw.toString('utf8', 4, headerEnd));
    if (typeof header !== 'object' || header === null || Array.isArray(header))
      return fail({ kind: 'noAnswer', text: 'the header is no object' });
    // A copy: Buffer's memory is shared with other buffers.
    return ok({ header: { ...header }, bytes: new Uint8Array(raw.subarray(headerEnd)) });
  } catch (error) {
    if (error instanceof SyntaxError) return fail({ kind: 'truncated' });
    throw error;
  }
}

const SENTINEL = 'STRATA1:';

/** JSON's escapes are Python's. */
function literal(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function decodedLength(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}
