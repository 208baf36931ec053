/** Small queries of the engine's own, on a connection that is closed behind them. */
import type { DataType } from '#sql/plan/types.ts';
import { fromDuckType } from './fromDuckType.ts';
import { interruptible } from './interruptible.ts';
import type { Connection, Database } from './native.ts';
import type { Signature } from './scalarFunctions/scalarFunction.ts';

/** Aborting interrupts the query under way, which then throws. */
export function ownQueries(
  database: Database,
  signal: AbortSignal,
  functions: readonly Signature[] = [],
) {
  async function withConnection<T>(
    sql: string,
    work: (connection: Connection) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    const connection = await database.connect(sql, functions);
    try {
      return await interruptible(connection, signal, () => work(connection));
    } finally {
      connection.closeSync();
    }
  }
  return {
    scratchFolder: database.scratchFolder,
    signal,
    rows: (sql: string): Promise<readonly (readonly unknown[])[]> =>
      withConnection(sql, async (connection) => {
        const rows = (await connection.runAndReadAll(sql)).getRowsJson();
        signal.throwIfAborted();
        return rows;
      }),
    columnsOf: (sql: string): Promise<readonly { name: string; type: DataType | string }[]> =>
      withConnection(sql, async (connection) => {
        const statement = await connection.prepare(sql);
        return Array.from({ length: statement.columnCount }, (_, index) => {
          const type = statement.columnType(index);
          return { name: statement.columnName(index), type: fromDuckType(type) ?? type.toString() };
        });
      }),
  };
}
