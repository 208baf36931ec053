import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { isArranged, unarranged } from '#shared/protocol/arrangement.ts';
import type { Arranging } from './arranging.ts';
import { failureText } from './failureText.ts';
import { consume } from './keyboard.ts';
import { IconButton } from './toolbar.tsx';

/** Filter by a condition and by a text; Enter applies, Escape takes back what was typed and then leaves for the rows. */
export function ArrangementBar(props: {
  readonly arranging: Arranging;
  readonly tools?: ComponentChildren;
}) {
  const { arranging } = props;
  const wanted = arranging.wanted.value;
  const failure = arranging.failure.value;
  const spark = failure?.kind === 'spark' ? failure : undefined;
  return (
    <div class="arrangement" role="search" aria-label="Sort and filter" data-pane>
      <div class="arrangement-fields">
        <Field
          icon="filter"
          label="Filter"
          placeholder="Filter: a condition in Spark SQL, such as price > 10"
          value={wanted.where}
          invalid={failure !== undefined}
          onApply={(where) => {
            arranging.change({ where });
          }}
        />
        <Field
          icon="search"
          label="Find in any column"
          placeholder="Find in any column"
          value={wanted.search}
          invalid={false}
          onApply={(search) => {
            arranging.change({ search });
          }}
        />
        <IconButton
          icon="clear-all"
          label="Clear sort and filter"
          disabled={!isArranged(wanted) && failure === undefined}
          onClick={() => {
            arranging.change(unarranged);
          }}
        />
        {props.tools ? <span class="arrangement-tools">{props.tools}</span> : null}
      </div>
      {failure ? (
        <div class="arrangement-failure" role="alert">
          <span aria-hidden="true" class="codicon codicon-error" />
          <span>
            {spark?.start === undefined ? null : (
              <code class="arrangement-place">
                {wanted.where.slice(0, spark.start)}
                <mark class="query-mark">{wanted.where.slice(spark.start, spark.end)}</mark>
                {wanted.where.slice(spark.end)}
              </code>
            )}
            <span class="arrangement-message">{failureText(failure).message}</span>
            {spark ? <span class="error-code"> {spark.class}</span> : null}
          </span>
        </div>
      ) : null}
    </div>
  );
}

function Field(props: {
  readonly icon: string;
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly invalid: boolean;
  readonly onApply: (text: string) => void;
}) {
  const [text, setText] = useState(props.value);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    setText(props.value);
  }, [props.value]);
  return (
    <label class="arrangement-field">
      <span aria-hidden="true" class={`codicon codicon-${props.icon}`} />
      <input
        ref={input}
        class="text-input"
        type="text"
        spellcheck={false}
        aria-label={props.label}
        aria-invalid={props.invalid}
        placeholder={props.placeholder}
        title={`${props.label} (Enter applies)`}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            props.onApply(text);
            consume(event);
          } else if (event.key === 'Escape') {
            if (text === props.value) focusRows();
            setText(props.value);
            consume(event);
          }
        }}
        onBlur={() => {
          // What is typed and left is meant, as in VS Code's own settings.
          if (text !== props.value) props.onApply(text);
        }}
      />
    </label>
  );
}

function focusRows(): void {
  document.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]')?.focus();
}
