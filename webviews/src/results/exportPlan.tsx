import { useState } from 'preact/hooks';
import type { Explanation } from '#shared/protocol/engine.ts';
import { consume } from '../kit/keyboard.ts';
import { IconButton } from '../kit/toolbar.tsx';
import { layoutPlan } from './planLayout.ts';
import { planSvg, pngOf } from './planSvg.ts';
import { stageOf, type ResultsModel } from './resultsModel.ts';
import type { RunModel } from './runModel.ts';

const FORMATS = [
  { id: 'svg', label: 'Picture (SVG)' },
  { id: 'png', label: 'Picture (PNG)' },
  { id: 'json', label: 'All plans and rules (JSON)' },
  { id: 'txt', label: 'As Spark prints it (text)' },
] as const;

type Format = (typeof FORMATS)[number]['id'];

/** A button with a menu of what the plan can be saved as. */
export function ExportPlan(props: { readonly model: ResultsModel; readonly run: RunModel }) {
  const { model, run } = props;
  const [isOpen, setOpen] = useState(false);
  const plan = run.plan.value;
  const save = (format: Format) => {
    setOpen(false);
    if (plan.kind !== 'ready') return;
    const stage = stageOf(model.planTab.value);
    void contentOf(plan.explanation, stage, format).then((content) =>
      model.call('exportPlan', { name: `${stage} plan.${format}`, content }),
    );
  };
  return (
    <span class="menu-anchor">
      <IconButton
        icon="export"
        label="Export the plan"
        disabled={plan.kind !== 'ready'}
        onClick={() => {
          setOpen(!isOpen);
        }}
      />
      {isOpen ? (
        <div
          role="menu"
          aria-label="Export the plan"
          class="menu"
          ref={(element) => {
            if (element && !element.contains(document.activeElement))
              element.querySelector('button')?.focus();
          }}
          onKeyDown={(event) => {
            const items = [...event.currentTarget.querySelectorAll('button')];
            const at = items.findIndex((item) => item === document.activeElement);
            if (event.key === 'Escape') setOpen(false);
            else if (event.key === 'ArrowDown') items[(at + 1) % items.length]?.focus();
            else if (event.key === 'ArrowUp') items.at(at - 1)?.focus();
            else return;
            consume(event);
          }}
          onFocusOut={(event) => {
            const next = event.relatedTarget;
            if (!(next instanceof Node) || !event.currentTarget.contains(next)) setOpen(false);
          }}
        >
          {FORMATS.map(({ id, label }) => (
            <button
              key={id}
              type="button"
              role="menuitem"
              class="menu-item"
              onClick={() => {
                save(id);
              }}
            >
              {label}
            </button>
          ))}
        </div>
      ) : null}
    </span>
  );
}

async function contentOf(
  explanation: Explanation,
  stage: 'parsed' | 'analyzed' | 'optimized' | 'physical',
  format: Format,
): Promise<string | ArrayBuffer> {
  if (format === 'txt') return explanation.text[stage];
  if (format === 'json') return `${JSON.stringify(explanation, null, 2)}\n`;
  const plan = layoutPlan(explanation.trees[stage], new Set(), 'right');
  const svg = planSvg(plan, getComputedStyle(document.body));
  return format === 'svg' ? svg : pngOf(svg, plan);
}
