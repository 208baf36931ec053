/** `strata/coverage`: how much of the files is annotated, for the command line and the tree in the editor. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { CancellationToken } from 'vscode-languageserver/node';
import type { CoverageParams, CoverageReply } from '#shared/protocol/languageServer.ts';
import { COVERAGE } from '#shared/protocol/languageServer.ts';
import { moduleCoverage } from '../adoption/coverage.ts';
import { callsInAll, worthOf } from '../adoption/worth.ts';
import { decodePython } from './decodePython.ts';
import type { OpenDocument } from '../session/openDocument.ts';
import { openDocument } from '../session/openDocument.ts';
import { toOriginal } from '../python/pythonSource.ts';
import type { ServerState } from './serverState.ts';

export function handleCoverage(state: ServerState): void {
  state.connection.onRequest(
    COVERAGE,
    async ({ uris }: CoverageParams, token: CancellationToken): Promise<CoverageReply> => {
      const read: { document: OpenDocument; coverage: ReturnType<typeof moduleCoverage> }[] = [];
      for (const uri of uris) {
        if (token.isCancellationRequested) break;
        const document = await documentOf(state, uri);
        read.push({ document, coverage: moduleCoverage(document.module) });
      }
      const calls = callsInAll(read.map(({ coverage }) => coverage));
      return {
        files: read.map(({ document, coverage }) => ({
          uri: document.uri,
          annotated: coverage.annotated,
          total: coverage.total,
          symbols: coverage.symbols.map((symbol) => {
            const positionAt = (offset: number) =>
              document.lines.positionAt(toOriginal(document.source, offset));
            const range = { start: positionAt(symbol.start), end: positionAt(symbol.end) };
            const lineCount = positionAt(symbol.definitionEnd).line - range.start.line + 1;
            const { name, kind, annotated, total } = symbol;
            return { name, kind, range, annotated, total, ...worthOf(symbol, lineCount, calls) };
          }),
        })),
      };
    },
  );
}

async function documentOf(state: ServerState, uri: string): Promise<OpenDocument> {
  const open = state.documents.get(uri);
  return open ?? openDocument(uri, 0, decodePython(await readFile(fileURLToPath(uri))));
}
