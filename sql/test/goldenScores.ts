/** How much of Spark's golden files the front end reads as Spark does. */
import type { Field } from '#shared/protocol/engine.ts';
import type { Catalog, Table } from '#sql/catalog.ts';
import { compile, parse } from '#sql/compile.ts';
import type { Settings } from '#sql/settings.ts';
import { settingsFrom } from '#sql/settings.ts';
import type { GoldenFile, GoldenQuery } from './goldenFiles.ts';
import { expectedClass } from './goldenFiles.ts';

export interface Scores {
  /** Of the queries that Spark parses: read without a problem, and refused by a name of ours. */
  parsed: number;
  parsedUnsupported: number;
  parseRejected: number;
  /** Of the queries that Spark's parser refuses: refused with the same class. */
  parseErrorSame: number;
  parseErrorTotal: number;
  /** Of the queries that yield rows: names and types equal, different, refused by a name of ours. */
  schemaSame: number;
  schemaDifferent: number;
  unsupported: number;
  rejected: number;
  /** Of the queries that fail: the same class, accepted here (they may fail when they run), another class. */
  errorSame: number;
  errorAccepted: number;
  errorUnsupported: number;
  errorDifferent: number;
}

export function scoreOf(files: readonly GoldenFile[]): Scores {
  const scores: Scores = {
    parsed: 0,
    parsedUnsupported: 0,
    parseRejected: 0,
    parseErrorSame: 0,
    parseErrorTotal: 0,
    schemaSame: 0,
    schemaDifferent: 0,
    unsupported: 0,
    rejected: 0,
    errorSame: 0,
    errorAccepted: 0,
    errorUnsupported: 0,
    errorDifferent: 0,
  };
  for (const file of files) scoreFile(file, scores);
  return scores;
}

function scoreFile(file: GoldenFile, scores: Scores): void {
  const session = new GoldenSession(file);
  for (const query of file.queries) {
    if (session.define(query.sql) || query.kind !== 'query') continue;
    scoreParse(query, session.settings, scores);
    scoreCompile(query, session, scores);
  }
}

function scoreParse(query: GoldenQuery, settings: Settings, scores: Scores): void {
  const [first] = parse(query.sql, settings).problems;
  if (query.expect === 'parse-error') {
    scores.parseErrorTotal++;
    if (first?.class === expectedClass(query)) scores.parseErrorSame++;
  } else if (first === undefined) scores.parsed++;
  else if (first.class.startsWith('UNSUPPORTED_SYNTAX')) scores.parsedUnsupported++;
  else scores.parseRejected++;
}

function scoreCompile(query: GoldenQuery, session: GoldenSession, scores: Scores): void {
  const result = compile(query.sql, session.catalog, session.settings);
  const unsupported = !result.ok && result.error.class.startsWith('UNSUPPORTED_');
  if (query.expect === 'rows' || query.expect === 'empty') {
    if (result.ok) {
      const fields = result.value.schema.map(({ name, type }) => `${name}:${type}`);
      if (`struct<${fields.join(',')}>` === query.schema) scores.schemaSame++;
      else scores.schemaDifferent++;
    } else if (unsupported) scores.unsupported++;
    else scores.rejected++;
  } else if (result.ok) scores.errorAccepted++;
  else if (result.error.class === expectedClass(query)) scores.errorSame++;
  else if (unsupported) scores.errorUnsupported++;
  else scores.errorDifferent++;
}

const onek =
  'unique1:int,unique2:int,two:int,four:int,ten:int,twenty:int,hundred:int,thousand:int,twothousand:int,' +
  'fivethous:int,tenthous:int,odd:int,even:int,stringu1:string,stringu2:string,string4:string';
const given: Readonly<Record<string, string>> = {
  testdata: 'key:int,value:string',
  aggtest: 'a:int,b:float',
  onek,
  tenk1: onek,
};
const viewPattern =
  /^\s*CREATE\s+(?:OR\s+REPLACE\s+)?(?:GLOBAL\s+)?(?:TEMP(?:ORARY)?\s+)?VIEW\s+(\w+)\s*(?:\(([\w\s,]*)\))?\s*AS\s+([\s\S]*)$/i;

/** A file's settings and the schemas of its views; views that can't be analyzed are not there. */
class GoldenSession {
  private readonly tables = new Map<string, Table>();
  private readonly values: Record<string, string>;

  constructor({ file, sets }: GoldenFile) {
    this.values = {
      'spark.sql.session.timeZone': 'America/Los_Angeles',
      'spark.sql.collation.trim.enabled': 'true',
      'spark.sql.ansi.enabled': String(!file.startsWith('nonansi')),
    };
    for (const set of sets) this.define(`SET ${set}`);
    for (const [name, columns] of Object.entries(given)) {
      this.put(
        name,
        columns.split(',').map((column) => {
          const [field = '', type = ''] = column.split(':');
          return { name: field, type, nullable: true };
        }),
      );
    }
  }

  get settings(): Settings {
    return settingsFrom(this.values);
  }

  get catalog(): Catalog {
    return {
      lookup: ([name = '', ...rest]) =>
        rest.length > 0 ? undefined : this.tables.get(name.toLowerCase()),
    };
  }

  /** Takes SET and CREATE VIEW; false for any other statement. */
  define(sql: string): boolean {
    const set = /^\s*SET\s+([\w.]+)\s*=\s*(.*)$/i.exec(sql);
    if (set?.[1] !== undefined) {
      this.values[set[1]] = set[2]?.trim() ?? '';
      return true;
    }
    const view = viewPattern.exec(sql);
    if (view?.[1] === undefined) return false;
    const names = view[2]?.split(',').map((name) => name.trim());
    const result = compile(view[3] ?? '', this.catalog, this.settings);
    if (result.ok) {
      this.put(
        view[1],
        result.value.schema.map((field, index) => ({
          ...field,
          name: names?.[index] ?? field.name,
        })),
      );
    } else this.tables.delete(view[1].toLowerCase());
    return true;
  }

  private put(name: string, fields: readonly Field[]): void {
    const source = { format: 'parquet', path: name, options: {} };
    this.tables.set(name.toLowerCase(), { id: name, name, fields, source });
  }
}
