/** What XPath 1.0 expressions find in XML. */
import type { XmlElement } from '#sql/value/xml.ts';
import { parseXml } from '#sql/value/xml.ts';
import type { ScalarFunction, Site, Value } from './scalarFunction.ts';
import type { Step, XPath } from './xpathParser.ts';
import { parseXPath } from './xpathParser.ts';

interface Node {
  readonly kind: 'root' | 'element' | 'attribute' | 'text';
  readonly name: string;
  /** Of attributes and texts. */
  readonly value: string;
  readonly parent: Node | undefined;
  readonly order: number;
  children: readonly Node[];
  attributes: readonly Node[];
}

type Found = readonly Node[] | string | number | boolean;

const searching = (
  name: string,
  make: (site: Site) => (found: Found) => Value,
): ScalarFunction => ({
  name,
  prepare(site) {
    const convert = make(site);
    const paths = new Map<string, XPath | undefined>();
    return (xml: string, text: string) => {
      // As Spark's own: nothing is found in nothing.
      if (xml === '' || text === '') return null;
      if (!paths.has(text)) paths.set(text, parseXPath(text));
      const path = paths.get(text);
      if (path === undefined) return site.raise('UNSUPPORTED_XPATH', text);
      const document = parseXml(xml.trim());
      if (document === undefined) return site.raise('INVALID_XML_DOCUMENT', xml);
      const root = treeOf(document);
      return convert(evaluate(path, { node: root, position: 1, size: 1 }));
    };
  },
});

/** An element has no value of its own. */
export const xpathNodes = searching(
  'xpath',
  () => (found) =>
    Array.isArray(found)
      ? (found as readonly Node[]).map((node) => (node.kind === 'element' ? null : node.value))
      : null,
);
export const xpathBoolean = searching('xpath_boolean', () => booleanOf);
export const xpathString = searching('xpath_string', () => textOf);
export const xpathNumber = searching('xpath_number', ({ type }) => (found) => {
  const value = numberOf(found);
  switch (type.kind) {
    case 'double':
      return value;
    case 'float':
      return Math.fround(value);
    default:
      return whole(value, type.kind);
  }
});

/** Java's cast of a double: NaN is 0, and what is out of range the nearest value, or for a short what is left of it. */
function whole(value: number, kind: string): Value {
  if (Number.isNaN(value)) return kind === 'long' ? 0n : 0;
  const cut = Math.trunc(value);
  if (kind === 'long') {
    if (cut >= 2 ** 63) return (1n << 63n) - 1n;
    return cut <= -(2 ** 63) ? -(1n << 63n) : BigInt(cut);
  }
  const int = Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, cut));
  return kind === 'short' ? (int << 16) >> 16 : int;
}

function treeOf(document: XmlElement): Node {
  let order = 0;
  const root: Node = {
    kind: 'root',
    name: '',
    value: '',
    parent: undefined,
    order: order++,
    children: [],
    attributes: [],
  };
  const grow = (element: XmlElement, parent: Node): Node => {
    const { name } = element;
    const node: Node = {
      kind: 'element',
      name,
      value: '',
      parent,
      order: order++,
      children: [],
      attributes: [],
    };
    const leaf = (kind: 'attribute' | 'text', own: string, value: string): Node => ({
      kind,
      name: own,
      value,
      parent: node,
      order: order++,
      children: [],
      attributes: [],
    });
    node.attributes = element.attributes.map(([own, value]) => leaf('attribute', own, value));
    node.children = element.children.map((child) =>
      typeof child === 'string' ? leaf('text', '', child) : grow(child, node),
    );
    return node;
  };
  root.children = [grow(document, root)];
  return root;
}

interface Context {
  readonly node: Node;
  readonly position: number;
  readonly size: number;
}

function evaluate(path: XPath, context: Context): Found {
  switch (path.kind) {
    case 'text':
    case 'number':
      return path.value;
    case 'negative':
      return -numberOf(evaluate(path.operand, context));
    case 'binary':
      return binary(path, context);
    case 'call':
      return call(path.name, path.values, context);
    case 'filter':
      return filtered(nodesOf(evaluate(path.operand, context)), path.predicates);
    case 'path': {
      const start =
        path.start === 'context'
          ? [context.node]
          : path.start === 'root'
            ? [rootOf(context.node)]
            : nodesOf(evaluate(path.start, context));
      return path.steps.reduce<readonly Node[]>(
        (nodes, step) => inOrder(nodes.flatMap((node) => stepFrom(node, step))),
        start,
      );
    }
  }
}

function rootOf(node: Node): Node {
  return node.parent === undefined ? node : rootOf(node.parent);
}

function inOrder(nodes: readonly Node[]): readonly Node[] {
  return [...new Set(nodes)].sort((a, b) => a.order - b.order);
}

function nodesOf(found: Found): readonly Node[] {
  return Array.isArray(found) ? (found as readonly Node[]) : [];
}

function stepFrom(node: Node, { axis, test, predicates }: Step): readonly Node[] {
  const principal = axis === 'attribute' ? 'attribute' : 'element';
  const nodes = axisFrom(node, axis).filter((candidate) => {
    if (test === 'node()') return true;
    if (test === 'text()') return candidate.kind === 'text';
    return candidate.kind === principal && (test === '*' || candidate.name === test);
  });
  return filtered(nodes, predicates);
}

function filtered(nodes: readonly Node[], predicates: readonly XPath[]): readonly Node[] {
  return predicates.reduce(
    (kept, predicate) =>
      kept.filter((node, index) => {
        const found = evaluate(predicate, { node, position: index + 1, size: kept.length });
        return typeof found === 'number' ? found === index + 1 : booleanOf(found);
      }),
    nodes,
  );
}

function axisFrom(node: Node, axis: string): readonly Node[] {
  const ancestors = (of: Node): Node[] =>
    of.parent === undefined ? [] : [of.parent, ...ancestors(of.parent)];
  const descendants = (of: Node): Node[] =>
    of.children.flatMap((child) => [child, ...descendants(child)]);
  const siblings = node.kind === 'attribute' ? [] : (node.parent?.children ?? []);
  switch (axis) {
    case 'child':
      return node.children;
    case 'attribute':
      return node.attributes;
    case 'self':
      return [node];
    case 'parent':
      return node.parent === undefined ? [] : [node.parent];
    case 'descendant':
      return descendants(node);
    case 'descendant-or-self':
      return [node, ...descendants(node)];
    case 'ancestor':
      return ancestors(node);
    case 'ancestor-or-self':
      return [node, ...ancestors(node)];
    case 'following-sibling':
      return siblings.slice(siblings.indexOf(node) + 1);
    default:
      return siblings.slice(0, Math.max(0, siblings.indexOf(node))).reverse();
  }
}

function stringValue(node: Node): string {
  return node.kind === 'text' || node.kind === 'attribute'
    ? node.value
    : node.children.map(stringValue).join('');
}

function textOf(found: Found): string {
  if (typeof found === 'string') return found;
  if (typeof found === 'number' || typeof found === 'boolean') return String(found);
  const [first] = found;
  return first === undefined ? '' : stringValue(first);
}

function numberOf(found: Found): number {
  if (typeof found === 'number') return found;
  if (typeof found === 'boolean') return found ? 1 : 0;
  const text = textOf(found).trim();
  return /^-?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : NaN;
}

function booleanOf(found: Found): boolean {
  if (typeof found === 'boolean') return found;
  if (typeof found === 'number') return found !== 0 && !Number.isNaN(found);
  return found.length > 0;
}

function binary(path: XPath & { readonly kind: 'binary' }, context: Context): Found {
  const { operator } = path;
  if (operator === 'or' || operator === 'and') {
    const left = booleanOf(evaluate(path.left, context));
    if (left === (operator === 'or')) return left;
    return booleanOf(evaluate(path.right, context));
  }
  const [left, right] = [evaluate(path.left, context), evaluate(path.right, context)];
  if (operator === '|') return inOrder([...nodesOf(left), ...nodesOf(right)]);
  if (['=', '!=', '<', '<=', '>', '>='].includes(operator)) return compared(operator, left, right);
  const [a, b] = [numberOf(left), numberOf(right)];
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case 'div':
      return a / b;
    default:
      return a % b;
  }
}

/** Of nodes, whether any one compares so. */
function compared(operator: string, left: Found, right: Found): boolean {
  if (Array.isArray(left) && typeof right !== 'boolean') {
    return (left as readonly Node[]).some((node) => compared(operator, stringValue(node), right));
  }
  if (Array.isArray(right) && typeof left !== 'boolean') {
    return (right as readonly Node[]).some((node) => compared(operator, left, stringValue(node)));
  }
  if (operator === '=' || operator === '!=') {
    const isEqual =
      typeof left === 'boolean' || typeof right === 'boolean'
        ? booleanOf(left) === booleanOf(right)
        : typeof left === 'number' || typeof right === 'number'
          ? numberOf(left) === numberOf(right)
          : textOf(left) === textOf(right);
    return isEqual === (operator === '=');
  }
  const [a, b] = [numberOf(left), numberOf(right)];
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  return operator === '>' ? a > b : a >= b;
}

function call(name: string, values: readonly XPath[], context: Context): Found {
  const found = values.map((value) => evaluate(value, context));
  const [first = [context.node], second = '', third = ''] = found;
  const text = textOf(first);
  switch (name) {
    case 'position':
      return context.position;
    case 'last':
      return context.size;
    case 'count':
      return nodesOf(first).length;
    case 'sum':
      return nodesOf(first).reduce((sum, node) => sum + numberOf(stringValue(node)), 0);
    case 'name':
      return nodesOf(first)[0]?.name ?? '';
    case 'local-name':
      return nodesOf(first)[0]?.name.replace(/^.*:/, '') ?? '';
    case 'string':
      return text;
    case 'number':
      return numberOf(first);
    case 'boolean':
      return booleanOf(first);
    case 'not':
      return !booleanOf(first);
    case 'true':
      return true;
    case 'false':
      return false;
    case 'concat':
      return found.map(textOf).join('');
    case 'contains':
      return text.includes(textOf(second));
    case 'starts-with':
      return text.startsWith(textOf(second));
    case 'substring-before': {
      const at = text.indexOf(textOf(second));
      return at < 0 ? '' : text.slice(0, at);
    }
    case 'substring-after': {
      const at = text.indexOf(textOf(second));
      return at < 0 ? '' : text.slice(at + textOf(second).length);
    }
    case 'substring': {
      const start = Math.round(numberOf(second));
      const end = found.length > 2 ? start + Math.round(numberOf(third)) : Infinity;
      return Array.from(text)
        .filter((_, index) => index + 1 >= start && index + 1 < end)
        .join('');
    }
    case 'string-length':
      return Array.from(text).length;
    case 'normalize-space':
      return text.trim().replace(/\s+/g, ' ');
    case 'translate': {
      const [from, to] = [Array.from(textOf(second)), Array.from(textOf(third))];
      return Array.from(text)
        .map((character) => {
          const at = from.indexOf(character);
          return at < 0 ? character : (to[at] ?? '');
        })
        .join('');
    }
    case 'floor':
      return Math.floor(numberOf(first));
    case 'ceiling':
      return Math.ceil(numberOf(first));
    default:
      return Math.round(numberOf(first));
  }
}
