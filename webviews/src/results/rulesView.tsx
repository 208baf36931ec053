import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TraceStep } from '#shared/protocol/engine.ts';
import { consume } from '../kit/keyboard.ts';
import { EmptyState } from '../kit/states.tsx';
import { SplitPanes } from '../kit/splitter.tsx';
import { IconButton, Toolbar } from '../kit/toolbar.tsx';
import { diffLines, nodeOf, type DiffLine } from './lineDiff.ts';
import type { ResultsModel } from './resultsModel.ts';
import { USUAL_RULES_SHARE } from './resultsModel.ts';
import type { RunModel } from './runModel.ts';

const STEP_MS = 1600;

/** The optimizer's trace, to be played: the rules that fired, and what the chosen one changed. */
export function RulesView(props: {
  readonly model: ResultsModel;
  readonly run: RunModel;
  readonly trace: readonly TraceStep[];
}) {
  const { model, run, trace } = props;
  const [isPlaying, setPlaying] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const hasFocus = useRef(false);
  const chosen = Math.min(run.selectedRule.value, trace.length - 1);
  useLayoutEffect(() => {
    if (!hasFocus.current || !document.hasFocus()) return;
    list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }, [chosen]);
  useEffect(() => {
    if (!isPlaying) return undefined;
    const timer = setInterval(() => {
      const next = run.selectedRule.value + 1;
      if (next < trace.length) run.selectRule(next);
      if (next >= trace.length - 1) setPlaying(false);
    }, STEP_MS);
    return () => {
      clearInterval(timer);
    };
  }, [isPlaying, run, trace]);
  const step = trace[chosen];
  if (step === undefined)
    return (
      <EmptyState
        icon="check"
        text="No rule changed this plan."
        detail="The analyzed plan is the optimized one."
      />
    );
  const lines = diffLines(step.before, step.after);
  const isLast = chosen === trace.length - 1;
  const pick = (index: number) => {
    setPlaying(false);
    run.selectRule(Math.max(0, Math.min(index, trace.length - 1)));
  };
  const play = () => {
    if (!isPlaying && isLast) run.selectRule(0);
    setPlaying(!isPlaying);
  };
  const changes = changesIn(lines);
  const rules = (
    <div class="rules-pane">
      <div class="rules-tools">
        <span class="secondary">
          Rule {chosen + 1} of {trace.length}
        </span>
        <Toolbar label="Playback of the rules">
          <IconButton
            icon="debug-step-back"
            label="Previous rule"
            disabled={chosen === 0}
            onClick={() => {
              pick(chosen - 1);
            }}
          />
          <IconButton
            icon={isPlaying ? 'debug-pause' : 'play'}
            label={isPlaying ? 'Pause' : 'Play the rules one after the other'}
            keys="Space in the list"
            onClick={play}
          />
          <IconButton
            icon="debug-step-over"
            label="Next rule"
            disabled={isLast}
            onClick={() => {
              pick(chosen + 1);
            }}
          />
        </Toolbar>
        <span class="visually-hidden" role="status">
          {[step.rule, step.why, changes].filter((part) => part !== undefined).join('. ')}
        </span>
      </div>
      <div
        ref={list}
        role="listbox"
        aria-label="Rules that changed the plan, in order"
        class="rules"
        onFocusIn={() => {
          hasFocus.current = true;
        }}
        onFocusOut={() => {
          hasFocus.current = false;
        }}
        onKeyDown={(event) => {
          if (event.key === ' ') {
            play();
            consume(event);
            return;
          }
          const targets: Readonly<Record<string, number | undefined>> = {
            ArrowDown: chosen + 1,
            ArrowUp: chosen - 1,
            Home: 0,
            End: trace.length - 1,
          };
          const target = Object.hasOwn(targets, event.key) ? targets[event.key] : undefined;
          if (target === undefined) return;
          pick(target);
          consume(event);
        }}
      >
        {trace.map(({ rule }, index) => (
          <div
            key={index}
            role="option"
            aria-selected={index === chosen}
            tabIndex={index === chosen ? 0 : -1}
            class="list-item"
            title={rule}
            onClick={() => {
              pick(index);
            }}
          >
            <span class="rule-number">{index + 1}</span>
            <span class="rule-name">{rule}</span>
          </div>
        ))}
      </div>
    </div>
  );
  return (
    <SplitPanes
      label="Rules and what they changed"
      share={model.rulesShare.value}
      usualShare={USUAL_RULES_SHARE}
      onShare={(share) => {
        model.setRulesShare(share);
      }}
      first={rules}
      second={
        <section class="rule-change" aria-label={`What ${step.rule} changed`} tabIndex={0}>
          <h2 class="node-title">{step.rule}</h2>
          {step.why === undefined ? null : <p class="rule-why">{step.why}</p>}
          <p class="secondary">{changes}</p>
          <pre key={chosen} class="diff">
            {lines.map((line, index) => (
              <span key={index} class={`diff-line ${line.kind}`}>
                <span class="diff-sign">{SIGNS[line.kind]}</span>
                {line.text}
                {'\n'}
              </span>
            ))}
          </pre>
        </section>
      }
    />
  );
}

const SIGNS: Readonly<Record<DiffLine['kind'], string>> = {
  same: ' ',
  moved: '~',
  removed: '-',
  added: '+',
};

/** The nodes that a rule took away, made, moved or changed, by name. */
function changesIn(lines: readonly DiffLine[]): string {
  const nodes = (kind: DiffLine['kind']) =>
    lines.filter((line) => line.kind === kind).map(({ text }) => nodeOf(text));
  const whole = pairs(nodes('removed'), nodes('added'));
  const named = pairs(whole.first.map(nameOf), whole.second.map(nameOf));
  const part = (title: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`${title}: ${counted(names)}`];
  const parts = [
    ...part('Removed', named.first),
    ...part('Changed', named.both),
    ...part('Moved', whole.both.map(nameOf)),
    ...part('Added', named.second),
  ];
  return parts.join(' · ');
}

const nameOf = (node: string) => /^\w+/.exec(node)?.[0] ?? '';

/** What is in both, each as often as in the one that has it less; and what is left of either. */
function pairs(first: readonly string[], others: readonly string[]) {
  const second = [...others];
  const both: string[] = [];
  const left = first.filter((each) => {
    const at = second.indexOf(each);
    if (at < 0) return true;
    both.push(each);
    second.splice(at, 1);
    return false;
  });
  return { first: left, both, second };
}

function counted(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} × ${count}`)).join(', ');
}
