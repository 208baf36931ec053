/** A plan as a picture that stands alone: SVG on white, for documents and slides, and PNG of that. */
import { cardFacts, clusterText, HERE, type Stages } from './planStages.ts';
import { essenceOf, heatOf, isExchange, misjudged, timeText, type Heat } from './planFacts.ts';
import {
  CARD_HEIGHT,
  CARD_WIDTH,
  edgePath,
  edgeWidth,
  rowsPlace,
  rowsText,
  type Card,
  type Edge,
  type PlanLayout,
} from './planLayout.ts';
import { stageShapes } from './stageShapes.ts';
import { formatCount } from '#shared/quantities.ts';

/** Whatever the theme: a page is white. Of VS Code's own light theme, its texts darkened to 4.5:1 on a tint. */
const PAGE = {
  text: '#3b3b3b',
  dim: '#595959',
  back: '#ffffff',
  card: '#f8f8f8',
  border: '#c8c8c8',
  bar: '#1a85ff',
  warning: '#bf8803',
  heat: ['#fad0cc', '#f4e0c5', '#f2ebdc'],
  stages: ['#652d90', '#1a85ff'],
} as const;

const MAX_LETTERS = 31;
const MARGIN = 24;
const LINE_HEIGHT = 20;
/** Of the longest line of the legend. */
const LEGEND_WIDTH = 480;

export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** With `stages`, those are tinted as in the panel. */
export function planSvg(plan: PlanLayout, stages: Stages | undefined): Picture {
  const root = plan.cards[0]?.node;
  const heat = root && heatOf(root);
  const legend = legendOf(plan, stages, heat);
  const width = Math.max(plan.width, legend.length > 0 ? LEGEND_WIDTH : 0);
  const height = plan.height + (legend.length > 0 ? legend.length * LINE_HEIGHT + 12 : 0);
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="Query plan" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, 'Segoe UI', sans-serif" font-size="12" fill="${PAGE.text}">`,
    `<clipPath id="card"><rect width="${CARD_WIDTH - 8}" height="${CARD_HEIGHT}"/></clipPath>`,
    `<rect width="100%" height="100%" fill="${PAGE.back}"/>`,
    ...tints(plan, stages),
    ...plan.edges.map((edge) => line(edge, plan)),
    ...plan.edges.map((edge) => rowsOn(edge, plan)),
    ...plan.cards.map((card) => cardSvg(card, heat, stages)),
    ...legend.map(
      ({ sign, text }, index) =>
        `<g transform="translate(${MARGIN} ${plan.height + index * LINE_HEIGHT})">${sign}<text x="36" y="12">${escaped(text)}</text></g>`,
    ),
    '</svg>\n',
  ];
  return { svg: svg.filter((part) => part !== '').join('\n'), width, height };
}

function tints(plan: PlanLayout, stages: Stages | undefined): readonly string[] {
  if (!stages || stages.exchanges.size === 0) return [];
  return stageShapes(plan, stages).map(({ stage, area, lines, x, y }) => {
    const colour = PAGE.stages[stage % 2 === 0 ? 0 : 1];
    return `<g opacity="0.1"><path d="${area}" fill="${colour}"/><path d="${lines}" fill="none" stroke="${colour}" stroke-width="24"/></g><text x="${x}" y="${y}" font-size="11" fill="${PAGE.dim}">Stage ${stage}</text>`;
  });
}

function line(edge: Edge, plan: PlanLayout): string {
  const dashes = isExchange(edge.from.node) ? ' stroke-dasharray="6 4"' : '';
  return `<path d="${edgePath(edge, plan.flow)}" fill="none" stroke="#a0a0a0" stroke-width="${edgeWidth(edge.rows).toFixed(1)}"${dashes}/>`;
}

function rowsOn(edge: Edge, plan: PlanLayout): string {
  if (edge.rows === undefined) return '';
  const { x, y } = rowsPlace(edge, plan.flow);
  return `<text x="${x}" y="${y.toFixed(1)}" text-anchor="middle" font-size="11" fill="${PAGE.dim}" stroke="${PAGE.back}" stroke-width="6" stroke-linejoin="round" paint-order="stroke">${rowsText(edge.rows)}</text>`;
}

function cardSvg({ node, x, y }: Card, heat: Heat | undefined, stages: Stages | undefined): string {
  const rank = heat?.hottest.get(node.id);
  const fill = rank === undefined ? PAGE.card : PAGE.heat[rank - 1];
  const whole = heat?.totalMs || 1;
  const bar = (ms: number, opacity: number) =>
    ms === 0
      ? ''
      : `<rect y="${CARD_HEIGHT - 4}" width="${((ms / whole) * CARD_WIDTH).toFixed(1)}" height="4" fill="${PAGE.bar}" fill-opacity="${opacity}"/>`;
  const factor = misjudged(node);
  const sign =
    factor === undefined
      ? ''
      : `<text x="${CARD_WIDTH - 8}" y="18" text-anchor="end">${formatCount(factor)}×</text><path transform="translate(${CARD_WIDTH - 34 - 7 * formatCount(factor).length} 8)" d="${TRIANGLE}" fill="${PAGE.warning}"/>`;
  const essence = essenceOf(node);
  return [
    `<g transform="translate(${x} ${y})"><title>${escaped(`${node.name}\n${essence}`)}</title>`,
    `<rect width="${CARD_WIDTH}" height="${CARD_HEIGHT}" rx="3" fill="${fill}" stroke="${PAGE.border}"${isExchange(node) ? ' stroke-dasharray="4 3"' : ''}/>`,
    `<g clip-path="url(#card)"><text x="8" y="18" font-weight="600">${escaped(cut(node.name, factor === undefined ? MAX_LETTERS : 20))}</text>`,
    `<text x="8" y="36" fill="${PAGE.dim}">${escaped(cut(essence, MAX_LETTERS))}</text>`,
    `<text x="8" y="53" fill="${PAGE.dim}">${escaped(cardFacts(node, stages).join(' · '))}</text></g>`,
    `${bar(heat?.withSources.get(node.id) ?? 0, 0.35)}${bar(node.measured?.ownMs ?? 0, 1)}${sign}</g>`,
  ].join('');
}

const TRIANGLE = 'M6 0L12 11H0z';

interface LegendLine {
  readonly sign: string;
  readonly text: string;
}

/** What the picture shows without words, and only what is in this one. */
function legendOf(
  plan: PlanLayout,
  stages: Stages | undefined,
  heat: Heat | undefined,
): readonly LegendLine[] {
  const lines: LegendLine[] = [];
  const box = (x: number, colour: string, more = '') =>
    `<rect x="${x}" y="2" width="10" height="12" fill="${colour}"${more}/>`;
  if (stages) lines.push({ sign: '', text: `${HERE} ${clusterText(stages)}` });
  if (stages && stages.exchanges.size > 0)
    lines.push({
      sign: PAGE.stages.map((colour, i) => box(i * 10, colour, ' opacity="0.2"')).join(''),
      text: 'A stage that a cluster would run as one',
    });
  if (plan.cards.some(({ node }) => isExchange(node)))
    lines.push({
      sign: '<path d="M0 8h24" stroke="#a0a0a0" stroke-width="2" stroke-dasharray="6 4"/>',
      text: 'Rows that a cluster would send from machine to machine',
    });
  if (plan.edges.some(({ rows }) => rows !== undefined))
    lines.push({
      sign: '<path d="M0 8h24" stroke="#a0a0a0" stroke-width="5"/>',
      text: 'Rows, the more the wider',
    });
  if (heat && heat.totalMs > 0)
    lines.push(
      {
        sign: `<rect y="6" width="24" height="4" fill="${PAGE.bar}" fill-opacity="0.35"/><rect y="6" width="10" height="4" fill="${PAGE.bar}"/>`,
        text: `Time of a step, and paler with its sources; all took ${timeText(heat.totalMs)}`,
      },
      {
        sign: PAGE.heat.map((colour, i) => box(i * 10, colour)).join(''),
        text: 'The steps that took most',
      },
    );
  if (plan.cards.some(({ node }) => misjudged(node) !== undefined))
    lines.push({
      sign: `<path transform="translate(6 2)" d="${TRIANGLE}" fill="${PAGE.warning}"/>`,
      text: 'The engine’s estimate of rows was off by that factor',
    });
  return lines.map((each, index) => (index === 0 && each.sign === '' ? unsigned(each) : each));
}

/** A sentence in place of a sign stands where the signs do. */
const unsigned = ({ text }: LegendLine): LegendLine => ({
  sign: `<text y="12">${escaped(text)}</text>`,
  text: '',
});

const cut = (text: string, letters: number) =>
  text.length > letters ? `${text.slice(0, letters - 1)}…` : text;

const escaped = (text: string) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** At twice the size, for screens with small pixels; a very big plan as large as a canvas may be. Drawn by the browser. */
export async function pngOf({ svg, width, height }: Picture): Promise<ArrayBuffer> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const scale = Math.min(2, LARGEST_CANVAS / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
  return blob ? blob.arrayBuffer() : new ArrayBuffer(0);
}

const LARGEST_CANVAS = 16_384;
