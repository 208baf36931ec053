/** Java's date and time patterns, as the options of JSON, CSV and XML name them. */
import { formatParts } from './dateTimeFormat.ts';
import type { ParsedTime } from './dateTimeParse.ts';
import { parseParts, Unparsable } from './dateTimeParse.ts';
import { patternReader as partsReader } from './patterns.ts';
import type { Site } from './scalarFunction.ts';

/** Undefined is what the pattern does not fit. */
export function patternReader(
  site: Site,
  pattern: string,
): (text: string) => ParsedTime | undefined {
  const read = partsReader(site, 'parse');
  return (text) => {
    try {
      return parseParts(read(pattern), text);
    } catch (error) {
      if (error instanceof Unparsable) return undefined;
      throw error;
    }
  };
}

export function patternWriter(
  site: Site,
  pattern: string,
): (local: bigint, zone: string | undefined) => string {
  const read = partsReader(site, 'format');
  return (local, zone) => formatParts(read(pattern), { local, zone });
}
