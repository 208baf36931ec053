/** Times by pattern, as functions: to text, and from it. */
import { floorDivide } from '#sql/value/datetime.ts';
import { formatParts, UnknownZoneName, Unprintable } from './dateTimeFormat.ts';
import { parseParts, Unparsable } from './dateTimeParse.ts';
import type { ParsedTime } from './dateTimeParse.ts';
import { parsePattern } from './dateTimePattern.ts';
import type { PatternPart } from './dateTimePattern.ts';
import type { ScalarFunction, Site } from './scalarFunction.ts';
import { instantAt, offsetAt } from './zones.ts';

/** Reads each pattern once; most statements have one. */
export function patternReader(site: Site, use: 'format' | 'parse') {
  let last: string | undefined;
  let parts: readonly PatternPart[] = [];
  return (pattern: string): readonly PatternPart[] => {
    if (pattern === last) return parts;
    const read = parsePattern(pattern, use);
    if (!read.ok) {
      const { kind, detail } = read.problem;
      const docroot = 'https://spark.apache.org/docs/latest';
      const config = '"spark.sql.legacy.timeParserPolicy"';
      switch (kind) {
        case 'illegalCharacter':
          return site.raise('INVALID_DATETIME_PATTERN.ILLEGAL_CHARACTER', detail, pattern);
        case 'length':
          return site.raise('INVALID_DATETIME_PATTERN.LENGTH', pattern);
        case 'weekBased':
          return site.raise(
            'INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_WEEK_BASED_PATTERN',
            detail,
          );
        case 'recognition':
          return site.raise(
            'INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION',
            `'${pattern}'`,
            config,
            docroot,
          );
        default:
          return site.raise('INVALID_DATETIME_PATTERN', detail, pattern);
      }
    }
    last = pattern;
    parts = read.parts;
    return parts;
  };
}

function formatter(site: Site) {
  const read = patternReader(site, 'format');
  return (instant: bigint, pattern: string): string => {
    const parts = read(pattern);
    const zone = site.timeZone;
    try {
      return formatParts(parts, { local: instant + offsetAt(zone, instant), zone });
    } catch (error) {
      if (error instanceof UnknownZoneName) return site.raise('UNSUPPORTED_ZONE_NAME', zone);
      if (error instanceof Unprintable)
        return site.raise('INVALID_DATETIME_PATTERN', error.message, pattern);
      throw error;
    }
  };
}

export const dateFormatFunction: ScalarFunction = { name: 'date_format', prepare: formatter };

export const fromUnixTimeFunction: ScalarFunction = {
  name: 'from_unixtime',
  prepare(site) {
    const format = formatter(site);
    return (seconds: bigint, pattern: string) =>
      format(BigInt.asIntN(64, seconds * 1_000_000n), pattern);
  },
};

const minimumLong = -(1n << 63n);

/** The time of a text, or undefined where null is the answer. */
function parser(site: Site) {
  const read = patternReader(site, 'parse');
  return (text: string, pattern: string): ParsedTime | undefined => {
    const parts = read(pattern);
    try {
      const time = parseParts(parts, text);
      if (time.local < minimumLong || -minimumLong <= time.local)
        return site.raise('ARITHMETIC_OVERFLOW', 'long overflow', '');
      return time;
    } catch (error) {
      if (!(error instanceof Unparsable)) throw error;
      if (site.mode !== 'ansi') return undefined;
      return site.raise('CANNOT_PARSE_TIMESTAMP', '`try_to_timestamp`', error.message);
    }
  };
}

/** As an instant, a local time or a date, by the result's type. */
export const parseTimeFunction: ScalarFunction = {
  name: 'parse_time',
  prepare(site) {
    const parse = parser(site);
    return (text: string, pattern: string) => {
      const time = parse(text, pattern);
      if (time === undefined) return null;
      if (site.type.kind === 'timestamp_ntz') return time.local;
      const instant = instantAt(time.zone ?? site.timeZone, time.local);
      if (site.type.kind === 'timestamp') return instant;
      const local = instant + offsetAt(site.timeZone, instant);
      return Number(floorDivide(local, 86_400_000_000n));
    };
  },
};

export const parseUnixTimeFunction: ScalarFunction = {
  name: 'parse_unix_time',
  prepare(site) {
    const parse = parser(site);
    return (text: string, pattern: string) => {
      const time = parse(text, pattern);
      if (time === undefined) return null;
      // Cut, as BigInt divides.
      return instantAt(time.zone ?? site.timeZone, time.local) / 1_000_000n;
    };
  },
};
