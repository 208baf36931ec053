/**
 * Changes to pyright's evaluator where it falls short of the typing specification and no export can be wrapped:
 * a function of its bundle is compiled again with a call to one of our hooks in it. The version of pyright is pinned;
 * an amendment that does not find its one place is reported by the contract test and left out, and the rest work on.
 */
export interface Amendment {
  /** What it changes, for the log. */
  readonly name: string;
  /** A name that the module exports, by which the module is found. */
  readonly moduleExporting: string;
  /** Matches once in the module's source. */
  readonly find: RegExp;
  /** What stands there instead; `strata` is the hooks, `$1` what `find` captured. */
  readonly replacement: string;
}

/** The hooks that amended code calls, by name. */
export type Hooks = Readonly<Record<string, (...values: never[]) => unknown>>;

/** A part of pyright that is made to follow the specification. */
export interface Extension {
  /** Exports of pyright that `install` needs. */
  readonly uses: readonly string[];
  readonly amendments: readonly Amendment[];
  /** Wraps what can be wrapped, and gives the hooks that the amendments call. */
  install(exported: (name: string) => unknown): Hooks;
}

export type ModuleTable = Record<string, (...values: never[]) => void>;

/** The name under which amended modules find the hooks. */
const SCOPE = 'strata';

/** Compiles the amended modules anew, in place; returns the names of the amendments that did not find their place. */
export function amendModules(
  table: ModuleTable,
  amendments: readonly Amendment[],
  hooks: Readonly<Record<string, unknown>>,
): readonly string[] {
  const missed: string[] = [];
  const changed = new Map<string, string>();
  for (const amendment of amendments) {
    const id = Object.keys(table).find((key) => hasExport(table[key], amendment.moduleExporting));
    const source = id === undefined ? undefined : (changed.get(id) ?? String(table[id]));
    const places = source?.match(new RegExp(amendment.find, 'g')) ?? [];
    if (id === undefined || source === undefined || places.length !== 1) {
      missed.push(amendment.name);
      continue;
    }
    changed.set(id, source.replace(amendment.find, amendment.replacement));
  }
  for (const [id, source] of changed) table[id] = compile(id, source, hooks);
  return missed;
}

function hasExport(module: ModuleTable[string] | undefined, name: string): boolean {
  return module !== undefined && new RegExp(`\\.${name}=(?!=)`).test(String(module));
}

/** The bundle writes its modules as methods: `6130(e,t,a){…}`. */
function compile(id: string, source: string, hooks: Readonly<Record<string, unknown>>) {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is pyright's own, of the pinned version
  const create = new Function(SCOPE, `return {${source}};`) as (
    hooks: Readonly<Record<string, unknown>>,
  ) => ModuleTable;
  const module = create(hooks)[id];
  if (!module) throw new Error(`its module ${id} is not written as a method`);
  return module;
}
