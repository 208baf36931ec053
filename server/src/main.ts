/** Entry of dist/server.js: the language server, over `--node-ipc` and over `--stdio`. */
import { join } from 'node:path';
import { ProposedFeatures, createConnection } from 'vscode-languageserver/node';
import { serve } from './handlers/serve.ts';

const connection = createConnection(ProposedFeatures.all);

// A throw that nobody caught is a bug of ours; the editor's text must not suffer for it.
process.on('uncaughtException', (error) => {
  connection.console.error(`server.bug ${error.stack ?? error.message}`);
});
process.on('unhandledRejection', (reason) => {
  connection.console.error(
    `server.bug ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`,
  );
});
// Otherwise a signal would leave what an orderly end cleans up.
process.on('SIGTERM', () => process.exit(0));
// Over IPC the library does not see the editor go.
process.on('disconnect', () => process.exit(0));

serve(connection, join(__dirname, 'pyrightProcess.js'), process.env);
connection.listen();
