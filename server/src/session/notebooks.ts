/**
 * The notebooks that are open: which cells each has, in which order, and where each cell is as a file. pyright reads a
 * cell as a file beside its notebook, so that settings, environment and imports are those of the notebook's folder.
 */
import type { PythonModule } from '../python/module.ts';
import { readModule } from '../python/module.ts';
import { parsePython } from '../python/pythonSource.ts';
import type { OpenDocument } from './openDocument.ts';

interface Notebook {
  readonly uri: string;
  /** Those with Python, in order. */
  cells: readonly string[];
  joined: JoinedCells | undefined;
}

/** The code of all cells one after the other, as a kernel that runs them in order sees it. */
interface JoinedCells {
  readonly module: PythonModule;
  /** By cell, where its code begins. */
  readonly starts: ReadonlyMap<string, number>;
}

export class Notebooks {
  readonly #notebooks = new Map<string, Notebook>();
  readonly #byCell = new Map<string, Notebook>();
  readonly #places = new Map<string, string>();
  /** By place, decoded: who answers may write it another way. */
  readonly #cellsAt = new Map<string, string>();
  #count = 0;

  get isEmpty(): boolean {
    return this.#places.size === 0;
  }

  /** Sets what cells a notebook has; with none it is closed. */
  setCells(uri: string, cells: readonly string[]): void {
    const before = this.#notebooks.get(uri);
    for (const cell of before?.cells ?? []) this.#byCell.delete(cell);
    if (cells.length === 0) {
      this.#notebooks.delete(uri);
      return;
    }
    const notebook: Notebook = { uri, cells, joined: undefined };
    this.#notebooks.set(uri, notebook);
    for (const cell of cells) {
      this.#byCell.set(cell, notebook);
      if (this.#places.has(cell)) continue;
      const place = `${uri}.cell${++this.#count}.py`;
      this.#places.set(cell, place);
      this.#cellsAt.set(decoded(place), cell);
    }
  }

  cellsOf(notebookUri: string): readonly string[] {
    return this.#notebooks.get(notebookUri)?.cells ?? [];
  }

  /** All cells of the notebook that a cell is in, in order; undefined for any other document. */
  cellsAround(cell: string): readonly string[] | undefined {
    return this.#byCell.get(cell)?.cells;
  }

  /** The cells of every notebook. */
  all(): readonly (readonly string[])[] {
    return [...this.#notebooks.values()].map(({ cells }) => cells);
  }

  isCell(uri: string): boolean {
    return this.#places.has(uri);
  }

  /** A cell as a file beside its notebook; any other URI is its own place. */
  placeOf(uri: string): string {
    return this.#places.get(uri) ?? uri;
  }

  cellAt(place: string): string {
    return place.endsWith('.py') ? (this.#cellsAt.get(decoded(place)) ?? place) : place;
  }

  changed(cell: string): void {
    const notebook = this.#byCell.get(cell);
    if (notebook) notebook.joined = undefined;
  }

  /** What our rules read a document in: a cell in all cells of its notebook, any other in itself. */
  readIn(
    document: OpenDocument,
    documents: ReadonlyMap<string, OpenDocument>,
  ): { readonly module: PythonModule; readonly start: number } {
    const notebook = this.#byCell.get(document.uri);
    if (!notebook) return { module: document.module, start: 0 };
    notebook.joined ??= join(notebook.cells, documents);
    const { module, starts } = notebook.joined;
    return { module, start: starts.get(document.uri) ?? 0 };
  }
}

function join(cells: readonly string[], documents: ReadonlyMap<string, OpenDocument>): JoinedCells {
  const starts = new Map<string, number>();
  let text = '';
  for (const cell of cells) {
    starts.set(cell, text.length);
    text += `${documents.get(cell)?.text ?? ''}\n`;
  }
  return { module: readModule(parsePython(text)), starts };
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
