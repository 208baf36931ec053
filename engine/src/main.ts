/** Entry of dist/engine.js, forked by whoever runs queries: what it runs is compiled once, not at every start. */
import { codeCacheFile, useCodeCache } from './codeCache.ts';

const file = codeCacheFile(__dirname, process.env);
const cache = file === undefined ? undefined : useCodeCache(__dirname, file);
if (cache) {
  // Who runs queries in an editor ends the process without a word.
  setTimeout(cache.save, 5000).unref();
  process.once('exit', cache.save);
}

void import('./serve.ts');
