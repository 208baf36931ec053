/** What debug sessions do, seen from beside: when they stop, run, are changed by hand and end, and what they can do. */
import * as vscode from 'vscode';
import type { Disposable } from '#shared/result.ts';
import { EventSource } from '../event.ts';

export interface SessionEvent {
  readonly sessionId: string;
  /** `touched`: somebody changed a value or ran code while it stood. */
  readonly kind: 'stopped' | 'running' | 'touched' | 'ended';
}

interface SessionState {
  readonly session: vscode.DebugSession;
  canReadMemory: boolean;
  canWriteMemory: boolean;
  /** The thread that stopped last; undefined while all run. */
  stoppedThread: number | undefined;
  /** By the number of a request under way, what its success means. */
  readonly underWay: Map<number, 'running' | 'touched'>;
}

/** Requests of the protocol after whose success the program runs. */
const GOES_ON = new Set([
  'continue',
  'next',
  'stepIn',
  'stepOut',
  'stepBack',
  'reverseContinue',
  'goto',
  'restartFrame',
]);
const TOUCHES = new Set(['setVariable', 'setExpression']);

export class DebugWatch implements Disposable {
  readonly #events = new EventSource<SessionEvent>();
  readonly onEvent = this.#events.listen;
  readonly #sessions = new Map<string, SessionState>();
  readonly #subscription: vscode.Disposable;

  constructor() {
    this.#subscription = vscode.Disposable.from(
      vscode.debug.registerDebugAdapterTrackerFactory('*', {
        createDebugAdapterTracker: (session) => this.#track(session),
      }),
      vscode.debug.onDidTerminateDebugSession(({ id }) => this.#end(id)),
    );
  }

  /** Undefined where the session began before the extension did, or is none. */
  session(sessionId: string): Readonly<SessionState> | undefined {
    return this.#sessions.get(sessionId);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#sessions.clear();
  }

  #track(session: vscode.DebugSession): vscode.DebugAdapterTracker {
    const state: SessionState = {
      session,
      canReadMemory: false,
      canWriteMemory: false,
      stoppedThread: undefined,
      underWay: new Map(),
    };
    this.#sessions.set(session.id, state);
    const tellMenus = () => this.#tellMenus();
    const fire = (kind: SessionEvent['kind']) => this.#events.fire({ sessionId: session.id, kind });
    return {
      onWillReceiveMessage(message: unknown) {
        const { seq, command, arguments: given } = message as ProtocolMessage;
        if (seq === undefined || command === undefined) return;
        if (GOES_ON.has(command)) state.underWay.set(seq, 'running');
        else if (TOUCHES.has(command) || (command === 'evaluate' && given?.context === 'repl'))
          state.underWay.set(seq, 'touched');
      },
      onDidSendMessage(message: unknown) {
        const { type, command, event, body, success, request_seq } = message as ProtocolMessage;
        if (type === 'response') {
          if (command === 'initialize' && success === true) {
            state.canReadMemory = body?.supportsReadMemoryRequest === true;
            state.canWriteMemory = body?.supportsWriteMemoryRequest === true;
            tellMenus();
          }
          const means = state.underWay.get(request_seq ?? -1);
          state.underWay.delete(request_seq ?? -1);
          if (success !== true || !means) return;
          if (means === 'running') state.stoppedThread = undefined;
          fire(means);
        } else if (event === 'stopped') {
          state.stoppedThread = Number(body?.threadId ?? 0);
          fire('stopped');
        } else if (event === 'continued') {
          state.stoppedThread = undefined;
          fire('running');
        } else if (event === 'invalidated' || event === 'memory') fire('touched');
      },
      onExit: () => this.#end(session.id),
      onError: () => this.#end(session.id),
      onWillStopSession: () => this.#end(session.id),
    };
  }

  /** Offers the command in editors of languages whose debugger reads memory. */
  #tellMenus(): void {
    const canRead = [...this.#sessions.values()].some(({ canReadMemory }) => canReadMemory);
    void vscode.commands.executeCommand('setContext', 'strata.debuggerReadsMemory', canRead);
  }

  #end(sessionId: string): void {
    if (!this.#sessions.delete(sessionId)) return;
    this.#tellMenus();
    this.#events.fire({ sessionId, kind: 'ended' });
  }
}

interface ProtocolMessage {
  readonly type?: string;
  readonly seq?: number;
  readonly command?: string;
  readonly event?: string;
  readonly success?: boolean;
  readonly request_seq?: number;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly arguments?: Readonly<Record<string, unknown>>;
}
