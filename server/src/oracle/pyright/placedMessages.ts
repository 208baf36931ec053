/** Messages to and from the pyright process, in which the cells of notebooks are files. */
import type { ChildProcess } from 'node:child_process';
import type { DataCallback, Disposable, Message } from 'vscode-languageserver/node';
import { IPCMessageReader, IPCMessageWriter } from 'vscode-languageserver/node';

export interface EditorUris {
  /** No notebook has been open so far: then every message is what it is. */
  readonly isEmpty: boolean;
  placeOf(uri: string): string;
  cellAt(place: string): string;
}

export class PlacedWriter extends IPCMessageWriter {
  readonly #uris: EditorUris;

  constructor(child: ChildProcess, uris: EditorUris) {
    super(child);
    this.#uris = uris;
  }

  override write(message: Message): Promise<void> {
    const uris = this.#uris;
    if (uris.isEmpty) return super.write(message);
    return super.write(withStrings(message, (each) => uris.placeOf(each)) as Message);
  }
}

export class PlacedReader extends IPCMessageReader {
  readonly #uris: EditorUris;

  constructor(child: ChildProcess, uris: EditorUris) {
    super(child);
    this.#uris = uris;
  }

  override listen(callback: DataCallback): Disposable {
    const uris = this.#uris;
    return super.listen((message) => {
      callback(
        uris.isEmpty ? message : (withStrings(message, (each) => uris.cellAt(each)) as Message),
      );
    });
  }
}

/** Every string and every name of a property: URIs are both. */
function withStrings(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return replace(value);
  if (Array.isArray(value)) return value.map((each) => withStrings(each, replace));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [replace(name), withStrings(each, replace)]),
  );
}
