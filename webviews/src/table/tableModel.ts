import type { ReadonlySignal } from '@preact/signals';
import { computed, effect, signal } from '@preact/signals';
import { isArranged } from '#shared/protocol/arrangement.ts';
import type { Field } from '#shared/protocol/engine.ts';
import type {
  Arranged,
  ColumnProfile,
  TableProgress,
  TableState,
} from '#shared/protocol/tables.ts';
import type { TableViewContract } from '#shared/protocol/tableView.ts';
import type { Caller } from '#shared/protocol/wire.ts';
import { callOver } from '#shared/protocol/wire.ts';
import type { Disposable } from '#shared/result.ts';
import { ok } from '#shared/result.ts';
import type { Arranging } from '../kit/arranging.ts';
import { createArranging } from '../kit/arranging.ts';
import type { DataRows } from '../kit/dataRows.ts';
import { createDataRows } from '../kit/dataRows.ts';
import type { CallFailure } from '../kit/failureText.ts';
import type { PanelHost } from '../kit/panelHost.ts';

export type ProfileState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly profile: ColumnProfile }
  | { readonly kind: 'failed'; readonly failure: CallFailure };

export type PanelState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready' }
  /** The user ended the reading before all rows were there. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly failure: CallFailure };

interface Saved {
  readonly showsProfile: boolean;
  readonly share: number;
}

export const USUAL_SHARE = 0.7;
/** Columns of one page: a file of ten thousand is read where it is looked at. */
const PAGE_COLUMNS = 128;

export interface TableModel extends Disposable {
  readonly panel: ReadonlySignal<PanelState>;
  readonly fileName: ReadonlySignal<string>;
  readonly table: ReadonlySignal<TableState | undefined>;
  readonly rows: DataRows;
  readonly arranging: Arranging;
  /** What is shown, where that is a sorted or filtered copy. */
  readonly arranged: ReadonlySignal<Arranged | undefined>;
  /** Of what is sorted, filtered or copied. */
  readonly progress: ReadonlySignal<TableProgress | undefined>;
  /** The file is no longer what is shown. */
  readonly changed: ReadonlySignal<boolean>;
  /** It is deleted. */
  readonly gone: ReadonlySignal<boolean>;
  /** The connection to the editor has ended. */
  readonly closed: ReadonlySignal<boolean>;
  readonly showsProfile: ReadonlySignal<boolean>;
  readonly profile: ReadonlySignal<ProfileState>;
  readonly share: ReadonlySignal<number>;
  readonly announcement: ReadonlySignal<string>;
  /** Opens the file as it is now. */
  reload(): void;
  /** Ends the reading of a file that is copied. */
  stop(): void;
  /** Asks for the profile of the column that is selected, if it is not there yet. */
  wantProfile(): void;
  toggleProfile(): void;
  setShare(share: number): void;
  announce(text: string): void;
  readonly call: Caller<TableViewContract['requests']>;
}

/** The panel's whole state. Talks to the host; knows nothing of the DOM's shape. */
export function createTableModel(host: PanelHost): TableModel {
  const saved = readSaved(host.restore());
  const panel = signal<PanelState>({ kind: 'loading' });
  const fileName = signal('');
  const table = signal<TableState | undefined>(undefined);
  const schema = signal<readonly Field[]>([]);
  const arranged = signal<Arranged | undefined>(undefined);
  const progress = signal<TableProgress | undefined>(undefined);
  const changed = signal(false);
  const gone = signal(false);
  const closed = signal(false);
  const showsProfile = signal(saved?.showsProfile ?? false);
  const profile = signal<ProfileState>({ kind: 'loading' });
  const share = signal(saved?.share ?? USUAL_SHARE);
  const announcement = signal('');
  let profiled = '';
  let profileCall = new AbortController();
  let openCall = new AbortController();

  const end = callOver<TableViewContract>(host.port, {
    stateChanged: (state) => {
      apply(state);
    },
    progress: (next) => {
      progress.value = next;
    },
    goTo: () => {
      rows.goingTo.value = true;
    },
    reload: () => {
      reload();
    },
    fileChanged: ({ isGone }) => {
      changed.value = true;
      gone.value = isGone;
    },
    engineEnded: () => {
      if (!changed.value) reload();
    },
  });
  const { call } = end;

  const rows = createDataRows({
    schema: computed(() => schema.value),
    rowCount: 0,
    complete: false,
    pageColumns: PAGE_COLUMNS,
    isOver: () => changed.value,
    async load({ start, count, columns }, abort) {
      const id = arranged.value?.arrangementId;
      const reply = await call(
        'readRows',
        {
          ...(id === undefined ? {} : { arrangementId: id }),
          start,
          count,
          columnStart: columns.start,
          columnEnd: columns.end,
        },
        abort,
      );
      if (!reply.ok && reply.error.kind === 'changed') changed.value = true;
      return reply;
    },
  });
  const arranging = createArranging({
    async ask(arrangement, abort) {
      progress.value = undefined;
      if (!isArranged(arrangement)) {
        showOwnRows();
        return ok({});
      }
      const reply = await call('arrange', { arrangement }, abort);
      if (abort.aborted) return reply;
      progress.value = undefined;
      if (reply.ok) {
        arranged.value = reply.value;
        rows.reset(reply.value.rowCount, true);
      } else if (reply.error.kind === 'changed') changed.value = true;
      return reply;
    },
  });
  const showOwnRows = () => {
    const state = table.value;
    const wasArranged = arranged.value !== undefined;
    arranged.value = undefined;
    if (state && wasArranged) rows.reset(state.rowCount, state.complete);
  };
  const apply = (state: TableState) => {
    const before = table.value;
    table.value = state;
    const types = (fields: readonly Field[]) => fields.map(({ type }) => type).join();
    const isOther = !before || types(before.schema) !== types(state.schema);
    if (isOther) schema.value = state.schema;
    if (arranged.value) return;
    // A copy of the engine's own has rows of its own numbers.
    if (isOther || before.access !== state.access) rows.reset(state.rowCount, state.complete);
    else rows.note(state.rowCount, state.complete);
  };
  const reload = () => {
    const again = arranging.shown.value;
    openCall.abort();
    openCall = new AbortController();
    const { signal: stop } = openCall;
    if (!table.value || panel.value.kind === 'stopped') panel.value = { kind: 'loading' };
    void call('describe', {}, stop).then((reply) => {
      if (stop.aborted) return;
      if (!reply.ok) {
        if (reply.error.kind === 'closed') closed.value = true;
        else panel.value = { kind: 'failed', failure: reply.error };
        return;
      }
      fileName.value = reply.value.fileName;
      changed.value = false;
      arranging.forget();
      arranged.value = undefined;
      progress.value = undefined;
      profiled = '';
      table.value = undefined;
      apply(reply.value.state);
      panel.value = { kind: 'ready' };
      if (isArranged(again)) arranging.change(again);
    });
  };
  host.port.onClose(() => {
    closed.value = true;
  });
  reload();
  const stopSaving = effect(() => {
    const next: Saved = { showsProfile: showsProfile.value, share: share.value };
    host.save(next);
  });

  return {
    panel,
    fileName,
    table,
    rows,
    arranging,
    arranged,
    progress,
    changed,
    gone,
    closed,
    showsProfile,
    profile,
    share,
    announcement,
    call,
    reload,
    stop() {
      panel.value = { kind: 'stopped' };
      rows.reset(0, false);
      progress.value = undefined;
      void call('stopReading', {});
    },
    wantProfile() {
      const { column } = rows.selection.value.active;
      if (changed.value || schema.value[column] === undefined) return;
      const arrangement = { ...arranging.shown.value, orderBy: [] };
      const key = JSON.stringify([column, arrangement, schema.value[column].type]);
      if (key === profiled) return;
      profiled = key;
      profileCall.abort();
      profileCall = new AbortController();
      const { signal: stop } = profileCall;
      profile.value = { kind: 'loading' };
      void call('profile', { arrangement, column }, stop).then((reply) => {
        if (stop.aborted) return;
        if (!reply.ok) profiled = '';
        profile.value = reply.ok
          ? { kind: 'ready', profile: reply.value }
          : { kind: 'failed', failure: reply.error };
      });
    },
    toggleProfile: () => (showsProfile.value = !showsProfile.value),
    setShare: (next) => (share.value = next),
    announce: (text) => (announcement.value = text),
    dispose() {
      stopSaving();
      openCall.abort();
      profileCall.abort();
      arranging.dispose();
      rows.dispose();
      end.dispose();
    },
  };
}

/** What another version saved may have any shape; what does not fit is forgotten. */
function readSaved(value: unknown): Saved | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { showsProfile, share } = value as Partial<Record<keyof Saved, unknown>>;
  if (typeof share !== 'number' || !(0 < share && share < 1)) return undefined;
  return { showsProfile: showsProfile === true, share };
}
