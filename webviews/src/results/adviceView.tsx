import type { Advice, PlanNode } from '#shared/protocol/engine.ts';
import { EmptyState } from '../kit/states.tsx';
import { nodesOf } from './planFacts.ts';
import type { ResultsModel } from './resultsModel.ts';
import type { RunModel } from './runModel.ts';

/** What would make the query cheaper, each with the operator that it is about. */
export function AdviceView(props: {
  readonly model: ResultsModel;
  readonly run: RunModel;
  readonly advice: readonly Advice[];
  readonly root: PlanNode;
  readonly isMeasured: boolean;
}) {
  const { model, run, advice, root, isMeasured } = props;
  if (advice.length === 0)
    return (
      <EmptyState
        icon="check"
        text="There is nothing to advise."
        detail={
          isMeasured
            ? 'Neither the plan nor what was measured of it stands out.'
            : 'The plan alone does not stand out. Measured, its rows, keys and memory are looked at, too.'
        }
        {...(isMeasured
          ? {}
          : {
              action: {
                label: 'Measure',
                onClick: () => {
                  run.measure();
                },
              },
            })}
      />
    );
  const names = new Map(nodesOf(root).map(({ id, name }) => [id, name]));
  return <AdviceList model={model} run={run} advice={advice} names={names} />;
}

/** With `names`, each links to the operator that it is about. */
export function AdviceList(props: {
  readonly model: ResultsModel;
  readonly run: RunModel;
  readonly advice: readonly Advice[];
  readonly names?: ReadonlyMap<number, string>;
}) {
  const { model, run, advice, names } = props;
  return (
    <ol class="advice" aria-label="Advice">
      {advice.map((each) => (
        <li key={`${each.rule} ${each.nodeId} ${each.finding}`} class="advice-item">
          <h3 class="advice-title">
            <span aria-hidden="true" class="codicon codicon-lightbulb" />
            <Marked text={each.title} />
          </h3>
          <p>
            <Marked text={each.finding} />
          </p>
          <p>
            <Marked text={each.remedy} />
          </p>
          <p class="advice-links">
            {names ? (
              <button
                type="button"
                class="link-button"
                onClick={() => {
                  model.setPlanTab('physical');
                  run.selectNode(String(each.nodeId));
                }}
              >
                Show {names.get(each.nodeId) ?? 'the operator'}
              </button>
            ) : null}
            <button
              type="button"
              class="link-button"
              onClick={() => void model.call('explainIdea', { idea: each.idea })}
            >
              About {each.idea.replaceAll('-', ' ')}
            </button>
          </p>
        </li>
      ))}
    </ol>
  );
}

/** Text with code between backticks. */
function Marked(props: { readonly text: string }) {
  return (
    <>
      {props.text
        .split('`')
        .map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}
    </>
  );
}
