/** SparkSession: its builder, its settings, and the DataFrames that it makes. */
import { parse } from '#sql/compile.ts';
import type { Range } from '#sql/plan/range.ts';
import type { Statement } from '#sql/plan/statements.ts';
import type { Relation } from '#sql/plan/unresolved.ts';
import type { Arguments } from './arguments.ts';
import { argument, optionText, required, requiredText, whole } from './arguments.ts';
import { createFrame } from './createFrame.ts';
import { intLiteral, literalOf } from './expressions.ts';
import type { Script } from './script.ts';
import { readStatement } from './sqlText.ts';
import type { Text, Value } from './values.ts';
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
      if (key?.kind === 'str' && value) configure(script, key.value, value, args);
      const map = args.keywords.get('map');
      if (map?.kind === 'dict')
        for (const [name, inner] of map.entries)
          if (name.kind === 'str') configure(script, name.value, inner, args);
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
  const key = requiredText(args, 0, 'key');
  switch (name) {
    case 'set':
      configure(script, key, required(args, 1, 'value'), args);
      return none;
    case 'unset':
      script.settings.delete(key);
      script.add({ action: 'run', statement: script.encode(statementOf(`RESET ${key}`)) });
      return none;
    case 'get': {
      const known = script.settings.get(key);
      if (known !== undefined) return { kind: 'str', value: known };
      const fallback = args.positional[1] ?? args.keywords.get('default');
      if (fallback) return fallback;
      const statement = script.encode(statementOf(`SET ${key}`));
      const step = script.add({ action: 'evaluate', statement, form: 'first' });
      return { kind: 'result', step, path: ['value'] };
    }
    case 'isModifiable':
    default:
      return cannotKnow(`spark.conf.${name} is not read`, args.node);
  }
}

function configure(script: Script, key: string, value: Value, args: Arguments): void {
  const text = optionText(value, args.node);
  script.settings.set(key, text);
  script.add({ action: 'configure', key, value: text });
}

function statementOf(text: string): Statement {
  const { statement } = parse(text);
  if (!statement) throw new Error(`'${text}' is a statement`);
  return statement;
}

export function catalogMethod(script: Script, name: string, args: Arguments): Value {
  const range = script.rangeOf(args.node);
  switch (name) {
    case 'dropTempView': {
      const viewName = requiredText(args, 0, 'viewName');
      const isThere = script.schemas.hasView(viewName);
      script.schemas.forgetView(viewName);
      const statement = { kind: 'str', value: `DROP VIEW IF EXISTS \`${viewName}\`` } as const;
      script.add({ action: 'run', statement: script.encode(readStatement(statement, range)) });
      return { kind: 'bool', value: isThere };
    }
    case 'clearCache':
      script.cachedTables.clear();
      return none;
    case 'cacheTable':
      script.cachedTables.add(requiredText(args, 0, 'tableName').toLowerCase());
      return none;
    case 'uncacheTable':
      script.cachedTables.delete(requiredText(args, 0, 'tableName').toLowerCase());
      return none;
    case 'isCached':
      return {
        kind: 'bool',
        value: script.cachedTables.has(requiredText(args, 0, 'tableName').toLowerCase()),
      };
    case 'tableExists': {
      const table = requiredText(args, 0, 'tableName');
      return { kind: 'bool', value: script.schemas.hasView(table) };
    }
    case 'currentDatabase':
      return { kind: 'str', value: 'default' };
    case 'currentCatalog':
      return { kind: 'str', value: 'spark_catalog' };
    case 'refreshTable':
    case 'refreshByPath':
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
  const given = argument(args, 0, 'sqlQuery');
  const text = given?.kind === 'str' ? withFrames(script, given, args) : given;
  if (text?.kind === 'text')
    return cannotKnow('this SQL has parts that are known only when the script runs', args.node);
  if (text?.kind !== 'str') return cannotKnow('the text of the SQL is not known here', args.node);
  const parameters = argument(args, 1, 'args');
  const read = readStatement(text, range);
  const statement = parameters ? bound(read, parameters, args, range) : read;
  if (statement.kind === 'query') return script.frame(statement.relation);
  const encoded = script.encode(statement);
  // What only answers is asked when its answer is wanted.
  if (/^(?:show|describe|explain)/.test(statement.kind))
    return { ...script.frame({ kind: 'oneRow', range }), command: encoded };
  script.add({ action: 'run', statement: encoded });
  if (statement.kind === 'createView' && statement.scope === 'temporary')
    script.schemas.defineView(statement.name.nameParts.join('.'), statement.query);
  return script.frame({ kind: 'oneRow', range });
}

/** `{name}` in the text is a DataFrame that is given by that name, or a value. */
function withFrames(script: Script, text: Text, args: Arguments): Text {
  const given = [...args.keywords].filter(([name]) => name !== 'sqlQuery' && name !== 'args');
  if (given.length === 0) return text;
  const range = script.rangeOf(args.node);
  let { value } = text;
  for (const [name, inner] of given) {
    if (!value.includes(`{${name}}`)) continue;
    let stands: string;
    if (inner.kind === 'frame') {
      stands = script.nextFileName();
      script.schemas.defineView(stands, inner.relation);
      const statement = viewStatement(stands, inner.relation, range);
      script.add({ action: 'run', statement: script.encode(statement) });
    } else if (inner.kind === 'int' || inner.kind === 'float') stands = String(inner.value);
    else if (inner.kind === 'str') stands = `'${inner.value.replace(/['\\]/g, '\\$&')}'`;
    else return cannotKnow('this value is not put into SQL here', args.node);
    value = value.replaceAll(`{${name}}`, stands);
  }
  return { kind: 'str', value };
}

function viewStatement(name: string, query: Relation, range: Range): Statement {
  return {
    kind: 'createView',
    name: { nameParts: [name], range },
    scope: 'temporary',
    replace: true,
    ifNotExists: false,
    columns: [],
    properties: {},
    query,
    queryText: name,
    range,
  };
}

/** Puts values where the text has `:name` or `?`. */
function bound(statement: Statement, values: Value, args: Arguments, range: Range): Statement {
  const valueOf = (parameter: string | number): Value | undefined => {
    if (values.kind === 'dict')
      return values.entries.find(([key]) => key.kind === 'str' && key.value === parameter)?.[1];
    return 'items' in values && typeof parameter === 'number'
      ? values.items[order.indexOf(parameter)]
      : undefined;
  };
  const order: number[] = [];
  const each = (
    value: unknown,
    found: (node: { readonly parameter: string | number }) => unknown,
  ): unknown => {
    if (Array.isArray(value)) return value.map((item) => each(item, found));
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
    if ('kind' in value && value.kind === 'missing' && 'parameter' in value)
      return found(value as unknown as { readonly parameter: string | number });
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, each(inner, found)]),
    );
  };
  each(statement, ({ parameter }) => {
    if (typeof parameter === 'number') order.push(parameter);
  });
  order.sort((left, right) => left - right);
  return each(statement, ({ parameter }) => {
    const value = valueOf(parameter);
    if (!value) return cannotKnow(`there is no value for the parameter ${parameter}`, args.node);
    return literalOf(value, range);
  }) as Statement;
}
