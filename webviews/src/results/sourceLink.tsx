import type { SourcePlace } from '#shared/protocol/resultsView.ts';
import type { RunModel } from './runModel.ts';

/** Leads to a piece of the query where it was written: in a script, a fence, a cell or a text of Python. */
export function SourceLink(props: {
  readonly run: RunModel;
  readonly sourceName: string;
  /** Counted as the places of the plan. */
  readonly start: number;
  readonly end: number;
}) {
  const { run, sourceName, start, end } = props;
  return (
    <p class="node-links">
      <button
        type="button"
        class="link-button"
        onClick={() => {
          run.showSource({ start, end }, 'focus');
        }}
      >
        Show in {sourceName}
      </button>
      <span class="secondary" role="status">
        {whyNot(run.sourcePlace.value, sourceName)}
      </span>
    </p>
  );
}

function whyNot(place: SourcePlace | undefined, name: string): string {
  if (place === 'changed') return `${name} has changed since this ran, so its text is shown here.`;
  if (place === 'gone') return `${name} is closed, so its text is shown here.`;
  return '';
}
