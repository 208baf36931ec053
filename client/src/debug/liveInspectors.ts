/** All open inspectors of memory, told what their programs do. Opening one is the consent to read it at each stop. */
import * as vscode from 'vscode';
import { openLive, type LiveBuffer } from '#buffers/live/liveBuffer.ts';
import type { LiveFailure, LiveMemory } from '#buffers/live/liveMemory.ts';
import { nativeLayout } from '#buffers/live/nativeType.ts';
import { isPlainPath } from '#buffers/live/probeAnswer.ts';
import { PythonMemory } from '#buffers/live/pythonMemory.ts';
import { ReferencedMemory } from '#buffers/live/referencedMemory.ts';
import { fail, type Disposable, type Result } from '#shared/result.ts';
import { EventSource } from '../event.ts';
import type { InspectorPanels } from '../panels/inspectorPanels.ts';
import { openLivePanel } from '../panels/livePanel.ts';
import { LivePanelBuffer } from '../panels/livePanelBuffer.ts';
import { readSettings } from '../settings.ts';
import type { DebugWatch, SessionEvent } from './debugWatch.ts';
import { byteCountOf, type InspectTarget } from './inspectTarget.ts';
import { PausedPython, RequestQueue } from './pausedPython.ts';

interface Inspector {
  readonly sessionId: string;
  readonly buffer: LiveBuffer;
  readonly panel: vscode.WebviewPanel;
  /** Frames are numbered anew after each stop. */
  readonly onStop: () => void;
  /** Set where reading anew waits for the user: a class or an expression that runs code. */
  readonly alwaysHeld: boolean;
  /** A stop that came while the panel was hidden. */
  missed: boolean;
}

export type InspectOutcome = Result<undefined, LiveFailure | { readonly kind: 'cancelled' }>;

/** As tests see one. */
export interface LiveBufferState {
  readonly name: string;
  readonly objectClass: string;
  readonly byteLength: number;
  readonly first: readonly number[];
}

/** Debug types whose program is a Python that evaluates. */
const PYTHON_TYPES = new Set(['debugpy', 'python']);
/** A step takes less; greying what comes back at once would only flicker. */
const RUNNING_MS = 250;
const USUAL_BYTES = 4096;
const FIRST_BYTES = 16;

export class LiveInspectors implements Disposable {
  readonly #panels: InspectorPanels;
  readonly #watch: DebugWatch;
  readonly #open = new Set<Inspector>();
  readonly #queues = new Map<string, RequestQueue>();
  readonly #running = new Map<string, NodeJS.Timeout>();
  readonly #subscription: Disposable;

  constructor(panels: InspectorPanels, watch: DebugWatch) {
    this.#panels = panels;
    this.#watch = watch;
    this.#subscription = watch.onEvent((event) => this.#tell(event));
  }

  /** Of a session that stands still. */
  async inspect(
    session: vscode.DebugSession,
    target: InspectTarget,
    frameId: number | undefined,
  ): Promise<InspectOutcome> {
    if (!PYTHON_TYPES.has(session.type)) return this.#inspectReference(session, target, frameId);
    const python = new PausedPython(
      session,
      () => this.#watch.session(session.id)?.stoppedThread,
      this.#queueOf(session.id),
      frameId,
    );
    return this.inspectPython(session.id, target, python, () => python.forgetFrame());
  }

  /** Of anything that evaluates Python: `ownerId` is whose events it follows. */
  async inspectPython(
    ownerId: string,
    target: InspectTarget,
    evaluator: ConstructorParameters<typeof PythonMemory>[0],
    onStop: () => void,
  ): Promise<InspectOutcome> {
    const memory = (allow: boolean) => new PythonMemory(evaluator, target.expression, { allow });
    const first = await this.#show(ownerId, target, memory(false), onStop, {
      alwaysHeld: !isPlainPath(target.expression),
    });
    if (first.ok || first.error.kind !== 'userClass') return first;
    const read = 'Read Its Bytes';
    const answer = await vscode.window.showWarningMessage(
      `Reading the bytes of ${target.name} may run code of the program.`,
      { modal: true, detail: `${first.error.message}.` },
      read,
    );
    if (answer !== read) return fail({ kind: 'cancelled' });
    return this.#show(ownerId, target, memory(true), onStop, { alwaysHeld: true });
  }

  /** Another program than a debug session stopped, ran or ended. */
  tell(event: SessionEvent): void {
    this.#tell(event);
  }

  list(): Promise<readonly LiveBufferState[]> {
    return Promise.all(
      [...this.#open].map(async ({ buffer }) => {
        const described = await buffer.describe();
        const first = await buffer.source.read(0, FIRST_BYTES);
        if (!described.ok) throw new Error(described.error.message);
        const { fileName, formatLabel, byteLength } = described.value;
        return {
          name: fileName,
          objectClass: formatLabel,
          byteLength,
          first: first.ok ? [...first.value] : [],
        };
      }),
    );
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const timer of this.#running.values()) clearTimeout(timer);
    for (const { panel } of [...this.#open]) panel.dispose();
  }

  async #inspectReference(
    session: vscode.DebugSession,
    target: InspectTarget,
    frameId: number | undefined,
  ): Promise<InspectOutcome> {
    const known = this.#watch.session(session.id);
    const { name } = target;
    // A request that an adapter does not know may never be answered, and may be its last.
    if (known?.canReadMemory !== true)
      return fail({
        kind: 'gone',
        message: `The debugger of ${session.name} does not read memory, so the bytes of ${name} can’t be shown.`,
      });
    const {
      memoryReference: reference,
      typeName,
      value,
    } = await this.#placed(session, target, frameId);
    if (reference === undefined)
      return fail({
        kind: 'gone',
        message: `The debugger says of ${name} no place in memory. Arrays, pointers and buffers have one.`,
      });
    const layout = nativeLayout(typeName, value);
    const stated =
      layout && layout.shape.length > 0
        ? layout.shape.reduce((product, length) => product * length, layout.itemsize)
        : undefined;
    const byteLength = stated ?? (await askByteCount(name));
    if (byteLength === undefined) return fail({ kind: 'cancelled' });
    const queue = this.#queueOf(session.id);
    const memory = new ReferencedMemory(
      {
        request: (command, body) => queue.run<unknown>(() => session.customRequest(command, body)),
      },
      {
        reference,
        byteLength,
        typeName,
        layout: stated === undefined ? undefined : layout,
        canWrite: known.canWriteMemory,
      },
    );
    return this.#show(session.id, target, memory, () => undefined, { alwaysHeld: false });
  }

  /** A variable comes with its place in memory; a selection or a watch is evaluated for it. */
  async #placed(
    session: vscode.DebugSession,
    target: InspectTarget,
    frameId: number | undefined,
  ): Promise<InspectTarget> {
    if (target.memoryReference !== undefined) return target;
    const { expression } = target;
    const frame = frameId === undefined ? {} : { frameId };
    try {
      const found: unknown = await this.#queueOf(session.id).run(() =>
        session.customRequest('evaluate', { expression, ...frame, context: 'watch' }),
      );
      const { result, type, memoryReference } = found as Readonly<Record<string, unknown>>;
      return {
        ...target,
        typeName: typeof type === 'string' ? type : target.typeName,
        value: typeof result === 'string' ? result : target.value,
        memoryReference: typeof memoryReference === 'string' ? memoryReference : undefined,
      };
    } catch {
      // It has no place, which is what is said.
      return target;
    }
  }

  async #show(
    ownerId: string,
    { name }: InspectTarget,
    memory: LiveMemory,
    onStop: () => void,
    { alwaysHeld }: { readonly alwaysHeld: boolean },
  ): Promise<InspectOutcome> {
    const news = new EventSource<undefined>();
    const opened = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: `Reading ${name}…` },
      () =>
        openLive(
          { name, memory, onChange: () => news.fire(undefined) },
          new AbortController().signal,
        ),
    );
    if (!opened.ok) return opened;
    const buffer = opened.value;
    const panelBuffer = new LivePanelBuffer(buffer, askToWrite(name));
    news.listen(() => panelBuffer.notifyChanged());
    const panel = openLivePanel(this.#panels, name, panelBuffer);
    const inspector: Inspector = {
      sessionId: ownerId,
      buffer,
      panel,
      onStop,
      alwaysHeld,
      missed: false,
    };
    this.#open.add(inspector);
    panel.onDidDispose(() => void this.#open.delete(inspector));
    panel.onDidChangeViewState(() => {
      if (!panel.visible || !inspector.missed) return;
      inspector.missed = false;
      this.#stopped(inspector);
    });
    return { ok: true, value: undefined };
  }

  #tell({ sessionId, kind }: SessionEvent): void {
    clearTimeout(this.#running.get(sessionId));
    this.#running.delete(sessionId);
    const inspectors = [...this.#open].filter((each) => each.sessionId === sessionId);
    if (kind === 'running') {
      const grey = () => {
        for (const { buffer } of inspectors) buffer.running();
      };
      // Nothing is asked of a program that runs, seen or not.
      for (const { onStop } of inspectors) onStop();
      this.#running.set(sessionId, setTimeout(grey, RUNNING_MS));
    } else if (kind === 'ended') {
      this.#queues.delete(sessionId);
      for (const { buffer } of inspectors)
        buffer.ended('The program ended. Its last bytes stay until this is closed.');
    } else {
      for (const inspector of inspectors) {
        if (kind === 'stopped') inspector.onStop();
        if (inspector.panel.visible) this.#stopped(inspector);
        else inspector.missed = true;
      }
    }
  }

  #stopped({ buffer, alwaysHeld }: Inspector): void {
    buffer.stopped(alwaysHeld || !readSettings().buffers.refreshOnStop);
  }

  #queueOf(sessionId: string): RequestQueue {
    const queue = this.#queues.get(sessionId) ?? new RequestQueue();
    this.#queues.set(sessionId, queue);
    return queue;
  }
}

/** Asks each time, until told that it need not. */
function askToWrite(name: string): (byteCount: number) => Promise<boolean> {
  let isAllowed = false;
  return async (byteCount) => {
    if (isAllowed) return true;
    const [once, always] = ['Write', 'Write and Don’t Ask Again Here'];
    const answer = await vscode.window.showWarningMessage(
      `Write ${byteCount} ${byteCount === 1 ? 'byte' : 'bytes'} into the memory of ${name}?`,
      { modal: true, detail: 'The program goes on with what is written. It can’t be undone.' },
      once,
      always,
    );
    isAllowed = answer === always;
    return answer === once || isAllowed;
  };
}

async function askByteCount(name: string): Promise<number | undefined> {
  const typed = await vscode.window.showInputBox({
    title: `Inspect Buffer: ${name}`,
    prompt: 'How many bytes? The debugger does not say how large it is.',
    value: String(USUAL_BYTES),
    validateInput: (text) =>
      byteCountOf(text) === undefined ? 'A number such as 4096, 0x1000 or 64 KiB' : undefined,
  });
  return typed === undefined ? undefined : byteCountOf(typed);
}
