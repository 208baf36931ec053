import type { Port } from '#shared/protocol/wire.ts';

/** What a panel needs of whoever shows it: a wire, and a place for what should survive a reload. */
export interface PanelHost {
  readonly port: Port;
  /** What `save` was last given before the reload; anything, when another version of the panel saved it. */
  restore(): unknown;
  /** Must be JSON. */
  save(state: object): void;
}
