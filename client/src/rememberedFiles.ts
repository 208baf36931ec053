/** What the user said of files, by URI: the bytes that are marked, and the layout that is laid over them. Kept with the workspace. */
import type { RawLayoutText } from '#shared/protocol/bufferView.ts';

export interface RememberedFile {
  readonly bookmarks?: readonly number[];
  /** `null` where the user took a layout back. */
  readonly layout?: RawLayoutText | null;
}

/** The parts of VS Code's Memento. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const KEY = 'strata.buffers.files';
/** Those that nothing was said of for the longest are forgotten first. */
const MOST_FILES = 200;

export class RememberedFiles {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  of(uri: string): RememberedFile {
    return this.#all()[uri] ?? {};
  }

  async note(uri: string, part: RememberedFile): Promise<void> {
    const { [uri]: known, ...others } = this.#all();
    const { bookmarks = [], layout } = { ...known, ...part };
    const now = {
      ...(bookmarks.length > 0 ? { bookmarks } : {}),
      ...(layout === undefined ? {} : { layout }),
    };
    const kept = Object.entries(others).slice(1 - MOST_FILES);
    await this.#memory.update(KEY, Object.fromEntries([...kept, [uri, now]]));
  }

  #all(): Readonly<Record<string, RememberedFile>> {
    const all = this.#memory.get(KEY);
    return typeof all === 'object' && all !== null ? (all as Record<string, RememberedFile>) : {};
  }
}
