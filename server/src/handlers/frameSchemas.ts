/**
 * The columns of the data files that PySpark code reads, as the engine tells them: asked for when code first reads a
 * file, kept as long as the file stays as it is. A client without an engine is asked once, and rules stay silent.
 */
import { statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Connection } from 'vscode-languageserver/node';
import type { Field } from '#shared/protocol/engine.ts';
import type {
  FileSchemasParams,
  FileSchemasReply,
  ScriptFile,
} from '#shared/protocol/frameScript.ts';
import { FILE_SCHEMAS } from '#shared/protocol/frameScript.ts';
import type { FieldsOfFile } from '../frames/schemas.ts';
import { keyOf } from '../frames/schemas.ts';

interface Known {
  /** Of the file when it was asked for. */
  readonly stamp: string;
  readonly fields: readonly Field[] | undefined;
}

export class FrameSchemas {
  readonly #connection: Connection;
  readonly #folders: () => readonly string[];
  readonly #changed: () => void;
  readonly #known = new Map<string, Known>();
  readonly #rowCounts = new Map<
    string,
    { readonly stamp: string; readonly count: Promise<number | undefined> }
  >();
  readonly #wanted = new Map<string, { readonly file: ScriptFile; readonly stamp: string }>();
  #asking: Promise<void> | undefined;
  #hasNoEngine = false;
  #functions = new Map<string, FieldsOfFile>();

  /** `changed` is told when more is known than before. */
  constructor(connection: Connection, folders: () => readonly string[], changed: () => void) {
    this.#connection = connection;
    this.#folders = folders;
    this.#changed = changed;
  }

  /** For code at that place; the same function until more is known. */
  fieldsFor(uri: string): FieldsOfFile {
    const folder = uri.startsWith('file:') ? dirname(fileURLToPath(uri)) : '';
    const known = this.#functions.get(folder);
    if (known) return known;
    const made: FieldsOfFile = (file) => this.#fieldsOf(folder, file);
    this.#functions.set(folder, made);
    return made;
  }

  /** The rows of a file, counted once for as long as it stays as it is; undefined where nobody can tell. */
  async rowCount(uri: string, file: ScriptFile): Promise<number | undefined> {
    const folder = uri.startsWith('file:') ? dirname(fileURLToPath(uri)) : '';
    const found = this.#place(folder, file.path);
    if (!found || this.#hasNoEngine) return undefined;
    const placed = { ...file, path: found.path };
    const key = keyOf(placed);
    const known = this.#rowCounts.get(key);
    if (known?.stamp === found.stamp) return known.count;
    const params: FileSchemasParams = { files: [placed], countRows: true };
    const count = this.#connection.sendRequest<FileSchemasReply>(FILE_SCHEMAS, params).then(
      ({ rowCounts }) => rowCounts?.[0] ?? undefined,
      () => undefined,
    );
    this.#rowCounts.set(key, { stamp: found.stamp, count });
    return count;
  }

  /** Resolves when nothing is being asked. */
  async settled(): Promise<void> {
    while (this.#asking) await this.#asking;
  }

  #fieldsOf(folder: string, file: ScriptFile): readonly Field[] | undefined {
    const found = this.#place(folder, file.path);
    if (!found) return undefined;
    const placed = { ...file, path: found.path };
    const key = keyOf(placed);
    const known = this.#known.get(key);
    if (known?.stamp === found.stamp) return known.fields;
    if (!this.#hasNoEngine) {
      this.#wanted.set(key, { file: placed, stamp: found.stamp });
      this.#asking ??= this.#ask();
    }
    return known?.fields;
  }

  #place(
    folder: string,
    path: string,
  ): { readonly path: string; readonly stamp: string } | undefined {
    if (folder === '' || /^\w+:/.test(path) || /[*?[{]/.test(path)) return undefined;
    const candidates = isAbsolute(path)
      ? [path]
      : [folder, ...this.#folders()].map((each) => join(each, path));
    for (const candidate of candidates) {
      const stats = statSync(candidate, { throwIfNoEntry: false });
      if (stats) return { path: candidate, stamp: `${stats.mtimeMs}:${stats.size}` };
    }
    return undefined;
  }

  async #ask(): Promise<void> {
    // What the same reading wants is asked at once.
    await Promise.resolve();
    const wanted = [...this.#wanted];
    this.#wanted.clear();
    try {
      const files = wanted.map(([, { file }]) => file);
      const reply = await this.#connection.sendRequest<FileSchemasReply>(FILE_SCHEMAS, { files });
      for (const [index, [key, { stamp }]] of wanted.entries())
        this.#known.set(key, { stamp, fields: reply.schemas[index] ?? undefined });
    } catch {
      this.#hasNoEngine = true;
    }
    this.#asking = undefined;
    this.#functions = new Map();
    this.#changed();
    if (this.#wanted.size > 0) this.#asking = this.#ask();
  }
}
