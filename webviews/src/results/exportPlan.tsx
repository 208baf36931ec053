import { useState } from 'preact/hooks';
import type { Explanation } from '#shared/protocol/engine.ts';
import type { MenuPlace } from '../kit/contextMenu.tsx';
import { ContextMenu, placeUnder } from '../kit/contextMenu.tsx';
import { IconButton } from '../kit/toolbar.tsx';
import { layoutPlan } from './planLayout.ts';
import { planSvg, pngOf } from './planSvg.ts';
import { stagesOf } from './planStages.ts';
import { stageOf, type ResultsModel } from './resultsModel.ts';
import type { RunModel } from './runModel.ts';

const FORMATS = [
  [
    { id: 'svg', label: 'Picture (SVG)' },
    { id: 'png', label: 'Picture (PNG)' },
  ],
  [
    { id: 'json', label: 'All plans and rules (JSON)' },
    { id: 'txt', label: 'As Spark prints it (text)' },
  ],
] as const;

type Format = (typeof FORMATS)[number][number]['id'];

/** A button with a menu of what the plan can be saved as. */
export function ExportPlan(props: { readonly model: ResultsModel; readonly run: RunModel }) {
  const { model, run } = props;
  const [menu, setMenu] = useState<MenuPlace | undefined>(undefined);
  const plan = run.plan.value;
  const save = (format: Format) => {
    if (plan.kind !== 'ready') return;
    const stage = stageOf(model.planTab.value);
    void contentOf(plan.explanation, stage, format).then((content) =>
      model.call('exportPlan', { name: `${stage} plan.${format}`, content }),
    );
  };
  return (
    <>
      <IconButton
        icon="export"
        label="Export the plan"
        disabled={plan.kind !== 'ready'}
        onClick={() => {
          setMenu(placeUnder(document.activeElement));
        }}
      />
      {menu ? (
        <ContextMenu
          label="Export the plan"
          at={menu}
          groups={FORMATS.map((formats) =>
            formats.map(({ id, label }) => ({
              label,
              run: () => {
                save(id);
              },
            })),
          )}
          onClose={() => {
            setMenu(undefined);
          }}
        />
      ) : null}
    </>
  );
}

async function contentOf(
  explanation: Explanation,
  stage: 'parsed' | 'analyzed' | 'optimized' | 'physical',
  format: Format,
): Promise<string | ArrayBuffer> {
  if (format === 'txt') return explanation.text[stage];
  if (format === 'json') return `${JSON.stringify(explanation, null, 2)}\n`;
  const root = explanation.trees[stage];
  const picture = planSvg(
    layoutPlan(root, new Set(), 'right'),
    stage === 'physical' ? stagesOf(root) : undefined,
  );
  return format === 'svg' ? picture.svg : pngOf(picture);
}
