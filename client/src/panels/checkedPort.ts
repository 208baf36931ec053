/** Refuses requests whose contents are not what the contract says, before any answer sees them. */
import { fail } from '#shared/result.ts';
import type { Params, Port } from '#shared/protocol/wire.ts';

/** One check for every request of a contract: webviews are not trusted, whoever wrote their script. */
export type Checks<Requests> = {
  readonly [M in keyof Requests]: (params: unknown) => params is Params<Requests[M]>;
};

export function checkedPort<Requests>(
  port: Port,
  checks: Checks<Requests>,
  onRefused: (method: string) => void,
): Port {
  const table = checks as Record<string, ((params: unknown) => boolean) | undefined>;
  return {
    ...port,
    onMessage: (listener) =>
      port.onMessage((message) => {
        if (message.wire !== 'request') {
          listener(message);
          return;
        }
        const { id, method, params } = message;
        if (Object.hasOwn(table, method) && table[method]?.(params) === true) {
          listener(message);
          return;
        }
        onRefused(method);
        const reply = fail({ kind: 'crashed', message: 'The request was refused.' });
        port.post({ wire: 'reply', id, reply });
      }),
  };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A count, an offset or an index: what JavaScript can count exactly. */
export function isNatural(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export function isEmptyRecord(value: unknown): value is Record<string, never> {
  return isRecord(value) && Object.keys(value).length === 0;
}
