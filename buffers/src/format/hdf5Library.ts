/**
 * libhdf5 in WebAssembly (h5wasm), which sees one file and nothing else of the disk: external links and external
 * storage lead nowhere. A bundle of its own, loaded when the first HDF5 file is opened. Reads block, so it belongs
 * into a worker or a command line.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Metadata } from 'h5wasm';
import h5wasm, { ExternalLink } from 'h5wasm';
import type { Disposable } from '#shared/result.ts';

export type { Metadata };

export interface Hdf5Dataset {
  readonly path: string;
  readonly metadata: Metadata;
  readonly filters: readonly string[];
}

export interface Hdf5File extends Disposable {
  readonly datasets: readonly Hdf5Dataset[];
  /** Links that lead to other files. */
  readonly externalLinks: readonly string[];
  /** Elements of a box, packed in C order, as bytes of the dataset's own type. */
  readBox(path: string, start: readonly number[], count: readonly number[]): Uint8Array;
}

/** What is used of emscripten's file system. */
interface FileSystem {
  createFile(
    parent: string,
    name: string,
    properties: object,
    canRead: boolean,
    canWrite: boolean,
  ): {
    stream_ops: object;
  };
  unlink(path: string): void;
}

let fileCount = 0;

/** Throws where the library can't read the file. */
export async function openHdf5(path: string): Promise<Hdf5File> {
  const module = await h5wasm.ready;
  // Errors are thrown then, with the library's reason, and not printed.
  module.activate_throwing_error_handler();
  const fs = module.FS as unknown as FileSystem;
  const descriptor = openSync(path, 'r');
  const name = `in-${fileCount++}.h5`;
  const node = fs.createFile('/', name, {}, true, false);
  const byteLength = fstatSync(descriptor).size;
  Object.defineProperty(node, 'usedBytes', { get: () => byteLength });
  node.stream_ops = {
    ...node.stream_ops,
    read: (_: unknown, buffer: Uint8Array, offset: number, length: number, position: number) =>
      readSync(descriptor, buffer, offset, length, position),
  };
  const release = () => {
    fs.unlink(`/${name}`);
    closeSync(descriptor);
  };
  let file: InstanceType<typeof h5wasm.File>;
  try {
    file = new h5wasm.File(`/${name}`, 'r');
    if (file.file_id < 0n) throw new Error('it is no HDF5 file, or a damaged one');
  } catch (error) {
    release();
    throw error;
  }
  const datasets: Hdf5Dataset[] = [];
  const externalLinks: string[] = [];
  try {
    for (const one of file.paths()) {
      const entity = file.get(one);
      if (entity instanceof h5wasm.Dataset)
        datasets.push({
          path: one,
          metadata: entity.metadata,
          filters: entity.filters.map((filter) => filter.name),
        });
      else if (entity instanceof ExternalLink) externalLinks.push(one);
    }
  } catch (error) {
    file.close();
    release();
    throw error;
  }
  return {
    datasets,
    externalLinks,
    readBox(dataset, start, count) {
      const found = datasets.find((one) => one.path === dataset);
      if (!found) throw new Error(`there is no dataset ${dataset}`);
      const size = found.metadata.size * count.reduce((product, length) => product * length, 1);
      // One more byte, as an allocation of nothing is none.
      const place = module._malloc(size + 1);
      if (place === 0) throw new Error(`there is no memory for ${size} bytes`);
      try {
        const isScalar = count.length === 0;
        module.get_dataset_data(
          file.file_id,
          dataset,
          isScalar ? null : count.map(BigInt),
          isScalar ? null : start.map(BigInt),
          isScalar ? null : start.map(() => 1n),
          BigInt(place),
        );
        return module.HEAPU8.slice(place, place + size);
      } finally {
        module._free(place);
      }
    },
    dispose() {
      file.close();
      release();
    },
  };
}
