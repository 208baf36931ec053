/** What a run is asked with and kept as, and what follows from that alone. */
import type {
  EngineFailure,
  EngineRequests,
  Field,
  ResultPage,
  ViewDefinition,
} from '#shared/protocol/engine.ts';
import type { Arrangement } from '#shared/protocol/arrangement.ts';
import type { Run } from '#shared/protocol/resultsView.ts';
import type { Params } from '#shared/protocol/wire.ts';
import { SESSION_ID } from './engineProcess.ts';
import { sourceName, type RunSource } from './queries/sourcePlace.ts';

/** What it takes to run a query, now or after a reload of the window. */
export interface RunRequest {
  readonly title: string;
  readonly text: string;
  readonly views: readonly ViewDefinition[];
  /** Where it is an action of a script, which `text` is the Python of. */
  readonly action?: ScriptAction;
  /** The document that it came from. */
  readonly source?: RunSource;
}

/** A plan that a script gave, in the session that the script runs in. */
export interface ScriptAction {
  readonly script: ScriptPlace;
  readonly sessionId: string;
  readonly statement: string;
  /** Where `text` begins in the script, which errors of the plan count from. */
  readonly textStart: number;
  /** What to show of the rows: `show(5)` asks for one more to see whether there are more. */
  readonly shownRows?: number;
  /** It writes files, and has no rows. */
  readonly write?: Params<EngineRequests['writeFiles']>;
}

/** The statement of a Python file that a run comes from. */
export interface ScriptPlace {
  readonly uri: string;
  /** From zero. */
  readonly line: number;
  /** The whole file ran; otherwise what leads to that line. */
  readonly isWhole: boolean;
}

/** A run as it is kept across a reload of the window: without its rows, which died with the engine. */
export interface KeptRun extends RunRequest {
  readonly schema: readonly Field[];
  readonly rowCount: number;
  readonly complete: boolean;
  readonly elapsedMs: number;
  /** Under which the engine keeps its rows, and how many there are. */
  readonly keptId?: string;
  readonly keptRowCount?: number;
  readonly arrangement?: Arrangement;
  /** Under which the jobs know it. */
  readonly jobId: string;
  readonly failure?: EngineFailure;
}

/** What the panel is told of what was asked for. */
export function shownOf({ title, text, source, action }: RunRequest) {
  return {
    title,
    text,
    ...(source ? { sourceName: sourceName(source.uri) } : {}),
    ...(action && action.textStart > 0 ? { textStart: action.textStart } : {}),
  };
}

/** By its words: a doubt costs a wait. */
export function onlyReads({ text, action }: RunRequest): boolean {
  if (action) return false;
  const bare = text.replace(/--[^\n]*|\/\*(?!\+)[\s\S]*?\*\//g, ' ').trimStart();
  return /^(?:SELECT|WITH|FROM|VALUES|TABLE|\()/i.test(bare) && !/\bINSERT\b/i.test(bare);
}

/** No name means one thing to one run and another to the other. */
export function agree(some: readonly ViewDefinition[], others: readonly ViewDefinition[]): boolean {
  const known = new Map(some.map((view) => [view.name.toLowerCase(), JSON.stringify(view)]));
  return others.every((view) => {
    const same = known.get(view.name.toLowerCase());
    return same === undefined || same === JSON.stringify(view);
  });
}

/** All of its rows outlive the engine. */
export function isWhole({
  complete,
  rowCount,
  keptRowCount,
}: Pick<Run, 'complete' | 'rowCount' | 'keptRowCount'>) {
  return complete && keptRowCount === rowCount;
}

/** Places in a script become places in the statement that is shown. */
export function placed(request: RunRequest, failure: EngineFailure): EngineFailure {
  if (failure.kind !== 'spark' || !request.action) return failure;
  const { textStart } = request.action;
  const { start, end, ...whole } = failure;
  if (start === undefined || end === undefined) return failure;
  const isHere = textStart <= start && end <= textStart + request.text.length;
  return isHere ? { ...whole, start: start - textStart, end: end - textStart } : whole;
}

export function mostRowsOf({ action }: RunRequest): { readonly mostRows?: number } {
  const mostRows = action?.shownRows;
  return mostRows === undefined ? {} : { mostRows };
}

export function queryOf({ text, action }: RunRequest) {
  if (!action) return { sessionId: SESSION_ID, text };
  const { sessionId, statement } = action;
  return { sessionId, text: '', statement };
}

/** The rows of a page that are shown of all that were asked for. */
export function upTo(most: number, page: ResultPage): ResultPage {
  return page.knownRowCount <= most ? page : { ...page, knownRowCount: most, complete: true };
}
