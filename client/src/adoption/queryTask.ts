/** What a task of tasks.json asks of `strata sql`. Knows nothing of VS Code. */
import type { ViewDefinition } from '#shared/protocol/engine.ts';

export interface QueryTask {
  readonly query?: string;
  /** A file of statements; a failed one is marked in it. */
  readonly file?: string;
  /** Paths by name, as `strata sql --view` takes them. */
  readonly views?: Readonly<Record<string, string>>;
  /** A file to write the last result to, in the format of its name's end. */
  readonly output?: string;
}

/** Of `views` that the workspace has, the task's own take the place. */
export function queryArguments(
  { query, file, views = {}, output }: QueryTask,
  inherited: readonly ViewDefinition[],
): readonly string[] {
  const own = new Set(Object.keys(views).map((name) => name.toLowerCase()));
  const others = inherited.filter(({ name }) => !own.has(name.toLowerCase()));
  const all = [
    ...others.map((view) => `${view.name}=${view.path}${optionsText(view)}`),
    ...Object.entries(views).map(([name, path]) => `${name}=${path}`),
  ];
  return [
    'sql',
    ...(file === undefined ? [query ?? ''] : ['--file', file]),
    ...all.flatMap((view) => ['--view', view]),
    ...(output === undefined ? [] : ['--to', output]),
  ];
}

function optionsText({ format, options = {} }: ViewDefinition): string {
  const all = { ...(format === undefined ? {} : { format }), ...options };
  const pairs = Object.entries(all).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
