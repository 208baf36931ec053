import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  StreamMessageReader,
  StreamMessageWriter,
  createMessageConnection,
} from 'vscode-jsonrpc/node';

const cli = () => join(process.env.STRATA_DIST ?? '', 'cli.js');

describe('strata lsp', () => {
  it('speaks LSP over standard input and output', async () => {
    const child = spawn(process.execPath, [cli(), 'lsp', '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const exited = new Promise((resolve) => child.once('exit', resolve));
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const published = new Promise<{ diagnostics: { code: string }[] }>((resolve) => {
      connection.onNotification('textDocument/publishDiagnostics', resolve);
    });
    connection.listen();
    const { capabilities } = await connection.sendRequest<{ capabilities: object }>('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
      initializationOptions: { checkTypes: false },
    });
    expect(capabilities).toMatchObject({ hoverProvider: true });
    await connection.sendNotification('initialized', {});
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: {
        uri: 'file:///strata-test/lsp.py',
        languageId: 'python',
        version: 1,
        text: "import struct\nstruct.unpack('<Q', b'1234')\n",
      },
    });
    expect((await published).diagnostics.map(({ code }) => code)).toEqual(['struct-size']);
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    expect(await exited).toBe(0);
  });

  it.each([
    [[], "say how to connect: 'strata lsp --stdio'"],
    [['--socket=1'], "there is no option '--socket=1'"],
  ])('with %j says what it needs', async (args, reason) => {
    const child = spawn(process.execPath, [cli(), 'lsp', ...args]);
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(err).toContain(reason);
    expect(code).toBe(2);
  });
});
