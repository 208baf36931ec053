import type { ReadonlySignal } from '@preact/signals';
import { signal } from '@preact/signals';
import type { Arrangement, SortKey } from '#shared/protocol/arrangement.ts';
import { unarranged } from '#shared/protocol/arrangement.ts';
import type { Disposable, Result } from '#shared/result.ts';
import type { CallFailure } from './failureText.ts';

/** How rows are sorted and filtered; the engine does it, and the rows before are shown until it has. */
export interface Arranging extends Disposable {
  /** What is wanted. */
  readonly wanted: ReadonlySignal<Arrangement>;
  /** What the rows are. */
  readonly shown: ReadonlySignal<Arrangement>;
  readonly underWay: ReadonlySignal<boolean>;
  readonly failure: ReadonlySignal<CallFailure | undefined>;
  change(part: Partial<Arrangement>): void;
  /** Sorts by a column, without a direction going round: ascending, descending, not at all. `more` keeps other keys. */
  sortBy(column: number, more: boolean, descending?: boolean): void;
  /** Ends what is under way; what was shown before stays. */
  cancel(): void;
  /** Rows are no longer arranged, as when their query ran anew. */
  forget(): void;
}

export function createArranging(options: {
  ask(arrangement: Arrangement, signal: AbortSignal): Promise<Result<unknown, CallFailure>>;
}): Arranging {
  const wanted = signal<Arrangement>(unarranged);
  const shown = signal<Arrangement>(unarranged);
  const underWay = signal(false);
  const failure = signal<CallFailure | undefined>(undefined);
  let call = new AbortController();
  const cancel = () => {
    call.abort();
    underWay.value = false;
    wanted.value = shown.value;
  };
  const change = (part: Partial<Arrangement>) => {
    const next = { ...wanted.value, ...part };
    call.abort();
    call = new AbortController();
    const { signal: stop } = call;
    wanted.value = next;
    failure.value = undefined;
    underWay.value = true;
    void options.ask(next, stop).then((reply) => {
      if (stop.aborted) return;
      underWay.value = false;
      if (reply.ok) shown.value = next;
      else if (reply.error.kind === 'cancelled') wanted.value = shown.value;
      else failure.value = reply.error;
    });
  };
  return {
    wanted,
    shown,
    underWay,
    failure,
    change,
    sortBy(column, more, descending) {
      const orderBy =
        descending === undefined
          ? sortedBy(wanted.value.orderBy, column, more)
          : [{ column, descending }];
      change({ orderBy });
    },
    cancel,
    forget() {
      call.abort();
      underWay.value = false;
      failure.value = undefined;
      shown.value = unarranged;
      wanted.value = unarranged;
    },
    dispose() {
      call.abort();
    },
  };
}

/** Ascending, descending, then not by this column. */
export function sortedBy(
  keys: readonly SortKey[],
  column: number,
  more: boolean,
): readonly SortKey[] {
  const before = keys.find((key) => key.column === column);
  const next: readonly SortKey[] =
    before === undefined
      ? [{ column, descending: false }]
      : before.descending
        ? []
        : [{ column, descending: true }];
  if (!more) return next;
  if (before === undefined) return [...keys, ...next];
  return keys.flatMap((key) => (key.column === column ? next : [key]));
}
