/** The few functions of Python itself whose result is certain, and `print`. */
import { microsOfDay } from './times.ts';
import type { Arguments } from './arguments.ts';
import { argument, optionText, whole } from './arguments.ts';
import { printed } from './formatStrings.ts';
import type { Script } from './script.ts';
import type { Value } from './values.ts';
import { cannotKnow, none } from './values.ts';
import type { PrintPart } from '#shared/protocol/frameScript.ts';

export function callBuiltin(script: Script, name: string, args: Arguments): Value {
  const [first, second] = args.positional;
  const { node } = args;
  switch (name) {
    case 'print':
      return print(script, args);
    case 'len':
      if (first?.kind === 'list' || first?.kind === 'tuple')
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
      if (first?.kind === 'list' || first?.kind === 'tuple')
        return { kind: name, items: first.items };
      break;
    case 'enumerate':
      if (first?.kind === 'list' || first?.kind === 'tuple')
        return {
          kind: 'list',
          items: first.items.map((item, at): Value => ({
            kind: 'tuple',
            items: [{ kind: 'int', value: BigInt(at) }, item],
          })),
        };
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
    case 'dict.items':
      if (first?.kind === 'dict')
        return {
          kind: 'list',
          items: first.entries.map(([key, value]): Value => ({
            kind: 'tuple',
            items: [key, value],
          })),
        };
      break;
    case 'dict.keys':
      if (first?.kind === 'dict') return { kind: 'list', items: first.entries.map(([key]) => key) };
      break;
    case 'dict.values':
      if (first?.kind === 'dict')
        return { kind: 'list', items: first.entries.map(([, value]) => value) };
      break;
    case 'str.join':
      if (first?.kind === 'str' && second?.kind === 'list') {
        const texts = second.items.map((item) => (item.kind === 'str' ? item.value : undefined));
        if (!texts.includes(undefined)) return { kind: 'str', value: texts.join(first.value) };
      }
      break;
    case 'str.upper':
      if (first?.kind === 'str') return { kind: 'str', value: first.value.toUpperCase() };
      break;
    case 'str.lower':
      if (first?.kind === 'str') return { kind: 'str', value: first.value.toLowerCase() };
      break;
    case 'str.strip':
      if (first?.kind === 'str' && !second) return { kind: 'str', value: first.value.trim() };
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
  return cannotKnow(
    `what '${name.replace(/^builtins\./, '')}' gives is not known before the script runs`,
    node,
  );
}

function print(script: Script, args: Arguments): Value {
  const separator = argument(args, Infinity, 'sep');
  const end = argument(args, Infinity, 'end');
  const between = separator ? optionText(separator, args.node) : ' ';
  const parts: PrintPart[] = args.positional.flatMap((value, at) => [
    ...(at > 0 ? [between] : []),
    ...printed(value, 'str', args.node),
  ]);
  script.add({ action: 'print', parts: [...parts, end ? optionText(end, args.node) : '\n'] });
  return none;
}
