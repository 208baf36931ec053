import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { DataRows } from './dataRows.ts';
import type { GoToChoice } from './goToCell.ts';
import { goToChoices } from './goToCell.ts';
import { selectCell } from './gridSelection.ts';
import { consume } from './keyboard.ts';

/** The box of `g` and Ctrl+G: a row by its number, or a column by its name; arrows choose, Enter goes. */
export function GoToCellBox(props: { readonly rows: DataRows; readonly onClose: () => void }) {
  const { rows } = props;
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => {
    input.current?.focus();
  }, []);
  const found = goToChoices(text, {
    rowCount: rows.rowCount.value,
    complete: rows.complete.value,
    fields: rows.schema.value,
  });
  const choices = found.kind === 'choices' ? found.choices : [];
  const at = Math.min(chosen, choices.length - 1);
  useLayoutEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const wrong = found.kind === 'problem' && text.trim() !== '';
  const go = (choice: GoToChoice | undefined) => {
    if (!choice) return;
    const { active } = rows.selection.value;
    rows.select(
      selectCell({ row: choice.row ?? active.row, column: choice.column ?? active.column }),
    );
    props.onClose();
  };
  return (
    <form
      class="go-to"
      role="search"
      aria-label="Go to row or column"
      onSubmit={(event) => {
        consume(event);
        go(choices[at]);
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step !== undefined && choices.length > 0) {
          setChosen((before) => (before + step + choices.length) % choices.length);
          event.preventDefault();
        } else if (event.key === 'Escape') {
          consume(event);
          props.onClose();
        }
      }}
      onFocusOut={(event) => {
        const next = event.relatedTarget;
        if (next instanceof Node && !event.currentTarget.contains(next)) props.onClose();
      }}
    >
      <input
        ref={input}
        class="text-input"
        type="text"
        role="combobox"
        aria-label="Row or column"
        aria-expanded={choices.length > 0}
        aria-controls="go-to-choices"
        aria-activedescendant={at >= 0 ? `go-to-${at}` : undefined}
        aria-describedby="go-to-hint"
        aria-invalid={wrong}
        placeholder="12,345 or price"
        autocomplete="off"
        spellcheck={false}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setChosen(0);
        }}
      />
      {found.kind === 'problem' ? (
        <span id="go-to-hint" class={`go-to-hint${wrong ? ' wrong' : ''}`} role="status">
          {found.message}
        </span>
      ) : (
        <ul
          ref={list}
          id="go-to-choices"
          role="listbox"
          aria-label="Where to go"
          class="go-to-list"
        >
          {choices.map((choice, index) => (
            <li
              key={`${choice.label} ${choice.column ?? ''}`}
              id={`go-to-${index}`}
              role="option"
              aria-selected={index === at}
              class="go-to-choice"
              onPointerDown={(event) => {
                consume(event);
                go(choice);
              }}
            >
              <span class="go-to-label">{choice.label}</span>
              <span class="go-to-detail">{choice.detail}</span>
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}
