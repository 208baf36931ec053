import type { ReadonlySignal } from '@preact/signals';
import { computed, effect, signal } from '@preact/signals';
import type { Explanation, PlanStage } from '#shared/protocol/engine.ts';
import type { ResultsViewContract, Run } from '#shared/protocol/resultsView.ts';
import type { Caller } from '#shared/protocol/wire.ts';
import { callOver } from '#shared/protocol/wire.ts';
import type { Disposable } from '#shared/result.ts';
import type { CallFailure } from '../kit/failureText.ts';
import type { PanelHost } from '../kit/panelHost.ts';
import { essenceOf, nodeAt, nodesOf, sameNodeIn } from './planFacts.ts';
import type { RunModel } from './runModel.ts';
import { createRunModel } from './runModel.ts';

export type Call = Caller<ResultsViewContract['requests']>;

export type PlanState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly explanation: Explanation }
  | { readonly kind: 'failed'; readonly failure: CallFailure };

export type PlanTab = 'parsed' | 'analyzed' | 'optimized' | 'physical' | 'rules' | 'advice';

/** What the pane beside the plan shows of a node. */
export type NodeTab = 'node-facts' | 'node-sql' | 'node-advice';

interface SavedState {
  readonly selected: number | null;
  readonly panes: Panes;
  readonly share: number;
  readonly planTab: PlanTab;
  readonly planForm: PlanForm;
  readonly planShare: number;
  readonly nodeTab: NodeTab;
  /** The host's name for itself, by which the window after it finds these runs. */
  readonly window: string;
}

/** Cards with lines between them, or VS Code's tree, which narrow panes have room for. */
export type PlanForm = 'picture' | 'tree';

export interface Panes {
  readonly grid: boolean;
  readonly plan: boolean;
}

export interface ResultsModel extends Disposable {
  readonly state: ReadonlySignal<'loading' | 'ready' | 'closed'>;
  readonly runs: ReadonlySignal<readonly RunModel[]>;
  readonly selected: ReadonlySignal<RunModel | undefined>;
  readonly panes: ReadonlySignal<Panes>;
  readonly share: ReadonlySignal<number>;
  readonly planTab: ReadonlySignal<PlanTab>;
  readonly planForm: ReadonlySignal<PlanForm>;
  /** The part of the plan's pane that the picture has beside the details. */
  readonly planShare: ReadonlySignal<number>;
  /** The part of the list of rules. */
  readonly rulesShare: ReadonlySignal<number>;
  readonly nodeTab: ReadonlySignal<NodeTab>;
  /** The line of filters is shown above the rows. */
  readonly showsFilter: ReadonlySignal<boolean>;
  readonly announcement: ReadonlySignal<string>;
  select(runId: number): void;
  close(runId: number): void;
  togglePane(pane: keyof Panes): void;
  setShare(share: number): void;
  setPlanTab(tab: PlanTab): void;
  setPlanForm(form: PlanForm): void;
  setPlanShare(share: number): void;
  setRulesShare(share: number): void;
  setNodeTab(tab: NodeTab): void;
  toggleFilter(): void;
  /** Shows the line of filters and puts the focus into it. */
  showFilter(): void;
  announce(text: string): void;
  refresh(): void;
  readonly call: Call;
}

const WIDE = 900;

/** The panel's whole state: runs, which one is shown, and how. Talks to the host; knows nothing of the DOM's shape. */
export function createResultsModel(host: PanelHost, width: number): ResultsModel {
  const saved = readSaved(host.restore());
  const state = signal<'loading' | 'ready' | 'closed'>('loading');
  const runs = signal<readonly RunModel[]>([]);
  const selectedId = signal<number | null>(saved?.selected ?? null);
  const panes = signal<Panes>(saved?.panes ?? { grid: true, plan: width >= WIDE });
  const share = signal(saved?.share ?? USUAL_SHARE);
  const planTab = signal<PlanTab>(saved?.planTab ?? 'physical');
  const planForm = signal<PlanForm>(saved?.planForm ?? 'picture');
  const planShare = signal(saved?.planShare ?? USUAL_PLAN_SHARE);
  const rulesShare = signal(USUAL_RULES_SHARE);
  const nodeTab = signal<NodeTab>(saved?.nodeTab ?? 'node-facts');
  const hostWindow = signal(saved?.window ?? '');
  const showsFilter = signal(false);
  const announcement = signal('');
  const selected = computed(
    () => runs.value.find((run) => run.runId === selectedId.value) ?? runs.value.at(-1),
  );

  const end = callOver<ResultsViewContract>(host.port, {
    runChanged: (run) => {
      apply(run);
    },
    firstRows: ({ runId, page }) => {
      runs.value.find((run) => run.runId === runId)?.noteFirstPage(page);
    },
    runClosed: ({ runId }) => {
      drop(runId);
    },
    arrangeProgress: ({ runId, progress }) => {
      runs.value.find((run) => run.runId === runId)?.noteArranging(progress);
    },
    goTo: () => {
      const run = selected.value;
      if (run && run.run.value.schema.length > 0) run.rows.goingTo.value = true;
    },
    selectRun: ({ runId, pane }) => {
      selectedId.value = runId;
      if (pane !== undefined) panes.value = { ...panes.value, [pane]: true };
    },
    sourceCursor: ({ runId, offset }) => {
      const run = runs.value.find((each) => each.runId === runId);
      if (run) followCursor(run, offset);
    },
  });
  const { call } = end;
  /** The node that the text at the cursor became, in the plan that is open; said, as the focus stays in the editor. */
  const followCursor = (run: RunModel, offset: number) => {
    const plan = run.plan.value;
    if (plan.kind !== 'ready') return;
    const found = nodeAt(plan.explanation.trees[stageOf(planTab.value)], offset);
    if (!found || String(found.id) === run.selectedNode.value) return;
    run.selectNode(String(found.id));
    const isSeen = run === selected.value && panes.value.plan && isStage(planTab.value);
    if (isSeen) announcement.value = `${found.name}: ${essenceOf(found)}`;
  };
  /** The selected node of one plan becomes that of the same text in another. */
  const setPlanTab = (tab: PlanTab) => {
    const [from, to] = [stageOf(planTab.value), stageOf(tab)];
    planTab.value = tab;
    const run = selected.value;
    const plan = run?.plan.value;
    if (!run || plan?.kind !== 'ready' || from === to) return;
    const { trees } = plan.explanation;
    const node = nodesOf(trees[from]).find(({ id }) => String(id) === run.selectedNode.value);
    const same = node && sameNodeIn(trees[to], node);
    run.selectNode(String((same ?? trees[to]).id));
  };
  const apply = (run: Run) => {
    const known = runs.value.find((model) => model.runId === run.runId);
    if (known) known.update(run);
    else runs.value = [...runs.value, createRunModel(run, call)];
  };
  const drop = (runId: number) => {
    runs.value.find((model) => model.runId === runId)?.dispose();
    runs.value = runs.value.filter((model) => model.runId !== runId);
  };
  const refresh = () => {
    void call('listRuns', {}).then((result) => {
      if (!result.ok) {
        state.value = 'closed';
        return;
      }
      for (const run of result.value.runs) apply(run);
      if (selectedId.value === null || !runs.value.some((run) => run.runId === selectedId.value))
        selectedId.value = result.value.selected;
      hostWindow.value = result.value.window;
      state.value = 'ready';
    });
  };
  host.port.onClose(() => {
    state.value = 'closed';
  });
  refresh();
  const stopSaving = effect(() => {
    const next: SavedState = {
      selected: selectedId.value,
      panes: panes.value,
      share: share.value,
      planTab: planTab.value,
      planForm: planForm.value,
      planShare: planShare.value,
      nodeTab: nodeTab.value,
      window: hostWindow.value,
    };
    host.save(next);
  });

  return {
    state,
    runs,
    selected,
    panes,
    share,
    planTab,
    planForm,
    planShare,
    rulesShare,
    nodeTab,
    showsFilter,
    announcement,
    call,
    select: (runId) => (selectedId.value = runId),
    close(runId) {
      const at = runs.value.findIndex((run) => run.runId === runId);
      if (selected.value?.runId === runId)
        selectedId.value = (runs.value[at + 1] ?? runs.value[at - 1])?.runId ?? null;
      drop(runId);
      void call('closeRun', { runId });
    },
    togglePane(pane) {
      const next = { ...panes.value, [pane]: !panes.value[pane] };
      panes.value =
        next.grid || next.plan ? next : { grid: pane === 'plan', plan: pane === 'grid' };
    },
    setShare: (next) => (share.value = next),
    setPlanTab,
    setPlanForm: (form) => (planForm.value = form),
    setPlanShare: (next) => (planShare.value = next),
    setRulesShare: (next) => (rulesShare.value = next),
    setNodeTab: (tab) => (nodeTab.value = tab),
    showFilter: () => {
      showsFilter.value = true;
      // Once it is drawn.
      requestAnimationFrame(() => {
        document.querySelector<HTMLElement>('.arrangement input')?.focus();
      });
    },
    toggleFilter: () => (showsFilter.value = !showsFilter.value),
    announce: (text) => (announcement.value = text),
    refresh,
    dispose() {
      stopSaving();
      end.dispose();
      for (const run of runs.value) run.dispose();
    },
  };
}

export const USUAL_SHARE = 0.62;
export const USUAL_PLAN_SHARE = 0.66;
export const USUAL_RULES_SHARE = 0.3;

const isStage = (tab: PlanTab): tab is PlanStage => tab !== 'rules' && tab !== 'advice';

/** The plan that a tab is about. */
export function stageOf(tab: PlanTab): PlanStage {
  if (isStage(tab)) return tab;
  return tab === 'rules' ? 'optimized' : 'physical';
}

/** What an older or newer version saved may have any shape; what does not fit is forgotten. */
function readSaved(value: unknown): SavedState | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { selected, panes, share, planTab, planForm, planShare, nodeTab, window } =
    value as Partial<Record<keyof SavedState, unknown>>;
  const tabs: readonly unknown[] = [
    'parsed',
    'analyzed',
    'optimized',
    'physical',
    'rules',
    'advice',
  ];
  if (selected !== null && typeof selected !== 'number') return undefined;
  if (!isShare(share)) return undefined;
  if (!tabs.includes(planTab) || typeof panes !== 'object' || panes === null) return undefined;
  const { grid, plan } = panes as Partial<Record<keyof Panes, unknown>>;
  return {
    selected,
    share,
    planTab: planTab as PlanTab,
    planForm: planForm === 'tree' ? 'tree' : 'picture',
    planShare: isShare(planShare) ? planShare : USUAL_PLAN_SHARE,
    nodeTab: nodeTab === 'node-sql' || nodeTab === 'node-advice' ? nodeTab : 'node-facts',
    window: typeof window === 'string' ? window : '',
    panes: { grid: grid !== false || plan === false, plan: plan === true },
  };
}

const isShare = (value: unknown): value is number =>
  typeof value === 'number' && 0 < value && value < 1;
