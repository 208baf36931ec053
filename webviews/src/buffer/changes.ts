/** What stood in memory before it was read anew, so that what changed from stop to stop can be marked. */
export interface Changes {
  replacePage(page: number, before: Uint8Array, now: Uint8Array): void;
  replaceTile(key: string, before: DataView, now: DataView): void;
  isByteChanged(byteOffset: number): boolean;
  /** Of `byteLength` bytes at `byteOffset` in the tile. */
  isTileChanged(key: string, byteOffset: number, byteLength: number): boolean;
  /** Of all that is read from now on, another stop is the one before. */
  forget(): void;
  /** Tiles of the same keys are of other elements now. */
  forgetTiles(): void;
}

export function createChanges(pageBytes: number): Changes {
  const pages = new Map<number, Uint8Array>();
  const tiles = new Map<string, Uint8Array>();
  return {
    replacePage: (page, before, now) => void pages.set(page, differences(before, now)),
    replaceTile(key, before, now) {
      tiles.set(key, differences(bytesOf(before), bytesOf(now)));
    },
    isByteChanged: (byteOffset) =>
      pages.get(Math.floor(byteOffset / pageBytes))?.[byteOffset % pageBytes] === 1,
    isTileChanged(key, byteOffset, byteLength) {
      const marks = tiles.get(key);
      return marks?.subarray(byteOffset, byteOffset + byteLength).includes(1) ?? false;
    },
    forget() {
      pages.clear();
      tiles.clear();
    },
    forgetTiles: () => {
      tiles.clear();
    },
  };
}

/** 1 for each byte that is another one, or was not there. */
function differences(before: Uint8Array, now: Uint8Array): Uint8Array {
  return now.map((byte, at) => (byte === before[at] ? 0 : 1));
}

function bytesOf(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
