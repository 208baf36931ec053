/** `.strata/views.json`: the names that a folder gives to its files, readable and made to be committed. Pure. */
import type { FileFormat, ViewDefinition } from '#shared/protocol/engine.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { hasComments, parseCommentedJson, placeIn, type JsonNode } from './commentedJson.ts';

export const VIEWS_FILE = '.strata/views.json';

/** A path is relative to the folder that has `.strata`, with `/`; an absolute one is of this machine. */
export interface RegisteredView {
  readonly name: string;
  readonly path: string;
  readonly format?: FileFormat;
  readonly options?: Readonly<Record<string, string>>;
}

interface ViewsRead {
  readonly views: readonly RegisteredView[];
  /** The first mistake, with its place: of one view, which the others are read without, or of the whole text. */
  readonly problem?: string;
}

export function parseViews(text: string): ViewsRead {
  const problemAt = (message: string, offset: number) => `${message} (${placeIn(text, offset)})`;
  const read = parseCommentedJson(text);
  if (!read.ok) return { views: [], problem: problemAt(read.error.message, read.error.offset) };
  const views: RegisteredView[] = [];
  const names = new Set<string>();
  let problem: string | undefined;
  for (const { name, node, start } of viewsIn(read.value)?.members ?? []) {
    const view = names.has(name.toLowerCase())
      ? `two views are called '${name}'`
      : viewOf(name, node.value);
    names.add(name.toLowerCase());
    if (typeof view === 'string') problem ??= problemAt(view, start);
    else views.push(view);
  }
  return { views, ...(problem === undefined ? {} : { problem }) };
}

/** What is wrong with it where it is none. */
function viewOf(name: string, given: unknown): RegisteredView | string {
  const own = typeof given === 'string' ? { path: given } : record(given);
  const { path } = own;
  if (typeof path !== 'string' || path === '') return `the view '${name}' has no path`;
  const format = formats.find((each) => each === own.format);
  if (own.format !== undefined && !format) {
    const said = JSON.stringify(own.format).replaceAll('"', '');
    return `the view '${name}' has the format '${said}'`;
  }
  const options = Object.entries(record(own.options)).map(
    ([key, value]) => [key, String(value)] as const,
  );
  return {
    name,
    path,
    ...(format ? { format } : {}),
    ...(options.length > 0 ? { options: Object.fromEntries(options) } : {}),
  };
}

export type ViewEdit =
  /** In place of one of the same name. */
  | { readonly kind: 'put'; readonly view: RegisteredView }
  | { readonly kind: 'remove'; readonly name: string }
  | { readonly kind: 'rename'; readonly name: string; readonly to: string };

/** The text with one view changed, which can be read. Where it says more than views all else stays as it stands. */
export function editViews(
  text: string,
  edit: ViewEdit,
): Result<string, { readonly kind: 'unreadable'; readonly message: string }> {
  const { views, problem } = parseViews(text);
  if (problem !== undefined) return fail({ kind: 'unreadable', message: problem });
  const read = parseCommentedJson(text);
  const root = read.ok ? read.value : undefined;
  const saysMore = hasComments(text) || root?.members?.some(({ name }) => name !== 'views');
  if (!saysMore) return ok(printViews(edited(views, edit)));
  const node = root && viewsIn(root);
  const members = node?.members ?? [];
  const replace = (start: number, end: number, by: string) =>
    ok(text.slice(0, start) + by + text.slice(end));
  const name = edit.kind === 'put' ? edit.view.name : edit.name;
  const index = members.findIndex((member) => member.name.toLowerCase() === name.toLowerCase());
  const [member, after] = [members[index], members[index + 1]];
  if (edit.kind === 'put') {
    const { name: key, ...view } = edit.view;
    const written = `${JSON.stringify(key)}: ${JSON.stringify(view)}`;
    if (member) return replace(member.start, member.node.end, written);
    const last = members.at(-1);
    if (last) return replace(last.node.end, last.node.end, `,\n    ${written}`);
    if (node?.members) return replace(node.start + 1, node.start + 1, `\n    ${written}`);
    const list = `{\n    ${written}\n  }`;
    if (node) return replace(node.start, node.end, list);
    const section = `"views": ${list}`;
    const before = root?.members?.at(-1);
    if (before) return replace(before.node.end, before.node.end, `,\n  ${section}`);
    if (root?.members) return replace(root.start + 1, root.start + 1, `\n  ${section}\n`);
    return ok(printViews([edit.view]));
  }
  if (!member) return ok(text);
  if (edit.kind === 'rename') return replace(member.start, member.nameEnd, JSON.stringify(edit.to));
  if (after) return replace(member.start, after.start, '');
  // The comma before it may stay, and what is said behind that one.
  const comma = /^\s*,/.exec(text.slice(member.node.end))?.[0].length ?? 0;
  return replace(member.start, member.node.end + comma, '');
}

function edited(views: readonly RegisteredView[], edit: ViewEdit): readonly RegisteredView[] {
  const isOther = (name: string) => (view: RegisteredView) =>
    view.name.toLowerCase() !== name.toLowerCase();
  switch (edit.kind) {
    case 'put':
      return [...views.filter(isOther(edit.view.name)), edit.view];
    case 'remove':
      return views.filter(isOther(edit.name));
    case 'rename':
      return views.map((view) => (isOther(edit.name)(view) ? view : { ...view, name: edit.to }));
  }
}

function viewsIn(root: JsonNode): JsonNode | undefined {
  return root.members?.find(({ name }) => name === 'views')?.node;
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
