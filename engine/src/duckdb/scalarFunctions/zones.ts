/** Zones as Java has them: offsets at an instant, instants of local times, names. */
import { instantIn, offsetOf } from '#sql/value/datetime.ts';

const quarterHour = 900_000_000n;
/** Since then all zones change their clocks at full quarters of an hour. */
const regularSince = 0n;
const known = new Map<string, Map<bigint, bigint>>();

/** Microseconds east of UTC at an instant; asking Intl is slow, so its answers are kept. */
export function offsetAt(zone: string, instant: bigint): bigint {
  if (zone === 'UTC' || zone === 'Z') return 0n;
  if (instant < regularSince) return offsetOf(zone, instant) ?? 0n;
  let offsets = known.get(zone);
  if (!offsets) known.set(zone, (offsets = new Map<bigint, bigint>()));
  const key = instant / quarterHour;
  let offset = offsets.get(key);
  if (offset === undefined) {
    offset = offsetOf(zone, instant) ?? 0n;
    if (offsets.size > 100_000) offsets.clear();
    offsets.set(key, offset);
  }
  return offset;
}

/** Of two the earlier instant, and in a gap the clock is moved on, as `ZonedDateTime.of` does. */
export function instantAt(zone: string, local: bigint): bigint {
  const guess = local - offsetAt(zone, local);
  const before = offsetAt(zone, local - 86_400_000_000n);
  // Far from any change both guesses agree.
  if (offsetAt(zone, guess) === before && offsetAt(zone, local + 86_400_000_000n) === before)
    return local - before;
  return instantIn(zone, local) ?? guess;
}

const shortIds: Readonly<Record<string, string>> = {
  ACT: 'Australia/Darwin',
  AET: 'Australia/Sydney',
  AGT: 'America/Argentina/Buenos_Aires',
  ART: 'Africa/Cairo',
  AST: 'America/Anchorage',
  BET: 'America/Sao_Paulo',
  BST: 'Asia/Dhaka',
  CAT: 'Africa/Harare',
  CNT: 'America/St_Johns',
  CST: 'America/Chicago',
  CTT: 'Asia/Shanghai',
  EAT: 'Africa/Addis_Ababa',
  ECT: 'Europe/Paris',
  EST: '-05:00',
  HST: '-10:00',
  IET: 'America/Indiana/Indianapolis',
  IST: 'Asia/Kolkata',
  JST: 'Asia/Tokyo',
  MIT: 'Pacific/Apia',
  MST: '-07:00',
  NET: 'Asia/Yerevan',
  NST: 'Pacific/Auckland',
  PLT: 'Asia/Karachi',
  PNT: 'America/Phoenix',
  PRT: 'America/Puerto_Rico',
  PST: 'America/Los_Angeles',
  SST: 'Pacific/Guadalcanal',
  VST: 'Asia/Ho_Chi_Minh',
};

/** The zone that Spark's functions take a text for; undefined where there is none. */
export function zoneOf(text: string): string | undefined {
  // `+8:00` and `+08:0` are offsets too.
  const padded = text
    .replace(/^(|.*)([+-])(\d):/, '$1$20$3:')
    .replace(/([+-])(\d\d):(\d)$/, '$1$2:0$3');
  const name = Object.hasOwn(shortIds, padded) ? (shortIds[padded] ?? padded) : padded;
  if (/^[+-]\d{1,2}$|^[+-]\d{2}:?\d{2}(:?\d{2})?$/.test(name) || name === 'Z') return normal(name);
  if (/^(UTC|GMT|UT)([+-]\d{1,2}(:\d{2}(:\d{2})?)?)?$/.test(name)) return normal(name);
  // Java's names of regions are spelled in one way only.
  if (!/^[A-Za-z][A-Za-z0-9~/._+-]+$/.test(name)) return undefined;
  return offsetOf(name, 0n) === undefined || !isSpelledSo(name) ? undefined : name;
}

function normal(name: string): string | undefined {
  return offsetOf(name, 0n) === undefined ? undefined : name;
}

/** Intl takes names in any case, Java does not. */
function isSpelledSo(name: string): boolean {
  if (/^[A-Z][A-Z0-9]+$/.test(name)) return true;
  const lower = name.toLowerCase();
  if (lower === name) return false;
  const listed = Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase() === lower);
  return listed === undefined || listed === name;
}

const names = new Map<string, string>();

/** `PST` or `Pacific Standard Time`; undefined where Java has a name that is not known here. */
export function zoneName(zone: string, instant: bigint, isFull: boolean): string | undefined {
  if (/^(UTC|Z|Etc\/UTC)$/.test(zone)) return isFull ? 'Coordinated Universal Time' : 'UTC';
  if (/^[+-]|^(UTC|GMT|UT)[+-]/.test(zone)) return zone;
  const year = 31_556_952_000_000n;
  const offset = offsetAt(zone, instant);
  // Names before standard time are those of standard time.
  const isStandard =
    instant < -1_600_000_000_000_000n ||
    offset <= offsetAt(zone, instant + year / 2n) ||
    offset <= offsetAt(zone, instant - year / 2n);
  const key = `${zone} ${isStandard} ${isFull}`;
  let name = names.get(key);
  if (name === undefined) {
    // January and July of 2020; one of them has the clock that is meant.
    const moments = [1_577_880_000_000, 1_593_600_000_000];
    const offsets = moments.map((at) => offsetAt(zone, BigInt(at) * 1000n));
    const standard = (offsets[0] ?? 0n) <= (offsets[1] ?? 0n) ? 0 : 1;
    const at = moments[isStandard ? standard : 1 - standard] ?? 0;
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      timeZoneName: isFull ? 'long' : 'short',
    });
    name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    names.set(key, name);
  }
  return /^(GMT|UTC)[+-]|^$/.test(name) ? undefined : name;
}
