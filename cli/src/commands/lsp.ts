import type { Command } from '../command.ts';
import { CannotRun } from '../command.ts';

export const lsp: Command = {
  name: 'lsp',
  summary: '',
  usage: ['strata lsp'],
  run() {
    throw new CannotRun('lsp is not there yet');
  },
};
