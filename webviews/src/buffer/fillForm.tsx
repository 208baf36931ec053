import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { bytesOfPaste } from '#shared/layout/pasteText.ts';
import { selectionSpans } from '../kit/gridSelection.ts';
import { consume } from '../kit/keyboard.ts';
import { useReturnFocus } from '../kit/returnFocus.ts';
import { formatQuantity } from '#shared/quantities.ts';
import { hintOf } from './bufferEditing.ts';
import type { BufferModel } from './bufferModel.ts';

type Way = 'over' | 'before' | 'after';

/** Bytes to write over the selection, or how many new ones to put beside it. */
export function FillBytesForm(props: {
  readonly model: BufferModel;
  readonly onClose: () => void;
}) {
  const { model } = props;
  const { anchor, active } = model.hexSelection.value;
  const isEmpty =
    model.description.value.kind === 'ready' && model.description.value.value.byteLength === 0;
  const selected = isEmpty ? 0 : Math.abs(anchor - active) + 1;
  const [text, setText] = useState('00');
  const [way, setWay] = useState<Way>(isEmpty ? 'before' : 'over');
  const [count, setCount] = useState('16');
  const pattern = bytesOfPaste(text);
  const wanted = /^\d{1,15}$/.test(count.trim()) ? Number(count) : 0;
  const problem =
    pattern.bytes.length === 0
      ? 'Type hex digits such as 00 ff, or text.'
      : way !== 'over' && wanted === 0
        ? 'How many bytes? A whole number is needed.'
        : '';
  const hint =
    way === 'over'
      ? `Writes ${pattern.kind === 'hex' ? 'the hex digits' : 'the text in UTF-8'} again and again over ${formatQuantity(selected, 'byte')}.`
      : `Inserts ${formatQuantity(wanted, 'byte')} ${way} the selection. All behind it moves.`;
  return (
    <Form
      label="Fill or insert bytes"
      problem={problem}
      hint={hint}
      action={way === 'over' ? 'Fill' : 'Insert'}
      onClose={props.onClose}
      onSubmit={() => {
        void model.editing.fillBytes(pattern.bytes, way, wanted).then((done) => {
          if (done) props.onClose();
        });
      }}
    >
      <Input label="Bytes or text" value={text} isFirst onInput={setText} />
      <label class="axis-select">
        <span class="secondary">Where</span>
        <select
          aria-label="Where"
          value={way}
          onChange={(event) => {
            setWay(event.currentTarget.value as Way);
          }}
        >
          <option value="over" disabled={isEmpty}>
            over the selection
          </option>
          <option value="before">before it</option>
          <option value="after">after it</option>
        </select>
      </label>
      {way === 'over' ? null : <Input label="Number of bytes" value={count} onInput={setCount} />}
    </Form>
  );
}

/** One value for all selected elements. */
export function FillCellsForm(props: {
  readonly model: BufferModel;
  readonly onClose: () => void;
}) {
  const { model } = props;
  const [text, setText] = useState('');
  const [problem, setProblem] = useState('');
  const { rows, columns } = selectionSpans(model.gridSelection.value);
  const count = (rows.end - rows.start) * (columns.end - columns.start);
  const place = model.placeOfCell(model.gridSelection.value.active);
  return (
    <Form
      label="Fill elements"
      problem={problem}
      hint={`Writes one ${hintOf(place?.leaf)} into ${formatQuantity(count, 'element')}.`}
      action="Fill"
      onClose={props.onClose}
      onSubmit={() => {
        const why = model.editing.fillCells(text);
        setProblem(why ?? '');
        if (why === undefined) props.onClose();
      }}
    >
      <Input
        label="Value"
        value={text}
        isFirst
        onInput={(typed) => {
          setText(typed);
          setProblem('');
        }}
      />
    </Form>
  );
}

function Form(props: {
  readonly label: string;
  readonly problem: string;
  readonly hint: string;
  readonly action: string;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}) {
  const box = useRef<HTMLFormElement>(null);
  useReturnFocus(box);
  return (
    <form
      ref={box}
      class="go-to fill-form"
      aria-label={props.label}
      onSubmit={(event) => {
        consume(event);
        if (props.problem === '') props.onSubmit();
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== 'Escape') return;
        consume(event);
        props.onClose();
      }}
    >
      {props.children}
      <span class={`go-to-hint${props.problem === '' ? '' : ' wrong'}`} role="status">
        {props.problem === '' ? props.hint : props.problem}
      </span>
      <span class="fill-actions">
        <button type="submit" class="button" disabled={props.problem !== ''}>
          {props.action}
        </button>
        <button type="button" class="button secondary-button" onClick={props.onClose}>
          Cancel
        </button>
      </span>
    </form>
  );
}

function Input(props: {
  readonly label: string;
  readonly value: string;
  readonly isFirst?: boolean;
  readonly onInput: (text: string) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (props.isFirst) input.current?.select();
  }, []);
  return (
    <label class="fill-field">
      <span class="secondary">{props.label}</span>
      <input
        ref={input}
        class="text-input"
        type="text"
        aria-label={props.label}
        autocomplete="off"
        spellcheck={false}
        value={props.value}
        onInput={(event) => {
          props.onInput(event.currentTarget.value);
        }}
      />
    </label>
  );
}
