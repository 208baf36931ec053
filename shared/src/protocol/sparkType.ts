/** Spark's simple strings, read back: what a cell of a column with this type can be. */
export type SparkType =
  /** A string may have a collation, by which it compares. */
  | { readonly kind: 'atom'; readonly name: string; readonly collation?: string }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  /** Strict where no element, value or field can be null; only a strict type (`Field.strictType`) tells. */
  | { readonly kind: 'array'; readonly element: SparkType; readonly isStrict?: boolean }
  | {
      readonly kind: 'map';
      readonly key: SparkType;
      readonly value: SparkType;
      readonly isStrict?: boolean;
    }
  | {
      readonly kind: 'struct';
      readonly fields: readonly {
        readonly name: string;
        readonly type: SparkType;
        readonly isStrict?: boolean;
      }[];
    };

/**
 * Reads what the engine wrote; a struct's field name ends at its first colon, and a type that can't be null ends
 * with `!` in a strict type.
 */
export function parseSparkType(text: string): SparkType {
  const decimal = /^decimal\((\d+),(-?\d+)\)$/.exec(text);
  if (decimal) return { kind: 'decimal', precision: Number(decimal[1]), scale: Number(decimal[2]) };
  const nested = /^(array|map|struct)<(.*)>$/s.exec(text);
  const collation = /^string collate (\w+)$/.exec(text)?.[1];
  if (collation !== undefined) return { kind: 'atom', name: 'string', collation };
  if (!nested) return { kind: 'atom', name: text };
  const inner = nested[2] ?? '';
  if (nested[1] === 'array')
    return { kind: 'array', element: parseSparkType(withoutMark(inner)), ...strictness(inner) };
  const parts = splitTopLevel(inner);
  if (nested[1] === 'map')
    return {
      kind: 'map',
      key: parseSparkType(parts[0] ?? 'void'),
      value: parseSparkType(withoutMark(parts[1] ?? 'void')),
      ...strictness(parts[1] ?? ''),
    };
  return {
    kind: 'struct',
    fields: parts.map((part) => {
      const colon = part.indexOf(':');
      const type = part.slice(colon + 1);
      return {
        name: part.slice(0, colon),
        type: parseSparkType(withoutMark(type)),
        ...strictness(type),
      };
    }),
  };
}

function withoutMark(text: string): string {
  return text.endsWith('!') ? text.slice(0, -1) : text;
}

function strictness(text: string): { readonly isStrict?: true } {
  return text.endsWith('!') ? { isStrict: true } : {};
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
