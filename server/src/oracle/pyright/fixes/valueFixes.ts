/** Fixes of defaults: a type that admits None, and a factory where a dataclass wants one. */
import { isClass, nodeKind } from '../evaluator.ts';
import type { ParseNode } from '../pyrightInternals.ts';
import type { QueriedFile } from '../queries/queriedFile.ts';
import { childListOf, childOf } from '../queries/queriedFile.ts';
import { postponesAnnotations } from '../importedFrom.ts';
import type { Fixer } from './fix.ts';
import { enclosing, importing, minorVersion, replacement, textOf } from './fix.ts';

/** pyright's number for the keyword `None`. */
const NONE = 27;

/** For `x: int = None`, of a parameter and of a variable. */
export const addOptional: Fixer = (file, { node }) => {
  if (node.nodeType !== nodeKind.constant || node.d.constType !== NONE) return [];
  const annotation = annotationBeside(node);
  if (!annotation) return [];
  const isQuoted = annotation.nodeType === nodeKind.strings;
  const text = textOf(file, annotation);
  if (isQuoted && !/^(["'])[^"'\\]*\1$/.test(text)) return [];
  const inner = isQuoted ? text.slice(1, -1) : text;
  const wrap = (changed: string) =>
    isQuoted ? `${text[0] ?? ''}${changed}${text[0] ?? ''}` : changed;
  if (isQuoted || minorVersion(file) >= 10 || postponesAnnotations(file)) {
    const edits = [replacement(file, annotation, wrap(`${inner} | None`))];
    return [{ title: `Change the type to "${inner} | None"`, edits }];
  }
  const imported = importing(file, 'typing', 'Optional');
  if (!imported) return [];
  const changed = `${imported.name}[${inner}]`;
  return [
    {
      title: `Change the type to "${changed}"`,
      edits: [replacement(file, annotation, changed), ...imported.edits],
    },
  ];
};

/** For a mutable default or None where a dataclass's field is a list, dict or set. */
export const addDefaultFactory: Fixer = (file, { node }) => {
  const value = defaultAround(node);
  const annotation = value && annotationBeside(value);
  if (!annotation || enclosing(value, nodeKind.function)) return [];
  const owner = enclosing(value, nodeKind.class);
  if (!owner || !isDataclass(file, owner)) return [];
  const factory = factoryOf(file, annotation);
  const imported = factory === undefined ? undefined : importing(file, 'dataclasses', 'field');
  if (!imported) return [];
  const text = `${imported.name}(default_factory=${factory ?? ''})`;
  return [
    {
      title: `Use ${text}`,
      edits: [replacement(file, value, text), ...imported.edits],
      isPreferred: true,
    },
  ];
};

/** The standard library's: what only behaves like one has a field function of its own. */
function isDataclass(file: QueriedFile, owner: ParseNode): boolean {
  return childListOf(owner, 'decorators').some((each) =>
    /^@\s*(dataclasses\.)?dataclass\b/.test(textOf(file, each)),
  );
}

/** The whole value that a finding inside it is about: None, or an empty display or call. */
function defaultAround(node: ParseNode): ParseNode | undefined {
  for (let each: ParseNode | undefined = node; each; each = each.parent) {
    const { parent } = each;
    if (parent?.nodeType === nodeKind.assignment)
      return childOf(parent, 'rightExpr') === each && isEmpty(each) ? each : undefined;
  }
  return undefined;
}

/** Only an empty one is what its factory makes. */
function isEmpty(value: ParseNode): boolean {
  if (value.nodeType === nodeKind.constant) return value.d.constType === NONE;
  if (value.nodeType === nodeKind.call) return childListOf(value, 'args').length === 0;
  return 'items' in value.d && childListOf(value, 'items').length === 0;
}

function factoryOf(file: QueriedFile, annotation: ParseNode): string | undefined {
  const type = file.evaluator.getTypeOfAnnotation(annotation);
  if (!isClass(type)) return undefined;
  const { fullName, name } = type.shared;
  if (['builtins.list', 'builtins.dict', 'builtins.set', 'builtins.bytearray'].includes(fullName))
    return name;
  return fullName === 'collections.deque'
    ? importing(file, 'collections', 'deque')?.name
    : undefined;
}

/** The annotation of what gets this value. */
function annotationBeside(value: ParseNode): ParseNode | undefined {
  const { parent } = value;
  if (!parent) return undefined;
  if (parent.nodeType === nodeKind.parameter)
    return childOf(parent, 'defaultValue') === value ? childOf(parent, 'annotation') : undefined;
  if (parent.nodeType !== nodeKind.assignment || childOf(parent, 'rightExpr') !== value)
    return undefined;
  const target = childOf(parent, 'leftExpr');
  return target?.nodeType === nodeKind.typeAnnotation ? childOf(target, 'annotation') : undefined;
}
