import type { Command } from '../command.ts';
import { CannotRun } from '../command.ts';

export const inspect: Command = {
  name: 'inspect',
  summary: '',
  usage: ['strata inspect'],
  run() {
    throw new CannotRun('inspect is not there yet');
  },
};
