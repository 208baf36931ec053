/** SparkSession: its builder, its settings, and the DataFrames that it makes. */
import type { Arguments } from './arguments.ts';
import { argument, optionText, requiredText, whole } from './arguments.ts';
import { createFrame } from './createFrame.ts';
import { intLiteral } from './expressions.ts';
import type { Script } from './script.ts';
import { readStatement } from './sqlText.ts';
import type { Value } from './values.ts';
import { cannotKnow, none } from './values.ts';

export function builderMethod(script: Script, name: string, args: Arguments): Value {
  switch (name) {
    case 'appName':
    case 'master':
    case 'enableHiveSupport':
      return { kind: 'builder' };
    case 'config': {
      const key = argument(args, 0, 'key');
      const value = argument(args, 1, 'value');
      if (key?.kind === 'str' && value)
        script.add({ action: 'configure', key: key.value, value: optionText(value, args.node) });
      return { kind: 'builder' };
    }
    case 'getOrCreate':
    case 'create':
      return { kind: 'session' };
    case 'remote':
      return cannotKnow('a script that connects to a cluster is not run here', args.node);
    default:
      return cannotKnow(`SparkSession.builder.${name} is not read`, args.node);
  }
}

export function confMethod(script: Script, name: string, args: Arguments): Value {
  if (name !== 'set') return cannotKnow(`spark.conf.${name} is not read`, args.node);
  const value = argument(args, 1, 'value');
  if (!value) return cannotKnow('the value is missing', args.node);
  script.add({
    action: 'configure',
    key: requiredText(args, 0, 'key'),
    value: optionText(value, args.node),
  });
  return none;
}

export function catalogMethod(script: Script, name: string, args: Arguments): Value {
  const range = script.rangeOf(args.node);
  switch (name) {
    case 'dropTempView': {
      const nameParts = [requiredText(args, 0, 'viewName')];
      const statement = {
        kind: 'str',
        value: `DROP VIEW IF EXISTS \`${nameParts.join('`.`')}\``,
      } as const;
      script.add({ action: 'run', statement: script.encode(readStatement(statement, range)) });
      return none;
    }
    case 'clearCache':
    case 'cacheTable':
    case 'uncacheTable':
      return none;
    default:
      return cannotKnow(`spark.catalog.${name} is not read yet`, args.node);
  }
}

export function sessionMethod(script: Script, name: string, args: Arguments): Value {
  const range = script.rangeOf(args.node);
  switch (name) {
    case 'sql':
      return sqlFrame(script, args);
    case 'table': {
      const nameParts = requiredText(args, 0, 'tableName').split('.');
      return script.frame({ kind: 'read', readType: { kind: 'namedTable', nameParts }, range });
    }
    case 'range': {
      const first = whole(args, 0, 'start') ?? 0;
      const second = whole(args, 1, 'end');
      const step = whole(args, 2, 'step') ?? 1;
      const [start, end] = second === undefined ? [0, first] : [first, second];
      const bounds = [start, end, step].map((value) => intLiteral(value, range));
      return script.frame({
        kind: 'tableFunction',
        functionName: 'range',
        arguments: bounds,
        range,
      });
    }
    case 'createDataFrame':
      return createFrame(script, args);
    case 'stop':
      return none;
    case 'newSession':
      return { kind: 'session' };
    default:
      return cannotKnow(`SparkSession.${name} is not read yet`, args.node);
  }
}

/** A query is a DataFrame; any other statement runs at once. */
function sqlFrame(script: Script, args: Arguments): Value {
  const range = script.rangeOf(args.node);
  const text = argument(args, 0, 'sqlQuery');
  if (text?.kind === 'text')
    return cannotKnow('this SQL has parts that are known only when the script runs', args.node);
  if (text?.kind !== 'str') return cannotKnow('the text of the SQL is not known here', args.node);
  if (argument(args, 1, 'args'))
    return cannotKnow('parameters of spark.sql are not read yet', args.node);
  const statement = readStatement(text, range);
  if (statement.kind === 'query') return script.frame(statement.relation);
  script.add({ action: 'run', statement: script.encode(statement) });
  return script.frame({ kind: 'oneRow', range });
}
