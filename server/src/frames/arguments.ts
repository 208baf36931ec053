/** The arguments of a call, by position or by name. */
import type { SyntaxNode } from '@lezer/common';
import type { Value } from './values.ts';
import { cannotKnow } from './values.ts';

export interface Arguments {
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  /** The call, for what is wrong with it. */
  readonly node: SyntaxNode;
}

export function argument(args: Arguments, index: number, name: string): Value | undefined {
  const found = args.positional[index] ?? args.keywords.get(name);
  return found?.kind === 'none' ? undefined : found;
}

export function required(args: Arguments, index: number, name: string): Value {
  return (
    args.positional[index] ??
    args.keywords.get(name) ??
    cannotKnow(`the argument '${name}' is missing; PySpark raises TypeError`, args.node)
  );
}

export function text(args: Arguments, index: number, name: string): string | undefined {
  const value = argument(args, index, name);
  if (value === undefined) return undefined;
  if (value.kind === 'str') return value.value;
  return cannotKnow(`'${name}' has to be a text that is known here`, args.node);
}

export function requiredText(args: Arguments, index: number, name: string): string {
  return text(args, index, name) ?? cannotKnow(`the argument '${name}' is missing`, args.node);
}

export function whole(args: Arguments, index: number, name: string): number | undefined {
  const value = argument(args, index, name);
  if (value === undefined) return undefined;
  if (value.kind === 'int' && Number.isSafeInteger(Number(value.value))) return Number(value.value);
  return cannotKnow(`'${name}' has to be a whole number that is known here`, args.node);
}

export function flag(args: Arguments, index: number, name: string): boolean | undefined {
  const value = argument(args, index, name);
  if (value === undefined) return undefined;
  if (value.kind === 'bool') return value.value;
  return cannotKnow(`'${name}' has to be True or False`, args.node);
}

/** `f(a, b)` and `f([a, b])` alike, from a position on. */
export function several(args: Arguments, from = 0): readonly Value[] {
  const [first, ...more] = args.positional.slice(from);
  const isList = first?.kind === 'list' || first?.kind === 'tuple';
  if (isList && more.length === 0) return first.items;
  return args.positional.slice(from);
}

export function texts(values: readonly Value[], node: SyntaxNode): readonly string[] {
  return values.map((value) =>
    value.kind === 'str' ? value.value : cannotKnow('names of columns belong here', node),
  );
}

/** An option's value as Spark takes it: a text. */
export function optionText(value: Value, node: SyntaxNode): string {
  switch (value.kind) {
    case 'str':
      return value.value;
    case 'bool':
      return String(value.value);
    case 'int':
    case 'float':
      return String(value.value);
    default:
      return cannotKnow('an option has to be known here', node);
  }
}
