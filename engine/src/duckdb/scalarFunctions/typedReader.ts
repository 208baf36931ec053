/** Text within JSON, CSV and XML as values of Spark's types. */
import { parseDate, parseTimeOfDay, parseTimestamp, instantIn } from '#sql/value/datetime.ts';
import { parseDecimal, rescale } from '#sql/value/decimal.ts';
import type { DataType, DecimalType } from '#sql/plan/types.ts';
import { intervalReader } from './intervalCasts.ts';
import type { Site, Value } from './scalarFunction.ts';
import { patternReader } from './textPatterns.ts';

/** Stands for what is there and does not fit. */
export const misfit = Symbol('misfit');
export type Read = Value | typeof misfit;

export interface ReaderOptions {
  readonly site: Site;
  /** By names in small letters. */
  readonly options: Readonly<Record<string, string>>;
}

const integralBits: Readonly<Record<string, number>> = { byte: 8, short: 16, int: 32, long: 64 };

/** Reads the text of a value that is no container. */
export function textReader(type: DataType, reading: ReaderOptions): (text: string) => Read {
  switch (type.kind) {
    case 'string':
      return (text) => text;
    case 'boolean':
      return (text) => {
        const lower = text.toLowerCase();
        return lower === 'true' ? true : lower === 'false' ? false : misfit;
      };
    case 'byte':
    case 'short':
    case 'int':
    case 'long':
      return (text) => integral(text, type.kind);
    case 'float':
    case 'double':
      return (text) => fractional(text, type.kind === 'float');
    case 'decimal':
      return (text) => decimal(text, type);
    case 'binary':
      return (text) => Buffer.from(text, 'utf8');
    case 'date':
      return dateReader(reading);
    case 'timestamp':
    case 'timestamp_ntz':
      return timestampReader(type.kind, reading);
    case 'time':
      return timeReader(reading);
    case 'yearMonthInterval':
    case 'dayTimeInterval':
    case 'calendarInterval': {
      const read = intervalReader(type);
      return (text) => read(text) ?? misfit;
    }
    default:
      return () => misfit;
  }
}

function integral(text: string, kind: string): Read {
  if (!/^[+-]?\d+$/.test(text)) return misfit;
  const value = BigInt(text.replace('+', ''));
  const bits = integralBits[kind] ?? 64;
  if (BigInt.asIntN(bits, value) !== value) return misfit;
  return kind === 'long' ? value : Number(value);
}

const named: Readonly<Record<string, number>> = {
  NaN: NaN,
  Infinity: Infinity,
  '+Infinity': Infinity,
  '-Infinity': -Infinity,
  INF: Infinity,
  '+INF': Infinity,
  '-INF': -Infinity,
  Inf: Infinity,
  '-Inf': -Infinity,
};

export function fractional(text: string, isFloat: boolean): Read {
  const special = named[text];
  if (special !== undefined) return special;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[dDfF]?$/.test(text)) return misfit;
  const value = Number(text.replace(/[dDfF]$/, ''));
  return isFloat ? Math.fround(value) : value;
}

export function decimal(text: string, type: DecimalType): Read {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null) return misfit;
  const parsed = parseDecimal(match[1] ?? '');
  if (parsed === undefined) return misfit;
  const exponent = Number(match[2] ?? 0);
  if (Math.abs(exponent) > 100) return misfit;
  const scale = parsed.type.scale - exponent;
  const unscaled = scale < 0 ? parsed.unscaled * 10n ** BigInt(-scale) : parsed.unscaled;
  return rescale(unscaled, Math.max(scale, 0), type) ?? misfit;
}

function dateReader({ options, site }: ReaderOptions): (text: string) => Read {
  const pattern = options.dateformat;
  if (pattern !== undefined) {
    const read = patternReader(site, pattern);
    return (text) => {
      const parsed = read(text);
      return parsed === undefined ? misfit : Number(floorDays(parsed.local));
    };
  }
  return (text) => parseDate(text.trim()) ?? misfit;
}

function timeReader({ options, site }: ReaderOptions): (text: string) => Read {
  const pattern = options.timeformat;
  if (pattern === undefined) return (text) => parseTimeOfDay(text) ?? misfit;
  const read = patternReader(site, pattern);
  return (text) => {
    const parsed = read(text);
    if (parsed === undefined) return misfit;
    return (parsed.local - floorDays(parsed.local) * microsPerDay) * 1000n + BigInt(parsed.nanos);
  };
}

const microsPerDay = 86_400_000_000n;

function floorDays(micros: bigint): bigint {
  const days = micros / microsPerDay;
  return micros % microsPerDay < 0n ? days - 1n : days;
}

function timestampReader(
  kind: 'timestamp' | 'timestamp_ntz',
  { options, site }: ReaderOptions,
): (text: string) => Read {
  const zone = options.timezone ?? site.timeZone;
  const pattern = kind === 'timestamp' ? options.timestampformat : options.timestampntzformat;
  const read =
    pattern === undefined
      ? (text: string) => {
          const parsed = parseTimestamp(text.trim());
          return parsed && { local: parsed.micros, zone: parsed.zone };
        }
      : patternReader(site, pattern);
  return (text) => {
    const parsed = read(text);
    if (parsed === undefined) return misfit;
    if (kind === 'timestamp_ntz') return parsed.local;
    return instantIn(parsed.zone ?? zone, parsed.local) ?? misfit;
  };
}
