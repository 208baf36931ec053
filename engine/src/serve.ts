/** The engine over the channel to its parent, with which it ends. */
import type { EngineContract } from '#shared/protocol/engine.ts';
import { portOfProcess } from '#shared/protocol/ports.ts';
import { answerOver } from '#shared/protocol/wire.ts';
import { databaseLoader } from './duckdb/native.ts';
import { createEngine } from './session/engine.ts';

// A running query keeps one of libuv's threads, four by default: with too few of them the next query waits for
// another's end. File system calls need some as well.
process.env.UV_THREADPOOL_SIZE ??= '64';

const defaultStoreMiB = 4096;

const engine = createEngine({
  database: databaseLoader(process.env),
  onProgress: (progress) => {
    end.emit('progress', progress);
  },
  onTableState: (state) => {
    end.emit('tableState', state);
  },
  onTableProgress: (progress) => {
    end.emit('tableProgress', progress);
  },
  onResultState: (state) => {
    end.emit('resultState', state);
  },
  onResultProgress: (progress) => {
    end.emit('resultProgress', progress);
  },
  ...(process.env.STRATA_RESULTS ? { keptFolder: process.env.STRATA_RESULTS } : {}),
  storeByteLength: (Number(process.env.STRATA_RESULT_STORE_MIB) || defaultStoreMiB) * 2 ** 20,
});

const end = answerOver<EngineContract>(portOfProcess(process), engine.answers, (method, error) => {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`engine.${method} crashed: ${reason}\n`);
});

// Ctrl+C in a terminal reaches the whole process group; the parent decides when this process ends.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => {
  engine.dispose();
  process.exit(0);
});
