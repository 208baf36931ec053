/** Show, Schema and Explain above each statement that makes a DataFrame or runs one. */
import type { CodeLens } from 'vscode-languageserver/node';
import type { ScriptReading } from '../frames/reading.ts';
import { readingOf, mayUseSpark } from '../frames/reading.ts';
import { toOriginal } from '../python/pythonSource.ts';
import type { ServerState } from './serverState.ts';

const looks = [
  { action: 'show', title: 'Show', tooltip: 'The first rows, in a terminal' },
  { action: 'schema', title: 'Schema', tooltip: 'The columns and their types' },
  { action: 'explain', title: 'Explain', tooltip: 'The plan, as Spark prints it' },
] as const;

export function frameLenses(state: ServerState, uri: string): CodeLens[] {
  const document = state.documents.get(uri);
  if (!document || !uri.startsWith('file:') || !mayUseSpark(document.text)) return [];
  const reading = readingOf(document.source, state.frameSchemas.fieldsFor(uri));
  const lines = new Set(
    placesOf(reading).map(
      (from) => document.lines.positionAt(toOriginal(document.source, from)).line,
    ),
  );
  return [...lines]
    .sort((left, right) => left - right)
    .flatMap((line) => {
      const place = { line, character: 0 };
      const range = { start: place, end: place };
      return [
        ...looks.map(({ action, title, tooltip }) => ({
          range,
          command: {
            title,
            tooltip,
            command: 'strata.lookAtFrame',
            arguments: [uri, line, action],
          },
        })),
        {
          range,
          command: {
            title: 'Copy as SQL',
            tooltip: 'The query that this DataFrame is',
            command: 'strata.copyAsSql',
            arguments: [uri, line],
          },
        },
      ];
    });
}

const actions = new Set(['show', 'collect', 'count', 'first', 'head', 'take', 'tail', 'toPandas']);

/** Only statements of the module itself: those of functions run as often as they are called. */
function placesOf({ names, calls }: ScriptReading): readonly number[] {
  const found = names.filter(({ value }) => value.kind === 'frame').map(({ from }) => from);
  for (const { callee, args } of calls) {
    if (callee.kind !== 'method' || callee.receiver.kind !== 'frame') continue;
    if (!actions.has(callee.name)) continue;
    let at = args.node;
    while (at.parent && !at.name.endsWith('Statement')) at = at.parent;
    if (at.parent?.name === 'Script') found.push(at.from);
  }
  return found;
}
