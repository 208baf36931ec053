/**
 * A type as an annotation that is legal where it is to be inserted, with the imports that it needs; undefined where
 * there is none. How pyright prints a type is for people: `(x: int) -> str`, `Module("os")`.
 */
import type { ClassType, FunctionType, PyrightType, UnionType } from '../evaluator.ts';
import { category, isClass, isFunction, isTypeVar, isUnion } from '../evaluator.ts';
import type { QueriedFile } from './queriedFile.ts';
import { childListOf, childOf, nameOf } from './queriedFile.ts';

export interface Annotation {
  readonly text: string;
  readonly imports: readonly ImportedName[];
}

export interface ImportedName {
  readonly module: string;
  readonly name: string;
}

/** `widens`: a variable of a literal type is declared as what the literal is one of. */
export function annotationOf(
  file: QueriedFile,
  type: PyrightType,
  literals: 'keeps' | 'widens',
): Annotation | undefined {
  const imports = new Map<string, ImportedName>();
  const writer: Writer = {
    file,
    widens: literals === 'widens',
    version: file.nodes.getFileInfo(file.module).executionEnvironment.pythonVersion,
    names: topLevelNames(file),
    use: (module, name) => void imports.set(`${module}.${name}`, { module, name }),
  };
  const text = write(writer, type);
  return text === undefined ? undefined : { text, imports: [...imports.values()] };
}

interface Writer {
  readonly file: QueriedFile;
  readonly widens: boolean;
  readonly version: { readonly major: number; readonly minor: number };
  /** What the module's own top level binds, and to what. */
  readonly names: ReadonlyMap<string, string>;
  use(module: string, name: string): void;
}

const INSTANTIABLE = 1;
const INSTANCE = 2;

function write(writer: Writer, type: PyrightType): string | undefined {
  if (isUnion(type)) return writeUnion(writer, type);
  if (isClass(type)) {
    const text = writeClass(writer, type);
    const isInstance = (type.flags & INSTANCE) !== 0;
    if (isInstance || text === undefined || text === 'None') return text;
    return (type.flags & INSTANTIABLE) === 0 ? text : `type[${text}]`;
  }
  if (isFunction(type)) return writeCallable(writer, type);
  if (isTypeVar(type)) {
    const { name, isSynthesized } = type.shared;
    // Only one that the text itself names; ParamSpec's pieces and tuples of types have other forms.
    if (isSynthesized || type.priv.paramSpecAccess !== undefined || type.priv.isUnpacked) return;
    return writer.names.has(name) ? name : undefined;
  }
  return type.category === category.any ? imported(writer, 'typing', 'Any') : undefined;
}

function writeUnion(writer: Writer, type: UnionType): string | undefined {
  const members = type.priv.subtypes.map((each) => write(writer, each));
  if (members.some((each) => each === undefined)) return undefined;
  const distinct = [...new Set(members)];
  const others = distinct.filter((each) => each !== 'None');
  const ordered = others.length < distinct.length ? [...others, 'None'] : others;
  if (ordered.length === 1) return ordered[0];
  if (writer.version.minor >= 10) return ordered.join(' | ');
  const union = imported(writer, 'typing', 'Union');
  return union === undefined ? undefined : `${union}[${ordered.join(', ')}]`;
}

function writeClass(writer: Writer, type: ClassType): string | undefined {
  const { shared, priv } = type;
  if (shared.name === 'NoneType') return 'None';
  if (priv.literalValue !== undefined && !writer.widens) {
    const literal = literalText(priv.literalValue, shared.name === 'bytes');
    const name = literal === undefined ? undefined : imported(writer, 'typing', 'Literal');
    return name === undefined ? undefined : `${name}[${literal ?? ''}]`;
  }
  const name = className(writer, type);
  if (name === undefined) return undefined;
  if (priv.tupleTypeArgs) {
    const inside: Writer = { ...writer, widens: true };
    const items = priv.tupleTypeArgs.map(({ type: item }) => write(inside, item));
    if (items.some((each) => each === undefined)) return undefined;
    const [first] = priv.tupleTypeArgs;
    if (priv.tupleTypeArgs.length === 1 && first?.isUnbounded)
      return `${name}[${items[0] ?? ''}, ...]`;
    if (priv.tupleTypeArgs.some(({ isUnbounded }) => isUnbounded)) return undefined;
    return `${name}[${items.length === 0 ? '()' : items.join(', ')}]`;
  }
  if (shared.typeParams.length === 0) return name;
  const typeArgs = priv.typeArgs?.map((each) => write(writer, each));
  if (!typeArgs || typeArgs.length === 0 || typeArgs.some((each) => each === undefined)) return;
  return `${name}[${typeArgs.join(', ')}]`;
}

function literalText(value: unknown, isBytes: boolean): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'string' || /[^\x20-\x7e]/.test(value) || value.length > 50)
    return undefined;
  return `${isBytes ? 'b' : ''}'${value.replace(/[\\']/g, '\\$&')}'`;
}

function writeCallable(writer: Writer, type: FunctionType): string | undefined {
  const returned =
    type.shared.declaredReturnType ?? writer.file.evaluator.getInferredReturnType(type);
  const result = write(writer, returned);
  const name = result === undefined ? undefined : imported(writer, 'collections.abc', 'Callable');
  if (name === undefined) return undefined;
  // Keywords, defaults and variable arguments have no form in a Callable, and `...` accepts them all.
  return `${name}[..., ${result ?? ''}]`;
}

/** The name by which the module can speak of a class, imported if need be. */
function className(writer: Writer, { shared }: ClassType): string | undefined {
  const { name, moduleName, fullName } = shared;
  const ownModule = writer.file.nodes.getFileInfo(writer.file.module).moduleName;
  const isTopLevel = fullName === `${moduleName}.${name}`;
  if (!isTopLevel) return undefined;
  if (moduleName === ownModule) return name;
  if (moduleName === 'builtins') return writer.names.has(name) ? undefined : name;
  return imported(writer, moduleName, name);
}

function imported(writer: Writer, module: string, name: string): string | undefined {
  const known = writer.names.get(name);
  if (known === `${module}.${name}`) return name;
  // The name means something else here, or the module is not meant to be imported from.
  const publicModule = publicModules[`${module}.${name}`] ?? module;
  if (known === `${publicModule}.${name}`) return name;
  if (known !== undefined || /(^|\.)_/.test(publicModule)) return undefined;
  writer.use(publicModule, name);
  return name;
}

/** Where the standard library's documentation has what its stubs keep elsewhere. */
export const publicModules: Readonly<Record<string, string>> = {
  'typing.Iterator': 'collections.abc',
  'typing.Iterable': 'collections.abc',
  'typing.Generator': 'collections.abc',
  'typing.AsyncIterator': 'collections.abc',
  'typing.AsyncGenerator': 'collections.abc',
  'typing.Mapping': 'collections.abc',
  'typing.MutableMapping': 'collections.abc',
  'typing.Sequence': 'collections.abc',
  'typing.Coroutine': 'collections.abc',
  'typing.Awaitable': 'collections.abc',
  '_io.TextIOWrapper': 'io',
  '_io.BufferedReader': 'io',
  '_io.BufferedWriter': 'io',
  '_io.BytesIO': 'io',
  '_io.StringIO': 'io',
  '_struct.Struct': 'struct',
};

/** By name, `module.name` of what an import binds it to, or '' for what the module itself defines. */
export function topLevelNames(file: QueriedFile): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const statement of childListOf(file.module, 'statements')) {
    for (const each of [statement, ...file.childrenOf(statement)]) {
      const name = childOf(each, 'name');
      if (name && 'suite' in each.d) names.set(nameOf(name), '');
      const module = childOf(each, 'module');
      if (module && 'imports' in each.d) {
        const from = childListOf(module, 'nameParts').map(nameOf).join('.');
        for (const one of childListOf(each, 'imports')) {
          const imports = childOf(one, 'name');
          const alias = childOf(one, 'alias') ?? imports;
          if (imports && alias) names.set(nameOf(alias), `${from}.${nameOf(imports)}`);
        }
      }
      const target = childOf(each, 'leftExpr');
      if (target && 'rightExpr' in each.d && 'value' in target.d) names.set(nameOf(target), '');
    }
  }
  return names;
}
