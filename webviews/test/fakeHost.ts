import type { Answers, AnswererEnd, Contract, Port, WireMessage } from '#shared/protocol/wire.ts';
import { answerOver } from '#shared/protocol/wire.ts';
import { closeOnce } from '#shared/protocol/ports.ts';
import type { PanelHost } from '#webviews/kit/panelHost.ts';

export interface FakeHost<C extends Contract> extends PanelHost {
  readonly end: AnswererEnd<C>;
  /** What the panel saved last. */
  saved: object | undefined;
  /** Methods asked so far, in order. */
  readonly asked: string[];
  /** What the extension host's end does to the panel: the wire falls silent and says so. */
  hangUp(): void;
}

/** A host in the same page. Messages are cloned as between realms, so what can't be cloned fails here too. */
export function fakeHost<C extends Contract>(
  answers: Answers<C['requests']>,
  saved?: object,
): FakeHost<C> {
  const closed = closeOnce();
  const toPanel = new Set<(message: WireMessage) => void>();
  const toHost = new Set<(message: WireMessage) => void>();
  let open = true;
  const sendTo = (listeners: Set<(message: WireMessage) => void>) => (message: WireMessage) => {
    const clone = structuredClone(message);
    queueMicrotask(() => {
      if (open) for (const listener of [...listeners]) listener(clone);
    });
  };
  const portOf = (
    incoming: Set<(message: WireMessage) => void>,
    outgoing: Set<(message: WireMessage) => void>,
  ): Port => ({
    post: sendTo(outgoing),
    onMessage(listener) {
      incoming.add(listener);
      return { dispose: () => void incoming.delete(listener) };
    },
    onClose: (listener) => closed.listen(listener),
  });
  const asked: string[] = [];
  toHost.add((message) => {
    if (message.wire === 'request') asked.push(message.method);
  });
  const host: FakeHost<C> = {
    port: portOf(toPanel, toHost),
    end: answerOver<C>(portOf(toHost, toPanel), answers, (method, error) => {
      throw new Error(`the fake answer to '${method}' threw`, { cause: error });
    }),
    saved,
    asked,
    restore: () => host.saved,
    save(state) {
      host.saved = structuredClone(state);
    },
    hangUp() {
      open = false;
      closed.fire();
    },
  };
  return host;
}

/** An answer that never comes, for loading states. */
export function never(): Promise<never> {
  return new Promise(() => undefined);
}
