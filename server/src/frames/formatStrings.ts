/** f-strings: a text where all parts are known, else a text with results that are known when the script has run. */
import type { SyntaxNode } from '@lezer/common';
import type { PrintPart } from '#shared/protocol/frameScript.ts';
import { decodeStringLiteral } from '../python/stringLiteral.ts';
import type { Script } from './script.ts';
import type { Value } from './values.ts';
import { cannotKnow } from './values.ts';

export function formatString(
  script: Script,
  node: SyntaxNode,
  evaluate: (script: Script, node: SyntaxNode) => Value,
): Value {
  const text = script.textOf(node);
  const [, prefix = '', fence = ''] = /^([A-Za-z]*)("""|'''|"|')/.exec(text) ?? [];
  if (fence === '' || !text.endsWith(fence)) return cannotKnow('this text is not complete', node);
  const isRaw = /r/i.test(prefix);
  const parts: PrintPart[] = [];
  const plain = (from: number, to: number) => {
    // Doubled braces stand for one; escapes are those of any text.
    const source = script.source.text.slice(from, to).replaceAll('{{', '{').replaceAll('}}', '}');
    const quoted = `${isRaw ? 'r' : ''}${fence}${source}${fence}`;
    const literal = decodeStringLiteral(quoted, 0, quoted.length);
    if (!literal) return cannotKnow('this text is not read', node);
    parts.push(literal.value);
  };
  let at = node.from + prefix.length + fence.length;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'FormatReplacement') continue;
    plain(at, child.from);
    parts.push(...replaced(script, child, evaluate));
    at = child.to;
  }
  plain(at, node.to - fence.length);
  if (parts.every((part) => typeof part === 'string'))
    return { kind: 'str', value: parts.join('') };
  return { kind: 'text', parts };
}

function replaced(
  script: Script,
  node: SyntaxNode,
  evaluate: (script: Script, node: SyntaxNode) => Value,
): readonly PrintPart[] {
  const expression = node.firstChild?.nextSibling;
  if (!expression) return cannotKnow('this text is not complete', node);
  const value = evaluate(script, expression);
  const spec = node.getChild('FormatSpec');
  const conversion = node.getChild('FormatConversion');
  const as = conversion && script.textOf(conversion) === '!r' ? 'repr' : 'str';
  if (!spec) return printed(value, as, expression);
  return [formatted(value, script.textOf(spec).slice(1), node)];
}

/** The formats that a number takes most: `,`, `.2f`, `,.2f`, `d`, `.1%`. */
function formatted(value: Value, spec: string, node: SyntaxNode): string {
  const [, grouping = '', decimals, kind = ''] = /^(,?)(?:\.(\d+))?([df%]?)$/.exec(spec) ?? [];
  const isNumber = value.kind === 'int' || value.kind === 'float';
  const isRead = /^(,?)(?:\.(\d+))?([df%]?)$/.test(spec) && isNumber;
  if (!isRead)
    return cannotKnow(`the format '${spec}' of this is not known before the script runs`, node);
  if (value.kind === 'int' && (kind === '' || kind === 'd'))
    return grouping === '' ? String(value.value) : value.value.toLocaleString('en');
  if (kind === '') return cannotKnow(`the format '${spec}' is not read`, node);
  const number = Number(value.value) * (kind === '%' ? 100 : 1);
  const places = Number(decimals ?? 6);
  const text =
    grouping === ''
      ? number.toFixed(places)
      : number.toLocaleString('en', {
          minimumFractionDigits: places,
          maximumFractionDigits: places,
        });
  return kind === '%' ? `${text}%` : text;
}

/** What `print` and `str` make of a value. */
export function printed(value: Value, as: 'str' | 'repr', node: SyntaxNode): readonly PrintPart[] {
  switch (value.kind) {
    case 'result':
      return [{ step: value.step, as }];
    case 'text':
      return value.parts;
    case 'str':
      return [as === 'str' ? value.value : pythonString(value.value)];
    case 'int':
      return [String(value.value)];
    case 'bool':
      return [value.value ? 'True' : 'False'];
    case 'none':
      return ['None'];
    case 'float':
      return [floatText(value.value)];
    case 'list':
      return ['[', ...joined(value.items, node), ']'];
    case 'tuple':
      return ['(', ...joined(value.items, node), value.items.length === 1 ? ',)' : ')'];
    default:
      return cannotKnow('what this prints is not known before the script runs', node);
  }
}

function joined(items: readonly Value[], node: SyntaxNode): PrintPart[] {
  return items.flatMap((item, at) => [...(at > 0 ? [', '] : []), ...printed(item, 'repr', node)]);
}

export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Number.isInteger(value) && Math.abs(value) < 1e16)
    return `${Object.is(value, -0) ? '-0' : value}.0`;
  const size = Math.abs(value);
  if (size >= 1e16 || size < 1e-4) {
    const [mantissa = '', exponent = ''] = value.toExponential().split('e');
    const digits = exponent.slice(1).padStart(2, '0');
    return `${mantissa}e${exponent.startsWith('-') ? '-' : '+'}${digits}`;
  }
  return String(value);
}

function pythonString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r')
    .replaceAll(quote, `\\${quote}`);
  return `${quote}${escaped}${quote}`;
}
