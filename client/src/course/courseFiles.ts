/**
 * The course's files, from the extension's folder to one that the user chose.
 *
 * Nothing that is there already is touched: what the user has made of a file counts more than how it began.
 */
import * as vscode from 'vscode';
import { fileExists } from '../fileExists.ts';

export interface CourseCopy {
  /** Paths below the folder, with `/`. */
  readonly written: readonly string[];
  readonly kept: readonly string[];
}

/** Of the bundled examples, those that the course opens by name. */
const SHOP = ['customers.csv', 'orders.csv', 'products.csv', 'transactions.csv'];

/** `np.memmap('data.bin', dtype=np.float64, shape=(1000, 1000))` */
export const DATA_BIN = { name: 'data.bin', rows: 1000, columns: 1000 };

/** @throws vscode.FileSystemError where the folder can not be written; what was written until then stays. */
export async function copyCourseFiles(
  examples: vscode.Uri,
  folder: vscode.Uri,
  progress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<CourseCopy> {
  const course = vscode.Uri.joinPath(examples, 'course');
  const sources: readonly (readonly [string, vscode.Uri])[] = [
    ...SHOP.map((name) => [name, vscode.Uri.joinPath(examples, name)] as const),
    ...(await filesBelow(course)).map((name) => [name, vscode.Uri.joinPath(course, name)] as const),
  ];
  const written: string[] = [];
  const kept: string[] = [];
  const add = async (name: string, write: (target: vscode.Uri) => Thenable<void>) => {
    signal.throwIfAborted();
    const target = vscode.Uri.joinPath(folder, name);
    if (await fileExists(target)) kept.push(name);
    else {
      await write(target);
      written.push(name);
    }
    progress(written.length + kept.length, sources.length + 1);
  };
  for (const [name, source] of sources)
    await add(name, (target) => vscode.workspace.fs.copy(source, target, { overwrite: false }));
  await add(DATA_BIN.name, (target) => vscode.workspace.fs.writeFile(target, dataBin()));
  return { written, kept };
}

async function filesBelow(folder: vscode.Uri, prefix = ''): Promise<readonly string[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder);
  const nested = entries.map(async ([name, type]) =>
    type === vscode.FileType.Directory
      ? filesBelow(vscode.Uri.joinPath(folder, name), `${prefix}${name}/`)
      : [`${prefix}${name}`],
  );
  return (await Promise.all(nested)).flat();
}

/** Little-endian doubles, each the product of two waves, so that a wrong shape is seen at once in the plot. */
function dataBin(): Uint8Array {
  const { rows, columns } = DATA_BIN;
  const view = new DataView(new ArrayBuffer(rows * columns * 8));
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      view.setFloat64(
        (row * columns + column) * 8,
        Math.sin(row / 60) * Math.cos(column / 90),
        true,
      );
  return new Uint8Array(view.buffer);
}
