/** Fixes around `@override`: say it, spell the method right, take the parent's signature. */
import { isClass } from '../evaluator.ts';
import type { Declaration, PyrightSymbol } from '../evaluator.ts';
import type { ParseNode } from '../pyrightInternals.ts';
import { childListOf, childOf, nameOf } from '../queries/queriedFile.ts';
import type { QueriedFile } from '../queries/queriedFile.ts';
import { nearestName } from '#shared/nearestName.ts';
import type { Fixer } from './fix.ts';
import {
  classTypeOf,
  decoratorEdit,
  functionOf,
  importing,
  minorVersion,
  replacement,
} from './fix.ts';
import { methodText, signatureOf } from './methodText.ts';

/** For `reportImplicitOverride`. */
export const addOverride: Fixer = (file, { node }) => {
  const method = functionOf(node);
  const module = minorVersion(file) >= 12 ? 'typing' : 'typing_extensions';
  const imported = method && importing(file, module, 'override');
  if (!imported) return [];
  const edits = [decoratorEdit(file, method, imported.name), ...imported.edits];
  return [{ title: 'Add @override', edits, isPreferred: true }];
};

/** For a method that says @override and overrides nothing. */
export const renameToMember: Fixer = (file, { node, rule, message }) => {
  if (rule !== 'override-unmatched' && !/\boverride\b/.test(message)) return [];
  const method = functionOf(node);
  const name = method && childOf(method, 'name');
  const type = name && classTypeOf(file, name);
  if (!type) return [];
  const bases = type.shared.mro.slice(1).filter(isClass);
  const meant = nearestName(
    nameOf(name),
    bases.flatMap((each) => [...membersOf(each).keys()]),
  );
  if (meant === undefined) return [];
  return [
    { title: `Rename to "${meant}"`, edits: [replacement(file, name, meant)], isPreferred: true },
  ];
};

/** For `reportIncompatibleMethodOverride` and constructors under `@override`. */
export const matchParent: Fixer = (file, { node }) => {
  const method = functionOf(node);
  const name = method && childOf(method, 'name');
  const type = name && classTypeOf(file, name);
  const own = method && signatureOf(file.text, method);
  if (!type || !own) return [];
  for (const base of type.shared.mro.slice(1)) {
    if (!isClass(base)) return [];
    const declaration = declarationOf(membersOf(base).get(nameOf(name)));
    if (!declaration) continue;
    const written = methodText(file, declaration, base, 'signature');
    if (!written) return [];
    const edit = {
      range: { start: file.positionAt(own.start), end: file.positionAt(own.end) },
      newText: written.text,
    };
    const title = `Match the signature of "${base.shared.name}.${nameOf(name)}"`;
    return [{ title, edits: [edit, ...written.imports] }];
  }
  return [];
};

/** For `"override" is unknown import symbol`: the backport has it for every version. */
export const importFromExtensions: Fixer = (file, { node, message }) => {
  const name = /^"(\w+)" is unknown import symbol/.exec(message)?.[1];
  const from = node.parent?.parent;
  const module = from && childOf(from, 'module');
  if (name === undefined || !module || !backports.has(name)) return [];
  if (childListOf(module, 'nameParts').map(nameOf).join('.') !== 'typing') return [];
  const imports = childListOf(from, 'imports');
  if (imports.length === 1)
    return [
      {
        title: `Import "${name}" from typing_extensions`,
        edits: [replacement(file, module, 'typing_extensions')],
        isPreferred: true,
      },
    ];
  return takeOut(file, from, imports, name);
};

function takeOut(
  file: QueriedFile,
  from: ParseNode,
  imports: readonly ParseNode[],
  name: string,
): ReturnType<Fixer> {
  const index = imports.findIndex((each) => {
    const own = childOf(each, 'name');
    return own !== undefined && nameOf(own) === name;
  });
  const one = imports[index];
  const [before, after] = [imports[index - 1], imports[index + 1]];
  if (!one || childOf(one, 'alias')) return [];
  const start = before ? before.start + before.length : one.start;
  const end = before ? one.start + one.length : (after?.start ?? one.start);
  const lineEnd = file.text.indexOf('\n', from.start + from.length);
  const at = file.positionAt(lineEnd < 0 ? file.text.length : lineEnd + 1);
  return [
    {
      title: `Import "${name}" from typing_extensions`,
      edits: [
        { range: { start: file.positionAt(start), end: file.positionAt(end) }, newText: '' },
        {
          range: { start: at, end: at },
          newText: `${lineEnd < 0 ? '\n' : ''}from typing_extensions import ${name}\n`,
        },
      ],
      isPreferred: true,
    },
  ];
}

/** What `typing_extensions` brings to versions whose `typing` lacks it. */
const backports: ReadonlySet<string> = new Set(
  `override Self TypeIs TypeGuard ParamSpec Concatenate Required NotRequired ReadOnly Unpack TypeVarTuple
   LiteralString Never assert_never assert_type reveal_type dataclass_transform TypeAlias TypeAliasType
   deprecated Buffer NoDefault get_protocol_members is_protocol TypeForm Protocol runtime_checkable
   Annotated Literal Final final TypedDict`.split(/\s+/),
);

/** A class's own members; its table of symbols is not part of the facade's types. */
function membersOf(type: unknown): ReadonlyMap<string, PyrightSymbol> {
  const { shared } = type as { shared: { fields: ReadonlyMap<string, PyrightSymbol> } };
  return shared.fields;
}

function declarationOf(symbol: PyrightSymbol | undefined): Declaration | undefined {
  return symbol?.getDeclarations().findLast((each) => 'suite' in each.node.d);
}
