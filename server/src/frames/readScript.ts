/** A PySpark script, read without running it: its steps in order, and what the text alone does not tell. */
import type { FileSchema, FrameScript } from '#shared/protocol/frameScript.ts';
import type { PythonSource } from '../python/pythonSource.ts';
import { parsePython } from '../python/pythonSource.ts';
import { evaluate } from './evaluate.ts';
import type { FieldsOfFile } from './schemas.ts';
import { fieldsFrom, Schemas } from './schemas.ts';
import type { Observer } from './script.ts';
import { Script } from './script.ts';
import { readBody, readModuleBody } from './statements.ts';

/** Never throws on any text. */
export function readScript(text: string, schemas: readonly FileSchema[] = []): FrameScript {
  const {
    steps,
    problems,
    notes,
    schemas: known,
  } = scriptOf(parsePython(text), fieldsFrom(schemas));
  return { steps, problems, notes, missingSchemas: [...known.missing.values()] };
}

/** The whole reading, for who asks of more than its steps. */
export function scriptOf(
  source: PythonSource,
  fieldsOfFile: FieldsOfFile,
  observer?: Observer,
): Script {
  const script = new Script(source, { evaluate, readBody }, new Schemas(fieldsOfFile), observer);
  readModuleBody(script, source.tree.topNode);
  return script;
}
