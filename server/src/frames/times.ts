/** A local time as microseconds since 1970-01-01 00:00. */
export function microsOfDay(
  days: number,
  hour: number,
  minute: number,
  second: number,
  micro: number,
): bigint {
  const seconds = days * 86_400 + hour * 3600 + minute * 60 + second;
  return BigInt(seconds) * 1_000_000n + BigInt(micro);
}
