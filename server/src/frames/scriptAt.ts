/** One DataFrame of a script: the steps that lead to it, and one that looks at it. */
import type {
  FrameAction,
  FrameScript,
  FileSchema,
  ScriptStep,
} from '#shared/protocol/frameScript.ts';
import type { SyntaxNode } from '@lezer/common';
import { parsePython } from '../python/pythonSource.ts';
import { intLiteral } from './expressions.ts';
import { readAnew } from './reading.ts';
import type { ScriptReading } from './reading.ts';
import { fieldsFrom } from './schemas.ts';
import type { Frame } from './values.ts';

const ROWS = 20;

/** `line` is that of the statement which makes or uses the DataFrame. Undefined where there is none. */
export function scriptAt(
  text: string,
  schemas: readonly FileSchema[],
  { line, action }: { readonly line: number; readonly action: FrameAction },
): FrameScript | undefined {
  const reading = readAnew(parsePython(text), fieldsFrom(schemas), true);
  const { script, missing } = reading;
  const frame = frameOfLine(reading, line);
  if (!frame) return undefined;
  const before = script.steps.filter((step) => step.line <= line);
  const place = { start: 0, end: 0, line };
  return {
    steps: [...before.map(quiet), { ...stepOf(reading, frame, action), ...place }],
    problems: [],
    notes: [],
    missingSchemas: missing,
  };
}

export function frameOfLine(
  { script, names, frames, calls }: ScriptReading,
  line: number,
): Frame | undefined {
  const named = names.findLast(
    ({ from, value }) => value.kind === 'frame' && script.lineOf(from) === line,
  )?.value;
  if (named?.kind === 'frame') return named;
  const acted = calls.findLast(
    ({ callee, args }) =>
      callee.kind === 'method' &&
      callee.receiver.kind === 'frame' &&
      statementLine(script, args.node) === line,
  )?.callee;
  if (acted?.kind === 'method' && acted.receiver.kind === 'frame') return acted.receiver;
  // An action's own DataFrame is the last that its statement makes, or the one that it names.
  const made = frames.findLast(({ node }) => statementLine(script, node) === line);
  return made?.frame;
}

function statementLine(script: ScriptReading['script'], node: SyntaxNode): number {
  let at = node;
  while (at.parent && !at.name.endsWith('Statement')) at = at.parent;
  return script.lineOf(at.from);
}

/** Places of steps are what later ones name, so that none is left out; what prints or writes does neither. */
function quiet(step: ScriptStep): ScriptStep {
  const { start, end, line } = step;
  switch (step.action) {
    case 'configure':
    case 'defineFile':
    case 'run':
    case 'evaluate':
      return step;
    default:
      return { action: 'print', parts: [], start, end, line };
  }
}

function stepOf({ script }: ScriptReading, { relation }: Frame, action: FrameAction) {
  const { range } = relation;
  switch (action) {
    case 'show': {
      const limited = {
        kind: 'limit',
        input: relation,
        limit: intLiteral(ROWS + 1, range),
        range,
      } as const;
      const statement = script.query(limited);
      return { action: 'show', statement, rowCount: ROWS, truncate: 20, vertical: false } as const;
    }
    case 'schema':
      return { action: 'printSchema', statement: script.query(relation) } as const;
    case 'explain':
      return { action: 'explain', statement: script.query(relation), mode: 'formatted' } as const;
  }
}
