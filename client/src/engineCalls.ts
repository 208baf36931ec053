/** Calls of the engine as a run makes them: with its views, until it is cancelled, and failures in the engine's terms. */
import type { EngineFailure, ViewDefinition } from '#shared/protocol/engine.ts';
import type { WireError } from '#shared/protocol/wire.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { SESSION_ID, type EngineLife, type EngineProcess } from './engineProcess.ts';

export type Outcome<T> = Result<T, EngineFailure | { readonly kind: 'cancelled' }>;

/** A process that knows the views, waiting through restarts while `stillWanted`. */
export async function engineWithViews(
  engine: Pick<EngineProcess, 'ready'>,
  views: readonly ViewDefinition[],
  signal: AbortSignal | undefined,
  stillWanted: () => boolean = () => false,
): Promise<Outcome<EngineLife>> {
  for (;;) {
    const life = await unlessAborted(engine.ready(), signal);
    if (!life.ok) return life;
    const defined = await defineViews(life.value, views, signal);
    if (defined.ok) return life;
    if (defined.error.kind !== 'gone' || !stillWanted()) return defined;
  }
}

async function defineViews(
  life: EngineLife,
  views: readonly ViewDefinition[],
  signal: AbortSignal | undefined,
): Promise<Outcome<null>> {
  for (const view of views) {
    const defined = outcome(await life.call('defineView', { sessionId: SESSION_ID, view }, signal));
    if (!defined.ok) return defined;
  }
  return ok(null);
}

export async function unlessAborted<T>(
  waiting: Promise<Outcome<T>>,
  signal: AbortSignal | undefined,
): Promise<Outcome<T>> {
  if (!signal) return waiting;
  if (signal.aborted) return fail({ kind: 'cancelled' });
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(fail({ kind: 'cancelled' })), { once: true });
    void waiting.then(resolve);
  });
}

/** The wire's own failures in the engine's terms. */
export function outcome<T>(reply: Result<T, EngineFailure | WireError>): Outcome<T> {
  if (reply.ok) return reply;
  if (reply.error.kind === 'closed') return fail({ kind: 'gone' });
  if (reply.error.kind === 'crashed') {
    return fail({
      kind: 'unavailable',
      message: `The engine made a mistake of its own (${reply.error.message}). Other queries still work.`,
    });
  }
  return fail(reply.error);
}

/** A process that died under a running statement: the user may well have lost minutes, so say it in full. */
export function ranInto<T>(failed: Outcome<T>): Outcome<null> {
  if (failed.ok) return ok(null);
  if (failed.error.kind !== 'gone') return failed;
  return fail({
    kind: 'unavailable',
    message:
      'The engine stopped while this query ran. Its text is kept: run it again. The views, settings and tables of the session come back with the engine.',
  });
}
