import { useLayoutEffect, useRef } from 'preact/hooks';
import type { TraceStep } from '#shared/protocol/engine.ts';
import { consume } from '../kit/keyboard.ts';
import { EmptyState } from '../kit/states.tsx';
import { diffLines } from './lineDiff.ts';
import type { RunModel } from './runModel.ts';

/** The optimizer's trace: the rules that fired, and what the chosen one changed. */
export function RulesView(props: { readonly run: RunModel; readonly trace: readonly TraceStep[] }) {
  const { run, trace } = props;
  const list = useRef<HTMLDivElement>(null);
  const hasFocus = useRef(false);
  const chosen = Math.min(run.selectedRule.value, trace.length - 1);
  useLayoutEffect(() => {
    if (!hasFocus.current || !document.hasFocus()) return;
    list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }, [chosen]);
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
  const removed = lines.filter((line) => line.kind === 'removed').length;
  const added = lines.filter((line) => line.kind === 'added').length;
  return (
    <>
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
          const targets: Readonly<Record<string, number | undefined>> = {
            ArrowDown: chosen + 1,
            ArrowUp: chosen - 1,
            Home: 0,
            End: trace.length - 1,
          };
          const target = Object.hasOwn(targets, event.key) ? targets[event.key] : undefined;
          if (target === undefined) return;
          run.selectRule(Math.max(0, Math.min(target, trace.length - 1)));
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
              run.selectRule(index);
            }}
          >
            <span class="rule-number">{index + 1}</span>
            <span class="rule-name">{rule}</span>
          </div>
        ))}
      </div>
      <section class="rule-change" aria-label={`What ${step.rule} changed`} tabIndex={0}>
        <p class="rule-summary">
          {step.rule}
          <span class="secondary">
            {' '}
            · {removed} {removed === 1 ? 'line' : 'lines'} removed, {added} added
          </span>
        </p>
        {step.why === undefined ? null : <p class="rule-why">{step.why}</p>}
        <pre class="diff">
          {lines.map((line, index) => (
            <span key={index} class={`diff-line ${line.kind}`}>
              <span class="diff-sign">
                {line.kind === 'added' ? '+' : line.kind === 'removed' ? '-' : ' '}
              </span>
              {line.text}
              {'\n'}
            </span>
          ))}
        </pre>
      </section>
    </>
  );
}
