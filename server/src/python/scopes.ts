/**
 * Which names a module binds, where, and what a name read at some place can refer to.
 * Follows docs.python.org/3/reference/executionmodel.html#binding-of-names; what it can't tell it counts as a binding
 * of unknown value, so that "bound once" is never said of a name that may have another value.
 */
import type { SyntaxNode, Tree, TreeCursor } from '@lezer/common';

export type Binding =
  /** `name = value`, or `name: type = value`: one target, one value. */
  | { readonly kind: 'assign'; readonly from: number; readonly value: SyntaxNode }
  /** `import module`, `import module as name` (`member` undefined), or `from module import member`. */
  | {
      readonly kind: 'import';
      readonly from: number;
      readonly module: string;
      readonly member: string | undefined;
    }
  /** A parameter, a loop variable, a function, a deletion, …: a value that is not known. */
  | { readonly kind: 'other'; readonly from: number };

export interface Scope {
  readonly kind: 'module' | 'function' | 'class' | 'comprehension';
  readonly parent: Scope | undefined;
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
}

/** One place where a name stands for its value. */
export interface NameUse {
  readonly from: number;
  readonly scope: Scope;
}

export interface Scopes {
  readonly module: Scope;
  readonly starImports: readonly { readonly module: string; readonly from: number }[];
  /** Every binding that the name can have at a place inside `scope`; empty for builtins and unknown names. */
  bindingsOf(
    name: string,
    scope: Scope,
  ): { readonly scope: Scope; readonly bindings: readonly Binding[] } | undefined;
  usesOf(name: string): readonly NameUse[];
  scopeAt(node: SyntaxNode): Scope;
}

/** Deeper nesting than people write is left unread, and every name is then in doubt. */
const MAX_DEPTH = 1000;

interface OpenScope extends Scope {
  readonly parent: OpenScope | undefined;
  readonly bindings: Map<string, Binding[]>;
  readonly redirected: Map<string, readonly OpenScope[]>;
}

export function readScopes(text: string, tree: Tree): Scopes {
  const reader = new ScopeReader(text);
  reader.readChildren(tree.cursor(), reader.module, 0);
  const { module, starImports, uses, scopeOfNode, tooDeep } = reader;
  return {
    module,
    starImports,
    bindingsOf(name, from) {
      if (tooDeep()) return { scope: module, bindings: [{ kind: 'other', from: 0 }] };
      for (let scope: OpenScope | undefined = from as OpenScope; scope; scope = scope.parent) {
        // The body of a class is not seen from the functions inside it.
        if (scope.kind === 'class' && scope !== from) continue;
        const redirected = scope.redirected.get(name);
        if (redirected) {
          const target = redirected.find((candidate) => candidate.bindings.has(name));
          return { scope: target ?? module, bindings: target?.bindings.get(name) ?? [] };
        }
        const bindings = scope.bindings.get(name);
        if (bindings) return { scope, bindings };
      }
      return undefined;
    },
    usesOf: (name) => uses.get(name) ?? [],
    scopeAt(node) {
      for (let at: SyntaxNode | null = node; at; at = at.parent) {
        const scope = scopeOfNode.get(at.from)?.find((entry) => entry.to === at.to);
        if (scope && at !== node) return scope.scope;
      }
      return module;
    },
  };
}

class ScopeReader {
  readonly module: OpenScope = openScope('module', undefined);
  readonly starImports: { module: string; from: number }[] = [];
  readonly uses = new Map<string, NameUse[]>();
  /** By where the node begins: the bodies and comprehensions that are scopes. */
  readonly scopeOfNode = new Map<number, { readonly to: number; readonly scope: OpenScope }[]>();
  readonly #text: string;
  #tooDeep = false;

  constructor(text: string) {
    this.#text = text;
  }

  readonly tooDeep = () => this.#tooDeep;

  readChildren(cursor: TreeCursor, scope: OpenScope, depth: number): void {
    if (depth > MAX_DEPTH) {
      this.#tooDeep = true;
      return;
    }
    const isBroken = cursor.type.isError;
    if (!cursor.firstChild()) return;
    let before = '';
    do {
      // After `as`, and where the parse is broken, a name may be bound in a way that was not understood.
      if (cursor.name === 'VariableName' && (before === 'as' || isBroken))
        this.#bind(scope, this.#slice(cursor), { kind: 'other', from: cursor.from });
      else if (cursor.name === 'TupleExpression' && before === 'as')
        this.#bindTargets(cursor.node, scope);
      else this.#read(cursor, scope, depth + 1);
      before = cursor.name;
    } while (cursor.nextSibling());
    cursor.parent();
  }

  #read(cursor: TreeCursor, scope: OpenScope, depth: number): void {
    switch (cursor.name) {
      case 'VariableName':
        this.#use(this.#slice(cursor), cursor.from, scope);
        return;
      case 'FunctionDefinition':
      case 'LambdaExpression':
        this.#readFunction(cursor, scope, depth);
        return;
      case 'ClassDefinition':
        this.#readClass(cursor, scope, depth);
        return;
      case 'AssignStatement':
        this.#readAssignment(cursor, scope, depth);
        return;
      case 'UpdateStatement':
      case 'NamedExpression':
      case 'DeleteStatement':
        this.#bindTargets(cursor.node, notComprehension(scope));
        this.readChildren(cursor, scope, depth);
        return;
      case 'TypeDefinition': {
        const name = cursor.node.getChild('VariableName');
        if (name) this.#bindTarget(name, scope);
        this.readChildren(cursor, scope, depth);
        return;
      }
      case 'ForStatement':
        this.#bindBetween(cursor.node, scope);
        this.readChildren(cursor, scope, depth);
        return;
      case 'ImportStatement':
        this.#readImport(cursor.node, scope);
        return;
      case 'ScopeStatement':
        this.#readScopeStatement(cursor.node, scope);
        return;
      case 'CapturePattern':
      case 'AsPattern':
      case 'StarPattern':
        this.#bindTargets(cursor.node, scope);
        this.readChildren(cursor, scope, depth);
        return;
      case 'ArgList':
        this.#readArguments(cursor, scope, depth);
        return;
      case 'ArrayComprehensionExpression':
      case 'SetComprehensionExpression':
      case 'DictionaryComprehensionExpression':
      case 'ComprehensionExpression':
        this.#readComprehension(cursor, scope, depth);
        return;
      default:
        this.readChildren(cursor, scope, depth);
    }
  }

  #readFunction(cursor: TreeCursor, scope: OpenScope, depth: number): void {
    const inner = openScope('function', scope);
    this.#enter(cursor, inner);
    if (!cursor.firstChild()) return;
    do {
      if (cursor.name === 'VariableName' && cursor.node.prevSibling?.name === 'def')
        this.#bind(scope, this.#slice(cursor), { kind: 'other', from: cursor.from });
      else if (cursor.name === 'ParamList') this.#readParameters(cursor, inner, depth);
      else if (cursor.name === 'TypeParamList') this.#bindTargets(cursor.node, inner);
      else this.#read(cursor, inner, depth);
    } while (cursor.nextSibling());
    cursor.parent();
  }

  #readParameters(cursor: TreeCursor, inner: OpenScope, depth: number): void {
    if (!cursor.firstChild()) return;
    let before = '';
    do {
      if (cursor.name === 'VariableName' && before !== 'AssignOp')
        this.#bind(inner, this.#slice(cursor), { kind: 'other', from: cursor.from });
      // A default is evaluated outside, where a parameter's own name means something else.
      else this.#read(cursor, inner.parent ?? inner, depth);
      before = cursor.name;
    } while (cursor.nextSibling());
    cursor.parent();
  }

  #readClass(cursor: TreeCursor, scope: OpenScope, depth: number): void {
    const inner = openScope('class', scope);
    this.#enter(cursor, inner);
    if (!cursor.firstChild()) return;
    do {
      if (cursor.name === 'VariableName')
        this.#bind(scope, this.#slice(cursor), { kind: 'other', from: cursor.from });
      else this.#read(cursor, cursor.name === 'Body' ? inner : scope, depth);
    } while (cursor.nextSibling());
    cursor.parent();
  }

  #readComprehension(cursor: TreeCursor, scope: OpenScope, depth: number): void {
    const inner = openScope('comprehension', scope);
    this.#enter(cursor, inner);
    this.#bindBetween(cursor.node, inner);
    this.readChildren(cursor, inner, depth);
  }

  #readArguments(cursor: TreeCursor, scope: OpenScope, depth: number): void {
    if (cursor.node.getChild('for')) {
      this.#readComprehension(cursor, scope, depth);
      return;
    }
    if (!cursor.firstChild()) return;
    do {
      const isKeyword =
        cursor.name === 'VariableName' && cursor.node.nextSibling?.name === 'AssignOp';
      if (!isKeyword) this.#read(cursor, scope, depth);
    } while (cursor.nextSibling());
    cursor.parent();
  }

  #readAssignment(cursor: TreeCursor, scope: OpenScope, depth: number): void {
    const node = cursor.node;
    const parts: SyntaxNode[][] = [[]];
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name === 'AssignOp') parts.push([]);
      else if (child.name !== 'TypeDef' && child.name !== 'Comment') parts.at(-1)?.push(child);
    }
    const [targets, values] = parts;
    const [target] = targets ?? [];
    const [value] = values ?? [];
    const isPlain =
      parts.length === 2 &&
      targets?.length === 1 &&
      values?.length === 1 &&
      target?.name === 'VariableName' &&
      value !== undefined &&
      !value.type.isError;
    if (isPlain)
      this.#bind(scope, this.#slice(target), { kind: 'assign', from: target.from, value });
    else if (parts.length > 1)
      for (const part of parts.slice(0, -1)) for (const each of part) this.#bindTarget(each, scope);
    this.readChildren(cursor, scope, depth);
  }

  #readImport(node: SyntaxNode, scope: OpenScope): void {
    const isFrom = node.firstChild?.name === 'from';
    let module = '';
    let inNames = false;
    let dotted = '';
    let alias: string | undefined;
    let from = node.from;
    const close = () => {
      if (dotted === '') return;
      if (isFrom)
        this.#bind(scope, alias ?? dotted, { kind: 'import', from, module, member: dotted });
      // `import a.b` binds `a`.
      else if (alias === undefined)
        this.#bind(scope, dotted.split('.')[0] ?? '', {
          kind: 'import',
          from,
          module: dotted.split('.')[0] ?? '',
          member: undefined,
        });
      else this.#bind(scope, alias, { kind: 'import', from, module: dotted, member: undefined });
      dotted = '';
      alias = undefined;
    };
    let before = '';
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name === 'import') inNames = true;
      else if (child.name === ',') close();
      else if (child.name === '*' && inNames) this.starImports.push({ module, from: node.from });
      else if (child.name === 'VariableName' || child.name === '.' || child.name === '...') {
        const part = this.#slice(child);
        if (isFrom && !inNames) module += part;
        else if (before === 'as') alias = part;
        else {
          if (dotted === '') from = child.from;
          dotted += part;
        }
      }
      before = child.name;
    }
    close();
  }

  #readScopeStatement(node: SyntaxNode, scope: OpenScope): void {
    const targets: OpenScope[] = [];
    if (node.firstChild?.name === 'global') targets.push(this.module);
    else
      for (let outer = scope.parent; outer; outer = outer.parent)
        if (outer.kind === 'function') targets.push(outer);
    for (const name of node.getChildren('VariableName'))
      scope.redirected.set(this.#slice(name), targets);
  }

  /** The names between `for` and `in`. */
  #bindBetween(node: SyntaxNode, scope: OpenScope): void {
    let isTarget = false;
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name === 'for') isTarget = true;
      else if (child.name === 'in' || child.name === 'Body') isTarget = false;
      else if (isTarget) this.#bindTarget(child, scope);
    }
  }

  /** The targets among a statement's own children, before its value. */
  #bindTargets(node: SyntaxNode, scope: OpenScope): void {
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name === 'AssignOp' || child.name === 'UpdateOp') return;
      this.#bindTarget(child, scope);
    }
  }

  #bindTarget(node: SyntaxNode, scope: OpenScope): void {
    if (node.name === 'VariableName')
      this.#bind(scope, this.#slice(node), { kind: 'other', from: node.from });
    else if (/^(Tuple|Array|Parenthesized|TypeParam)/.test(node.name))
      this.#bindTargets(node, scope);
  }

  #bind(scope: OpenScope, name: string, binding: Binding): void {
    for (const target of scope.redirected.get(name) ?? [scope]) {
      const known = target.bindings.get(name);
      if (known) known.push(binding);
      else target.bindings.set(name, [binding]);
    }
  }

  #use(name: string, from: number, scope: OpenScope): void {
    const known = this.uses.get(name);
    if (known) known.push({ from, scope });
    else this.uses.set(name, [{ from, scope }]);
  }

  #enter(cursor: TreeCursor, scope: OpenScope): void {
    const entry = { to: cursor.to, scope };
    const known = this.scopeOfNode.get(cursor.from);
    if (known) known.push(entry);
    else this.scopeOfNode.set(cursor.from, [entry]);
  }

  #slice(node: { readonly from: number; readonly to: number }): string {
    return this.#text.slice(node.from, node.to);
  }
}

function openScope(kind: Scope['kind'], parent: OpenScope | undefined): OpenScope {
  return { kind, parent, bindings: new Map(), redirected: new Map() };
}

/** `:=` inside a comprehension binds in the scope around it. */
function notComprehension(scope: OpenScope): OpenScope {
  let outer = scope;
  while (outer.kind === 'comprehension' && outer.parent) outer = outer.parent;
  return outer;
}
