/** `strata/readScript`: a PySpark script as steps and plans, for whoever runs it. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type {
  FrameScript,
  ReadScriptParams,
  TranslateParams,
  Translation,
} from '#shared/protocol/frameScript.ts';
import { READ_SCRIPT, TRANSLATE } from '#shared/protocol/frameScript.ts';
import { readScript } from '../frames/readScript.ts';
import { scriptAt } from '../frames/scriptAt.ts';
import { frameAs, queryAsSpark } from '../frames/translate.ts';
import type { ServerState } from './serverState.ts';

export function handleTranslate(state: ServerState): void {
  state.connection.onRequest(TRANSLATE, (params: TranslateParams): Translation => {
    if ('text' in params) return queryAsSpark(params.text);
    const document = state.documents.get(params.uri);
    if (!document) return { problem: 'The file is not open.' };
    const fields = state.frameSchemas.fieldsFor(params.uri);
    return frameAs(params.to, document.text, params.line, fields);
  });
}

const nothing: FrameScript = { steps: [], problems: [], notes: [], missingSchemas: [] };

export function handleReadScript(state: ServerState): void {
  state.connection.onRequest(
    READ_SCRIPT,
    async ({ uri, text: given, schemas, at }: ReadScriptParams): Promise<FrameScript> => {
      const open = state.documents.get(uri)?.source.original;
      const text = given ?? open ?? (await readFile(fileURLToPath(uri), 'utf8'));
      if (!at) return readScript(text, schemas);
      return scriptAt(text, schemas ?? [], at) ?? nothing;
    },
  );
}
