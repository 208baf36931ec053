import type { PlanLayout } from './planLayout.ts';
import type { Stages } from './planStages.ts';
import { stageShapes } from './stageShapes.ts';

/** A quiet tint behind the cards of each stage that a cluster would run as one. */
export function StageAreas(props: { readonly plan: PlanLayout; readonly stages: Stages }) {
  const { plan, stages } = props;
  return (
    <svg aria-hidden="true" class="picture-lines" width={plan.width} height={plan.height}>
      {stageShapes(plan, stages).map(({ stage, area, lines, x, y }) => (
        <g key={stage}>
          <g class={stage % 2 === 0 ? 'stage-area even' : 'stage-area'}>
            <path d={area} />
            <path class="stage-lines" d={lines} />
          </g>
          <text class="stage-name" x={x} y={y}>
            Stage {stage}
          </text>
        </g>
      ))}
    </svg>
  );
}
