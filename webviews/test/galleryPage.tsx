// Shows one state of one panel in one theme; gallery.mjs opens it for each.
import '@vscode/codicons/dist/codicon.css';
import './themes/darkModern.css';
import './themes/hcDark.css';
import './themes/hcLight.css';
import './themes/lightModern.css';
import { mountBufferPanel } from '#webviews/buffer/bufferPanel.tsx';
import { mountResultsPanel } from '#webviews/results/resultsPanel.tsx';
import { layoutPlan } from '#webviews/results/planLayout.ts';
import { stagesOf } from '#webviews/results/planStages.ts';
import { planSvg } from '#webviews/results/planSvg.ts';
import { shuffledPlan } from './fakeResults.ts';
import { bufferScenarios, bufferSteps, bufferStepsOn } from './scenarios/buffer.ts';
import { mountTablePanel } from '#webviews/table/tablePanel.tsx';
import { tableScenarios, tableSteps, tableStepsOn } from './scenarios/table.ts';
import { realPlan, resultsScenarios, resultsSteps, type RealPlan } from './scenarios/results.ts';

const parameters = new URLSearchParams(location.hash.slice(1));
document.documentElement.dataset.theme = parameters.get('theme') ?? 'darkModern';
const name = parameters.get('state') ?? 'content';
const app = document.createElement('div');
app.id = 'app';
document.body.append(app);
if (parameters.get('panel') === 'buffer') {
  const later = bufferStepsOn[name];
  const step = bufferSteps[name] ?? later?.step;
  const host = bufferScenarios[bufferSteps[name] ? 'content' : (later?.on ?? name)]?.();
  if (host) mountBufferPanel(app, host);
  if (host && step) setTimeout(() => step(host), 300);
} else if (parameters.get('panel') === 'table') {
  const step = tableSteps[name] ?? tableStepsOn[name];
  const host = tableScenarios[tableSteps[name] ? 'content' : name]?.();
  if (host) mountTablePanel(app, host);
  if (host && step) setTimeout(() => step(host), 200);
} else if (name === 'plan exported') {
  // As the browser draws the file that is saved.
  const plan = layoutPlan(shuffledPlan, new Set(), 'right');
  const image = new Image();
  image.src = URL.createObjectURL(
    new Blob([planSvg(plan, stagesOf(shuffledPlan)).svg], { type: 'image/svg+xml' }),
  );
  image.style.maxWidth = '100%';
  app.append(image);
} else if (name.startsWith('real ')) {
  // `real`, the name of a plan, and what to show of it.
  const [, plan = '', show] = /^real (.*?)(?: (advice|rules|sql|analyzed))?$/.exec(name) ?? [];
  const file = await fetch(`/${plan.replaceAll(' ', '-')}.json`);
  mountResultsPanel(app, realPlan((await file.json()) as RealPlan, show));
} else {
  const step = resultsSteps[name];
  const host = (resultsScenarios[name] ?? (step && resultsScenarios.content))?.();
  if (host) mountResultsPanel(app, host);
  if (host && step) setTimeout(() => step(host), 400);
}
