// The processes that a benchmark of queries compares: our engine over its wire, and DuckDB's own library in Node.
import { fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The engine's wire, as far as a benchmark needs it. */
export function startEngine(bundle) {
  const child = fork(bundle, [], { serialization: 'advanced', execArgv: [] });
  const pending = new Map();
  let nextId = 1;
  const listeners = [];
  child.on('message', (message) => {
    if (message.wire === 'event')
      for (const { event, listener } of listeners)
        if (event === message.name) listener(message.event);
    if (message.wire !== 'reply') return;
    pending.get(message.id)?.(message.reply);
    pending.delete(message.id);
  });
  const start = (method, params) => {
    const id = nextId++;
    const reply = new Promise((resolve) => pending.set(id, resolve));
    child.send({ wire: 'request', id, method, params });
    return { id, reply };
  };
  return {
    start,
    on: (event, listener) => listeners.push({ event, listener }),
    cancel: (id) => child.send({ wire: 'cancel', id }),
    async call(method, params) {
      const reply = await start(method, params).reply;
      if (!reply.ok) throw new Error(`${method}: ${JSON.stringify(reply.error)}`);
      return reply.value;
    },
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', resolve);
        child.disconnect();
      }),
  };
}

/** DuckDB's own Node process: the library, and nothing of ours. */
export function startPeer(root) {
  const script = `
    const { DuckDBInstance } = require(${JSON.stringify(join(root, 'node_modules/@duckdb/node-api'))});
    const opening = DuckDBInstance.create(':memory:').then((instance) => instance.connect());
    process.on('message', async ({ sql, limit }) => {
      const connection = await opening;
      const result = await connection.stream(sql);
      const rows = [];
      while (rows.length < limit) {
        const chunk = await result.fetchChunk();
        if (!chunk || chunk.rowCount === 0) break;
        rows.push(...chunk.getRows());
      }
      process.send(rows.slice(0, limit).map((row) => row.map(String)));
    });
    process.on('disconnect', () => process.exit(0));`;
  const folder = join(tmpdir(), 'strata-bench');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'peer.cjs');
  writeFileSync(path, script);
  const child = fork(path, [], { execArgv: [] });
  return {
    run: (sql, limit = 1_000_000) =>
      new Promise((resolve) => {
        child.once('message', resolve);
        child.send({ sql, limit });
      }),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', resolve);
        child.disconnect();
      }),
  };
}

export async function timed(work) {
  const start = performance.now();
  const value = await work();
  return { elapsedMs: performance.now() - start, value };
}
