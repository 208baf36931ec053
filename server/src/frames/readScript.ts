/** A PySpark script, read without running it: its steps in order, and what the text alone does not tell. */
import type { FrameScript } from '#shared/protocol/frameScript.ts';
import { parsePython } from '../python/pythonSource.ts';
import { evaluate } from './evaluate.ts';
import { Script } from './script.ts';
import { readBody, readModuleBody } from './statements.ts';

/** Never throws on any text. */
export function readScript(text: string): FrameScript {
  const source = parsePython(text);
  const script = new Script(source, { evaluate, readBody });
  readModuleBody(script, source.tree.topNode);
  return { steps: script.steps, problems: script.problems };
}
