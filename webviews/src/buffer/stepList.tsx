import { useState } from 'preact/hooks';
import { exceptionText } from '#shared/layout/pythonException.ts';
import type { StepOutcome, StepProblem, ViewState, ViewStep } from '#shared/layout/viewChain.ts';
import { stateText } from '#shared/layout/viewCode.ts';
import { parseStep, stepArgument, stepHints, stepKinds } from '#shared/layout/viewStepText.ts';
import type { Result } from '#shared/result.ts';
import { consume } from '../kit/keyboard.ts';
import { IconButton } from '../kit/toolbar.tsx';
import type { BufferModel } from './bufferModel.ts';

const NAMES: Readonly<Record<ViewStep['kind'], string>> = {
  transpose: 'transpose',
  slice: 'slice […]',
  reshape: 'reshape',
  newaxis: 'newaxis',
  squeeze: 'squeeze',
  ravel: 'ravel',
  broadcast: 'broadcast_to',
  view: 'view(dtype)',
  field: 'field',
  cast: 'memoryview.cast',
  as_strided: 'as_strided',
  copy: 'copy',
};

/** The chain: each step with what it makes, `view` or `copy` and why, or the error that Python raises. */
export function StepList(props: { readonly model: BufferModel; readonly first: ViewState }) {
  const { model, first } = props;
  const steps = model.steps.value;
  const outcomes = model.outcomes.value;
  return (
    <div class="steps">
      <h2>Steps</h2>
      <ol class="step-list">
        <li class="step">
          <span class="step-name">a</span>
          <p class="secondary step-reason">{stateText(first)}</p>
        </li>
        {steps.map((step, position) => (
          <StepItem
            key={`${position} ${JSON.stringify(step)}`}
            step={step}
            outcome={outcomes[position]}
            position={position}
            onChange={(next) => {
              model.setSteps(steps.with(position, next));
            }}
            onRemove={() => {
              model.setSteps(steps.toSpliced(position, 1));
            }}
          />
        ))}
      </ol>
      <AddStep
        onAdd={(step) => {
          model.setSteps([...steps, step]);
        }}
      />
      {steps.length > 0 ? (
        <button
          type="button"
          class="link-button"
          onClick={() => {
            model.setSteps([]);
          }}
        >
          Remove all steps
        </button>
      ) : null}
    </div>
  );
}

function StepItem(props: {
  readonly step: ViewStep;
  readonly outcome: Result<StepOutcome, StepProblem> | undefined;
  readonly position: number;
  readonly onChange: (step: ViewStep) => void;
  readonly onRemove: () => void;
}) {
  const { step, outcome, position } = props;
  const [problem, setProblem] = useState('');
  const name = NAMES[step.kind];
  const takesArgument = step.kind !== 'ravel';
  return (
    <li class="step">
      <div class="step-line">
        <span class="step-name">{name}</span>
        {takesArgument ? (
          <input
            class="text-input step-argument"
            type="text"
            spellcheck={false}
            autocomplete="off"
            aria-label={`Argument of step ${position + 1}, ${name}`}
            placeholder={stepHints[step.kind].placeholder}
            title={stepHints[step.kind].meaning}
            defaultValue={stepArgument(step)}
            onChange={(event) => {
              const parsed = parseStep(step.kind, event.currentTarget.value);
              setProblem(parsed.ok ? '' : parsed.error.message);
              if (parsed.ok) props.onChange(parsed.value);
            }}
          />
        ) : null}
        <IconButton
          icon="close"
          label={`Remove step ${position + 1}, ${name}`}
          onClick={props.onRemove}
        />
      </div>
      {problem !== '' ? (
        <p class="step-problem">{problem}</p>
      ) : outcome === undefined ? (
        <p class="secondary step-reason">Not reached: a step before it fails.</p>
      ) : outcome.ok ? (
        <>
          <p class="step-reason">
            <span class={`effect ${outcome.value.effect}`}>
              <span
                aria-hidden="true"
                class={`codicon codicon-${outcome.value.effect === 'view' ? 'eye' : 'copy'}`}
              />
              {outcome.value.effect}
            </span>{' '}
            <span class="secondary">{outcome.value.reason}</span>
          </p>
          <p class="secondary step-reason">{stateText(outcome.value.state)}</p>
        </>
      ) : (
        <p class="step-problem" role="alert">
          {outcome.error.kind === 'python-exception'
            ? exceptionText(outcome.error)
            : outcome.error.message}
        </p>
      )}
    </li>
  );
}

function AddStep(props: { readonly onAdd: (step: ViewStep) => void }) {
  const [kind, setKind] = useState<ViewStep['kind']>('transpose');
  const [argument, setArgument] = useState('');
  const [problem, setProblem] = useState('');
  return (
    <form
      class="add-step"
      aria-label="Add a step"
      onSubmit={(event) => {
        consume(event);
        const parsed = parseStep(kind, argument);
        setProblem(parsed.ok ? '' : parsed.error.message);
        if (!parsed.ok) return;
        props.onAdd(parsed.value);
        setArgument('');
      }}
    >
      <select
        aria-label="Step to add"
        value={kind}
        onChange={(event) => {
          const next = stepKinds.find((known) => known === event.currentTarget.value);
          setKind(next ?? 'transpose');
          setProblem('');
        }}
      >
        {stepKinds.map((known) => (
          <option key={known} value={known}>
            {NAMES[known]}
          </option>
        ))}
      </select>
      <input
        class="text-input step-argument"
        type="text"
        spellcheck={false}
        autocomplete="off"
        aria-label="Argument of the step to add"
        aria-invalid={problem !== ''}
        aria-describedby="add-step-problem"
        placeholder={stepHints[kind].placeholder}
        title={stepHints[kind].meaning}
        disabled={kind === 'ravel'}
        value={argument}
        onInput={(event) => {
          setArgument(event.currentTarget.value);
          setProblem('');
        }}
      />
      <button
        type="submit"
        class="icon-button"
        aria-label="Add the step"
        title="Add the step (Enter)"
      >
        <span aria-hidden="true" class="codicon codicon-add" />
      </button>
      <p id="add-step-problem" class="step-problem" role="status">
        {problem}
      </p>
    </form>
  );
}
