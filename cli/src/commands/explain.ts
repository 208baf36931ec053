/** `strata explain`: how a statement is understood, optimized and run. */
import type { ExplainMode, Explanation, NodeMetrics } from '#shared/protocol/engine.ts';
import type { Command, CommandIo } from '../command.ts';
import { CannotRun } from '../command.ts';
import { cannotRun, startEngine } from '../engineClient.ts';
import { parseSqlOptions } from '../sqlOptions.ts';
import { splitStatements } from '../statements.ts';
import { errorJson, openSession, sessionId } from './sql.ts';

const modes: readonly ExplainMode[] = [
  'simple',
  'extended',
  'codegen',
  'cost',
  'formatted',
  'analyze',
];

export const explain: Command = {
  name: 'explain',
  summary: 'Shows the plans of a Spark SQL statement, and what the optimizer did.',
  usage: [
    'strata explain QUERY|- [OPTION…]',
    '',
    "  QUERY is one statement; '-' reads it from standard input.",
    '  --view NAME=PATH    a file under a name, as in strata sql',
    '  --set K=V           a session setting',
    `  --mode MODE         ${modes.join(', ')}; simple is the physical plan alone, analyze runs the statement`,
    '                      and measures its operators, codegen is refused: no Java is generated',
    '  --output text|json  json: parsed, analyzed, optimized, physical, trace, sql, advice, metrics',
    '',
    "  An error's start and stop are one-based and inclusive, like Spark's startIndex and stopIndex.",
  ],
  async run(args, io) {
    const options = parseSqlOptions(args, io.cwd, { values: ['mode', 'output'], flags: [] });
    const mode = modes.find((name) => name === (options.values.mode ?? 'simple'));
    if (!mode) throw new CannotRun(`--mode is one of ${modes.join(', ')}`);
    const output = options.values.output ?? 'text';
    if (output !== 'text' && output !== 'json')
      throw new CannotRun(`--output is text or json, not '${output}'`);
    const [text, ...more] =
      options.query === '-' ? splitStatements(await io.readInput()) : [options.query];
    if (text === undefined || more.length > 0)
      throw new CannotRun('explain takes exactly one statement');
    const engine = startEngine(io);
    try {
      await openSession(engine, options, io.signal);
      const explained = await engine.call('explain', { sessionId, text, mode }, io.signal);
      if (explained.ok) {
        await print(explained.value, mode, output, io);
        return 0;
      }
      if (explained.error.kind !== 'spark') throw cannotRun(explained.error);
      if (output === 'json')
        await io.out(`${JSON.stringify({ error: errorJson(explained.error) })}\n`);
      else io.err(`${explained.error.message}\n`);
      return 1;
    } finally {
      engine.dispose();
    }
  },
};

async function print(
  explanation: Explanation,
  mode: ExplainMode,
  output: 'text' | 'json',
  io: CommandIo,
): Promise<void> {
  const { text, trace, printed, sql, advice, metrics } = explanation;
  if (output === 'json') {
    await io.out(`${JSON.stringify({ ...text, trace, sql, advice, metrics: metrics ?? null })}\n`);
    return;
  }
  const parts = [(printed ?? text.physical).trimEnd() + '\n'];
  if (mode === 'extended' || mode === 'analyze') {
    const found = advice.map(({ title, finding, remedy }) => `${title}. ${finding}\n  ${remedy}`);
    parts.push(section('Advice', found.length === 0 ? 'none' : found.join('\n')));
    const rules = trace.map((step, index) => `${index + 1}. ${step.rule}`).join('\n');
    parts.push(section('Optimizer Rules That Changed The Plan', rules === '' ? 'none' : rules));
    parts.push(section('DuckDB SQL', sql));
  }
  if (metrics) parts.push(section('Measured', metricsText(metrics, 0)));
  await io.out(parts.join('\n'));
}

function section(title: string, body: string): string {
  return `== ${title} ==\n${body.trimEnd()}\n`;
}

function metricsText(node: NodeMetrics, depth: number): string {
  const line = `${'  '.repeat(depth)}${node.operator}  rows ${node.rows.toLocaleString('en')}  ${node.elapsedMs.toFixed(1)} ms`;
  return [line, ...node.children.map((child) => metricsText(child, depth + 1))].join('\n');
}
