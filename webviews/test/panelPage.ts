import axe from 'axe-core';
import '@vscode/codicons/dist/codicon.css';
import './themes/darkModern.css';
import './themes/hcDark.css';
import './themes/hcLight.css';
import './themes/lightModern.css';
import type { Disposable } from '#shared/result.ts';
import type { PanelHost } from '#webviews/kit/panelHost.ts';

export const THEMES = ['darkModern', 'lightModern', 'hcDark', 'hcLight'] as const;
export type Theme = (typeof THEMES)[number];

let mounted: Disposable | undefined;
let place: HTMLElement | undefined;

/** Puts a panel on the page as VS Code does: the variables of a theme, and a size of its own. */
export function openPanel(
  mount: (element: HTMLElement, host: PanelHost) => Disposable,
  host: PanelHost,
  options: { readonly theme?: Theme; readonly width?: number; readonly height?: number } = {},
): HTMLElement {
  closePanel();
  document.documentElement.lang = 'en';
  document.title = 'Strata';
  document.documentElement.dataset.theme = options.theme ?? 'darkModern';
  place = document.createElement('div');
  place.id = 'app';
  place.style.width = `${options.width ?? 1200}px`;
  place.style.height = `${options.height ?? 700}px`;
  document.body.append(place);
  mounted = mount(place, host);
  return place;
}

export function closePanel(): void {
  mounted?.dispose();
  mounted = undefined;
  place?.remove();
  place = undefined;
}

/** What axe finds, as lines that say where. */
export async function violationsIn(element: HTMLElement): Promise<string[]> {
  const { violations } = await axe.run(element, {
    // Rules for whole pages; a webview is a part of VS Code's page.
    rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
  });
  return violations.map(({ id, nodes }) => {
    const [first] = nodes;
    return `${id} ×${nodes.length}: ${first?.target.join(' ') ?? ''} ${first?.failureSummary ?? ''}`;
  });
}

/** The cell that has the focus, as its row and column headers are numbered. */
export function activeCell(): { row: number; column: number; text: string } | undefined {
  const cell = document.activeElement;
  if (!(cell instanceof HTMLElement) || cell.getAttribute('role') !== 'gridcell') return undefined;
  const row = cell.closest('[role="row"]')?.getAttribute('aria-rowindex');
  return {
    row: Number(row) - 2,
    column: Number(cell.getAttribute('aria-colindex')) - 2,
    text: cell.textContent,
  };
}
