/** How much of a module is annotated: by function, class and file, counted from its own syntax. */
import type { SyntaxNode } from '@lezer/common';
import type { PythonModule } from '../python/module.ts';

export interface CoverageSymbol {
  /** `Class.method`. */
  readonly name: string;
  readonly kind: 'function' | 'class';
  /** Of the name, half-open, and of the whole definition. */
  readonly start: number;
  readonly end: number;
  readonly definitionEnd: number;
  readonly annotated: number;
  readonly total: number;
}

export interface ModuleCoverage {
  readonly annotated: number;
  readonly total: number;
  readonly symbols: readonly CoverageSymbol[];
  /** How often each name is called here, for what is worth annotating next. */
  readonly calls: ReadonlyMap<string, number>;
}

/**
 * Every parameter counts, but the first of a method, and every result, but that of `__init__`. A class counts what its
 * methods count; a file, what its functions count, wherever they stand.
 */
export function moduleCoverage(module: PythonModule): ModuleCoverage {
  const symbols: CoverageSymbol[] = [];
  const visit = (node: SyntaxNode, path: readonly string[], isInClass: boolean): Share => {
    const share: Share = { annotated: 0, total: 0 };
    for (let child = node.firstChild; child; child = child.nextSibling) {
      const name =
        child.name === 'FunctionDefinition' || child.name === 'ClassDefinition'
          ? child.getChild('VariableName')
          : null;
      if (!name) {
        add(share, visit(child, path, isInClass));
        continue;
      }
      const own = [...path, module.textOf(name)];
      const isClass = child.name === 'ClassDefinition';
      const at = symbols.length;
      const signature = isClass
        ? { annotated: 0, total: 0 }
        : signatureShare(module, child, isInClass);
      const body = child.getChild('Body');
      const inside = body ? visit(body, own, isClass) : { annotated: 0, total: 0 };
      const counted = isClass ? inside : signature;
      if (counted.total > 0)
        symbols.splice(at, 0, {
          name: own.join('.'),
          kind: isClass ? 'class' : 'function',
          start: name.from,
          end: name.to,
          definitionEnd: child.to,
          ...counted,
        });
      add(share, signature);
      add(share, inside);
    }
    return share;
  };
  const { annotated, total } = visit(module.source.tree.topNode, [], false);
  return { annotated, total, symbols, calls: callsIn(module) };
}

interface Share {
  annotated: number;
  total: number;
}

function add(to: Share, { annotated, total }: Share): void {
  to.annotated += annotated;
  to.total += total;
}

function signatureShare(module: PythonModule, node: SyntaxNode, isMethod: boolean): Share {
  const share: Share = { annotated: 0, total: 0 };
  const params = parametersOf(node);
  const skipsFirst = isMethod && !isStatic(module, node);
  for (const [index, param] of params.entries()) {
    if (index === 0 && skipsFirst && !param.isVariadic) continue;
    share.total++;
    if (param.isAnnotated) share.annotated++;
  }
  const name = node.getChild('VariableName');
  if (name && module.textOf(name) === '__init__') return share;
  share.total++;
  // The result's annotation stands beside the parameters, not among them.
  if (node.getChild('TypeDef')) share.annotated++;
  return share;
}

interface Parameter {
  readonly isAnnotated: boolean;
  readonly isVariadic: boolean;
}

/** `*` and `/` alone are no parameters. */
function parametersOf(node: SyntaxNode): readonly Parameter[] {
  const found: { isAnnotated: boolean; isVariadic: boolean }[] = [];
  let isVariadic = false;
  for (let child = node.getChild('ParamList')?.firstChild; child; child = child.nextSibling) {
    if (child.name === '*' || child.name === '**') isVariadic = true;
    else if (child.name === ',') isVariadic = false;
    else if (child.name === 'VariableName') {
      // A default value is an expression after `=`, and may be a name too.
      if (child.prevSibling?.name === 'AssignOp') continue;
      found.push({ isAnnotated: false, isVariadic });
    } else if (child.name === 'TypeDef') {
      const last = found.at(-1);
      if (last) last.isAnnotated = true;
    }
  }
  return found;
}

function isStatic(module: PythonModule, node: SyntaxNode): boolean {
  const statement = node.parent;
  if (statement?.name !== 'DecoratedStatement') return false;
  return statement
    .getChildren('Decorator')
    .some((decorator) => /^@\s*staticmethod\b/.test(module.textOf(decorator)));
}

/** By the last name of what is called: `f(…)`, `x.f(…)`. */
function callsIn(module: PythonModule): ReadonlyMap<string, number> {
  const calls = new Map<string, number>();
  module.source.tree.iterate({
    enter(node) {
      if (node.name !== 'CallExpression') return;
      const callee = node.node.firstChild;
      const name = callee?.name === 'MemberExpression' ? callee.getChild('PropertyName') : callee;
      if (!name || !/^(VariableName|PropertyName)$/.test(name.name)) return;
      const text = module.textOf(name);
      calls.set(text, (calls.get(text) ?? 0) + 1);
    },
  });
  return calls;
}
