/** Values of Arrow that NumPy has no dtype for, as text. */

/** A little-endian integer in two's complement, `scale` digits of it behind the point. */
export function decimalText(bytes: Uint8Array, scale: number): string {
  let unscaled = 0n;
  for (let at = bytes.length - 1; at >= 0; at--)
    unscaled = (unscaled << 8n) | BigInt(bytes[at] ?? 0);
  unscaled = BigInt.asIntN(8 * bytes.length, unscaled);
  if (scale <= 0) return String(unscaled * 10n ** BigInt(-scale));
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

const FRACTION_DIGITS: Readonly<Record<string, number>> = { s: 0, ms: 3, us: 6, ns: 9 };

/** A time of day, counted in `unit` since midnight: `03:04:05.000006`. */
export function clockText(ticks: bigint, unit: string): string {
  const digits = FRACTION_DIGITS[unit] ?? 0;
  const perSecond = 10n ** BigInt(digits);
  const seconds = ticks / perSecond;
  const two = (count: bigint) => String(count).padStart(2, '0');
  const clock = `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`;
  return digits === 0 ? clock : `${clock}.${String(ticks % perSecond).padStart(digits, '0')}`;
}
