import { formatBytes } from '#shared/quantities.ts';
import { useElapsed } from '../kit/states.tsx';
import { failureMessage } from './failureMessage.ts';
import type { BufferFailure } from './bufferModel.ts';

/** How far a scan is: a filled bar with numbers once the share is known, and a way to stop it after a second. */
export function ScanProgressBar(props: {
  readonly label: string;
  readonly done: number;
  readonly total: number;
  readonly onCancel: () => void;
}) {
  const { done, total } = props;
  const late = useElapsed(1000);
  const share = total > 0 ? Math.round((100 * done) / total) : undefined;
  return (
    <div class="scan-progress" role="status">
      <span>{props.label}</span>
      <progress
        aria-label={props.label}
        {...(share === undefined ? {} : { max: 100, value: share })}
      />
      <span class="secondary">
        {share === undefined ? '' : `${share} % of ${formatBytes(total)}`}
      </span>
      {late ? (
        <button type="button" class="link-button" onClick={props.onCancel}>
          Cancel
        </button>
      ) : null}
    </div>
  );
}

export function ScanFailure(props: {
  readonly failure: BufferFailure | { readonly kind: string; readonly message?: string };
  readonly onRetry: () => void;
}) {
  return (
    <div class="scan-progress" role="alert">
      <span aria-hidden="true" class="codicon codicon-error" />
      <span>{failureMessage(props.failure)}</span>
      <button type="button" class="link-button" onClick={props.onRetry}>
        Try again
      </button>
    </div>
  );
}
