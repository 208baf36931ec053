/** The columns of the script's DataFrames, as far as the schemas of its files are known. */
import type { Field } from '#shared/protocol/engine.ts';
import type { FileSchema, ScriptFile } from '#shared/protocol/frameScript.ts';
import type { Catalog, Table } from '#sql/catalog.ts';
import { analyze } from '#sql/compile.ts';
import { outputOf } from '#sql/plan/output.ts';
import type { Attribute } from '#sql/plan/resolved.ts';
import { namesRead } from '#sql/relationNames.ts';
import { simpleString } from '#sql/plan/types.ts';
import type { Relation } from '#sql/plan/unresolved.ts';
import type { SparkError } from '#shared/protocol/engine.ts';
import { defaultSettings } from '#sql/settings.ts';
import type { Frame } from './values.ts';

export type FieldsOfFile = (file: ScriptFile) => readonly Field[] | undefined;

export function fieldsFrom(schemas: readonly FileSchema[]): FieldsOfFile {
  const known = new Map(schemas.map((schema) => [keyOf(schema), schema.fields]));
  return (file) => known.get(keyOf(file));
}

export function keyOf({ path, format, options, schema = [] }: ScriptFile): string {
  return JSON.stringify([path, format, Object.entries(options).sort(), schema]);
}

export type Analyzed =
  | { readonly kind: 'columns'; readonly columns: readonly Attribute[] }
  | { readonly kind: 'error'; readonly error: SparkError }
  /** It reads what is not known here. */
  | { readonly kind: 'unknown' };

export class Schemas {
  /** Files that were asked for in vain, by their key. */
  readonly missing = new Map<string, ScriptFile>();
  /** Only where results of actions are there can plans hold them. */
  mayBeLate = false;
  private readonly fieldsOfFile: FieldsOfFile;
  private readonly files = new Map<string, ScriptFile & { readonly fields?: readonly Field[] }>();
  /** Replaced as a whole, so that what was read before keeps what its names meant. */
  private views: ReadonlyMap<string, Relation> = new Map();
  private readonly written = new Map<string, readonly Field[] | undefined>();
  private readonly analyzed = new WeakMap<Relation, Analyzed>();

  constructor(fieldsOfFile: FieldsOfFile) {
    this.fieldsOfFile = fieldsOfFile;
  }

  defineFile(name: string, file: ScriptFile): void {
    const written = this.written.has(file.path)
      ? { fields: this.written.get(file.path) }
      : undefined;
    const fields = file.schema ?? (written ? written.fields : this.fieldsOfFile(file));
    this.files.set(name, fields ? { ...file, fields } : file);
  }

  file(name: string): ScriptFile | undefined {
    return this.files.get(name);
  }

  defineView(name: string, relation: Relation): void {
    this.views = new Map(this.views).set(name.toLowerCase(), relation);
  }

  forgetView(name: string): void {
    this.views = new Map([...this.views].filter(([key]) => key !== name.toLowerCase()));
  }

  hasView(name: string): boolean {
    return this.views.has(name.toLowerCase());
  }

  get viewNames(): readonly string[] {
    return [...this.views.keys()];
  }

  viewRelation(name: string): Relation | undefined {
    return this.views.get(name.toLowerCase());
  }

  /** What a read of the place gives from here on; only a Parquet file has the columns that were written. */
  write(path: string, format: string, relation: Relation, partitionBy: readonly string[]): void {
    const found = format === 'parquet' && partitionBy.length === 0 ? this.of(relation) : undefined;
    this.written.set(
      path,
      found?.kind === 'columns'
        ? found.columns.map(({ name, type }) => ({
            name,
            type: simpleString(type),
            nullable: true,
          }))
        : undefined,
    );
  }

  /** The files that the plan reads, through views too. */
  filesRead(relation: Relation): readonly ScriptFile[] {
    return namesRead(relation).flatMap((nameParts) => {
      const [name = ''] = nameParts;
      const file = this.files.get(name);
      if (file) return [file];
      const view = this.views.get(name.toLowerCase());
      return view && view !== relation ? this.filesRead(view) : [];
    });
  }

  /** The file whose rows the DataFrame has as they are. */
  fileOf({ relation }: Frame): ScriptFile | undefined {
    let at = relation;
    while (at.kind === 'identified' || at.kind === 'subqueryAlias') at = at.input;
    const [file, more] = at.kind === 'read' ? this.filesRead(at) : [];
    return more ? undefined : file;
  }

  columnsOf(frame: Frame): readonly Attribute[] | undefined {
    const found = this.of(frame.relation);
    return found.kind === 'columns' ? found.columns : undefined;
  }

  of(relation: Relation): Analyzed {
    const known = this.analyzed.get(relation);
    if (known) return known;
    const found = this.analyze(relation);
    this.analyzed.set(relation, found);
    return found;
  }

  private analyze(relation: Relation): Analyzed {
    const state = { isUnknown: false };
    const unknown = () => {
      state.isUnknown = true;
    };
    const statement = { kind: 'query', relation, range: relation.range } as const;
    const result = analyze(statement, this.catalog(unknown), defaultSettings);
    if (state.isUnknown || (this.mayBeLate && containsLate(relation))) return { kind: 'unknown' };
    if (!result.ok) return { kind: 'error', error: result.error };
    return { kind: 'columns', columns: outputOf(result.value) };
  }

  /** A view as a table of its columns: what is below it was looked at when it was made. */
  private tableOf(name: string, relation: Relation, unknown: () => void): Table | undefined {
    const found = this.of(relation);
    if (found.kind !== 'columns') {
      unknown();
      return undefined;
    }
    const fields = found.columns.map(({ name: column, type, nullable }) => ({
      name: column,
      type: simpleString(type),
      nullable,
    }));
    return {
      id: name,
      name,
      fields,
      source: { format: 'view', path: name, options: {} },
      qualifier: [name],
    };
  }

  /** What the script has defined by now: a view keeps what its names meant when it was made. */
  private catalog(unknown: () => void): Catalog {
    const { views } = this;
    return {
      lookup: (nameParts): Table | undefined => {
        const [name = ''] = nameParts;
        const view = nameParts.length === 1 ? views.get(name.toLowerCase()) : undefined;
        if (view) return this.tableOf(name, view, unknown);
        const file = this.files.get(name);
        if (!file?.fields) {
          if (file && !this.written.has(file.path)) this.missing.set(keyOf(file), file);
          unknown();
          return undefined;
        }
        const { path, format, options, fields } = file;
        return { id: name, name: path, fields, source: { format, path, options } };
      },
    };
  }
}

/** Whether a part of the plan is known only when earlier steps have run. */
function containsLate(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return false;
  return 'late' in value || 'lateValues' in value || Object.values(value).some(containsLate);
}
