/** A histogram in one line: `▁▂▇▃`; nothing at all is a space. Pure. */
export function bars(counts: readonly number[]): string {
  const most = Math.max(...counts, 1);
  return counts
    .map((count) => (count === 0 ? '\u2007' : '▁▂▃▄▅▆▇█'[Math.ceil((8 * count) / most) - 1]))
    .join('');
}
