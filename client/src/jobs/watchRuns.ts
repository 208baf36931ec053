/** Makes jobs of runs, and tells of those that took long while nobody looked. */
import type { Messages } from '../messages.ts';
import type { Runs } from '../runs.ts';
import type { JobHistory } from './jobHistory.ts';
import { jobDescription } from './jobText.ts';

/** Who waits longer has turned to something else. */
const LONG_MS = 10_000;

export function watchRuns(
  runs: Runs,
  history: JobHistory,
  messages: Messages,
  isLookedAt: () => boolean,
  show: (runId: number) => void,
): void {
  runs.onChanged((run) => {
    if (run.isPlanOnly === true) return;
    const facts = runs.factsOf(run.runId);
    const job = facts && history.note(run, facts);
    const hasEnded = run.status === 'done' || run.status === 'failed';
    if (!job || !hasEnded || run.elapsedMs < LONG_MS || isLookedAt()) return;
    messages.show({
      id: 'jobs.ended',
      severity: run.status === 'done' ? 'info' : 'error',
      text: `"${run.title}" ${run.status === 'done' ? 'is done' : 'failed'}: ${jobDescription(job)}`,
      button: {
        label: 'Show Result',
        run: () => {
          show(run.runId);
        },
      },
    });
  });
  runs.onClosed((runId) => {
    history.forgetRun(runId);
  });
}
