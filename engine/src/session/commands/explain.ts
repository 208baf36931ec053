/** EXPLAIN as a statement: its one row is the text. */
import { fail } from '#shared/result.ts';
import type { Explain } from '#sql/plan/statements.ts';
import { explainText } from '#sql/explain/explain.ts';
import type { Answer, CommandContext } from './command.ts';
import { refusal, rowsOf } from './command.ts';

export async function explainStatement(context: CommandContext, command: Explain): Answer {
  const { statement, mode } = command;
  if (mode === 'codegen') {
    return fail(refusal('EXPLAIN CODEGEN, as no Java is generated,', 'UNSUPPORTED_EXPLAIN_MODE'));
  }
  if (statement.kind !== 'query')
    return fail(refusal(`EXPLAIN of the statement ${statement.kind}`));
  const prepared = await context.session.prepareQuery(statement, { sample: false }, context.reader);
  if (!prepared.ok) return prepared;
  const { compiled, explainOptions } = prepared.value;
  return rowsOf([['plan']], [[explainText(mode, compiled, explainOptions)]]);
}
