/** Null handling and choice. */
import { duckType } from '../types.ts';
import type { Rows } from './row.ts';
import { template } from './row.ts';
import { raise } from '../runtimeError.ts';

export const conditionals: Rows = {
  coalesce: (args, call) => `CAST(COALESCE(${args.join(', ')}) AS ${duckType(call.type)})`,
  if: template('CASE WHEN $1 THEN $2 ELSE $3 END'),
  ifnull: template('COALESCE($1, $2)'),
  nvl: template('COALESCE($1, $2)'),
  nvl2: template('CASE WHEN $1 IS NOT NULL THEN $2 ELSE $3 END'),
  nullif: template('NULLIF($1, $2)'),
  nanvl: template('CASE WHEN isnan($1) THEN $2 ELSE $1 END'),
  assert_true: ([condition = '', message], call) =>
    `CASE WHEN ${condition} THEN CAST(NULL AS INTEGER) ELSE ${raise('USER_RAISED_EXCEPTION', call.range, message ?? "'assertion failed'")} END`,
};
