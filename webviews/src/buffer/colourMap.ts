/** Colour maps for images: from 0 to 1 to red, green and blue. Few stops, the rest in between by lines. */
export const COLOUR_MAPS = ['viridis', 'grey', 'diverging', 'phase'] as const;
export type ColourMap = (typeof COLOUR_MAPS)[number];

type Colour = readonly [number, number, number];

const stops: Readonly<Record<ColourMap, readonly Colour[]>> = {
  viridis: [
    [68, 1, 84],
    [59, 82, 139],
    [33, 145, 140],
    [94, 201, 98],
    [253, 231, 37],
  ],
  grey: [
    [0, 0, 0],
    [255, 255, 255],
  ],
  diverging: [
    [33, 102, 172],
    [247, 247, 247],
    [178, 24, 43],
  ],
  // The same at both ends, as a phase is.
  phase: [
    [168, 50, 120],
    [196, 120, 40],
    [80, 150, 70],
    [50, 110, 190],
    [168, 50, 120],
  ],
};

/** 256 colours, four bytes each, as an image takes them. */
export function colourTable(map: ColourMap): Uint8ClampedArray {
  const table = new Uint8ClampedArray(256 * 4);
  const colours = stops[map];
  for (let k = 0; k < 256; k++) {
    const place = (k / 255) * (colours.length - 1);
    const at = Math.min(colours.length - 2, Math.floor(place));
    const share = place - at;
    const [from, to] = [colours[at], colours[at + 1]];
    for (let channel = 0; channel < 3; channel++)
      table[4 * k + channel] = (from?.[channel] ?? 0) * (1 - share) + (to?.[channel] ?? 0) * share;
    table[4 * k + 3] = 255;
  }
  return table;
}
