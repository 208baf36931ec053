/** Spark's simple strings, read back: what a cell of a column with this type can be. */
export type SparkType =
  | { readonly kind: 'atom'; readonly name: string }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'array'; readonly element: SparkType }
  | { readonly kind: 'map'; readonly key: SparkType; readonly value: SparkType }
  | {
      readonly kind: 'struct';
      readonly fields: readonly { readonly name: string; readonly type: SparkType }[];
    };

/** Reads what the engine wrote; a struct's field name ends at its first colon. */
export function parseSparkType(text: string): SparkType {
  const decimal = /^decimal\((\d+),(-?\d+)\)$/.exec(text);
  if (decimal) return { kind: 'decimal', precision: Number(decimal[1]), scale: Number(decimal[2]) };
  const nested = /^(array|map|struct)<(.*)>$/s.exec(text);
  if (!nested) return { kind: 'atom', name: text };
  const inner = nested[2] ?? '';
  if (nested[1] === 'array') return { kind: 'array', element: parseSparkType(inner) };
  const parts = splitTopLevel(inner);
  if (nested[1] === 'map')
    return {
      kind: 'map',
      key: parseSparkType(parts[0] ?? 'void'),
      value: parseSparkType(parts[1] ?? 'void'),
    };
  return {
    kind: 'struct',
    fields: parts.map((part) => {
      const colon = part.indexOf(':');
      return { name: part.slice(0, colon), type: parseSparkType(part.slice(colon + 1)) };
    }),
  };
}

function splitTopLevel(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '<' || character === '(') depth += 1;
    else if (character === '>' || character === ')') depth -= 1;
    else if (character === ',' && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  if (start < text.length) parts.push(text.slice(start));
  return parts;
}
