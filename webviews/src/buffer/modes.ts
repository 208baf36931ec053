/** What the pane beside the hex view shows. */
export const MODES = ['grid', 'layout', 'plot', 'statistics', 'compare'] as const;
export type Mode = (typeof MODES)[number];
