// Numbers, dates and tables for files that are made: the same on every machine and in every run.

/** Mulberry32: small, and the same everywhere. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A share of 1, a whole number within bounds that both count, and one of a list. */
export function seeded(seed) {
  const next = random(seed);
  return {
    next,
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (list) => list[Math.floor(next() * list.length)],
  };
}

export const day = (from, days) =>
  new Date(Date.UTC(...from) + days * 86_400_000).toISOString().slice(0, 10);

export const cents = (value) => (value / 100).toFixed(2);

export const csv = (rows) => rows.map((row) => row.map(field).join(',')).join('\n') + '\n';

const field = (value) =>
  /[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
