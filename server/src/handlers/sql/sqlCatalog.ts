/** Schemas of files and views as the client tells them, kept until it says that they changed. Nobody waits for one. */
import type { Connection } from 'vscode-languageserver/node';
import type { SqlSchemasReply, SqlTablesReply } from '#shared/protocol/languageServer.ts';
import { SQL_SCHEMAS, SQL_TABLES } from '#shared/protocol/languageServer.ts';
import type { SqlTable, SqlTables } from '../../queries/sqlTables.ts';
import { keyOf } from '../../queries/sqlTables.ts';

export class SqlCatalog {
  readonly #connection: Connection;
  readonly #onChanged: () => void;
  /** Undefined where the client was asked and does not know. */
  readonly #known = new Map<string, SqlTable | null | undefined>();
  readonly #asked = new Set<string>();
  #names: readonly string[] = [];
  #files: readonly string[] = [];
  #generation = 0;

  constructor(connection: Connection, onChanged: () => void) {
    this.#connection = connection;
    this.#onChanged = onChanged;
  }

  readonly tables: SqlTables = tablesOf({
    find: (key) => this.#known.get(key),
    names: () => this.#names,
    files: () => this.#files,
  });

  /** Asks for what is not known yet of these names; `onChanged` tells when there is an answer. */
  want(names: readonly (readonly string[])[]): void {
    const missing = names.filter((parts) => {
      const key = keyOf(parts);
      return !this.#asked.has(key) && this.#asked.add(key);
    });
    if (missing.length > 0) void this.#ask(missing);
  }

  /** Views or files changed: what was known is asked for again. What it was stands until then. */
  changed(): void {
    this.#generation++;
    this.#asked.clear();
    void this.#list();
    this.#onChanged();
  }

  async #list(): Promise<void> {
    const generation = this.#generation;
    const reply = await this.#request<SqlTablesReply>(SQL_TABLES, {});
    if (!reply || generation !== this.#generation) return;
    this.#names = reply.names;
    this.#files = reply.files;
    // Columns are offered beside names that no query reads yet.
    this.want(reply.names.slice(0, 50).map((name) => [name]));
    this.#onChanged();
  }

  async #ask(names: readonly (readonly string[])[]): Promise<void> {
    const generation = this.#generation;
    const reply = await this.#request<SqlSchemasReply>(SQL_SCHEMAS, { names });
    if (!reply || generation !== this.#generation) return;
    names.forEach((parts, index) => {
      const schema = reply.schemas[index];
      const name = parts.at(-1) ?? '';
      const table =
        schema?.kind === 'table' ? { name, ...schema } : schema?.kind === 'none' ? null : undefined;
      this.#known.set(keyOf(parts), table);
    });
    this.#onChanged();
  }

  /** Undefined where the client does not speak of tables, or ended. */
  async #request<R>(method: string, params: object): Promise<R | undefined> {
    try {
      return await this.#connection.sendRequest<R>(method, params);
    } catch {
      return undefined;
    }
  }
}

function tablesOf(from: {
  readonly find: (key: string) => SqlTable | null | undefined;
  readonly names: () => readonly string[];
  readonly files: () => readonly string[];
}): SqlTables {
  return {
    find: (nameParts) => from.find(keyOf(nameParts)),
    get names() {
      return from.names();
    },
    get files() {
      return from.files();
    },
  };
}
