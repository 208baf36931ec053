/** What is tinted behind the cards of a plan: an area for each stage that a cluster would run as one. Pure. */
import { CARD_HEIGHT, CARD_WIDTH, edgePath, type Card, type PlanLayout } from './planLayout.ts';
import type { Stages } from './planStages.ts';

interface StageShape {
  readonly stage: number;
  /** SVG paths: around its cards, and along the lines between them. */
  readonly area: string;
  readonly lines: string;
  /** Where its name stands, above its last card. */
  readonly x: number;
  readonly y: number;
}

const REACH = 8;

export function stageShapes(plan: PlanLayout, stages: Stages): readonly StageShape[] {
  const cardsOf = grouped(plan.cards, ({ node }) => stages.ofNode.get(node.id) ?? 0);
  const edgesOf = grouped(plan.edges, ({ from, to }) => {
    const stage = stages.ofNode.get(from.node.id) ?? 0;
    return stage === stages.ofNode.get(to.node.id) ? stage : 0;
  });
  return [...cardsOf].flatMap(([stage, cards]) => {
    if (stage === 0) return [];
    const last = cards.reduce((least, card) => (card.level < least.level ? card : least));
    const lines = (edgesOf.get(stage) ?? []).map((edge) => edgePath(edge, plan.flow));
    const area = cards.map(around).join('');
    return [{ stage, area, lines: lines.join(''), x: last.x - 2, y: last.y - REACH - 3 }];
  });
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
