import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { dtypeText } from '#shared/layout/dtypeText.ts';
import type {
  FindQuery,
  FindReply,
  TextEncodingName,
  ValueTest,
} from '#shared/protocol/bufferScan.ts';
import { MOST_MATCHES } from '#shared/protocol/bufferScan.ts';
import { consume } from '../kit/keyboard.ts';
import { useReturnFocus } from '../kit/returnFocus.ts';
import { formatCount, formatQuantity, hexOf } from '#shared/quantities.ts';
import { IconButton } from '../kit/toolbar.tsx';
import type { BufferFailure, BufferModel } from './bufferModel.ts';
import { failureMessage } from './failureMessage.ts';
import { ScanProgressBar } from './scanStates.tsx';
import { laidOf } from './shownArray.ts';

type Kind = FindQuery['kind'];
type Failure = BufferFailure | { readonly kind: 'badQuery'; readonly message: string };
type What = 'next' | 'previous' | 'all';

interface Found {
  readonly what: What;
  readonly reply: FindReply;
  /** Went past the end and on from the start. */
  readonly wrapped: boolean;
}

const MOST_LISTED = 1000;
const HINTS: Readonly<Record<Kind, string>> = {
  bytes: '4D CF ?? ?? 23',
  text: 'text',
  regex: '[A-Z]{3}\\d+',
  value: '3.5',
};

/** Find bytes with wildcards, text, expressions and typed values: the next, the one before, or all. */
export function FindBar(props: { readonly model: BufferModel; readonly byteLength: number }) {
  const { model, byteLength } = props;
  const [kind, setKind] = useState<Kind>('bytes');
  const [text, setText] = useState('');
  const [high, setHigh] = useState('');
  const [test, setTest] = useState<ValueTest['kind']>('equals');
  const [encoding, setEncoding] = useState<TextEncodingName>('utf-8');
  const [ignoreCase, setIgnoreCase] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useReturnFocus(box);
  const input = useRef<HTMLInputElement>(null);
  const scan = useMemo(() => model.scans.create<Found, Failure>(), [model]);
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  useEffect(
    () => () => {
      scan.dispose();
      model.showMatches([]);
    },
    [scan],
  );
  const query = (): FindQuery | undefined => {
    if (kind === 'bytes') return { kind, pattern: text };
    if (kind === 'text') return { kind, text, encoding, ignoreCase };
    if (kind === 'regex') return { kind, source: text, ignoreCase };
    const array = model.array.value;
    const leaf = model.element.value?.leaf ?? model.leaves.value[0];
    if (!array || !leaf) return undefined;
    const whole = laidOf(array);
    return {
      kind,
      elements: { ...whole, dtype: dtypeText(leaf.dtype), offset: whole.offset + leaf.offset },
      test:
        test === 'equals'
          ? { kind: test, value: text }
          : test === 'range'
            ? { kind: test, low: text, high }
            : { kind: test },
    };
  };
  const find = (what: What) => {
    const wanted = query();
    if (!wanted) return;
    const { anchor, active } = model.hexSelection.peek();
    const first = Math.min(anchor, active);
    scan.run(async (job, abort) => {
      const ask = (start: number, end: number) =>
        model.call(
          'find',
          {
            job,
            query: wanted,
            start,
            end,
            limit: what === 'all' ? MOST_MATCHES : 1,
            backward: what === 'previous',
          },
          abort,
        );
      if (what === 'all') {
        const all = await ask(0, byteLength);
        if (all.ok) model.showMatches(all.value.matches);
        return all.ok ? { ok: true, value: { what, reply: all.value, wrapped: false } } : all;
      }
      const near =
        what === 'next'
          ? await ask(Math.min(first + 1, byteLength), byteLength)
          : await ask(0, first);
      if (!near.ok) return near;
      const isFound = near.value.matches.length > 0;
      const reply = isFound ? near : await ask(0, byteLength);
      if (!reply.ok) return reply;
      const [match] = reply.value.matches;
      if (match) {
        model.selectBytes({ anchor: Math.max(match.start, match.end - 1), active: match.start });
        model.showMatches([match]);
      } else model.showMatches([]);
      return { ok: true, value: { what, reply: reply.value, wrapped: !isFound } };
    });
  };
  const state = scan.state.value;
  const listed =
    state.kind === 'done' && state.value.what === 'all' ? state.value.reply.matches : [];
  const needsText = kind !== 'value' || test === 'equals' || test === 'range';
  return (
    <div
      ref={box}
      class="find-bar"
      role="search"
      aria-label="Find"
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          model.openFind(false);
          consume(event);
        } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
          find(event.altKey ? 'all' : event.shiftKey ? 'previous' : 'next');
          consume(event);
        } else if (event.target instanceof HTMLInputElement) event.stopPropagation();
      }}
    >
      <div class="find-line">
        <select
          aria-label="What to find"
          value={kind}
          onChange={(event) => {
            setKind(event.currentTarget.value as Kind);
          }}
        >
          <option value="bytes">Bytes</option>
          <option value="text">Text</option>
          <option value="regex">Expression</option>
          <option value="value" disabled={model.array.value === undefined}>
            Value
          </option>
        </select>
        {kind === 'value' ? (
          <select
            aria-label="Which values"
            value={test}
            onChange={(event) => {
              setTest(event.currentTarget.value as ValueTest['kind']);
            }}
          >
            <option value="equals">equals</option>
            <option value="range">from … to</option>
            <option value="nan">is NaN</option>
            <option value="infinite">is infinite</option>
          </select>
        ) : null}
        {needsText ? (
          <input
            ref={input}
            class="text-input find-input"
            type="text"
            spellcheck={false}
            autocomplete="off"
            aria-label="Find"
            aria-invalid={state.kind === 'failed'}
            placeholder={HINTS[kind]}
            value={text}
            onInput={(event) => {
              setText(event.currentTarget.value);
            }}
          />
        ) : null}
        {kind === 'value' && test === 'range' ? (
          <input
            class="text-input find-input"
            type="text"
            spellcheck={false}
            autocomplete="off"
            aria-label="To"
            placeholder="to"
            value={high}
            onInput={(event) => {
              setHigh(event.currentTarget.value);
            }}
          />
        ) : null}
        {kind === 'text' ? (
          <select
            aria-label="Encoding"
            value={encoding}
            onChange={(event) => {
              setEncoding(event.currentTarget.value as TextEncodingName);
            }}
          >
            <option value="utf-8">UTF-8</option>
            <option value="latin-1">Latin-1</option>
            <option value="utf-16le">UTF-16 LE</option>
            <option value="utf-16be">UTF-16 BE</option>
          </select>
        ) : null}
        {kind === 'text' || kind === 'regex' ? (
          <IconButton
            icon="case-sensitive"
            label="Match case"
            pressed={!ignoreCase}
            onClick={() => {
              setIgnoreCase(!ignoreCase);
            }}
          />
        ) : null}
        <IconButton
          icon="arrow-up"
          label="Previous match"
          keys="Shift+Enter"
          onClick={() => {
            find('previous');
          }}
        />
        <IconButton
          icon="arrow-down"
          label="Next match"
          keys="Enter"
          onClick={() => {
            find('next');
          }}
        />
        <IconButton
          icon="list-flat"
          label="All matches"
          text="All"
          keys="Alt+Enter"
          onClick={() => {
            find('all');
          }}
        />
        <IconButton
          icon="close"
          label="Close find"
          keys="Escape"
          onClick={() => {
            model.openFind(false);
          }}
        />
      </div>
      {state.kind === 'running' ? (
        <ScanProgressBar
          label="Searching"
          {...state}
          onCancel={() => {
            scan.cancel();
          }}
        />
      ) : state.kind === 'failed' ? (
        <p class="step-problem" role="alert">
          {failureMessage(state.failure)}
        </p>
      ) : state.kind === 'done' ? (
        <p class="secondary" role="status">
          {outcomeText(state.value)}
        </p>
      ) : null}
      {listed.length > 0 ? (
        <ul class="find-list" aria-label="Matches">
          {listed.slice(0, MOST_LISTED).map((match) => (
            <li key={match.start}>
              <button
                type="button"
                class="link-button"
                onClick={() => {
                  model.selectBytes({
                    anchor: Math.max(match.start, match.end - 1),
                    active: match.start,
                  });
                }}
              >
                {hexOf(match.start)}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function outcomeText({ what, reply, wrapped }: Found): string {
  const { matches, count } = reply;
  if (matches.length === 0) return 'Not found.';
  if (what !== 'all')
    return wrapped
      ? `Found by going on from the ${what === 'next' ? 'start' : 'end'}.`
      : `Found at ${hexOf(matches[0]?.start ?? 0)}.`;
  const total = count ?? matches.length;
  return matches.length > MOST_LISTED
    ? `${formatCount(total)} matches; the first ${formatCount(MOST_LISTED)} are listed.`
    : formatQuantity(total, 'match', 'matches');
}
