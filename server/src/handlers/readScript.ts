/** `strata/readScript`: a PySpark script as steps and plans, for whoever runs it. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FrameScript, ReadScriptParams } from '#shared/protocol/frameScript.ts';
import { READ_SCRIPT } from '#shared/protocol/frameScript.ts';
import { readScript } from '../frames/readScript.ts';
import { scriptAt } from '../frames/scriptAt.ts';
import type { ServerState } from './serverState.ts';

const nothing: FrameScript = { steps: [], problems: [], notes: [], missingSchemas: [] };

export function handleReadScript(state: ServerState): void {
  state.connection.onRequest(
    READ_SCRIPT,
    async ({ uri, schemas, at }: ReadScriptParams): Promise<FrameScript> => {
      const open = state.documents.get(uri);
      const text = open ? open.source.original : await readFile(fileURLToPath(uri), 'utf8');
      if (!at) return readScript(text, schemas);
      return scriptAt(text, schemas ?? [], at) ?? nothing;
    },
  );
}
