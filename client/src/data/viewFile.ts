/** `.strata/views.json`: the names that a folder gives to its files, readable and made to be committed. Pure. */
import type { FileFormat, ViewDefinition } from '#shared/protocol/engine.ts';
import { fail, ok, type Result } from '#shared/result.ts';

export const VIEWS_FILE = '.strata/views.json';

/** A path is relative to the folder that has `.strata`, with `/`; an absolute one is of this machine. */
export interface RegisteredView {
  readonly name: string;
  readonly path: string;
  readonly format?: FileFormat;
  readonly options?: Readonly<Record<string, string>>;
}

export function parseViews(
  text: string,
): Result<readonly RegisteredView[], { readonly kind: 'unreadable'; readonly message: string }> {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    return fail({ kind: 'unreadable', message: error instanceof Error ? error.message : '' });
  }
  const views = record(record(read).views);
  const found: RegisteredView[] = [];
  for (const [name, given] of Object.entries(views)) {
    const own = typeof given === 'string' ? { path: given } : record(given);
    const { path } = own;
    if (typeof path !== 'string' || path === '') {
      return fail({ kind: 'unreadable', message: `the view '${name}' has no path` });
    }
    const format = formats.find((each) => each === own.format);
    if (own.format !== undefined && !format) {
      const text = JSON.stringify(own.format).replaceAll('"', '');
      return fail({ kind: 'unreadable', message: `the view '${name}' has the format '${text}'` });
    }
    const options = Object.entries(record(own.options)).map(([key, value]) => [key, String(value)]);
    found.push({
      name,
      path,
      ...(format ? { format } : {}),
      ...(options.length > 0
        ? { options: Object.fromEntries(options) as Record<string, string> }
        : {}),
    });
  }
  return ok(found);
}

/** In the order of the names, so that two people's additions merge. */
export function printViews(views: readonly RegisteredView[]): string {
  const sorted = [...views].sort((a, b) => (a.name < b.name ? -1 : 1));
  const entries = sorted.map(({ name, ...view }) => [name, view] as const);
  return `${JSON.stringify({ views: Object.fromEntries(entries) }, null, 2)}\n`;
}

/** As the engine takes it. `join` puts a relative path behind the folder. */
export function definitionOf(
  view: RegisteredView,
  join: (relative: string) => string,
): ViewDefinition {
  const isAbsolute = /^([\\/]|[A-Za-z]:[\\/])/.test(view.path);
  return { ...view, path: isAbsolute ? view.path : join(view.path) };
}

const formats: readonly FileFormat[] = ['csv', 'json', 'parquet', 'arrow'];

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
