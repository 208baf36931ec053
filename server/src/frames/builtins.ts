/** The few functions of Python itself whose result is certain, and `print`. */
import type { SyntaxNode } from '@lezer/common';
import { microsOfDay } from './times.ts';
import type { Arguments } from './arguments.ts';
import { argument, optionText, whole } from './arguments.ts';
import { arithmetic, comparison, truth } from './constants.ts';
import { printed } from './formatStrings.ts';
import type { Script } from './script.ts';
import type { Value } from './values.ts';
import { cannotKnow, none } from './values.ts';
import type { PrintPart, ResultPart, ResultPlace } from '#shared/protocol/frameScript.ts';
import { callScriptFunction } from './scriptFunctions.ts';

export function callBuiltin(script: Script, name: string, args: Arguments): Value {
  const [first, second] = args.positional;
  const { node } = args;
  // A keyword changes what a function gives, so that one that is not read here leaves the result unknown.
  const read =
    first?.kind === 'result' && name === 'sorted' ? ['key', 'reverse'] : (keywordsRead[name] ?? []);
  if ([...args.keywords.keys()].some((keyword) => !read.includes(keyword)) && name !== 'dict')
    unknownResult(name, node);
  switch (name) {
    case 'print':
      return print(script, args);
    case 'len':
      if (first?.kind === 'result')
        return { ...first, path: [...(first.path ?? []), { call: 'len' }] };
      if (first?.kind === 'list' || first?.kind === 'tuple' || first?.kind === 'row')
        return { kind: 'int', value: BigInt(first.items.length) };
      if (first?.kind === 'dict') return { kind: 'int', value: BigInt(first.entries.length) };
      if (first?.kind === 'str')
        return { kind: 'int', value: BigInt(Array.from(first.value).length) };
      break;
    case 'str':
      if (first) {
        const parts = printed(first, 'str', node);
        if (parts.every((part) => typeof part === 'string'))
          return { kind: 'str', value: parts.join('') };
        return { kind: 'text', parts };
      }
      break;
    case 'range': {
      const bounds = args.positional.map((_, at) => whole(args, at, 'stop') ?? 0);
      const [start = 0, stop = 0, step = 1] = bounds.length === 1 ? [0, bounds[0] ?? 0] : bounds;
      if (step === 0 || Math.abs((stop - start) / step) > 10_000) break;
      const items: Value[] = [];
      for (let at = start; step > 0 ? at < stop : at > stop; at += step)
        items.push({ kind: 'int', value: BigInt(at) });
      return { kind: 'list', items };
    }
    case 'list':
    case 'tuple':
      if (!first) return { kind: name, items: [] };
      if (first.kind === 'result') return first;
      if (first.kind === 'dict') return { kind: name, items: first.entries.map(([key]) => key) };
      if (first.kind === 'list' || first.kind === 'tuple')
        return { kind: name, items: first.items };
      break;
    case 'enumerate':
      if (first?.kind === 'list' || first?.kind === 'tuple') {
        const start = whole(args, 1, 'start') ?? 0;
        return {
          kind: 'list',
          items: first.items.map((item, at): Value => ({
            kind: 'tuple',
            items: [{ kind: 'int', value: BigInt(start + at) }, item],
          })),
        };
      }
      break;
    case 'zip':
      if (args.positional.every((value) => value.kind === 'list' || value.kind === 'tuple')) {
        const lists = args.positional.map((value) => ('items' in value ? value.items : []));
        const count = Math.min(...lists.map((items) => items.length));
        return {
          kind: 'list',
          items: Array.from({ length: count }, (_, at): Value => ({
            kind: 'tuple',
            items: lists.flatMap((items) => items[at] ?? []),
          })),
        };
      }
      break;
    case 'sorted':
    case 'min':
    case 'max': {
      if (first?.kind === 'result' && name === 'sorted') return sortedResult(script, first, args);
      const items = args.positional.length > 1 ? args.positional : itemsOf(first);
      const order = items && inOrder(items);
      if (!order) break;
      const reverse = args.keywords.get('reverse');
      // Equal items stay in their order, which turning the list around would undo.
      if (reverse && !(reverse.kind === 'bool' && (!reverse.value || areApart(order)))) break;
      if (name === 'sorted')
        return {
          kind: 'list',
          items: reverse && truth(reverse, node) ? order.toReversed() : order,
        };
      const found = name === 'min' ? order[0] : order.at(-1);
      if (!found) break;
      return found;
    }
    case 'reversed': {
      const items = itemsOf(first);
      if (items) return { kind: 'list', items: items.toReversed() };
      break;
    }
    case 'sum': {
      if (args.positional.length > 1) break;
      const items = itemsOf(first);
      const total = items?.reduce<Value | undefined>(
        (sum, item) => sum && arithmetic('+', sum, item),
        { kind: 'int', value: 0n },
      );
      if (total) return total;
      break;
    }
    case 'any':
    case 'all': {
      const items = itemsOf(first);
      if (!items) break;
      const truths = items.map((item) => truth(item, node));
      return {
        kind: 'bool',
        value: name === 'any' ? truths.includes(true) : !truths.includes(false),
      };
    }
    case 'abs':
      if (first?.kind === 'int')
        return { kind: 'int', value: first.value < 0n ? -first.value : first.value };
      if (first?.kind === 'float') return { kind: 'float', value: Math.abs(first.value) };
      break;
    case 'round':
      return rounded(first, second) ?? unknownResult(name, node);
    case 'int':
      if (second) break;
      if (first?.kind === 'int') return first;
      if (first?.kind === 'str' && /^\s*[+-]?\d+\s*$/.test(first.value))
        return { kind: 'int', value: BigInt(first.value.trim()) };
      if (first?.kind === 'float' && Number.isFinite(first.value))
        return { kind: 'int', value: BigInt(Math.trunc(first.value)) };
      break;
    case 'float':
      if (first?.kind === 'int') return { kind: 'float', value: Number(first.value) };
      if (first?.kind === 'float') return first;
      if (first?.kind === 'str') return { kind: 'float', value: floatOf(first.value, node) };
      break;
    case 'bool':
      if (first) return { kind: 'bool', value: truth(first, node) };
      break;
    case 'dict':
      if (args.positional.length === 0)
        return {
          kind: 'dict',
          entries: [...args.keywords].map(([key, value]) => [{ kind: 'str', value: key }, value]),
        };
      break;
    case 'set': {
      const items = itemsOf(first);
      if (items) return { kind: 'list', items };
      break;
    }
    case 'bytearray':
      if (first?.kind === 'bytes') return first;
      break;
    case 'isinstance':
      break;
    case 'datetime.date':
    case 'datetime.datetime': {
      const parts = args.positional.map((_, at) => whole(args, at, 'part') ?? 0);
      const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0, micro = 0] = parts;
      const days = Math.round(Date.UTC(year, month - 1, day) / 86_400_000);
      if (name === 'datetime.date') return { kind: 'date', days: BigInt(days) };
      return { kind: 'datetime', micros: microsOfDay(days, hour, minute, second, micro) };
    }
    case 'decimal.Decimal': {
      const digits =
        first?.kind === 'str' ? first.value : first?.kind === 'int' ? String(first.value) : '';
      const [, sign = '', integer = '', fraction = ''] =
        /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(digits) ?? [];
      if (integer === '') break;
      const unscaled = BigInt(integer + fraction);
      return {
        kind: 'decimal',
        unscaled: sign === '-' ? -unscaled : unscaled,
        scale: fraction.length,
      };
    }
  }
  return unknownResult(name, node);
}

/** `sorted(result)`, by a part of each item where `key` takes one. */
function sortedResult(script: Script, result: ResultPart, { keywords, node }: Arguments): Value {
  const [key, reverse] = [keywords.get('key'), keywords.get('reverse')];
  if (reverse && reverse.kind !== 'bool') return unknownResult('sorted', node);
  const by = key ? partTaken(script, key, node) : [];
  const isReversed = reverse?.value === true ? { isReversed: true } : {};
  const { step, path = [] } = result;
  return { kind: 'result', step, path: [...path, { call: 'sorted', by, ...isReversed }] };
}

/** The step that an item stands for while a function of it is read. */
const ITEM = -1;

function partTaken(script: Script, key: Value, node: SyntaxNode): readonly ResultPlace[] {
  if (key.kind !== 'function') return unknownResult('sorted', node);
  const item: Value = { kind: 'result', step: ITEM, path: [] };
  const made = callScriptFunction(script, key.node, {
    positional: [item],
    keywords: new Map(),
    node,
  });
  if (made.kind !== 'result' || made.step !== ITEM)
    return cannotKnow('only a part of each item is read as a key here', node);
  return made.path ?? [];
}

const keywordsRead: Readonly<Record<string, readonly string[]>> = {
  print: ['sep', 'end', 'flush', 'file'],
  enumerate: ['start'],
  sorted: ['reverse'],
};

function areApart(ordered: readonly Value[]): boolean {
  return ordered.every((item, at) => {
    const next = ordered[at + 1];
    return next === undefined || comparison('<', item, next) === true;
  });
}

function unknownResult(name: string, node: SyntaxNode): never {
  return cannotKnow(`what '${name}' gives is not known before the script runs`, node);
}

function itemsOf(value: Value | undefined): readonly Value[] | undefined {
  if (value?.kind === 'list' || value?.kind === 'tuple') return value.items;
  return value?.kind === 'dict' ? value.entries.map(([key]) => key) : undefined;
}

/** Undefined where some of them do not compare. */
function inOrder(items: readonly Value[]): readonly Value[] | undefined {
  const state = { isKnown: true };
  const less = (left: Value, right: Value) => {
    const found = comparison('<', left, right);
    if (found === undefined) state.isKnown = false;
    return found === true;
  };
  const order = items.toSorted((left, right) =>
    less(left, right) ? -1 : less(right, left) ? 1 : 0,
  );
  return state.isKnown ? order : undefined;
}

/** Python rounds halves to even; of the digits behind the point only those are certain that no double blurs. */
function rounded(value: Value | undefined, digits: Value | undefined): Value | undefined {
  if (value?.kind === 'int' && !digits) return value;
  if (value?.kind !== 'float' || !Number.isFinite(value.value)) return undefined;
  if (!digits || digits.kind === 'none') {
    const floor = Math.floor(value.value);
    const rest = value.value - floor;
    const up = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0);
    return { kind: 'int', value: BigInt(up ? floor + 1 : floor) };
  }
  if (digits.kind !== 'int' || digits.value < 0n || digits.value > 15n) return undefined;
  return { kind: 'float', value: Number(value.value.toFixed(Number(digits.value))) };
}

function floatOf(text: string, node: SyntaxNode): number {
  const word = text.trim().toLowerCase();
  if (/^[+]?(?:inf|infinity)$/.test(word)) return Infinity;
  if (/^-(?:inf|infinity)$/.test(word)) return -Infinity;
  if (word === 'nan') return NaN;
  const value = word === '' ? NaN : Number(word);
  return Number.isNaN(value)
    ? cannotKnow('this is no number; Python raises ValueError', node)
    : value;
}

/** A DataFrame prints the names and types of its columns, which a step tells. */
function printedIn(script: Script, value: Value, node: SyntaxNode): readonly PrintPart[] {
  if (value.kind !== 'frame') return printed(value, 'str', node);
  const statement = script.query(value.relation);
  return [{ step: script.add({ action: 'evaluate', statement, form: 'frame' }), as: 'str' }];
}

function print(script: Script, args: Arguments): Value {
  const separator = argument(args, Infinity, 'sep');
  const end = argument(args, Infinity, 'end');
  const between = separator ? optionText(separator, args.node) : ' ';
  const parts: PrintPart[] = args.positional.flatMap((value, at) => [
    ...(at > 0 ? [between] : []),
    ...printedIn(script, value, args.node),
  ]);
  script.add({ action: 'print', parts: [...parts, end ? optionText(end, args.node) : '\n'] });
  return none;
}
