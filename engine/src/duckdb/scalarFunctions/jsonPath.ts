/** Paths into JSON, `$.a[0]['b'][*]`, and what Spark makes of them. */
import type { JsonNode } from '#sql/value/json.ts';
import { copiedJson } from './copiedJson.ts';

type Step =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'anyName' }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'anyIndex' };
export type JsonPath = readonly Step[];

/** Undefined where it is no path. */
export function parseJsonPath(text: string): JsonPath | undefined {
  if (!text.startsWith('$')) return undefined;
  const pattern = /\.\*|\.([^.[\]]+)|\['([^']*)'\]|\[\s*(\d+)\s*\]|\[\s*\*\s*\]/y;
  const steps: Step[] = [];
  pattern.lastIndex = 1;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (match === null) return undefined;
    const [whole, bare, quoted, index] = match;
    const name = bare ?? quoted;
    if (name !== undefined) {
      steps.push(name === '*' ? { kind: 'anyName' } : { kind: 'name', name });
    } else if (index !== undefined) steps.push({ kind: 'index', index: Number(index) });
    else steps.push({ kind: whole === '.*' ? 'anyName' : 'anyIndex' });
  }
  return steps;
}

/**
 * How values are written: strings as they are, as JSON, or with arrays within arrays taken apart. Below a
 * star a string has to be JSON, since it ends in an array.
 */
type Style = 'raw' | 'quoted' | 'flat';

/** What is there as text, or null where there is nothing. */
export function valueAtPath(node: JsonNode, path: JsonPath): string | null {
  const written = valuesAt(node, path, 'raw');
  return written.length === 0 ? null : written.join(' ');
}

function valuesAt(node: JsonNode, path: JsonPath, style: Style): readonly string[] {
  const [step, ...rest] = path;
  if (step === undefined) return endOf(node, style);
  if (node.kind === 'object') return inObject(node, step, rest, style);
  if (node.kind !== 'array') return [];
  const { items } = node;
  if (step.kind === 'index') {
    const item = items[step.index];
    if (item === undefined) return [];
    return valuesAt(item, rest, rest[0]?.kind === 'anyIndex' ? 'quoted' : style);
  }
  if (step.kind !== 'anyIndex') return [];
  if (rest[0]?.kind === 'anyIndex') {
    const below = items.flatMap((item) => valuesAt(item, rest.slice(1), 'flat'));
    return below.length === 0 ? [] : [`[${below.join(',')}]`];
  }
  if (style === 'quoted') {
    const below = items.flatMap((item) => valuesAt(item, rest, 'quoted'));
    return below.length === 0 ? [] : [`[${below.join(',')}]`];
  }
  const next = style === 'raw' ? 'quoted' : 'flat';
  const found = items.map((item) => valuesAt(item, rest, next)).filter(({ length }) => length > 0);
  if (found.length === 0) return [];
  // One element stands for itself, without the brackets.
  const [first] = found;
  return found.length === 1 && first !== undefined ? first : [`[${found.flat().join(',')}]`];
}

function endOf(node: JsonNode, style: Style): readonly string[] {
  if (style === 'raw' && node.kind === 'string') return [node.text];
  if (style === 'flat' && node.kind === 'array') {
    return node.items.flatMap((item) => endOf(item, 'flat'));
  }
  return [copiedJson(node)];
}

/** The first field that yields something; a null is nothing, and so is a star. */
function inObject(
  node: JsonNode & { readonly kind: 'object' },
  step: Step,
  rest: JsonPath,
  style: Style,
): readonly string[] {
  if (step.kind !== 'name') return [];
  for (const [name, value] of node.fields) {
    if (name !== step.name || value.kind === 'null') continue;
    const found = valuesAt(value, rest, style);
    if (found.length > 0) return found;
  }
  return [];
}
