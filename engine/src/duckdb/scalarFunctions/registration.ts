/** Makes JavaScript functions known to DuckDB, and moves values between its vectors and them. */
import type { DuckDBScalarFunction, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import type { EvalMode } from '#sql/plan/resolved.ts';
import type { DataType } from '#sql/plan/types.ts';
import { encodedCondition } from '../runtimeError.ts';
import { structFieldNames } from '../types.ts';
import type { CalendarInterval, Signature, Site, Value } from './scalarFunction.ts';

/** The library's module, which is loaded when it is first needed. */
export type Api = typeof import('@duckdb/node-api');

export function duckFunction(
  api: Api,
  { name, definition, parameterTypes, type }: Signature,
): DuckDBScalarFunction {
  const readers = parameterTypes.map(reader);
  const write = writer(api, type);
  const computeAt = preparedSites(definition, parameterTypes, type);
  return api.DuckDBScalarFunction.create({
    name,
    returnType: duckDbType(api, type),
    parameterTypes: [api.VARCHAR, ...parameterTypes.map((each) => duckDbType(api, each))],
    // DuckDB would not ask where an argument is null, and some functions want to be asked.
    specialHandling: true,
    ...(definition.isVolatile === true ? { volatile: true } : {}),
    mainFunction(info, chunk, output) {
      const rowCount = chunk.rowCount;
      if (rowCount === 0) return;
      const place = chunk.getColumnVector(0).getItem(0) as string;
      const columns = readers.map((read, index) => ({
        read,
        vector: chunk.getColumnVector(index + 1),
      }));
      try {
        const compute = computeAt(place);
        for (let row = 0; row < rowCount; row++) {
          const values: Value[] = [];
          let hasNull = false;
          for (const { read, vector } of columns) {
            const item = vector.getItem(row) as DuckDBValue | null | undefined;
            const value = item === null || item === undefined ? null : read(item);
            if (value === null) hasNull = true;
            values.push(value);
          }
          const isSkipped = hasNull && definition.nulls !== 'passed';
          const result = isSkipped ? null : compute(...values);
          output.setItem(row, result === null ? null : write(result));
        }
        output.flush();
      } catch (error) {
        if (!(error instanceof RaisedCondition)) throw error;
        info.setError(error.message);
      }
    },
  });
}

class RaisedCondition extends Error {}

type Compute = (...values: readonly Value[]) => Value;

/** More places than a statement has of one function. */
const maxSites = 200;

function preparedSites(
  definition: Signature['definition'],
  parameterTypes: readonly DataType[],
  type: DataType,
): (place: string) => Compute {
  const sites = new Map<string, Compute>();
  return (place) => {
    let compute = sites.get(place);
    if (compute === undefined) {
      const [mode, timeZone, start, end, extra] = JSON.parse(place) as [
        EvalMode,
        string,
        number,
        number,
        string,
      ];
      const site: Site = {
        mode,
        timeZone,
        extra,
        parameterTypes,
        type,
        raise(condition, ...parameters) {
          throw new RaisedCondition(encodedCondition(condition, { start, end }, parameters));
        },
      };
      compute = definition.prepare(site) as Compute;
      if (sites.size >= maxSites) sites.clear();
      sites.set(place, compute);
    }
    return compute;
  };
}

function duckDbType(api: Api, type: DataType): DuckDBType {
  switch (type.kind) {
    case 'boolean':
      return api.BOOLEAN;
    case 'byte':
      return api.TINYINT;
    case 'short':
      return api.SMALLINT;
    case 'void':
    case 'int':
    case 'yearMonthInterval':
      return api.INTEGER;
    case 'long':
    case 'dayTimeInterval':
    case 'time':
      return api.BIGINT;
    case 'float':
      return api.FLOAT;
    case 'double':
      return api.DOUBLE;
    case 'decimal':
      return api.DECIMAL(type.precision, type.scale);
    case 'string':
    case 'variant':
      return api.VARCHAR;
    case 'binary':
      return api.BLOB;
    case 'date':
      return api.DATE;
    case 'timestamp':
    case 'timestamp_ntz':
      return api.TIMESTAMP;
    case 'calendarInterval':
      return api.INTERVAL;
    case 'array':
      return api.LIST(duckDbType(api, type.element));
    case 'map':
      return api.MAP(duckDbType(api, type.key), duckDbType(api, type.value));
    case 'struct': {
      const names = structFieldNames(type.fields);
      // By constructor: an object would put names that are numbers first.
      return new api.DuckDBStructType(
        names,
        type.fields.map((field) => duckDbType(api, field.type)),
      );
    }
  }
}

/** The parts of DuckDB's own value classes that are read. */
interface Boxed {
  readonly value: bigint;
  readonly bytes: Uint8Array;
  readonly days: number;
  readonly micros: bigint;
  readonly months: number;
  readonly items: readonly DuckDBValue[];
}

type Present = Exclude<DuckDBValue, null>;

function reader(type: DataType): (item: Present) => Value {
  const boxed =
    (read: (item: Boxed) => Value) =>
    (item: Present): Value =>
      read(item as unknown as Boxed);
  const orNull = (read: (item: Present) => Value) => (item: DuckDBValue | undefined) =>
    item === null || item === undefined ? null : read(item);
  switch (type.kind) {
    case 'decimal':
      return boxed(({ value }) => value);
    case 'binary':
      return boxed(({ bytes }) => bytes);
    case 'date':
      return boxed(({ days }) => days);
    case 'timestamp':
    case 'timestamp_ntz':
      return boxed(({ micros }) => micros);
    case 'calendarInterval':
      return boxed((interval): CalendarInterval => ({
        months: interval.months,
        days: interval.days,
        micros: interval.micros,
      }));
    case 'array': {
      const read = orNull(reader(type.element));
      return boxed(({ items }) => items.map(read));
    }
    case 'map': {
      const [readKey, readValue] = [orNull(reader(type.key)), orNull(reader(type.value))];
      return (item) => {
        const { entries } = item as unknown as {
          entries: readonly { key: DuckDBValue; value: DuckDBValue }[];
        };
        return entries.map(({ key, value }) => [readKey(key), readValue(value)]);
      };
    }
    case 'struct': {
      const names = structFieldNames(type.fields);
      const readers = type.fields.map((field) => orNull(reader(field.type)));
      return (item) => {
        const { entries } = item as unknown as { entries: Readonly<Record<string, DuckDBValue>> };
        return readers.map((read, index) => read(entries[names[index] ?? '']));
      };
    }
    default:
      return (item) => item as Value;
  }
}

function writer(api: Api, type: DataType): (value: Exclude<Value, null>) => DuckDBValue {
  const orNull =
    (write: (value: Exclude<Value, null>) => DuckDBValue) =>
    (value: Value | undefined): DuckDBValue =>
      value === null || value === undefined ? null : write(value);
  switch (type.kind) {
    case 'decimal':
      return (value) => new api.DuckDBDecimalValue(value as bigint, type.precision, type.scale);
    case 'binary':
      return (value) => new api.DuckDBBlobValue(value as Uint8Array);
    case 'date':
      return (value) => new api.DuckDBDateValue(value as number);
    case 'timestamp':
    case 'timestamp_ntz':
      return (value) => new api.DuckDBTimestampValue(value as bigint);
    case 'calendarInterval':
      return (value) => {
        const { months, days, micros } = value as CalendarInterval;
        return new api.DuckDBIntervalValue(months, days, micros);
      };
    case 'array': {
      const write = orNull(writer(api, type.element));
      return (value) => new api.DuckDBListValue((value as readonly Value[]).map(write));
    }
    case 'map': {
      const [writeKey, writeValue] = [
        orNull(writer(api, type.key)),
        orNull(writer(api, type.value)),
      ];
      return (value) =>
        new api.DuckDBMapValue(
          (value as readonly (readonly [Value, Value])[]).map(([key, item]) => ({
            key: writeKey(key),
            value: writeValue(item),
          })),
        );
    }
    case 'struct': {
      const names = structFieldNames(type.fields);
      const writers = type.fields.map((field) => orNull(writer(api, field.type)));
      return (value) =>
        new api.DuckDBStructValue(
          Object.fromEntries(
            writers.map((write, index) => [
              names[index] ?? '',
              write((value as readonly Value[])[index]),
            ]),
          ),
        );
    }
    default:
      return (value) => value as boolean | number | bigint | string;
  }
}
