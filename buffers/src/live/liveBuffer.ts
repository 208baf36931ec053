/**
 * A buffer of a program that stops, runs and ends. What was read stays when it can't be read again; nothing of one
 * stop is mixed with another's, and a stop is read only once somebody asks for it.
 */
import type { RawLayoutValues } from '#shared/layout/rawLayout.ts';
import type { BadLayout, BufferDescription, RawLayoutText } from '#shared/protocol/bufferView.ts';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import { layRawArray } from '../format/raw.ts';
import type { OpenBuffer } from '../inspect.ts';
import { stateLayout } from '../inspect.ts';
import { copyInto } from '../source/readInto.ts';
import type { ByteSource, SourceFailure } from '../source/byteSource.ts';
import type { LiveFailure, LiveLayout, LiveMemory } from './liveMemory.ts';
import { piecewise } from './liveMemory.ts';

export interface LiveBufferOptions {
  readonly name: string;
  readonly memory: LiveMemory;
  /** There is news: describing it says what. */
  readonly onChange: () => void;
}

export interface LiveBuffer extends OpenBuffer {
  /** The program stopped again; `hold` waits until the user asks to read. */
  stopped(hold: boolean): void;
  running(): void;
  /** For good; `message` says what happened. */
  ended(message: string): void;
  /** Writes where `before` still stands, and checks that it stands there afterwards. */
  write(
    offset: number,
    bytes: Uint8Array,
    signal: AbortSignal,
  ): Promise<Result<undefined, SourceFailure>>;
}

type State =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'running' }
  | { readonly kind: 'ended'; readonly message: string };

const PAGE_BYTES = 64 * 1024;
const MOST_BYTES_AT_ONCE = 4 * PAGE_BYTES;
/** 32 MiB of what was read. */
const MOST_PAGES = 512;

/** The first description, or why there is none. */
export async function openLive(
  options: LiveBufferOptions,
  signal: AbortSignal,
): Promise<Result<LiveBuffer, LiveFailure>> {
  const layout = await options.memory.describe(signal);
  return layout.ok ? ok(liveBuffer(options, layout.value)) : layout;
}

function liveBuffer({ name, memory, onChange }: LiveBufferOptions, first: LiveLayout): LiveBuffer {
  let layout = first;
  let state: State = { kind: 'stopped' };
  /** What is known is of an earlier stop. */
  let isOld = false;
  let isHeld = false;
  let generation = 1;
  let stated: RawLayoutValues | undefined;
  let statedText: RawLayoutText | null = null;
  let disposed = false;
  const pages = new Map<number, Uint8Array>();
  const endless = new AbortController().signal;

  const keep = (page: number, bytes: Uint8Array) => {
    pages.delete(page);
    pages.set(page, bytes);
    for (const oldest of pages.keys()) {
      if (pages.size <= MOST_PAGES) break;
      pages.delete(oldest);
    }
  };
  const keepFirst = () => {
    const { first: bytes, byteLength } = layout;
    for (let page = 0; page * PAGE_BYTES < bytes.length; page++) {
      const start = page * PAGE_BYTES;
      const end = Math.min(start + PAGE_BYTES, byteLength);
      if (end <= bytes.length) keep(page, bytes.slice(start, end));
    }
  };
  keepFirst();

  const patch = (offset: number, bytes: Uint8Array) => {
    for (const [page, known] of pages) {
      const start = page * PAGE_BYTES;
      const from = Math.max(offset, start);
      const to = Math.min(offset + bytes.length, start + known.length);
      if (from < to) known.set(bytes.subarray(from - offset, to - offset), from - start);
    }
  };

  const why = (failure: LiveFailure): SourceFailure => {
    if (failure.kind === 'gone') return failure;
    if (failure.kind === 'userClass') return { kind: 'gone', message: failure.message };
    return { kind: 'gone', message: 'The memory lies elsewhere now. Refresh.' };
  };
  const whyNot = (): SourceFailure | undefined => {
    if (state.kind === 'ended') return { kind: 'gone', message: state.message };
    if (state.kind === 'running') return { kind: 'gone', message: 'The program is running.' };
    return undefined;
  };
  const wentOn = () => isOld || whyNot() !== undefined;
  const moved = (): SourceFailure => {
    isOld = true;
    onChange();
    return why({ kind: 'moved' });
  };
  const ask = async (
    offset: number,
    length: number,
    signal: AbortSignal,
  ): Promise<Result<Uint8Array, SourceFailure>> => {
    const cannot = whyNot();
    if (cannot) return fail(cannot);
    if (isOld)
      return fail({ kind: 'gone', message: 'These bytes were not read at this stop. Refresh.' });
    const asked = generation;
    const bytes = await memory.read(offset, length, signal);
    signal.throwIfAborted();
    if (bytes.ok && (asked !== generation || wentOn()))
      return fail({ kind: 'gone', message: 'The program went on while its memory was read.' });
    if (bytes.ok) return bytes;
    return fail(bytes.error.kind === 'moved' ? moved() : why(bytes.error));
  };

  const read = async (offset: number, length: number, signal: AbortSignal = endless) => {
    signal.throwIfAborted();
    const end = Math.min(offset + length, layout.byteLength);
    const bytes = new Uint8Array(Math.max(0, end - offset));
    let at = offset;
    while (at < end) {
      const page = Math.floor(at / PAGE_BYTES);
      if (!pages.has(page)) {
        const last = firstKnown(page, Math.ceil(end / PAGE_BYTES), pages);
        const start = page * PAGE_BYTES;
        const missing = Math.min(last * PAGE_BYTES, start + MOST_BYTES_AT_ONCE, layout.byteLength);
        const got = await ask(start, missing - start, signal);
        if (!got.ok) return got;
        for (let k = page; k * PAGE_BYTES < missing; k++)
          keep(k, got.value.slice(k * PAGE_BYTES - start, (k + 1) * PAGE_BYTES - start));
      }
      const found = pages.get(page);
      if (!found) continue;
      const from = at - page * PAGE_BYTES;
      const part = found.subarray(from, Math.min(found.length, from + end - at));
      if (part.length === 0) break;
      bytes.set(part, at - offset);
      at += part.length;
    }
    return ok(bytes);
  };
  /** Past the pages, unless there is nobody to ask any more. */
  const readUncached = async (offset: number, length: number, signal: AbortSignal = endless) => {
    if (whyNot() || isOld || length <= PAGE_BYTES) return read(offset, length, signal);
    const present = Math.min(length, layout.byteLength - offset);
    return piecewise(offset, present, (at, left) =>
      ask(at, Math.min(MOST_BYTES_AT_ONCE, left), signal),
    );
  };

  const source: ByteSource = {
    get byteLength() {
      return layout.byteLength;
    },
    get generation() {
      return generation;
    },
    read,
    readUncached,
    readInto: (target, offset) => copyInto(readUncached, target, offset),
    /** Where a stop is read: asked for by the panel, once it was told of news. */
    async refresh() {
      const cannot = whyNot();
      if (cannot) return fail(cannot);
      if (isHeld) {
        isHeld = false;
        return fail({ kind: 'gone', message: 'The program stopped again. Refresh reads it anew.' });
      }
      if (!isOld) return ok({ changed: false });
      const next = await memory.describe(endless);
      if (!next.ok) return fail(why(next.error));
      const late = whyNot();
      if (late || disposed) return fail(late ?? { kind: 'gone', message: 'It was closed.' });
      layout = next.value;
      isOld = false;
      generation++;
      pages.clear();
      keepFirst();
      return ok({ changed: true });
    },
    dispose() {
      disposed = true;
      pages.clear();
    },
  };

  const describe = (): BufferDescription => {
    const laid = stated ? layRawArray(stated, layout.byteLength) : layout;
    return {
      fileName: name,
      byteLength: layout.byteLength,
      generation,
      format: stated ? 'raw' : 'live',
      formatLabel: layout.objectClass,
      arrays: laid.arrays,
      regions: layout.regions,
      problems: laid.problems,
      ...(statedText ? { layout: statedText } : {}),
      live: {
        objectClass: layout.objectClass,
        facts: layout.facts,
        whyReadOnly: layout.whyReadOnly ?? null,
      },
      edit: {
        readOnly: layout.whyReadOnly ?? null,
        isDirty: false,
        conflict: false,
        changed: [],
        isCut: false,
      },
    };
  };

  return {
    source,
    describe: () => Promise.resolve(ok(describe())),
    readValue: () => Promise.resolve(ok(null)),
    layRaw(text: RawLayoutText | null): Promise<Result<BufferDescription, BadLayout>> {
      const next = stateLayout(text, layout.byteLength);
      if (!next.ok) return Promise.resolve(next);
      stated = next.value;
      statedText = text;
      return Promise.resolve(ok(describe()));
    },
    stopped(hold) {
      if (state.kind === 'ended') return;
      state = { kind: 'stopped' };
      isOld = true;
      isHeld = hold;
      onChange();
    },
    running() {
      if (state.kind !== 'stopped') return;
      state = { kind: 'running' };
      onChange();
    },
    ended(message) {
      if (state.kind === 'ended') return;
      state = { kind: 'ended', message };
      onChange();
    },
    async write(offset, bytes, signal) {
      if (layout.whyReadOnly !== undefined)
        return fail({ kind: 'gone', message: `Nothing was written: ${layout.whyReadOnly}.` });
      if (offset < 0 || offset + bytes.length > layout.byteLength)
        return fail({ kind: 'gone', message: 'Nothing was written: the bytes lie outside.' });
      const cannot = whyNot();
      if (cannot) return fail(cannot);
      const before = await read(offset, bytes.length, signal);
      if (!before.ok) return before;
      const now = await memory.write(offset, before.value, bytes, signal);
      if (!now.ok) return fail(now.error.kind === 'moved' ? moved() : why(now.error));
      const isThere = Buffer.compare(now.value, bytes) === 0;
      // Other bytes than the written ones say that more may have changed.
      if (isThere) patch(offset, bytes);
      else isOld = true;
      generation++;
      onChange();
      return isThere
        ? ok(undefined)
        : fail({
            kind: 'gone',
            message: 'Other bytes than the written ones stand there now: see what is shown.',
          });
    },
    dispose: () => source.dispose(),
  };
}

/** The first page from `page` on, below `end`, that is there. */
function firstKnown(page: number, end: number, pages: ReadonlyMap<number, unknown>): number {
  let at = page + 1;
  while (at < end && !pages.has(at)) at++;
  return at;
}
