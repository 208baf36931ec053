/** Where the cards of a plan stand, and the lines between them. Pure, so that it can be measured and exported. */
import { hierarchy, tree } from 'd3-hierarchy';
import type { PlanNode } from '#shared/protocol/engine.ts';

/** Sources at the left and the result at the right, or sources at the top and the result at the foot. */
export type Flow = 'right' | 'down';

export interface Card {
  readonly node: PlanNode;
  readonly id: string;
  readonly parent: string | undefined;
  /** The root's is 1, as `aria-level` counts. */
  readonly level: number;
  readonly x: number;
  readonly y: number;
  /** Nodes below it that are not shown; 0 where none are, or all. */
  readonly hiddenCount: number;
}

/** From a source to the node that takes its rows. */
export interface Edge {
  readonly from: Card;
  readonly to: Card;
  /** Rows along it, where they were measured. */
  readonly rows: number | undefined;
}

export interface PlanLayout {
  readonly flow: Flow;
  readonly width: number;
  readonly height: number;
  /** In the order of the text: a node before its sources. */
  readonly cards: readonly Card[];
  readonly edges: readonly Edge[];
}

export const CARD_WIDTH = 224;
export const CARD_HEIGHT = 64;
const MARGIN = 24;

export function layoutPlan(root: PlanNode, collapsed: ReadonlySet<string>, flow: Flow): PlanLayout {
  const isClosed = ({ id }: PlanNode) => collapsed.has(String(id));
  const [across, along] =
    flow === 'right' ? [CARD_HEIGHT + 24, CARD_WIDTH + 64] : [CARD_WIDTH + 32, CARD_HEIGHT + 40];
  const placed = tree<PlanNode>()
    .nodeSize([across, along])
    .separation(() => 1)(hierarchy(root, (node) => (isClosed(node) ? [] : node.children)))
    .descendants();
  // The tree grows from its root at 0 to both sides; a plan flows towards it.
  const first = Math.min(...placed.map(({ x }) => x));
  const depth = Math.max(...placed.map(({ y }) => y));
  const points = new Map(placed.map((point) => [point.data, point]));
  const cards: readonly Card[] = inOrder(root, isClosed).flatMap((node) => {
    const point = points.get(node);
    if (!point) return [];
    const [beside, ahead] = [MARGIN + point.x - first, MARGIN + depth - point.y];
    return [
      {
        node,
        id: String(node.id),
        parent: point.parent ? String(point.parent.data.id) : undefined,
        level: point.depth + 1,
        hiddenCount: isClosed(node) ? countOf(node) - 1 : 0,
        x: flow === 'right' ? ahead : beside,
        y: flow === 'right' ? beside : ahead,
      },
    ];
  });
  const byId = new Map(cards.map((card) => [card.id, card]));
  const edges = cards.flatMap((from) => {
    const to = from.parent === undefined ? undefined : byId.get(from.parent);
    return to ? [{ from, to, rows: from.node.measured?.rows }] : [];
  });
  const right = Math.max(...cards.map(({ x }) => x)) + CARD_WIDTH + MARGIN;
  const foot = Math.max(...cards.map(({ y }) => y)) + CARD_HEIGHT + MARGIN;
  return { flow, width: right, height: foot, cards, edges };
}

/** A node before its sources, as the text has them. */
function inOrder(node: PlanNode, isClosed: (node: PlanNode) => boolean): readonly PlanNode[] {
  if (isClosed(node)) return [node];
  return [node, ...node.children.flatMap((child) => inOrder(child, isClosed))];
}

const countOf = (node: PlanNode): number =>
  node.children.reduce((sum, child) => sum + countOf(child), 1);

/** The line of an edge as an SVG path, from the middle of one card's side to that of the other's. */
export function edgePath({ from, to }: Edge, flow: Flow): string {
  if (flow === 'right') {
    const [x1, y1] = [from.x + CARD_WIDTH, from.y + CARD_HEIGHT / 2];
    const [x2, y2] = [to.x, to.y + CARD_HEIGHT / 2];
    const bend = (x2 - x1) / 2;
    return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  }
  const [x1, y1] = [from.x + CARD_WIDTH / 2, from.y + CARD_HEIGHT];
  const [x2, y2] = [to.x + CARD_WIDTH / 2, to.y];
  const bend = (y2 - y1) / 2;
  return `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
}

/** One pixel for a row, eight for ten million and more. */
export function edgeWidth(rows: number | undefined): number {
  return rows === undefined ? 1 : 1 + Math.min(7, Math.log10(rows + 1));
}
