/** A statement with one part underlined, as the editor underlines an error. */
export function QueryText(props: {
  readonly text: string;
  readonly start?: number | undefined;
  readonly end?: number | undefined;
  /** A place in the text that was clicked. */
  readonly onPick?: (offset: number) => void;
}) {
  const { text } = props;
  const start = props.start ?? 0;
  // An error at the very end of the text has no character of its own: the last one stands in.
  const end = Math.min(text.length, Math.max(props.end ?? 0, start + 1));
  const from = Math.min(start, Math.max(0, end - 1));
  const marked = props.start !== undefined && text !== '';
  const line = text.slice(0, from).split('\n').length;
  const column = from - text.lastIndexOf('\n', from - 1);
  return (
    <figure class="query">
      <pre
        class="query-text"
        tabIndex={0}
        aria-label="The query"
        onClick={(event) => {
          const offset = offsetIn(event.currentTarget);
          if (offset !== undefined) props.onPick?.(offset);
        }}
      >
        {marked ? (
          <>
            {text.slice(0, from)}
            <mark class={props.onPick ? 'query-piece' : 'query-mark'}>{text.slice(from, end)}</mark>
            {text.slice(end)}
          </>
        ) : (
          text
        )}
      </pre>
      {marked ? (
        <figcaption class="query-place">
          Line {line}, column {column}
        </figcaption>
      ) : null}
    </figure>
  );
}

/** Where the caret of a click is, over the parts that the text is drawn in. */
function offsetIn(element: HTMLElement): number | undefined {
  const selection = document.getSelection();
  if (!selection?.isCollapsed || !element.contains(selection.anchorNode)) return undefined;
  const before = document.createRange();
  before.setStart(element, 0);
  before.setEnd(selection.anchorNode ?? element, selection.anchorOffset);
  return before.toString().length;
}
