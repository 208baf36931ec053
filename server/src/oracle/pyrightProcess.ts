/**
 * Entry of dist/pyrightProcess.js: pyright in a process of its own, because it blocks its thread while it checks.
 * Speaks LSP over the IPC channel, and `pyright/processProtocol.ts` beyond it.
 */
import { startEmbeddedServer } from './pyright/embeddedServer.ts';
import { findPyright, loadPyright } from './pyright/loadPyright.ts';
import { EXIT_CANNOT_EMBED, FORBID_EMBEDDING } from './pyright/processProtocol.ts';
import { pyrightInternals, usedExports } from './pyright/pyrightInternals.ts';
import { pyrightExtensions } from './pyrightExtensions.ts';

// The server may die without a word; nobody would be left to end this process.
process.on('disconnect', () => process.exit(0));

async function main(): Promise<void> {
  const pyright = findPyright(__filename);
  const modules = pyright.ok ? loadPyright(pyright.value, usedExports, pyrightExtensions) : pyright;
  if (!modules.ok || process.env[FORBID_EMBEDDING]) {
    process.stderr.write(`${modules.ok ? 'embedding is forbidden' : modules.error.message}\n`);
    process.exit(EXIT_CANNOT_EMBED);
  }
  for (const name of modules.value.missedAmendments)
    process.stderr.write(`pyright has no place for: ${name}\n`);
  await startEmbeddedServer(pyrightInternals(modules.value), process.argv);
}

void main();
