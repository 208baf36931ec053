/** One version of a document that an editor has open, with what was read from it. Never changed, only replaced. */
import type { LineIndex } from '../python/lineIndex.ts';
import { indexLines } from '../python/lineIndex.ts';
import type { PythonModule } from '../python/module.ts';
import { readModule } from '../python/module.ts';
import type { PythonSource, TextChange } from '../python/pythonSource.ts';
import { editPython, parsePython } from '../python/pythonSource.ts';

export interface OpenDocument {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  readonly source: PythonSource;
  readonly module: PythonModule;
  readonly lines: LineIndex;
}

export function openDocument(uri: string, version: number, text: string): OpenDocument {
  return documentOf(uri, version, parsePython(text));
}

export function editDocument(
  document: OpenDocument,
  version: number,
  changes: readonly TextChange[],
): OpenDocument {
  return documentOf(document.uri, version, editPython(document.source, changes));
}

function documentOf(uri: string, version: number, source: PythonSource): OpenDocument {
  const module = readModule(source);
  return {
    uri,
    version,
    text: source.original,
    source,
    module,
    lines: indexLines(source.original),
  };
}
