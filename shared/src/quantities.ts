/** Numbers for people: grouped, with units, and with no more digits than one reads. */

/** `1,024`. Without `Intl`, whose first use costs tens of milliseconds. */
export function formatCount(count: number): string {
  if (!Number.isSafeInteger(count)) return count.toLocaleString('en-US');
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `1 row`, `1,024 rows`. */
export function formatQuantity(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** `128 B`, `9.0 MiB`. */
export function formatBytes(byteLength: number): string {
  if (byteLength < 1024) return `${formatCount(byteLength)} B`;
  const units = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let value = byteLength / 1024;
  let unit = 0;
  while (value >= 1023.95 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value < 100 ? value.toFixed(1) : formatCount(Math.round(value))} ${units[unit] ?? ''}`;
}

/** `12 ms`, `0.24 s`, `3 min 5 s`. */
export function formatElapsed(elapsedMs: number): string {
  if (elapsedMs < 100) return `${Math.round(elapsedMs)} ms`;
  if (elapsedMs < 10_000) return `${(elapsedMs / 1000).toFixed(2)} s`;
  if (elapsedMs < 60_000) return `${(elapsedMs / 1000).toFixed(1)} s`;
  const seconds = Math.round(elapsedMs / 1000);
  return `${formatCount(Math.floor(seconds / 60))} min ${seconds % 60} s`;
}

/** A number as it stands behind a sign of multiplication: `4`, `(-4)`. */
export function factorText(factor: number): string {
  return factor < 0 ? `(${factor})` : String(factor);
}

export function hexOf(byteOffset: number): string {
  return `0x${byteOffset.toString(16).toUpperCase()}`;
}
