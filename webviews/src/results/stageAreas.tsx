import { CARD_HEIGHT, CARD_WIDTH, edgePath, type PlanLayout } from './planLayout.ts';
import type { Stages } from './planStages.ts';

const REACH = 8;

/** A quiet tint behind the cards of each stage that a cluster would run as one. */
export function StageAreas(props: { readonly plan: PlanLayout; readonly stages: Stages }) {
  const { plan, stages } = props;
  const isOf = (stage: number, id: number) => stages.ofNode.get(id) === stage;
  const numbers = Array.from({ length: stages.count }, (_, index) => index + 1);
  return (
    <svg aria-hidden="true" class="picture-lines" width={plan.width} height={plan.height}>
      {numbers.map((stage) => {
        const cards = plan.cards.filter(({ node }) => isOf(stage, node.id));
        const [last] = [...cards].sort((a, b) => a.level - b.level);
        if (!last) return null;
        return (
          <g key={stage} class="stage">
            <g class={stage % 2 === 0 ? 'stage-area even' : 'stage-area'}>
              {cards.map(({ id, x, y }) => (
                <rect
                  key={id}
                  x={x - REACH}
                  y={y - REACH}
                  width={CARD_WIDTH + 2 * REACH}
                  height={CARD_HEIGHT + 2 * REACH}
                  rx={4}
                />
              ))}
              {plan.edges
                .filter(({ from, to }) => isOf(stage, from.node.id) && isOf(stage, to.node.id))
                .map((edge) => (
                  <path key={edge.from.id} d={edgePath(edge, plan.flow)} />
                ))}
            </g>
            <text class="stage-name" x={last.x - 2} y={last.y - REACH - 3}>
              Stage {stage}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
