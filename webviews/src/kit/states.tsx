import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import './elements.ts';

export interface Action {
  readonly label: string;
  readonly onClick: () => void;
}

/** What belongs here, and the one action that fills it. */
export function EmptyState(props: {
  readonly icon: string;
  readonly text: string;
  readonly detail?: string;
  readonly action?: Action;
}) {
  return (
    <div class="state">
      <span aria-hidden="true" class={`codicon codicon-${props.icon} state-icon`} />
      <p class="state-text">{props.text}</p>
      {props.detail ? <p class="state-detail">{props.detail}</p> : null}
      {props.action ? (
        <vscode-button onClick={props.action.onClick}>{props.action.label}</vscode-button>
      ) : null}
    </div>
  );
}

/** What happened, what still works, what to do; the code small at the end. */
export function ErrorState(props: {
  readonly title: string;
  readonly message: string;
  readonly code?: string;
  readonly action?: Action;
  readonly children?: ComponentChildren;
}) {
  return (
    <div class="state error-state" role="alert">
      <p class="state-text">
        <span aria-hidden="true" class="codicon codicon-error" />
        {props.title}
      </p>
      <p class="error-message">{props.message}</p>
      {props.children}
      {props.action ? (
        <vscode-button secondary onClick={props.action.onClick}>
          {props.action.label}
        </vscode-button>
      ) : null}
      {props.code ? <p class="error-code">{props.code}</p> : null}
    </div>
  );
}

/** Rows in the final layout after 100 ms, so that what is quick does not flash; a cancel button after 1 s. */
export function LoadingState(props: {
  readonly label: string;
  readonly onCancel?: (() => void) | undefined;
}) {
  const late = useElapsed(1000);
  return (
    <div class="state-loading" role="status" aria-label={props.label}>
      <div aria-hidden="true" class="skeleton">
        {Array.from({ length: 24 }, (_, index) => (
          <div key={index} class="skeleton-row">
            <span class="skeleton-bar" />
            <span class="skeleton-bar" />
            <span class="skeleton-bar" />
            <span class="skeleton-bar" />
          </div>
        ))}
      </div>
      {late && props.onCancel ? (
        <div class="skeleton-cancel">
          <span>{props.label}</span>
          <vscode-button secondary onClick={props.onCancel}>
            Cancel
          </vscode-button>
        </div>
      ) : null}
    </div>
  );
}

/** A line above content that is older than its source, or that lacks something. */
export function Banner(props: {
  readonly severity: 'info' | 'warning' | 'error';
  readonly text: string;
  readonly action?: Action | undefined;
}) {
  return (
    <div class={`banner ${props.severity}`} role="status">
      <span aria-hidden="true" class={`codicon codicon-${props.severity}`} />
      <span class="banner-text">{props.text}</span>
      {props.action ? (
        <button type="button" class="link-button" onClick={props.action.onClick}>
          {props.action.label}
        </button>
      ) : null}
    </div>
  );
}

/** VS Code's own thin line under a tab, while something is awaited or its share is known. */
export function ProgressLine(props: { readonly label: string; readonly percent: number }) {
  return (
    <div class="progress-line">
      {props.percent < 0 ? (
        <vscode-progress-bar indeterminate aria-label={props.label} />
      ) : (
        <vscode-progress-bar value={props.percent} aria-label={props.label} />
      )}
    </div>
  );
}

/** True once `milliseconds` have gone by since the component appeared. */
export function useElapsed(milliseconds: number): boolean {
  const [elapsed, setElapsed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setElapsed(true);
    }, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  }, [milliseconds]);
  return elapsed;
}
