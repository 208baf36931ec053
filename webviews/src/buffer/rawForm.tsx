import { useEffect, useRef, useState } from 'preact/hooks';
import { dtypeName, shapeText } from '#shared/layout/dtypeText.ts';
import { parseRawLayout } from '#shared/layout/rawLayout.ts';
import type {
  BufferDescription,
  LayoutSuggestion,
  RawLayoutText,
} from '#shared/protocol/bufferView.ts';
import { consume } from '../kit/keyboard.ts';
import { useReturnFocus } from '../kit/returnFocus.ts';
import { formatBytes } from '#shared/quantities.ts';
import type { BufferModel } from './bufferModel.ts';
import { failureMessage } from './failureMessage.ts';

const EMPTY: RawLayoutText = {
  kind: 'dtype',
  type: '',
  shape: '',
  order: 'C',
  offset: '',
  strides: '',
};

const KINDS: readonly {
  readonly kind: RawLayoutText['kind'];
  readonly label: string;
  readonly hint: string;
}[] = [
  { kind: 'dtype', label: 'NumPy dtype', hint: "<f4 or [('id', '<i4'), ('x', '<f8')]" },
  { kind: 'struct', label: 'struct format', hint: '<bidh' },
  { kind: 'pep3118', label: 'PEP 3118', hint: 'T{i:id:d:price:}' },
  { kind: 'c', label: 'C struct', hint: 'struct { int32_t id; double price; }' },
];

interface Problem {
  readonly field: keyof RawLayoutText | 'pattern';
  readonly message: string;
}

/** What bytes hold that say nothing of themselves: as a dtype, a format or a C struct, with suggestions. */
export function RawForm(props: {
  readonly model: BufferModel;
  readonly description: BufferDescription;
}) {
  const { model, description } = props;
  const [form, setForm] = useState(description.layout ?? EMPTY);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [suggestions, setSuggestions] = useState<readonly LayoutSuggestion[] | undefined>(
    undefined,
  );
  const [pattern, setPattern] = useState(patternOf(description.fileName));
  useEffect(() => {
    const abort = new AbortController();
    void model.call('suggestLayouts', {}, abort.signal).then((reply) => {
      if (!abort.signal.aborted) setSuggestions(reply.ok ? reply.value : []);
    });
    return () => {
      abort.abort();
    };
  }, [model]);
  const parsed = parseRawLayout(form);
  const shown = problem ?? (form.type === '' || parsed.ok ? undefined : parsed.error);
  const change = (part: Partial<RawLayoutText>) => {
    setProblem(undefined);
    setForm({ ...form, ...part });
  };
  const lay = async (layout: RawLayoutText | null) => {
    const reply = await model.call('layRaw', { layout });
    if (reply.ok) {
      model.redescribe(reply.value);
      setProblem(undefined);
      const [array] = reply.value.arrays;
      model.announce(
        layout === null || !array
          ? 'The bytes are shown as the file says'
          : `Laid ${shapeText(array.shape)} ${dtypeName(array.dtype)} over the bytes`,
      );
    } else
      setProblem(
        reply.error.kind === 'badLayout'
          ? reply.error
          : { field: 'type', message: failureMessage(reply.error) },
      );
  };
  const field = (name: 'shape' | 'offset' | 'strides', label: string, hint: string) => (
    <label class="raw-field">
      <span class="secondary">{label}</span>
      <input
        class="text-input"
        type="text"
        size={12}
        spellcheck={false}
        autocomplete="off"
        placeholder={hint}
        aria-invalid={shown?.field === name}
        aria-describedby="raw-problem"
        value={form[name]}
        onInput={(event) => {
          change({ [name]: event.currentTarget.value });
        }}
      />
    </label>
  );
  const box = useRef<HTMLFormElement>(null);
  useReturnFocus(box);
  const hint = KINDS.find(({ kind }) => kind === form.kind)?.hint ?? '';
  return (
    <form
      ref={box}
      class="raw-form"
      aria-label="Lay a type over the bytes"
      data-pane
      onSubmit={(event) => {
        consume(event);
        if (parsed.ok) void lay(form);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          model.openRaw(false);
          consume(event);
        } else event.stopPropagation();
      }}
    >
      <div class="raw-line">
        <select
          aria-label="How the type is written"
          value={form.kind}
          onChange={(event) => {
            change({ kind: event.currentTarget.value as RawLayoutText['kind'] });
          }}
        >
          {KINDS.map(({ kind, label }) => (
            <option key={kind} value={kind}>
              {label}
            </option>
          ))}
        </select>
        {form.kind === 'c' ? (
          <textarea
            class="text-input raw-type"
            rows={4}
            spellcheck={false}
            aria-label="Type of an element"
            aria-invalid={shown?.field === 'type'}
            aria-describedby="raw-problem"
            placeholder={hint}
            value={form.type}
            onInput={(event) => {
              change({ type: event.currentTarget.value });
            }}
          />
        ) : (
          <input
            class="text-input raw-type"
            type="text"
            spellcheck={false}
            autocomplete="off"
            aria-label="Type of an element"
            aria-invalid={shown?.field === 'type'}
            aria-describedby="raw-problem"
            placeholder={hint}
            value={form.type}
            onInput={(event) => {
              change({ type: event.currentTarget.value });
            }}
          />
        )}
      </div>
      <div class="raw-line">
        {field('shape', 'Shape', 'as many as fit')}
        <label class="raw-field">
          <span class="secondary">Order</span>
          <select
            value={form.order}
            onChange={(event) => {
              change({ order: event.currentTarget.value === 'F' ? 'F' : 'C' });
            }}
          >
            <option value="C">C</option>
            <option value="F">Fortran</option>
          </select>
        </label>
        {field('offset', 'Offset', '0')}
        {field('strides', 'Strides', 'natural')}
      </div>
      <p id="raw-problem" class="step-problem" role="status">
        {shown?.message ?? ''}
      </p>
      {parsed.ok ? (
        <p class="secondary">
          {dtypeName(parsed.value.dtype)}, {formatBytes(parsed.value.dtype.itemsize)} each
        </p>
      ) : null}
      <div class="raw-line">
        <button type="submit" class="button" disabled={!parsed.ok}>
          Lay over the bytes
        </button>
        <button
          type="button"
          class="button secondary-button"
          onClick={() => {
            void lay(null);
          }}
        >
          As the file says
        </button>
        <label class="raw-field">
          <span class="secondary">For files</span>
          <input
            class="text-input"
            type="text"
            size={8}
            aria-label="Pattern of file names to keep the layout for"
            aria-invalid={shown?.field === 'pattern'}
            value={pattern}
            onInput={(event) => {
              setPattern(event.currentTarget.value);
            }}
          />
        </label>
        <button
          type="button"
          class="link-button"
          disabled={!parsed.ok}
          onClick={() => {
            void model.call('keepLayout', { pattern, layout: form }).then((reply) => {
              if (reply.ok) model.announce(`Kept for ${pattern} in the settings`);
              else setProblem({ field: 'pattern', message: failureMessage(reply.error) });
            });
          }}
        >
          Keep in settings
        </button>
      </div>
      {suggestions && suggestions.length > 0 ? (
        <ul class="suggestions" aria-label="Suggestions">
          {suggestions.map((suggestion) => (
            <li key={suggestion.label}>
              <button
                type="button"
                class="link-button"
                onClick={() => {
                  setForm(suggestion.layout);
                  void lay(suggestion.layout);
                }}
              >
                {suggestion.label}
              </button>{' '}
              <span class="secondary">{suggestion.reason}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </form>
  );
}

function patternOf(fileName: string): string {
  const dot = fileName.lastIndexOf('.');
  return dot > 0 ? `*${fileName.slice(dot)}` : fileName;
}
