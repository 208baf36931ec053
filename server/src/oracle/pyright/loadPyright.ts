/**
 * Loads parts of the `pyright` npm package by the names that its modules export.
 *
 * The package ships its code as two chunks of module functions keyed by number, and an entry script whose own table maps
 * further numbers to Node's modules. That is no promised interface: the version is pinned, `oracle/contract.test.ts`
 * tells when a bump breaks it, and what does not load is a named failure, so that the language server can be run instead.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Result } from '#shared/result.ts';
import { fail, ok } from '#shared/result.ts';
import type { Extension } from './amendment.ts';
import { amendModules } from './amendment.ts';

export type PyrightLoadFailure =
  | { readonly kind: 'missing'; readonly message: string }
  | { readonly kind: 'changed'; readonly message: string };

export interface PyrightPackage {
  readonly version: string;
  /** Holds the bundles and `typeshed-fallback`. */
  readonly distFolder: string;
  readonly languageServerPath: string;
}

export interface PyrightModules {
  /** The one function, class or constant that the package exports under the name. */
  exported(name: string): unknown;
  /** Names of amendments that this version has no place for. */
  readonly missedAmendments: readonly string[];
}

type ModuleFunction = (this: unknown, module: LoadedModule, exports: object, load: Load) => void;
interface LoadedModule {
  exports: Record<string, unknown>;
  readonly id: string;
  loaded: boolean;
  paths?: unknown[];
  children?: unknown[];
}
type Load = ((id: number | string) => Record<string, unknown>) & Record<string, unknown>;

/** `from` is a file; the package is looked for in the `node_modules` beside and above it. */
export function findPyright(from: string): Result<PyrightPackage, PyrightLoadFailure> {
  try {
    const manifestPath = createRequire(from).resolve('pyright/package.json');
    const manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as { version?: unknown };
    const folder = dirname(manifestPath);
    return ok({
      version: String(manifest.version),
      distFolder: join(folder, 'dist'),
      languageServerPath: join(folder, 'langserver.index.js'),
    });
  } catch (error) {
    return fail({
      kind: 'missing',
      message: `The pyright package is not installed beside Strata (${text(error).split('\n')[0] ?? ''}).`,
    });
  }
}

/** Checks that every one of `names` is exported before anything is run that matters. */
export function loadPyright(
  pyright: PyrightPackage,
  names: readonly string[],
  extensions: readonly Extension[] = [],
): Result<PyrightModules, PyrightLoadFailure> {
  try {
    // Where pyright looks for its typeshed.
    (globalThis as Record<string, unknown>).__rootDirectory = `${pyright.distFolder}/`;
    const hooks: Record<string, unknown> = {};
    const modules = readModules(pyright.distFolder, extensions, hooks);
    const found = new Map<string, unknown>();
    for (const name of new Set([...names, ...extensions.flatMap(({ uses }) => uses)])) {
      const value = modules.find(name);
      if (value === undefined)
        return fail({
          kind: 'changed',
          message: `pyright ${pyright.version} does not export ${name}`,
        });
      found.set(name, value);
    }
    const exported = (name: string) => {
      const value = found.get(name);
      if (value === undefined) throw new Error(`${name} was not asked for when pyright was loaded`);
      return value;
    };
    for (const extension of extensions) Object.assign(hooks, extension.install(exported));
    return ok({ exported, missedAmendments: modules.missedAmendments });
  } catch (error) {
    return fail({
      kind: 'changed',
      message: `pyright ${pyright.version} does not load: ${text(error)}`,
    });
  }
}

function readModules(
  distFolder: string,
  extensions: readonly Extension[],
  hooks: Readonly<Record<string, unknown>>,
) {
  const require = createRequire(join(distFolder, 'pyright-langserver.js'));
  const chunk = (name: string) =>
    (require(join(distFolder, name)) as { modules: Record<string, ModuleFunction> }).modules;
  const table: Record<string, ModuleFunction> = {
    ...chunk('vendor.js'),
    ...chunk('pyright-internal.js'),
    ...nodeModules(readFileSync(join(distFolder, 'pyright-langserver.js'), 'utf8'), require),
  };
  const missedAmendments = amendModules(
    table,
    extensions.flatMap(({ amendments }) => amendments),
    hooks,
  );
  const load = moduleLoader(table);
  const sources = Object.entries(table).map(
    ([id, module]) => [id, Function.prototype.toString.call(module)] as const,
  );
  return {
    missedAmendments,
    find(name: string): unknown {
      const assignment = new RegExp(`\\.${name}=(?!=)`);
      for (const [id, source] of sources) {
        // A cheap look first: running a module that is not meant could have effects.
        if (!source.includes(name) || !assignment.test(source)) continue;
        const value = load(id)[name];
        if (value !== undefined) return value;
      }
      return undefined;
    },
  };
}

/** The entry script's table of Node's own modules: `5317(e){e.exports=require("child_process")}`. */
function nodeModules(entry: string, require: NodeJS.Require): Record<string, ModuleFunction> {
  const table: Record<string, ModuleFunction> = {};
  for (const [, id, name] of entry.matchAll(
    /(\d+)\(\w+\)\{\w+\.exports=require\("([\w:/]+)"\)\}/g,
  )) {
    if (id === undefined || name === undefined) continue;
    table[id] = (module) => {
      module.exports = require(name) as Record<string, unknown>;
    };
  }
  return table;
}

/** The runtime that a bundled module expects: `load(id)` with helpers to define exports. */
function moduleLoader(table: Readonly<Record<string, ModuleFunction>>): Load {
  const loaded = new Map<string, LoadedModule>();
  const load = ((id: number | string) => {
    const key = String(id);
    const known = loaded.get(key);
    if (known) return known.exports;
    const define = table[key];
    if (!define) throw new Error(`its bundle has no module ${key}`);
    const module: LoadedModule = { exports: {}, id: key, loaded: false };
    loaded.set(key, module);
    define.call(module.exports, module, module.exports, load);
    module.loaded = true;
    return module.exports;
  }) as Load;
  const define = (exports: object, getters: Record<string, () => unknown>) => {
    for (const [name, get] of Object.entries(getters))
      if (!Object.hasOwn(exports, name))
        Object.defineProperty(exports, name, { enumerable: true, get });
  };
  return Object.assign(load, {
    m: table,
    o: (object: object, name: string) => Object.hasOwn(object, name),
    d: define,
    r: (exports: object) => {
      Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
      Object.defineProperty(exports, '__esModule', { value: true });
    },
    n: (module: Record<string, unknown>) => {
      const get = () => (module.__esModule ? module.default : module);
      define(get, { a: get });
      return get;
    },
    nmd: (module: LoadedModule) => {
      module.paths = [];
      module.children ??= [];
      return module;
    },
    g: globalThis,
  });
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
