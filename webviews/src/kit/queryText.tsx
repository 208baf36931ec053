/** A statement with one part underlined, as the editor underlines an error. */
export function QueryText(props: {
  readonly text: string;
  readonly start?: number | undefined;
  readonly end?: number | undefined;
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
      <pre class="query-text" tabIndex={0} aria-label="The query">
        {marked ? (
          <>
            {text.slice(0, from)}
            <mark class="query-mark">{text.slice(from, end)}</mark>
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
