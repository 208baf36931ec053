/** Functions as help shows them, and the call that a place is in. */
import { exampleOf } from '#sql/functions/examples.ts';
import type { FunctionRow } from '#sql/functions/row.ts';
import { findFunction } from '#sql/functions/table.ts';
import { tokenize } from '#sql/parse/lexer.ts';
import type { SqlDocument } from './sqlDocument.ts';
import { statementAt } from './sqlDocument.ts';

export function functionDocumentation(row: FunctionRow): string {
  const example = [row.name, ...(row.aliases ?? [])].map(exampleOf).find((each) => each);
  const lines = [row.doc];
  if (row.kind !== 'scalar') lines.push(`_${kinds[row.kind]}_`);
  if (example) {
    const shown = `SELECT ${example.call}\n-- ${example.result}`;
    lines.push(['```spark-sql', shown, '```'].join('\n'));
  }
  return lines.join('\n\n');
}

const kinds = {
  aggregate: 'Aggregate: one value of the rows of a group, or of a window.',
  generator: 'Generator: makes rows.',
  window: 'Window function: needs OVER.',
} as const;

export interface SqlSignature {
  readonly label: string;
  readonly documentation: string;
  /** Half-open ranges of the label. */
  readonly parameters: readonly (readonly [start: number, end: number])[];
  readonly activeParameter: number;
}

export function signatureAt(document: SqlDocument, offset: number): SqlSignature | undefined {
  const statement = statementAt(document, offset);
  const from = statement?.start ?? 0;
  const call = callAround(document.text.slice(from, offset));
  const row = call && findFunction(call.name);
  if (!row || !/^\w+[[(]/.test(row.signature)) return undefined;
  // Of several ways to call it the first that has room for this argument.
  const ways = row.signature.split(' or ').filter((way) => /^\w+[[(]/.test(way));
  const fits = (way: string) => way.includes('…') || parametersOf(way).length > call.argument;
  const isStar = (way: string) => way.endsWith('(*)');
  const label = ways.find((way) => fits(way) && !isStar(way)) ?? ways.at(-1) ?? row.signature;
  const parameters = parametersOf(label);
  // The last of them stands for all that follow where there may be any number.
  const activeParameter = Math.min(call.argument, Math.max(parameters.length - 1, 0));
  return { label, documentation: functionDocumentation(row), parameters, activeParameter };
}

function callAround(
  text: string,
): { readonly name: string; readonly argument: number } | undefined {
  const open: { name: string; argument: number }[] = [];
  let before = '';
  for (const token of tokenize(text)) {
    if (token.kind === 'space' || token.kind === 'comment') continue;
    if (token.kind === 'unclosedComment') return undefined;
    if (token.kind === 'operator' && (token.text === '(' || token.text === '[')) {
      open.push({ name: token.text === '(' ? before : '', argument: 0 });
    } else if (token.kind === 'operator' && (token.text === ')' || token.text === ']')) open.pop();
    else if (token.kind === 'operator' && token.text === ',') {
      const call = open.at(-1);
      if (call) call.argument += 1;
    }
    before = token.kind === 'word' ? token.text.toLowerCase() : '';
  }
  return open.at(-1);
}

/** Split at the commas that are no part of a lambda; the brackets of what may be left out are no part of a name. */
function parametersOf(signature: string): readonly (readonly [number, number])[] {
  const first = signature.indexOf('(') + 1;
  const last = signature.lastIndexOf(')');
  const ranges: [number, number][] = [];
  let depth = 0;
  let start = first;
  const close = (end: number) => {
    const text = signature.slice(start, end);
    const trimmed = text.replace(/^[\s[\]]+|[\s[\]]+$/g, '');
    if (trimmed !== '') {
      const at = start + text.indexOf(trimmed);
      // `[DISTINCT] expr`: the bracket that closes within the parameter opens within it.
      const opens = /^[^[]*\]/.test(trimmed) ? 1 : 0;
      ranges.push([at - opens, at + trimmed.length]);
    }
    start = end + 1;
  };
  for (let at = first; at < last; at++) {
    const character = signature[at];
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (character === ',' && depth === 0) close(at);
  }
  close(last);
  return ranges;
}
