/** Each command to the code that runs it. */
import { fail } from '#shared/result.ts';
import type { Command } from '#sql/plan/statements.ts';
import { alterRelation, commentOn } from './alter.ts';
import { cacheTable, clearCache, refreshCaches, uncacheTable } from './cache.ts';
import type { Answer, CommandContext } from './command.ts';
import { nothing, refusal } from './command.ts';
import {
  createNamespace,
  dropNamespace,
  resetConfiguration,
  setConfiguration,
  useNamespace,
} from './configuration.ts';
import { declareVariables, dropVariable, setVariables } from './variables.ts';
import { describeNamespace, describeQuery, describeRelation } from './describe.ts';
import { explainStatement } from './explain.ts';
import { createFunction, describeFunction, dropFunction } from './functions.ts';
import { show } from './show.ts';
import { createTable, insert, truncate } from './tables.ts';
import { createView, createViewUsing, dropRelation } from './views.ts';

export async function runCommand(context: CommandContext, command: Command): Answer {
  const answer = await answerTo(context, command);
  if (answer.ok) await refreshCaches(context, command);
  return answer;
}

async function answerTo(context: CommandContext, command: Command): Answer {
  switch (command.kind) {
    case 'createView':
      return createView(context, command);
    case 'createViewUsing':
      return createViewUsing(context, command);
    case 'createTable':
      return createTable(context, command);
    case 'dropRelation':
      return dropRelation(context, command);
    case 'insert':
      return insert(context, command);
    case 'truncate':
      return truncate(context, command);
    case 'set':
      return setConfiguration(context, command);
    case 'reset':
      return resetConfiguration(context, command);
    case 'use':
      return useNamespace(context, command);
    case 'createNamespace':
      return createNamespace(context, command);
    case 'dropNamespace':
      return dropNamespace(context, command);
    case 'declareVariables':
      return declareVariables(context, command);
    case 'dropVariable':
      return dropVariable(context, command);
    case 'setVariables':
      return setVariables(context, command);
    case 'alterRelation':
      return alterRelation(context, command);
    case 'commentOn':
      return commentOn(context, command);
    case 'describeRelation':
      return describeRelation(context, command);
    case 'describeQuery':
      return describeQuery(context, command);
    case 'describeNamespace':
      return describeNamespace(context, command);
    case 'describeFunction':
      return describeFunction(context, command);
    case 'createFunction':
      return createFunction(context, command);
    case 'dropFunction':
      return dropFunction(context, command);
    case 'show':
      return show(context, command);
    case 'explain':
      return explainStatement(context, command);
    case 'cacheTable':
      return cacheTable(context, command);
    case 'uncacheTable':
      return uncacheTable(context, command);
    case 'clearCache':
      return clearCache(context);
    case 'refresh':
      return nothing;
    case 'unsupported':
      return fail(refusal(`The statement ${command.feature}`));
    default:
      return fail(refusal(`The statement ${command.kind}`));
  }
}
