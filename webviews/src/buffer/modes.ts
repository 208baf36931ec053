import type { NumberFormat } from '#shared/layout/numberText.ts';

/** What the pane beside the hex view shows. */
export const MODES = ['grid', 'layout', 'plot', 'statistics', 'compare'] as const;
export type Mode = (typeof MODES)[number];

export const HEX_WIDTHS = [4, 8, 16, 24, 32, 48, 64] as const;
export const HEX_GROUPS = [1, 2, 4, 8, 16] as const;

/** How the hex view shows bytes. */
export interface HexOptions {
  /** Bytes a row; null for as many as there is room for. */
  readonly width: number | null;
  readonly groupBytes: number;
  readonly encoding: 'ascii' | 'utf-8';
  readonly inspector: boolean;
}

export const USUAL_HEX: HexOptions = {
  width: null,
  groupBytes: 1,
  encoding: 'ascii',
  inspector: false,
};

/** How the grid shows numbers. */
export interface GridOptions extends NumberFormat {
  readonly heat: boolean;
}

export const USUAL_GRID: GridOptions = { format: 'plain', digits: null, heat: false };
