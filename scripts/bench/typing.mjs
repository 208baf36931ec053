// How soon findings come: our own on a module of 1,000 lines, and pyright's after a keystroke in one of 5,000 lines,
// through our server and from pyright-langserver, side by side in one run.
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** `quick` measures smaller modules and fewer keystrokes: to see that it works. */
export async function rows({ root, quick }) {
  const rounds = quick ? 4 : 40;
  const own = await ownAnalyses(root, rounds, buffersModule(1000));
  const frames = await ownAnalyses(root, rounds, framesModule(60));
  const keystroke = await keystrokes(root, quick ? 20 : 357, quick ? 1 : 6);
  return [
    {
      name: 'own analyses of a 1,000-line module, from text to findings published',
      ours: own,
      unit: 'ms',
      goal: 'under 30',
      note: 'parsed from nothing, sent over IPC included',
    },
    {
      name: 'PySpark of 300 lines and 180 DataFrames, from a keystroke to findings published',
      ours: frames,
      unit: 'ms',
      goal: 'under 50',
      note: 'schemas known, all of them read anew',
    },
    {
      name: `keystroke inside a function of a ${keystroke.lines.toLocaleString('en')}-line module to its fresh finding`,
      ours: keystroke.ours,
      peer: keystroke.peer,
      ratio: keystroke.peer / keystroke.ours,
      unit: 'ms',
      goal: '20 times faster, under 150 ms',
      note: `pyright-langserver, which checks the whole module again; ratio is peer over ours`,
    },
  ];
}

async function ownAnalyses(root, rounds, text) {
  const server = await start(root, join(root, 'dist/server.js'), {
    checkTypes: false,
    trusted: false,
  });
  const uri = 'file:///strata-bench/own.py';
  const times = [];
  server.open(uri, text);
  await server.published((each) => each.version === 1);
  for (let version = 2; version < 2 + rounds; version++) {
    const startedAt = performance.now();
    server.replaceAll(uri, version, `# ${version}\n${text}`);
    await server.published((each) => each.version === version && each.diagnostics.length > 0);
    times.push(performance.now() - startedAt);
  }
  server.end();
  // The first rounds are the just-in-time compiler's.
  return median(times.slice(-Math.ceil(rounds / 2)));
}

async function keystrokes(root, units, rounds) {
  const require = createRequire(join(root, 'package.json'));
  const uri = 'file:///strata-bench/generics.py';
  const text = genericsModule(units);
  const lines = text.split('\n');
  const line = lines.findIndex(
    (each, index) => index > lines.length / 2 && each === '    return out',
  );
  const ours = await start(root, join(root, 'dist/server.js'), {
    checkTypes: true,
    trusted: false,
  });
  const peer = await start(root, require.resolve('pyright/langserver.index.js'), {});
  for (const server of [ours, peer]) {
    server.open(uri, text);
    await server.settled(uri);
  }
  const times = { ours: [], peer: [] };
  let version = 1;
  for (let round = 0; round < rounds; round++) {
    for (const [name, server] of Object.entries({ ours, peer })) {
      version++;
      const wrong = `    return ${round + 1}`;
      const startedAt = performance.now();
      server.replaceLine(uri, version, line, wrong, '    return out'.length);
      const at = version;
      await server.published(
        (each) =>
          each.uri === uri &&
          each.version === at &&
          each.diagnostics.some(({ code }) => code === 'reportReturnType'),
      );
      times[name].push(performance.now() - startedAt);
      version++;
      server.replaceLine(uri, version, line, '    return out', wrong.length);
      const repairedAt = version;
      await server.published(
        (each) => each.uri === uri && each.version === repairedAt && each.diagnostics.length === 0,
      );
      await server.settled(uri);
    }
  }
  ours.end();
  peer.end();
  return { lines: lines.length, ours: median(times.ours), peer: median(times.peer) };
}

/** An LSP client that is told of everything published. */
export async function start(root, modulePath, settings) {
  const require = createRequire(join(root, 'package.json'));
  const rpc = require('vscode-jsonrpc/node');
  const child = fork(modulePath, ['--node-ipc'], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const connection = rpc.createMessageConnection(
    new rpc.IPCMessageReader(child),
    new rpc.IPCMessageWriter(child),
  );
  const seen = [];
  const waiting = new Set();
  const isOurs = modulePath.endsWith('server.js');
  let typeChecker = '';
  connection.onNotification('strata/typeCheckerStatus', ({ state }) => {
    typeChecker = state;
    for (const look of waiting) look();
  });
  connection.onNotification('textDocument/publishDiagnostics', (each) => {
    seen.push(each);
    for (const look of waiting) look();
  });
  connection.onRequest('workspace/configuration', ({ items }) =>
    items.map(({ section }) =>
      section === 'python' ? { analysis: { typeCheckingMode: 'standard' } } : null,
    ),
  );
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('window/workDoneProgress/create', () => null);
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: null,
    capabilities: { workspace: { configuration: true } },
    initializationOptions: settings,
  });
  await connection.sendNotification('initialized', {});
  const until = (find) =>
    new Promise((resolve) => {
      const look = () => {
        const found = find();
        if (!found) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  const published = (is) => until(() => seen.find(is));
  const isReady = () => until(() => typeChecker === 'ready');
  const change = (uri, version, contentChanges) =>
    void connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges,
    });
  return {
    published,
    open: (uri, text, languageId = 'python') =>
      void connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId, version: 1, text },
      }),
    request: (method, params) => connection.sendRequest(method, params),
    answer: (method, answer) => void connection.onRequest(method, answer),
    edit: change,
    replaceAll: (uri, version, text) => change(uri, version, [{ text }]),
    replaceLine: (uri, version, line, text, length) =>
      change(uri, version, [
        {
          range: { start: { line, character: 0 }, end: { line, character: length } },
          text,
        },
      ]),
    /** Ours says when nothing is left to check; pyright-langserver answers a hover after the check under way. */
    async settled(uri) {
      await published((each) => each.uri === uri);
      if (isOurs) return isReady();
      await connection
        .sendRequest('textDocument/diagnostic', { textDocument: { uri } })
        .catch(() => undefined);
      await connection.sendRequest('textDocument/hover', {
        textDocument: { uri },
        position: { line: 0, character: 0 },
      });
    },
    end() {
      connection.dispose();
      child.kill();
    },
  };
}

/** Code with calls, classes and struct formats, so that every rule has something to look at. */
/** Straight-line PySpark on rows of its own, with a misspelt column at the end. */
function framesModule(units) {
  const lines = [
    'from pyspark.sql import SparkSession, functions as F',
    'spark = SparkSession.builder.getOrCreate()',
    'sales = spark.createDataFrame([("a", 1, 2.5), ("b", 2, 3.5)], ["shop", "day", "total"])',
  ];
  for (let unit = 0; unit < units; unit++)
    lines.push(
      `big${unit} = sales.filter(F.col("total") > ${unit}).withColumn("tax", F.col("total") * 0.2)`,
      `by${unit} = big${unit}.groupBy("shop").agg(F.sum("tax").alias("tax"), F.max("day").alias("last"))`,
      `all${unit} = by${unit}.join(sales, "shop", "left").select("shop", "tax", "total")`,
      `all${unit}.orderBy("shop").show()`,
      '',
    );
  lines.push('sales.select("shopp").show()');
  return lines.join('\n');
}

function buffersModule(lineCount) {
  const unit = (i) => `class Record${i}:
    FORMAT = struct.Struct('<IHH')

    def write(self, values: list[int]) -> bytearray:
        out = bytearray(8 * len(values))
        for index, value in enumerate(values):
            self.FORMAT.pack_into(out, index * 8, value, ${i}, 0)
        header${i} = bytearray(${8 + (i % 4) * 8})
        struct.pack_into('QdQ', header${i}, 0, 1, 2.0, 3)
        return out + header${i}
`;
  const units = Math.ceil(lineCount / 11);
  return `import struct\n\n${Array.from({ length: units }, (_, i) => unit(i)).join('\n')}`;
}

/** The kind of module that is dear to check: generic classes, lambdas, inferred calls. Fourteen lines a unit. */
function genericsModule(units) {
  const unit = (i) => `
@dataclass
class Item${i}(Generic[T]):
    value: T

    def mapped(self, f: Callable[[T], K]) -> "Item${i}[K]":
        return Item${i}(f(self.value))


def build${i}(xs: list[int], scale: float = 1.0) -> dict[str, Item${i}[float]]:
    out: dict[str, Item${i}[float]] = {}
    for ix, x in enumerate(xs):
        out[str(ix)] = Item${i}(x).mapped(lambda v: v * scale)
    return out
`;
  return `from dataclasses import dataclass
from typing import Callable, Generic, TypeVar

T = TypeVar("T")
K = TypeVar("K")
${Array.from({ length: units }, (_, i) => unit(i)).join('')}`;
}

export function median(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
