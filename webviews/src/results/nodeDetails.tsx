import type { Advice, Explanation, PlanNode, PlanStage } from '#shared/protocol/engine.ts';
import { formatCount } from '#shared/quantities.ts';
import { QueryText } from '../kit/queryText.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { AdviceList } from './adviceView.tsx';
import { ideasOf, nodeAt, timeText, totalMsOf } from './planFacts.ts';
import { clusterFacts, stagesOf } from './planStages.ts';
import type { NodeTab, ResultsModel } from './resultsModel.ts';
import type { RunModel } from './runModel.ts';
import { SourceLink } from './sourceLink.tsx';

type Fact = readonly [label: string, value: string];

/** What is known of the selected node: its facts, its piece of the query, and what would make it cheaper. */
export function NodeDetails(props: {
  readonly model: ResultsModel;
  readonly run: RunModel;
  readonly stage: PlanStage;
  readonly explanation: Explanation;
  readonly node: PlanNode;
}) {
  const { model, run, stage, explanation, node } = props;
  const root = explanation.trees[stage];
  const advice =
    stage === 'physical' ? explanation.advice.filter(({ nodeId }) => nodeId === node.id) : [];
  const tabs: readonly { readonly id: NodeTab; readonly label: string }[] = [
    { id: 'node-facts', label: 'Facts' },
    { id: 'node-sql', label: 'SQL' },
    { id: 'node-advice', label: advice.length === 0 ? 'Advice' : `Advice (${advice.length})` },
  ];
  const tab = model.nodeTab.value;
  return (
    <section class="node" aria-label={`Details of ${node.name}`} data-pane>
      <h2 class="node-title">{node.name}</h2>
      <div class="node-tabs">
        <Tabs
          label="Details of the step"
          tabs={tabs}
          selected={tab}
          panelId="node-panel"
          onSelect={(id) => {
            model.setNodeTab(id as NodeTab);
          }}
        />
      </div>
      <div
        role="tabpanel"
        id="node-panel"
        aria-labelledby={`tab-${tab}`}
        class="node-panel"
        tabIndex={0}
      >
        {tab === 'node-facts' ? (
          <Facts model={model} stage={stage} explanation={explanation} root={root} node={node} />
        ) : tab === 'node-sql' ? (
          <Sql run={run} stage={stage} explanation={explanation} root={root} node={node} />
        ) : (
          <NodeAdvice
            model={model}
            run={run}
            advice={advice}
            explanation={explanation}
            stage={stage}
          />
        )}
      </div>
    </section>
  );
}

function Facts(props: {
  readonly model: ResultsModel;
  readonly stage: PlanStage;
  readonly explanation: Explanation;
  readonly root: PlanNode;
  readonly node: PlanNode;
}) {
  const { model, stage, explanation, root, node } = props;
  const isPhysical = stage === 'physical';
  const isMeasured = explanation.metrics !== undefined;
  const facts: readonly Fact[] = [
    ...measuredFacts(root, node, isPhysical && isMeasured),
    ...(isPhysical ? clusterFacts(node, stagesOf(root)) : []),
    ...node.facts,
  ];
  return (
    <>
      {node.detail === '' ? null : <p class="node-detail">{node.detail}</p>}
      <dl class="facts">
        {facts.map(([label, value]) => (
          <div key={label} class="fact">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="node-links">
        {ideasOf(node).map((idea) => (
          <button
            key={idea}
            type="button"
            class="link-button"
            onClick={() => void model.call('explainIdea', { idea })}
          >
            About {idea.replaceAll('-', ' ')}
          </button>
        ))}
      </p>
    </>
  );
}

/** The factor by which rows and estimate differ, in words. */
function estimateText(rows: number, expected: number): string {
  const [small, big] = rows < expected ? [rows, expected] : [expected, rows];
  const factor = big / Math.max(1, small);
  const off =
    factor < 2
      ? ''
      : ` · ${rows < expected ? 'fewer' : 'more'} came, by ${formatCount(Math.round(factor))}×`;
  return `${formatCount(expected)}${off}`;
}

function measuredFacts(root: PlanNode, node: PlanNode, isMeasured: boolean): readonly Fact[] {
  const { measured } = node;
  if (!measured)
    return isMeasured
      ? [['Measured', 'not by itself: the engine ran this as part of another step']]
      : [];
  const { rows, ownMs, estimatedRows } = measured;
  const whole = totalMsOf(root);
  const withShare = (ms: number) =>
    whole === 0
      ? timeText(ms)
      : `${timeText(ms)} · ${Math.round((ms / whole) * 100)} % of the query`;
  return [
    ['Rows out', formatCount(rows)],
    ...(estimatedRows === undefined
      ? []
      : [['Rows expected', estimateText(rows, estimatedRows)] as const]),
    ...(ownMs === undefined ? [] : [['Own time', withShare(ownMs)] as const]),
    ...(node.children.length === 0
      ? []
      : [['With its sources', withShare(totalMsOf(node))] as const]),
  ];
}

/** A statement of pages would push everything else out of sight. */
const MOST_SHOWN = 20_000;

function Sql(props: {
  readonly run: RunModel;
  readonly stage: PlanStage;
  readonly explanation: Explanation;
  readonly root: PlanNode;
  readonly node: PlanNode;
}) {
  const { run, stage, explanation, root, node } = props;
  const { text, textStart = 0, sourceName } = run.run.value;
  const { start, end } = node;
  const hasPiece = start !== undefined && end !== undefined;
  const [from, to] = hasPiece ? [start - textStart, end - textStart] : [0, 0];
  const isWithin = hasPiece && 0 <= from && to <= text.length;
  const isAll = isWithin && from <= 0 && text.trimEnd().length <= to;
  const isMarked = isWithin && !isAll;
  const isShort = text.length <= MOST_SHOWN;
  return (
    <>
      {hasPiece && sourceName !== undefined ? (
        <SourceLink run={run} sourceName={sourceName} start={start} end={end} />
      ) : null}
      {isAll ? <p class="secondary">All of the query became this step.</p> : null}
      {!hasPiece ? (
        <p class="secondary">
          A rule of the optimizer made this step; no piece of the query says it.
        </p>
      ) : !isWithin ? (
        <p class="secondary">This step comes from a line that stands before the statement below.</p>
      ) : null}
      {isShort ? (
        <QueryText
          text={text}
          start={isMarked ? from : undefined}
          end={isMarked ? to : undefined}
          onPick={(offset) => {
            const found = nodeAt(root, offset + textStart);
            if (found) run.selectNode(String(found.id));
          }}
        />
      ) : isWithin ? (
        <QueryText text={text.slice(from, Math.min(to, from + MOST_SHOWN))} />
      ) : null}
      {stage === 'physical' && explanation.sql ? (
        <details class="plan-sql">
          <summary>SQL that DuckDB runs</summary>
          <pre>{explanation.sql}</pre>
        </details>
      ) : null}
    </>
  );
}

function NodeAdvice(props: {
  readonly model: ResultsModel;
  readonly run: RunModel;
  readonly advice: readonly Advice[];
  readonly explanation: Explanation;
  readonly stage: PlanStage;
}) {
  const { model, run, advice, explanation, stage } = props;
  const all = explanation.advice.length;
  if (advice.length > 0) return <AdviceList model={model} run={run} advice={advice} />;
  return (
    <p class="secondary">
      {stage === 'physical'
        ? 'There is no advice on this step.'
        : 'Advice belongs to the steps of the physical plan.'}{' '}
      {all > 0 ? (
        <button
          type="button"
          class="link-button"
          onClick={() => {
            model.setPlanTab('advice');
          }}
        >
          Show all advice ({all})
        </button>
      ) : null}
    </p>
  );
}
