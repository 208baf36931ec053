/** A plan as a picture that stands alone: SVG with the colours of the theme written out, and PNG of that. */
import { formatQuantity } from '#shared/quantities.ts';
import { essenceOf, heatOf, isExchange, timeText } from './planFacts.ts';
import {
  CARD_HEIGHT,
  CARD_WIDTH,
  edgePath,
  edgeWidth,
  type Card,
  type PlanLayout,
} from './planLayout.ts';

/** What of a theme the picture needs; `getComputedStyle` of the panel's body has it. */
export interface Colours {
  getPropertyValue(name: string): string;
}

const MAX_LETTERS = 30;

export function planSvg(plan: PlanLayout, style: Colours): string {
  const colour = (name: string, usual: string) =>
    style.getPropertyValue(`--vscode-${name}`).trim() || usual;
  const theme = {
    text: colour('foreground', '#333333'),
    dim: colour('descriptionForeground', '#666666'),
    back: colour('editor-background', '#ffffff'),
    card: colour('editorWidget-background', '#f8f8f8'),
    border: colour('panel-border', '#cccccc'),
    bar: colour('charts-blue', '#1a85ff'),
  };
  const root = plan.cards[0];
  const heat = root ? heatOf(root.node) : undefined;
  const lines = plan.edges.map(
    (edge) =>
      `<path d="${edgePath(edge, plan.flow)}" fill="none" stroke="${theme.dim}" stroke-opacity="0.55" stroke-width="${edgeWidth(edge.rows)}"/>`,
  );
  const card = ({ node, x, y }: Card) => {
    const { measured } = node;
    const share = (measured?.ownMs ?? 0) / (heat?.totalMs || 1);
    const facts = measured
      ? [
          formatQuantity(measured.rows, 'row'),
          ...(measured.ownMs === undefined ? [] : [timeText(measured.ownMs)]),
        ].join(' · ')
      : isExchange(node)
        ? 'only on a cluster'
        : '';
    return `<g transform="translate(${x} ${y})"><rect width="${CARD_WIDTH}" height="${CARD_HEIGHT}" rx="3" fill="${theme.card}" stroke="${theme.border}"${isExchange(node) ? ' stroke-dasharray="4 3"' : ''}/><text x="8" y="18" font-weight="600" fill="${theme.text}">${escaped(cut(node.name))}</text><text x="8" y="36" fill="${theme.dim}">${escaped(cut(essenceOf(node)))}</text><text x="8" y="53" fill="${theme.dim}">${escaped(facts)}</text><rect y="${CARD_HEIGHT - 3}" width="${(share * CARD_WIDTH).toFixed(1)}" height="3" fill="${theme.bar}"/></g>`;
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${plan.width}" height="${plan.height}" viewBox="0 0 ${plan.width} ${plan.height}" font-family="sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="${theme.back}"/>`,
    ...lines,
    ...plan.cards.map(card),
    '</svg>\n',
  ].join('\n');
}

const cut = (text: string) =>
  text.length > MAX_LETTERS ? `${text.slice(0, MAX_LETTERS - 1)}…` : text;

const escaped = (text: string) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** At twice the size, for screens with small pixels. Drawn by the browser. */
export async function pngOf(
  svg: string,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<ArrayBuffer> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * 2;
  canvas.height = height * 2;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
  return blob ? blob.arrayBuffer() : new ArrayBuffer(0);
}
