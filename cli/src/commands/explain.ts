import type { Command } from '../command.ts';
import { CannotRun } from '../command.ts';

export const explain: Command = {
  name: 'explain',
  summary: '',
  usage: ['strata explain'],
  run() {
    throw new CannotRun('explain is not there yet');
  },
};
