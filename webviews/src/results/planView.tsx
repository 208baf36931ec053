import { useLayoutEffect, useMemo } from 'preact/hooks';
import type { EngineFailure, Explanation, PlanNode, PlanStage } from '#shared/protocol/engine.ts';
import type { SourceReveal } from '#shared/protocol/resultsView.ts';
import { EmptyState, ErrorState, LoadingState } from '../kit/states.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { IconButton, Toolbar } from '../kit/toolbar.tsx';
import type { TreeNode } from '../kit/tree.tsx';
import { Tree } from '../kit/tree.tsx';
import { SplitPanes } from '../kit/splitter.tsx';
import { failureText } from '../kit/failureText.ts';
import { AdviceView } from './adviceView.tsx';
import { NodeDetails } from './nodeDetails.tsx';
import { ExportPlan } from './exportPlan.tsx';
import { PlanPicture } from './planPicture.tsx';
import { stagesOf } from './planStages.ts';
import type { PlanState, PlanTab, ResultsModel } from './resultsModel.ts';
import { USUAL_PLAN_SHARE } from './resultsModel.ts';
import { RulesView } from './rulesView.tsx';
import type { RunModel } from './runModel.ts';

const TABS: readonly { readonly id: PlanTab; readonly label: string; readonly tooltip: string }[] =
  [
    { id: 'parsed', label: 'Parsed', tooltip: 'The plan as the query says it' },
    { id: 'analyzed', label: 'Analyzed', tooltip: 'With names and types found' },
    { id: 'optimized', label: 'Optimized', tooltip: 'After the optimizer’s rules' },
    { id: 'physical', label: 'Physical', tooltip: 'What the engine runs' },
    { id: 'rules', label: 'Rules', tooltip: 'What each rule of the optimizer changed' },
    { id: 'advice', label: 'Advice', tooltip: 'What would make the query cheaper' },
  ];

const ROWS_FIRST_MS = 300;

/** The plan of a run: one tree a stage, and the optimizer's trace. */
export function PlanView(props: { readonly model: ResultsModel; readonly run: RunModel }) {
  const { model, run } = props;
  const tab = model.planTab.value;
  const { status, schema } = run.run.value;
  const waits = status === 'queued' || (status === 'running' && schema.length === 0);
  useLayoutEffect(() => {
    if (!waits) {
      run.explain();
      return undefined;
    }
    // Rows that come at once come first.
    const timer = setTimeout(() => {
      run.explain();
    }, ROWS_FIRST_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [run, status, waits]);
  const plan = run.plan.value;
  const label = TABS.find(({ id }) => id === tab)?.label ?? '';
  return (
    <section class="plan" aria-label="Plan" data-pane>
      <div class="plan-tools">
        <Tabs
          label="Stages of the plan"
          tabs={TABS.map((each) => (each.id === 'advice' ? withCount(each, plan) : each))}
          selected={tab}
          panelId="plan-panel"
          onSelect={(id) => {
            model.setPlanTab(id as PlanTab);
          }}
        />
        <PlanTools model={model} run={run} />
      </div>
      <div role="tabpanel" id="plan-panel" aria-label={label} class="plan-panel">
        {plan.kind === 'loading' ? (
          <LoadingState label="Explaining the query…" />
        ) : plan.kind === 'failed' && isSameError(plan.failure, run.run.value.failure) ? (
          <EmptyState
            icon="list-tree"
            text="There is no plan"
            detail="The error stopped the query before it had one."
          />
        ) : plan.kind === 'failed' ? (
          <ErrorState
            {...failureText(plan.failure)}
            action={{
              label: 'Try again',
              onClick: () => {
                run.retry();
              },
            }}
          />
        ) : tab === 'rules' ? (
          <RulesView model={model} run={run} trace={plan.explanation.trace} />
        ) : tab === 'advice' ? (
          <AdviceView
            model={model}
            run={run}
            advice={plan.explanation.advice}
            root={plan.explanation.trees.physical}
            isMeasured={plan.explanation.metrics !== undefined}
          />
        ) : (
          <StageView model={model} run={run} stage={tab} explanation={plan.explanation} />
        )}
      </div>
    </section>
  );
}

/** Of the plan or of its details: the tools and some of what they are for. */
const SMALLEST_HALF = 180;

function withCount<T extends { readonly label: string }>(tab: T, plan: PlanState): T {
  const count = plan.kind === 'ready' ? plan.explanation.advice.length : 0;
  return count === 0 ? tab : { ...tab, label: `${tab.label} (${count})` };
}

function PlanTools(props: { readonly model: ResultsModel; readonly run: RunModel }) {
  const { model, run } = props;
  const isPicture = model.planForm.value === 'picture';
  const isReady = run.plan.value.kind === 'ready';
  const isMeasuring = run.measuring.value;
  return (
    <Toolbar label="Plan">
      <IconButton
        icon={isMeasuring ? 'debug-stop' : 'watch'}
        label={
          isMeasuring
            ? 'Stop measuring'
            : 'Measure: run the query once more and see rows and time of each step'
        }
        disabled={!isReady}
        onClick={() => {
          if (!isMeasuring && model.planTab.value !== 'advice') model.setPlanTab('physical');
          run.measure();
        }}
      />
      <IconButton
        icon={isPicture ? 'list-tree' : 'type-hierarchy'}
        label={isPicture ? 'Show as a tree' : 'Show as a picture'}
        disabled={!isReady}
        onClick={() => {
          model.setPlanForm(isPicture ? 'tree' : 'picture');
        }}
      />
      <ExportPlan model={model} run={run} />
    </Toolbar>
  );
}

/** The pane beside shows the run's error already, with its place in the text. */
function isSameError(plan: { readonly kind: string }, run: EngineFailure | undefined): boolean {
  if (run?.kind === 'spark') return 'class' in plan && plan.class === run.class;
  return run?.kind === 'unavailable' && plan.kind === 'unavailable';
}

function StageView(props: {
  readonly model: ResultsModel;
  readonly run: RunModel;
  readonly stage: PlanStage;
  readonly explanation: Explanation;
}) {
  const { model, run, stage, explanation } = props;
  const root = explanation.trees[stage];
  const selected = run.selectedNode.value;
  const node = (selected === undefined ? undefined : findNode(root, selected)) ?? root;
  const stages = useMemo(() => (stage === 'physical' ? stagesOf(root) : undefined), [stage, root]);
  const select = (id: string, reveal: SourceReveal) => {
    run.selectNode(id);
    const found = findNode(root, id);
    if (found) run.showSource(found, reveal);
  };
  return (
    <SplitPanes
      label="Plan and details"
      smallest={SMALLEST_HALF}
      share={model.planShare.value}
      usualShare={USUAL_PLAN_SHARE}
      onShare={(share) => {
        model.setPlanShare(share);
      }}
      first={
        model.planForm.value === 'picture' ? (
          <PlanPicture
            key={stage}
            label={`${stage} plan`}
            root={root}
            stages={stages}
            selected={String(node.id)}
            onSelect={select}
            onExplain={(idea) => void model.call('explainIdea', { idea })}
          />
        ) : (
          <Tree
            label={`${stage} plan`}
            roots={[treeOf(root)]}
            selected={String(node.id)}
            onSelect={(id) => {
              select(id, 'visible');
            }}
          />
        )
      }
      second={
        <NodeDetails model={model} run={run} stage={stage} explanation={explanation} node={node} />
      }
    />
  );
}

function treeOf(node: PlanNode): TreeNode {
  return {
    id: String(node.id),
    label: node.name,
    description: node.detail,
    children: node.children.map(treeOf),
  };
}

function findNode(node: PlanNode, id: string): PlanNode | undefined {
  if (String(node.id) === id) return node;
  for (const child of node.children) {
    const found = findNode(child, id);
    if (found) return found;
  }
  return undefined;
}
