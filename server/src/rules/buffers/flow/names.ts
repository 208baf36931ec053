/** Which names a piece of code binds, and which ones an expression mentions. */
import type { SyntaxNode } from '@lezer/common';
import type { PythonModule } from '../../../python/module.ts';
import type { Expression } from '../../../python/syntax.ts';

const boundOf = new WeakMap<PythonModule, Map<number, readonly string[]>>();

/** Every name that may be bound inside of a block, by whatever statement; too many do no harm. */
export function boundNames(module: PythonModule, block: SyntaxNode): readonly string[] {
  let known = boundOf.get(module);
  if (!known) boundOf.set(module, (known = new Map<number, readonly string[]>()));
  const before = known.get(block.from);
  if (before) return before;
  const names = new Set<string>();
  const cursor = block.cursor();
  do {
    if (cursor.from >= block.to) break;
    if (cursor.name !== 'VariableName') continue;
    const { node } = cursor;
    if (isBinding(node)) names.add(module.textOf(node));
  } while (cursor.next() && cursor.from < block.to);
  const found = [...names];
  known.set(block.from, found);
  return found;
}

function isBinding(node: SyntaxNode): boolean {
  const parent = node.parent;
  const next = node.nextSibling?.name;
  const before = node.prevSibling?.name;
  if (!parent) return false;
  switch (parent.name) {
    case 'AssignStatement':
      // Any but the last group; a target in the last one is a value, and being careful costs nothing.
      return next !== undefined || before !== 'AssignOp';
    case 'UpdateStatement':
    case 'NamedExpression':
      return before === undefined;
    case 'TupleExpression':
    case 'ArrayExpression':
    case 'ParenthesizedExpression':
      return isBinding(parent);
    case 'DeleteStatement':
    case 'CapturePattern':
    case 'AsPattern':
    case 'StarPattern':
    case 'ImportStatement':
      return true;
    case 'FunctionDefinition':
    case 'ClassDefinition':
      return before === 'def' || before === 'class';
    case 'ForStatement':
      return isBeforeIn(node);
    default:
      return before === 'as' || parent.type.isError;
  }
}

function isBeforeIn(node: SyntaxNode): boolean {
  for (let at: SyntaxNode | null = node; at; at = at.nextSibling) if (at.name === 'in') return true;
  return false;
}

/** The names that `:=` binds inside of an expression. */
export function namedIn(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'named':
      return [...mentionedNames(expression.target), ...namedIn(expression.value)];
    case 'unary':
      return namedIn(expression.operand);
    case 'binary':
      return [...namedIn(expression.left), ...namedIn(expression.right)];
    case 'call':
      return expression.arguments.flatMap(({ value }) => namedIn(value));
    case 'tuple':
    case 'list':
    case 'set':
      return expression.items.flatMap(namedIn);
    default:
      return [];
  }
}

export function mentionedNames(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'name':
      return [expression.name];
    case 'tuple':
    case 'list':
    case 'set':
      return expression.items.flatMap(mentionedNames);
    case 'dict':
      return [...expression.keys, ...expression.values].flatMap((each) =>
        each ? mentionedNames(each) : [],
      );
    case 'call':
      return [
        ...mentionedNames(expression.callee),
        ...expression.arguments.flatMap(({ value }) => mentionedNames(value)),
      ];
    case 'attribute':
      return mentionedNames(expression.object);
    case 'subscript':
      return [
        ...mentionedNames(expression.object),
        ...expression.items.flatMap((item) =>
          item.kind === 'index'
            ? mentionedNames(item.value)
            : [item.start, item.stop, item.step].flatMap((each) =>
                each ? mentionedNames(each) : [],
              ),
        ),
      ];
    case 'unary':
      return mentionedNames(expression.operand);
    case 'binary':
      return [...mentionedNames(expression.left), ...mentionedNames(expression.right)];
    case 'conditional':
      return [expression.test, expression.then, expression.otherwise].flatMap(mentionedNames);
    case 'named':
      return [...mentionedNames(expression.target), ...mentionedNames(expression.value)];
    case 'star':
      return mentionedNames(expression.value);
    case 'await':
    case 'yield':
      return expression.value ? mentionedNames(expression.value) : [];
    case 'parts':
      return expression.parts.flatMap(mentionedNames);
    case 'scope':
    case 'number':
    case 'string':
    case 'constant':
      return [];
  }
}
