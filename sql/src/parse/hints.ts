/** Hints between SELECT and its list: `/*+ BROADCAST(t), REPARTITION(3) … `. */
import type { Expression, Relation } from '../plan/unresolved.ts';
import { isName, nameOf, parseExpressions } from './name.ts';
import type { TokenStream } from './tokenStream.ts';

export interface ParsedHint {
  readonly name: string;
  readonly parameters: readonly Expression[];
  readonly range: { readonly start: number; readonly end: number };
}

export function parseHints(stream: TokenStream): readonly ParsedHint[] {
  const hints: ParsedHint[] = [];
  while (stream.acceptOperator('/*+')) {
    while (!stream.atEnd && !stream.isOperator('*/')) {
      const token = stream.next;
      if (!isName(token)) {
        stream.syntaxError();
        stream.take();
        continue;
      }
      const name = nameOf(stream, stream.take());
      const parameters: Expression[] = [];
      if (stream.acceptOperator('(')) {
        if (!stream.isOperator(')')) parameters.push(...parseExpressions(stream));
        stream.expectOperator(')');
      }
      hints.push({ name, parameters, range: { start: token.start, end: stream.lastEnd } });
      stream.acceptOperator(',');
    }
    stream.acceptOperator('*/');
  }
  return hints;
}

/** The first hint that was written stands highest. */
export function hinted(input: Relation, hints: readonly ParsedHint[]): Relation {
  return hints.reduceRight<Relation>(
    (relation, { name, parameters }) => ({
      kind: 'hint',
      input: relation,
      name,
      parameters,
      range: relation.range,
    }),
    input,
  );
}
