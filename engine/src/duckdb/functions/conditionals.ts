/** Null handling and choice. */
import { simpleString } from '#sql/plan/types.ts';
import { quoteString } from '../quote.ts';
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
  // Compared as their common type; the result has the type of the first.
  nullif: template('CASE WHEN $1 = $2 THEN NULL ELSE $3 END'),
  typeof: (_, call) =>
    quoteString(call.arguments[0] ? simpleString(call.arguments[0].type) : 'void'),
  nanvl: template('CASE WHEN isnan($1) THEN $2 ELSE $1 END'),
  assert_true: ([condition = '', message], call) =>
    `CASE WHEN ${condition} THEN CAST(NULL AS INTEGER) ELSE ${raise('USER_RAISED_EXCEPTION', call.range, message ?? "'assertion failed'")} END`,
};
