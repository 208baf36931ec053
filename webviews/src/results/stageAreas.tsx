import { CARD_HEIGHT, CARD_WIDTH, edgePath, type Card, type PlanLayout } from './planLayout.ts';
import type { Stages } from './planStages.ts';

const REACH = 8;

/** A quiet tint behind the cards of each stage that a cluster would run as one. */
export function StageAreas(props: { readonly plan: PlanLayout; readonly stages: Stages }) {
  const { plan, stages } = props;
  const cardsOf = grouped(plan.cards, ({ node }) => stages.ofNode.get(node.id) ?? 0);
  const edgesOf = grouped(plan.edges, ({ from, to }) => {
    const stage = stages.ofNode.get(from.node.id) ?? 0;
    return stage === stages.ofNode.get(to.node.id) ? stage : 0;
  });
  return (
    <svg aria-hidden="true" class="picture-lines" width={plan.width} height={plan.height}>
      {[...cardsOf].map(([stage, cards]) => {
        const last = cards.reduce((least, card) => (card.level < least.level ? card : least));
        if (stage === 0) return null;
        const lines = (edgesOf.get(stage) ?? []).map((edge) => edgePath(edge, plan.flow));
        return (
          <g key={stage}>
            <g class={stage % 2 === 0 ? 'stage-area even' : 'stage-area'}>
              <path d={cards.map(around).join('')} />
              <path class="stage-lines" d={lines.join('')} />
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

const around = ({ x, y }: Card) =>
  `M${x - REACH} ${y - REACH}h${CARD_WIDTH + 2 * REACH}v${CARD_HEIGHT + 2 * REACH}h${-CARD_WIDTH - 2 * REACH}z`;

function grouped<T>(items: readonly T[], stageOf: (item: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const stage = stageOf(item);
    const group = groups.get(stage);
    if (group) group.push(item);
    else groups.set(stage, [item]);
  }
  return groups;
}
