/** SET, RESET, USE and the namespaces. */
import { fail } from '#shared/result.ts';
import type { Literal } from '#sql/plan/unresolved.ts';
import type {
  CreateNamespace,
  DropNamespace,
  ResetConfiguration,
  SetConfiguration,
  UseNamespace,
} from '#sql/plan/statements.ts';
import { problem, quoteName } from '#sql/problem.ts';
import { defaultOf, isTimeZone, knownConfiguration, unsupportedSetting } from '../settings.ts';
import type { Answer, CommandContext } from './command.ts';
import { nothing, refusal, rowsOf } from './command.ts';
import { dropStorage } from './storage.ts';
import { variableName } from './variables.ts';

const pair = [['key'], ['value']] as const;

export function setConfiguration(
  context: CommandContext,
  command: SetConfiguration,
): Awaited<Answer> {
  const { session } = context;
  const { key, form } = command;
  const values = session.configuration;
  switch (form) {
    case 'list':
      return rowsOf(pair, Object.entries(values).sort(byName));
    case 'verbose':
      return rowsOf(
        [['key'], ['value'], ['meaning'], ['Since version']],
        knownConfiguration()
          .map(({ name, value, meaning, since }) => [name, values[name] ?? value, meaning, since])
          .sort(byName),
      );
    case 'get': {
      const value = valueOf(values, key) ?? defaultOf(key) ?? '<undefined>';
      return rowsOf(pair, [[key, value]]);
    }
    case 'put':
      return put(context, key, command.value);
    case 'timeZone': {
      const zone = timeZoneOf(command);
      return typeof zone === 'string' ? put(context, key, zone) : fail(zone);
    }
  }
}

function byName([left = '']: readonly (string | null)[], [right = '']: readonly (string | null)[]) {
  return (left ?? '') < (right ?? '') ? -1 : 1;
}

function put(context: CommandContext, key: string, value: string): Awaited<Answer> {
  const { session } = context;
  // A variable of the script's, which `${name}` stands for.
  if (key.startsWith('hivevar:')) {
    const name = key.slice('hivevar:'.length);
    session.changeValues({ ...session.configuration, [name]: value });
    return rowsOf(pair, [[key, value]]);
  }
  const variable = variableName(key.split('.'));
  if (variable !== undefined && session.variables.has(variable)) {
    const shown = quoteName(key.split('.'));
    return fail(problem('UNSUPPORTED_FEATURE.SET_VARIABLE_USING_SET', { variableName: shown }));
  }
  if (/^spark\.sql\.(session\.timezone)$/i.test(key) && !isTimeZone(value)) {
    return fail(
      problem('INVALID_CONF_VALUE.TIME_ZONE', { confName: `"${key}"`, confValue: `'${value}'` }),
    );
  }
  if (isStatic(key)) return fail(problem('CANNOT_MODIFY_CONFIG', { key: `"${key}"`, docroot: '' }));
  const unsupported = unsupportedSetting({ [key]: value });
  if (unsupported) return fail(unsupported);
  const same = Object.keys(session.configuration).find(
    (name) => name.toLowerCase() === key.toLowerCase(),
  );
  session.changeValues({ ...session.configuration, [same ?? key]: value });
  return rowsOf(pair, [[key, value]]);
}

function valueOf(values: Readonly<Record<string, string>>, key: string): string | undefined {
  const name = Object.keys(values).find((known) => known.toLowerCase() === key.toLowerCase());
  return name === undefined ? undefined : values[name];
}

/** Settings of the process and not of a session. */
function isStatic(key: string): boolean {
  return /^spark\.sql\.(warehouse\.dir|catalogImplementation|globalTempDatabase|extensions|queryExecutionListeners|streaming\.streamingQueryListeners|ui\.retainedExecutions|event\.truncate\.length|cache\.serializer|legacy\.sessionInitWithConfigDefaults)$/.test(
    key,
  );
}

/** The zone, or what is wrong with it. Intervals are offsets of less than 18 hours and of whole seconds. */
function timeZoneOf({ value, offset, range }: SetConfiguration) {
  if (offset === undefined) {
    return value === 'LOCAL' ? Intl.DateTimeFormat().resolvedOptions().timeZone : value;
  }
  const { value: micros, type } = offset as Literal;
  const isOffset = offset.kind === 'literal' && type.kind === 'dayTimeInterval';
  const seconds = isOffset && typeof micros === 'bigint' ? Number(micros) / 1e6 : Number.NaN;
  if (!Number.isInteger(seconds) || Math.abs(seconds) > 18 * 3600) {
    return problem('INVALID_INTERVAL_FORMAT.TIMEZONE_INTERVAL_OUT_OF_RANGE', { input: '' }, range);
  }
  const size = Math.abs(seconds);
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0');
  const tail = size % 60 === 0 ? '' : `:${two(size % 60)}`;
  return `${seconds < 0 ? '-' : '+'}${two(size / 3600)}:${two((size / 60) % 60)}${tail}`;
}

export function resetConfiguration(
  { session }: CommandContext,
  { key }: ResetConfiguration,
): Awaited<Answer> {
  if (key === undefined) {
    session.changeValues(session.initialConfiguration);
    return nothing;
  }
  if (isStatic(key)) return fail(problem('CANNOT_MODIFY_CONFIG', { key: `"${key}"`, docroot: '' }));
  const isOther = (name: string) => name.toLowerCase() !== key.toLowerCase();
  const kept = Object.entries(session.configuration).filter(([name]) => isOther(name));
  const given = Object.entries(session.initialConfiguration).filter(([name]) => !isOther(name));
  session.changeValues(Object.fromEntries([...kept, ...given]));
  return nothing;
}

export function useNamespace({ session }: CommandContext, command: UseNamespace): Awaited<Answer> {
  const { catalog } = session;
  const parts = command.name.nameParts.map((part) => part.toLowerCase());
  if (parts[0] === 'spark_catalog') parts.shift();
  if (parts.length === 0) return nothing;
  const name = parts.join('.');
  if (parts.length > 1 || !catalog.hasNamespace(name)) {
    const schemaName = quoteName(['spark_catalog', ...parts]);
    return fail(problem('SCHEMA_NOT_FOUND', { schemaName }, command.name.range));
  }
  catalog.currentNamespace = name;
  return nothing;
}

export function createNamespace(
  { session: { catalog } }: CommandContext,
  command: CreateNamespace,
): Awaited<Answer> {
  const parts = [...command.name.nameParts];
  if (parts.length > 1 && parts[0]?.toLowerCase() === 'spark_catalog') parts.shift();
  const name = (parts.at(-1) ?? '').toLowerCase();
  if (parts.length > 1) return fail(refusal('A namespace inside of a namespace'));
  if (catalog.hasNamespace(name)) {
    if (command.ifNotExists) return nothing;
    return fail(problem('SCHEMA_ALREADY_EXISTS', { schemaName: quoteName([name]) }));
  }
  const { comment = '', location, properties } = command;
  const placed = location === undefined ? {} : { location };
  catalog.namespaces.set(name, { name, comment, properties, ...placed });
  return nothing;
}

export async function dropNamespace(context: CommandContext, command: DropNamespace): Answer {
  const { catalog } = context.session;
  const name = (command.name.nameParts.at(-1) ?? '').toLowerCase();
  const schemaName = quoteName(['spark_catalog', name]);
  if (!catalog.hasNamespace(name)) {
    if (command.ifExists) return nothing;
    return fail(problem('SCHEMA_NOT_FOUND', { schemaName }, command.name.range));
  }
  if (name === 'default') {
    return fail(
      problem('UNSUPPORTED_FEATURE.DROP_DATABASE', {
        database: quoteName(['spark_catalog', name]),
      }),
    );
  }
  const inside = [...catalog.persistent.values()].filter(
    ({ nameParts }) => nameParts.at(-2) === name,
  );
  if (inside.length > 0 && !command.cascade) {
    return fail(problem('SCHEMA_NOT_EMPTY', { schemaName: quoteName([name]) }));
  }
  for (const relation of inside) {
    catalog.remove(relation);
    await dropStorage(context, relation);
  }
  catalog.namespaces.delete(name);
  // Spark's session stays where it is; what it then looks up is not there.
  return nothing;
}
