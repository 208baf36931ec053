import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { consume } from '../kit/keyboard.ts';
import { useReturnFocus } from '../kit/returnFocus.ts';
import { hexOf } from '#shared/quantities.ts';
import type { BufferModel } from './bufferModel.ts';
import { parseGoTo } from './goToTarget.ts';

/** The box of `g` and Ctrl+G: says where it would go while one types. */
export function GoTo(props: { readonly model: BufferModel; readonly onClose: () => void }) {
  const { model } = props;
  const [text, setText] = useState('');
  const box = useRef<HTMLFormElement>(null);
  const input = useRef<HTMLInputElement>(null);
  useReturnFocus(box);
  useLayoutEffect(() => {
    input.current?.focus();
  }, []);
  const description = model.description.value;
  const target = parseGoTo(text, {
    array: model.array.value,
    index: model.view.value.index,
    byteLength: description.kind === 'ready' ? description.value.byteLength : 0,
  });
  const hint =
    target.kind === 'problem'
      ? target.message
      : target.kind === 'element'
        ? `Enter goes to element [${target.index.join(', ')}]`
        : `Enter goes to byte ${target.byteOffset} (${hexOf(target.byteOffset)})`;
  const wrong = target.kind === 'problem' && text.trim() !== '';
  return (
    <form
      ref={box}
      class="go-to"
      role="search"
      aria-label="Go to"
      onSubmit={(event) => {
        consume(event);
        if (target.kind === 'problem') return;
        if (target.kind === 'element') model.selectElement(target.index);
        else model.selectBytes({ anchor: target.byteOffset, active: target.byteOffset });
        props.onClose();
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== 'Escape') return;
        consume(event);
        props.onClose();
      }}
    >
      <input
        ref={input}
        class="text-input"
        type="text"
        aria-label="Index or byte offset"
        aria-describedby="go-to-hint"
        aria-invalid={wrong}
        placeholder="3, 1, 0 or 0x80"
        autocomplete="off"
        spellcheck={false}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
        }}
      />
      <span id="go-to-hint" class={`go-to-hint${wrong ? ' wrong' : ''}`} role="status">
        {hint}
      </span>
    </form>
  );
}
