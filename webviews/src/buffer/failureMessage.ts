import { formatBytes } from '#shared/quantities.ts';

/** What happened, in a sentence. */
export function failureMessage(failure: {
  readonly kind: string;
  readonly message?: string;
  readonly byteLength?: number;
}): string {
  switch (failure.kind) {
    case 'outOfRange':
      return `The file is shorter than it was: it has ${formatBytes(failure.byteLength ?? 0)} now.`;
    case 'unreadable':
      return `The file can’t be read: ${failure.message ?? ''}.`.replace(/\.+$/, '.');
    case 'closed':
      return 'The connection to the editor is closed.';
    case 'crashed':
      return `Something went wrong in Strata: ${failure.message ?? ''}.`.replace(/\.+$/, '.');
    case 'cancelled':
      return 'Reading was cancelled.';
    default:
      return failure.message ?? 'Something went wrong.';
  }
}
