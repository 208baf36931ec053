import type { Command } from '../command.ts';
import { CannotRun } from '../command.ts';

export const sql: Command = {
  name: 'sql',
  summary: '',
  usage: ['strata sql'],
  run() {
    throw new CannotRun('sql is not there yet');
  },
};
