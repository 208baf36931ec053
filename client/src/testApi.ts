/** What `activate` returns under test, and nowhere else: process ids, states and events to wait for. */
import type { Arrangement } from '#shared/protocol/arrangement.ts';
import type { PlanNode, ResultPage } from '#shared/protocol/engine.ts';
import type { Run, SourcePlace, SourceReveal } from '#shared/protocol/resultsView.ts';
import type { Disposable } from '#shared/result.ts';
import type { DataView } from './data/dataView.ts';
import type { LiveBufferState } from './debug/liveInspectors.ts';
import type { Job } from './jobs/jobHistory.ts';
import type { ScriptRunEnd } from './frames/scriptTerminal.ts';
import type { UserMessage } from './messages.ts';
import type { BufferEditor } from './panels/bufferEditor.ts';
import type { PanelCall } from './panels/panelCalls.ts';
import type { ShownTable } from './panels/tableEditor.ts';
import type { Piece } from './queries/sourcePlace.ts';
import type { Workbench } from './workbench.ts';

export interface ProcessEvent {
  readonly process: 'server' | 'pyright' | 'engine';
  readonly state: string;
  readonly pid?: number;
}

export interface TestApi {
  readonly activationMs: number;
  readonly messages: () => readonly UserMessage[];
  readonly onProcess: (listener: (event: ProcessEvent) => void) => Disposable;
  readonly onPanelCall: (listener: (call: PanelCall) => void) => Disposable;
  readonly pendingPanelCalls: () => number;
  readonly runs: () => Promise<readonly Run[]>;
  readonly onRun: (listener: (run: Run) => void) => Promise<Disposable>;
  readonly repeatRun: (runId: number) => Promise<void>;
  readonly readRowCount: (runId: number, start: number, count: number) => Promise<number | string>;
  readonly readPage: (runId: number, start: number, count: number) => Promise<ResultPage>;
  /** As the results panel sorts and filters a run. */
  readonly arrange: (runId: number, arrangement: Arrangement) => Promise<void>;
  /** The physical plan of a run, which is not run for it. */
  readonly planOf: (runId: number) => Promise<PlanNode>;
  /** As the results panel asks for it when a node of the plan is clicked. */
  readonly showSource: (runId: number, piece: Piece, reveal: SourceReveal) => Promise<SourcePlace>;
  /** What the results panel is told of the cursor. */
  readonly onSourceCursor: (
    listener: (cursor: { readonly runId: number; readonly offset: number }) => void,
  ) => Promise<Disposable>;
  readonly jobs: () => readonly Job[];
  /** This window or another one changed the list. */
  readonly onJobs: (listener: () => void) => Disposable;
  /** What is on disk of results. */
  readonly keptResultNames: () => Promise<readonly string[]>;
  readonly resultsPanelIsOpen: () => Promise<boolean>;
  /** The lines of the view "Data": of its top, or below the file of that label. */
  readonly dataView: (below?: string) => Promise<readonly string[]>;
  readonly dataTree: DataView;
  /** A script in the terminal has ended. */
  readonly onScriptEnd: (listener: (end: ScriptRunEnd) => void) => Disposable;
  readonly bufferEditor: BufferEditor;
  /** A file in Strata Table was opened, has more rows or changed on disk. */
  readonly onTable: (listener: (table: ShownTable) => void) => Disposable;
  readonly endBufferWorker: () => Promise<void>;
  /** Of each open inspector of memory. */
  readonly liveBuffers: () => Promise<readonly LiveBufferState[]>;
  /** Why buffers were not shown, in order. */
  readonly liveFailures: () => readonly string[];
  /** Starts the engine anew from another file, as after a broken installation. */
  readonly startEngineFrom: (modulePath: string) => Promise<void>;
}

export function createTestApi(workbench: Workbench, activationMs: number): TestApi {
  return {
    activationMs,
    messages: () => workbench.messages.shown,
    onProcess(listener) {
      const pidOf = (state: object) => ('pid' in state ? { pid: state.pid as number } : {});
      const subscriptions = [
        workbench.onServerState((state) =>
          listener({ process: 'server', state: state.kind, ...pidOf(state) }),
        ),
        workbench.onTypeCheckerStatus((status) =>
          listener({ process: 'pyright', state: status.state, ...pidOf(status) }),
        ),
        workbench.onEngineState((state) =>
          listener({ process: 'engine', state: state.kind, ...pidOf(state) }),
        ),
      ];
      return { dispose: () => subscriptions.forEach((subscription) => subscription.dispose()) };
    },
    jobs: () => workbench.jobs.list(),
    onJobs: (listener) => workbench.jobs.onChanged(listener),
    keptResultNames: () => workbench.keptRuns.resultNames(),
    onPanelCall: (listener) => workbench.panelCalls.listen(listener),
    onScriptEnd: (listener) => workbench.onScriptEnd(listener),
    pendingPanelCalls: () => workbench.panelCalls.pending,
    runs: async () => (await workbench.queries()).runs.list(),
    onRun: async (listener) => (await workbench.queries()).runs.onChanged(listener),
    repeatRun: async (runId) => (await workbench.queries()).runs.repeat(runId),
    async readRowCount(runId, start, count) {
      const page = await (await workbench.queries()).runs.readRows(runId, start, count);
      return page.ok ? page.value.rowCount : page.error.kind;
    },
    async readPage(runId, start, count) {
      const page = await (await workbench.queries()).runs.readRows(runId, start, count);
      if (!page.ok) throw new Error(JSON.stringify(page.error));
      return page.value;
    },
    async arrange(runId, arrangement) {
      const arranged = await (await workbench.queries()).runs.arrange(runId, arrangement);
      if (!arranged.ok) throw new Error(JSON.stringify(arranged.error));
    },
    async planOf(runId) {
      const explained = await (await workbench.queries()).runs.explain(runId, 'extended');
      if (!explained.ok) throw new Error(JSON.stringify(explained.error));
      return explained.value.trees.physical;
    },
    async showSource(runId, piece, reveal) {
      const { runs, panel } = await workbench.queries();
      const run = runs.sources().find((each) => each.runId === runId);
      return run ? panel.sources.show(run, piece, reveal) : 'gone';
    },
    onSourceCursor: async (listener) =>
      (await workbench.queries()).panel.sources.onCursor(listener),
    resultsPanelIsOpen: async () => (await workbench.queries()).panel.isOpen,
    dataView: (below) => workbench.showData().lines(below),
    dataTree: workbench.showData(),
    bufferEditor: workbench.bufferEditor,
    onTable: (listener) => workbench.tableEditor.onChanged(listener),
    endBufferWorker: async () => (await workbench.bufferWorker()).terminate(),
    liveBuffers: async () => (await workbench.liveInspectors()).list(),
    liveFailures: () => workbench.liveFailures,
    startEngineFrom: async (modulePath) => (await workbench.queries()).engine.restart(modulePath),
  };
}
