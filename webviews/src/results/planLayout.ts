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
  /** Among its taker's sources, from 1, and how many those are. */
  readonly place: number;
  readonly placeCount: number;
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

/** Where the nodes stand to one another, whichever way the plan flows. */
export interface Grown {
  /** In steps across the flow, from 0, and against it, from the root. */
  readonly cards: readonly (Omit<Card, 'x' | 'y'> & {
    readonly across: number;
    readonly along: number;
  })[];
  readonly breadth: number;
  readonly depth: number;
}

export function growPlan(root: PlanNode, collapsed: ReadonlySet<string>): Grown {
  const isClosed = ({ id }: PlanNode) => collapsed.has(String(id));
  const placed = tree<PlanNode>()
    .nodeSize([1, 1])
    .separation(() => 1)(hierarchy(root, (node) => (isClosed(node) ? [] : node.children)))
    .descendants();
  // The tree grows from its root at 0 to both sides.
  const first = Math.min(...placed.map(({ x }) => x));
  const points = new Map(placed.map((point) => [point.data, point]));
  const cards = inOrder(root, isClosed).flatMap((node) => {
    const point = points.get(node);
    if (!point) return [];
    const siblings = point.parent?.children ?? [point];
    return [
      {
        node,
        id: String(node.id),
        parent: point.parent ? String(point.parent.data.id) : undefined,
        level: point.depth + 1,
        place: siblings.indexOf(point) + 1,
        placeCount: siblings.length,
        hiddenCount: isClosed(node) ? countOf(node) - 1 : 0,
        across: point.x - first,
        along: point.y,
      },
    ];
  });
  return {
    cards,
    breadth: Math.max(...cards.map(({ across }) => across)),
    depth: Math.max(...cards.map(({ along }) => along)),
  };
}

const stepOf = (flow: Flow) =>
  flow === 'right'
    ? { across: CARD_HEIGHT + 24, along: CARD_WIDTH + 64 }
    : { across: CARD_WIDTH + 32, along: CARD_HEIGHT + 40 };

/** Of the whole picture. */
export function sizeOf({ breadth, depth }: Pick<Grown, 'breadth' | 'depth'>, flow: Flow) {
  const step = stepOf(flow);
  const [across, along] = [breadth * step.across, depth * step.along];
  return {
    width: (flow === 'right' ? along : across) + CARD_WIDTH + 2 * MARGIN,
    height: (flow === 'right' ? across : along) + CARD_HEIGHT + 2 * MARGIN,
  };
}

export const layoutPlan = (root: PlanNode, collapsed: ReadonlySet<string>, flow: Flow) =>
  flowing(growPlan(root, collapsed), flow);

export function flowing(grown: Grown, flow: Flow): PlanLayout {
  const step = stepOf(flow);
  const cards: readonly Card[] = grown.cards.map(({ across, along, ...card }) => {
    // A plan flows towards its root.
    const beside = MARGIN + across * step.across;
    const ahead = MARGIN + (grown.depth - along) * step.along;
    return {
      ...card,
      x: flow === 'right' ? ahead : beside,
      y: flow === 'right' ? beside : ahead,
    };
  });
  const byId = new Map(cards.map((card) => [card.id, card]));
  const edges = cards.flatMap((from) => {
    const to = from.parent === undefined ? undefined : byId.get(from.parent);
    return to ? [{ from, to, rows: from.node.measured?.rows }] : [];
  });
  return { flow, ...sizeOf(grown, flow), cards, edges };
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

/** Where the number of rows stands: on the middle of a line that falls, above one that runs. */
export function rowsPlace({ from, to, rows }: Edge, flow: Flow): { x: number; y: number } {
  if (flow === 'down')
    return { x: (from.x + to.x + CARD_WIDTH) / 2, y: (from.y + CARD_HEIGHT + to.y) / 2 + 4 };
  const middle = (from.y + to.y + CARD_HEIGHT) / 2;
  return { x: (from.x + CARD_WIDTH + to.x) / 2, y: middle - 3 - edgeWidth(rows) / 2 };
}

const compact = new Intl.NumberFormat('en-US', { notation: 'compact' });
export const rowsText = (rows: number): string => compact.format(rows);
