/** Java's date and time patterns, as options name them. */

export interface ReadTime {
  readonly local: bigint;
  readonly zone: string | undefined;
}

/** Undefined is what the pattern does not fit. */
export function patternReader(pattern: string): (text: string) => ReadTime | undefined {
  throw new Error(`the lowering refuses patterns such as ${pattern}`);
}

export function patternWriter(
  pattern: string,
): (local: bigint, zone: string | undefined) => string {
  throw new Error(`the lowering refuses patterns such as ${pattern}`);
}
