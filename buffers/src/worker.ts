/** Entry of dist/bufferWorker.js: a thread that reads files for panels, so that the host never waits for a disk. */
import { parentPort } from 'node:worker_threads';
import type { BufferWorkerContract } from '#shared/protocol/bufferView.ts';
import type { AnswererEnd } from '#shared/protocol/wire.ts';
import { answerOver } from '#shared/protocol/wire.ts';
import { portOfWorker } from '#shared/protocol/ports.ts';
import { answerBuffers } from './bufferAnswers.ts';

if (!parentPort) throw new Error('bufferWorker.js runs as a worker thread');

const { answers } = answerBuffers(
  (event) => end.emit('changed', event),
  (event) => end.emit('progress', event),
);
const end: AnswererEnd<BufferWorkerContract> = answerOver<BufferWorkerContract>(
  portOfWorker(parentPort),
  answers,
  (method, error) => {
    // A bug here, which the caller also gets as `crashed`. No paths and no bytes in the log.
    console.error(
      `buffers.worker ${method} crashed: ${error instanceof Error ? (error.stack ?? '') : ''}`,
    );
  },
);
