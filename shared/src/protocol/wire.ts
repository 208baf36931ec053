/**
 * Request and reply between two realms, bound together in one type.
 *
 * A contract lists its requests (caller to answerer) and its events (answerer to caller). A call never
 * rejects and never hangs: it settles with the reply, a declared failure, or a {@link WireError}, also
 * when the other side throws, is disposed or dies.
 */
import type { Disposable, Result } from '../result.ts';
import { fail } from '../result.ts';

/** One request of a contract. A phantom type: nothing of it exists at run time. */
export interface Call<Params, Reply, Failure extends { readonly kind: string } = never> {
  readonly params: Params;
  readonly reply: Reply;
  readonly failure: Failure;
}

/** What can go wrong with any call, whatever the contract says. */
export type WireError =
  | { readonly kind: 'cancelled' }
  /** The other side is gone, or this end was disposed. */
  | { readonly kind: 'closed' }
  /** The other side threw: a bug there, already logged there. */
  | { readonly kind: 'crashed'; readonly message: string };

export interface Contract {
  readonly requests: object;
  readonly events: object;
}

export type Params<C> = C extends Call<infer P, unknown, { readonly kind: string }> ? P : never;
export type Reply<C> = C extends Call<unknown, infer R, { readonly kind: string }> ? R : never;
export type Failure<C> = C extends Call<unknown, unknown, infer F> ? F : never;

export type Caller<Requests> = <M extends keyof Requests & string>(
  method: M,
  params: Params<Requests[M]>,
  signal?: AbortSignal,
) => Promise<Result<Reply<Requests[M]>, Failure<Requests[M]> | WireError>>;

type Answer<C> = Result<Reply<C>, Failure<C> | { readonly kind: 'cancelled' }>;

/** One answer for every request of a contract; leaving one out is a compile error. */
export type Answers<Requests> = {
  readonly [M in keyof Requests]: (
    params: Params<Requests[M]>,
    signal: AbortSignal,
  ) => Answer<Requests[M]> | Promise<Answer<Requests[M]>>;
};

export type EventListeners<Events> = {
  readonly [E in keyof Events]?: (event: Events[E]) => void;
};

/** What travels. Ids are the caller's own; `ArrayBuffer`s inside `params` and `reply` stay bytes. */
export type WireMessage =
  | {
      readonly wire: 'request';
      readonly id: number;
      readonly method: string;
      readonly params: unknown;
    }
  | { readonly wire: 'cancel'; readonly id: number }
  | { readonly wire: 'reply'; readonly id: number; readonly reply: Result<unknown, unknown> }
  | { readonly wire: 'event'; readonly name: string; readonly event: unknown };

/** A pipe to the other side. `onClose` fires at most once, also when listened to after the close. */
export interface Port {
  post(message: WireMessage): void;
  onMessage(listener: (message: WireMessage) => void): Disposable;
  onClose(listener: () => void): Disposable;
}

export interface CallerEnd<C extends Contract> extends Disposable {
  readonly call: Caller<C['requests']>;
}

export interface AnswererEnd<C extends Contract> extends Disposable {
  emit<E extends keyof C['events'] & string>(name: E, event: C['events'][E]): void;
}

/** The asking end of a contract. Disposing it settles every pending call with `closed`. */
export function callOver<C extends Contract>(
  port: Port,
  listeners: EventListeners<C['events']>,
): CallerEnd<C> {
  const pending = new Map<number, (reply: Result<unknown, unknown>) => void>();
  let nextId = 1;
  let closed = false;

  const close = () => {
    closed = true;
    const settlers = [...pending.values()];
    pending.clear();
    for (const settle of settlers) settle(fail({ kind: 'closed' }));
  };
  const subscriptions = [
    port.onMessage((message) => {
      if (closed) return;
      if (message.wire === 'reply') {
        const settle = pending.get(message.id);
        pending.delete(message.id);
        settle?.(message.reply);
      } else if (message.wire === 'event') {
        const table = listeners as Record<string, ((event: unknown) => void) | undefined>;
        if (Object.hasOwn(table, message.name)) table[message.name]?.(message.event);
      }
    }),
    port.onClose(close),
  ];

  const call = (method: string, params: unknown, signal?: AbortSignal) =>
    new Promise<Result<unknown, unknown>>((resolve) => {
      if (signal?.aborted || closed) {
        resolve(fail({ kind: signal?.aborted ? 'cancelled' : 'closed' }));
        return;
      }
      const id = nextId++;
      const onAbort = () => {
        if (!pending.delete(id)) return;
        post(port, { wire: 'cancel', id });
        resolve(fail({ kind: 'cancelled' }));
      };
      pending.set(id, (reply) => {
        signal?.removeEventListener('abort', onAbort);
        resolve(reply);
      });
      signal?.addEventListener('abort', onAbort, { once: true });
      const problem = post(port, { wire: 'request', id, method, params });
      if (problem !== undefined && pending.has(id)) {
        pending.get(id)?.(fail({ kind: 'crashed', message: problem }));
        pending.delete(id);
      }
    });

  return {
    call: call as Caller<C['requests']>,
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
      close();
    },
  };
}

/** The answering end of a contract. Disposing it aborts every request under way. */
export function answerOver<C extends Contract>(
  port: Port,
  answers: Answers<C['requests']>,
  onCrash: (method: string, error: unknown) => void,
): AnswererEnd<C> {
  const running = new Map<number, AbortController>();
  let closed = false;

  const run = async (id: number, method: string, params: unknown) => {
    const controller = new AbortController();
    running.set(id, controller);
    let reply: Result<unknown, unknown>;
    try {
      const table = answers as Record<
        string,
        ((params: unknown, signal: AbortSignal) => unknown) | undefined
      >;
      const answer = Object.hasOwn(table, method) ? table[method] : undefined;
      if (!answer) throw new Error(`no answer for '${method}'`);
      reply = (await answer(params, controller.signal)) as Result<unknown, unknown>;
    } catch (error) {
      if (controller.signal.aborted) reply = fail({ kind: 'cancelled' });
      else {
        onCrash(method, error);
        reply = fail({
          kind: 'crashed',
          message: error instanceof Error ? error.message : String(error),
        });
      }
    }
    running.delete(id);
    if (closed || controller.signal.aborted) return;
    const problem = post(port, { wire: 'reply', id, reply });
    if (problem !== undefined) {
      onCrash(method, new Error(problem));
      post(port, { wire: 'reply', id, reply: fail({ kind: 'crashed', message: problem }) });
    }
  };
  const close = () => {
    closed = true;
    for (const controller of running.values()) controller.abort();
    running.clear();
  };
  const subscriptions = [
    port.onMessage((message) => {
      if (closed) return;
      if (message.wire === 'request') void run(message.id, message.method, message.params);
      else if (message.wire === 'cancel') running.get(message.id)?.abort();
    }),
    port.onClose(close),
  ];

  return {
    emit(name, event) {
      if (!closed) post(port, { wire: 'event', name, event });
    },
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
      close();
    },
  };
}

/** Posts, and tells why it could not be posted (what cannot be cloned) instead of throwing. */
function post(port: Port, message: WireMessage): string | undefined {
  try {
    port.post(message);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
