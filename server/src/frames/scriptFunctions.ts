/** Functions that the script defines: read again with each call's arguments, as long as they do not branch. */
import type { SyntaxNode } from '@lezer/common';
import type { Arguments } from './arguments.ts';
import { Names } from './script.ts';
import type { Script } from './script.ts';
import type { Value } from './values.ts';
import { cannotKnow, none } from './values.ts';

const MAX_DEPTH = 16;

export function callScriptFunction(script: Script, node: SyntaxNode, args: Arguments): Value {
  if (script.depth >= MAX_DEPTH)
    return cannotKnow('functions call each other too deeply here', args.node);
  const names = new Names(script.names);
  bindParameters(script, node, args, names);
  const outer = script.names;
  script.names = names;
  script.depth += 1;
  try {
    if (node.name === 'LambdaExpression') {
      const body = node.lastChild;
      return body ? script.evaluate(body) : none;
    }
    const body = node.getChild('Body');
    return (body ? script.readBody(body) : undefined) ?? none;
  } finally {
    script.names = outer;
    script.depth -= 1;
  }
}

function bindParameters(script: Script, node: SyntaxNode, args: Arguments, names: Names): void {
  let at = 0;
  let star = '';
  const named = new Set<string>();
  const list = node.getChild('ParamList');
  for (let child = list?.firstChild; child; child = child.nextSibling) {
    if (child.name === '*' || child.name === '**') {
      // Alone it says that what follows is given by name.
      if (child.nextSibling?.name === ',') at = Infinity;
      else star = child.name;
      continue;
    }
    if (child.name !== 'VariableName') continue;
    const name = script.textOf(child);
    if (star === '*') {
      names.set(name, { kind: 'tuple', items: args.positional.slice(at) });
      at = Infinity;
    } else if (star === '**') {
      const others = [...args.keywords].filter(([keyword]) => !named.has(keyword));
      const entries = others.map(([key, value]) => [{ kind: 'str', value: key }, value] as const);
      names.set(name, { kind: 'dict', entries });
    } else {
      named.add(name);
      const given = args.positional[at] ?? args.keywords.get(name);
      at += 1;
      const fallback = given ? undefined : defaultOf(child);
      if (!given && !fallback)
        cannotKnow(`the argument '${name}' is missing; Python raises TypeError`, args.node);
      names.set(name, given ?? (fallback ? script.evaluate(fallback) : none));
    }
    star = '';
  }
}

/** `name: type = value`. */
function defaultOf(parameter: SyntaxNode): SyntaxNode | undefined {
  let next = parameter.nextSibling;
  if (next?.name === 'TypeDef') next = next.nextSibling;
  return next?.name === 'AssignOp' ? (next.nextSibling ?? undefined) : undefined;
}
