/** What is known of a column, in words: the same beside the table's rows and in the tree of data. */
import { formatCount } from '../quantities.ts';
import type { ColumnProfile } from './tables.ts';

/** In the order to show them. */
export function profileFacts(
  profile: ColumnProfile,
): readonly (readonly [label: string, text: string])[] {
  const { rowCount, nullCount, distinctCount, isDistinctEstimated, quartiles } = profile;
  const about = isDistinctEstimated ? 'about ' : '';
  const facts: (readonly [string, string])[] = [
    ['Rows', formatCount(rowCount)],
    ['Nulls', countWithShare(nullCount, rowCount)],
  ];
  if (profile.min !== undefined) {
    facts.push(['Distinct', about + formatCount(distinctCount)]);
    facts.push(['Min', profile.min ?? 'none']);
    const [lower, median, upper] = quartiles ?? [];
    if (lower !== undefined) facts.push(['25 %', about + lower]);
    if (median !== undefined) facts.push(['Median', about + median]);
    if (upper !== undefined) facts.push(['75 %', about + upper]);
    facts.push(['Max', profile.max ?? 'none']);
  }
  if (profile.mean !== undefined) facts.push(['Mean', profile.mean ?? 'none']);
  if (profile.outsideCount) facts.push(['NaN, ∞', countWithShare(profile.outsideCount, rowCount)]);
  return facts;
}

/** `12 (0.3 %)`. */
export function countWithShare(count: number, of: number): string {
  const share = shareText(count, of);
  return share === undefined ? formatCount(count) : `${formatCount(count)} (${share})`;
}

/** `0.3 %`, which never says all or nothing of what is not; undefined of nothing. */
export function shareText(count: number, of: number): string | undefined {
  if (count === 0 || of === 0) return undefined;
  const share = (100 * count) / of;
  const shown = share < 0.1 ? '< 0.1' : share > 99.9 && count < of ? '> 99.9' : share.toFixed(1);
  return `${shown} %`;
}
