/** `strata/readScript`: a PySpark script as steps and plans, for whoever runs it. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FrameScript, ReadScriptParams } from '#shared/protocol/frameScript.ts';
import { READ_SCRIPT } from '#shared/protocol/frameScript.ts';
import { readScript } from '../frames/readScript.ts';
import type { ServerState } from './serverState.ts';

export function handleReadScript(state: ServerState): void {
  state.connection.onRequest(
    READ_SCRIPT,
    async ({ uri, schemas }: ReadScriptParams): Promise<FrameScript> => {
      const open = state.documents.get(uri);
      const text = open ? open.source.original : await readFile(fileURLToPath(uri), 'utf8');
      return readScript(text, schemas);
    },
  );
}
