/** Each command to the code that runs it. */
import { fail } from '#shared/result.ts';
import type { Command } from '#sql/plan/statements.ts';
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
import { createTable, insert, truncate } from './tables.ts';
import { createView, createViewUsing, dropRelation } from './views.ts';

export async function runCommand(context: CommandContext, command: Command): Answer {
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
    case 'refresh':
      return nothing;
    case 'unsupported':
      return fail(refusal(`The statement ${command.feature}`));
    default:
      return fail(refusal(`The statement ${command.kind}`));
  }
}
