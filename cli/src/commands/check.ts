import type { Command } from '../command.ts';
import { CannotRun } from '../command.ts';

export const check: Command = {
  name: 'check',
  summary: '',
  usage: ['strata check'],
  run() {
    throw new CannotRun('check is not there yet');
  },
};
