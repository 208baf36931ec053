import type { SourcePlace } from '#shared/protocol/resultsView.ts';

/** Why the piece of a query is not shown where it was written. */
export function placeText(place: SourcePlace | undefined, name: string): string {
  if (place === 'changed') return `${name} has changed since this ran, so its text is shown here.`;
  if (place === 'gone') return `${name} is closed, so its text is shown here.`;
  return '';
}
