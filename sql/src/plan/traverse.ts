/** Walks and rebuilds resolved plans. */
import type {
  Alias,
  Expression,
  Frame,
  FrameBound,
  NamedExpression,
  OuterBinding,
  Relation,
  SortOrder,
  WindowExpression,
} from './resolved.ts';

export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'attribute':
    case 'literal':
    case 'lambdaVariable':
      return [];
    case 'lambda':
      return [expression.body];
    case 'outerReference':
      return [];
    case 'subquery':
      return [...expression.values, ...expression.outer.map(({ value }) => value)];
    case 'windowExpression':
      return [
        ...childrenOf(expression.function),
        ...expression.partition,
        ...expression.order.map(({ child }) => child),
        ...boundValues(expression.frame),
      ];
    case 'alias':
    case 'cast':
    case 'getStructField':
      return [expression.child];
    case 'call':
      return expression.arguments;
    case 'aggregateCall':
      return expression.filter === undefined
        ? expression.arguments
        : [...expression.arguments, expression.filter];
    case 'caseWhen':
      return [
        ...expression.branches.flatMap((branch) => [branch.condition, branch.value]),
        ...(expression.elseValue === undefined ? [] : [expression.elseValue]),
      ];
    case 'in':
      return [expression.child, ...expression.list];
  }
}

/** The same expression over mapped children; itself where none changed. */
export function mapChildren(
  expression: Expression,
  map: (child: Expression) => Expression,
): Expression {
  switch (expression.kind) {
    case 'attribute':
    case 'literal':
    case 'lambdaVariable':
      return expression;
    case 'lambda': {
      const body = map(expression.body);
      return body === expression.body ? expression : { ...expression, body };
    }
    case 'outerReference':
      return expression;
    case 'subquery': {
      const values = mapAll(expression.values, map);
      const outer = mapBindings(expression.outer, map);
      return values === expression.values && outer === expression.outer
        ? expression
        : { ...expression, values, outer };
    }
    case 'windowExpression':
      return mapWindow(expression, map);
    case 'alias':
    case 'cast':
    case 'getStructField': {
      const child = map(expression.child);
      return child === expression.child ? expression : { ...expression, child };
    }
    case 'call': {
      const values = mapAll(expression.arguments, map);
      return values === expression.arguments ? expression : { ...expression, arguments: values };
    }
    case 'aggregateCall': {
      const values = mapAll(expression.arguments, map);
      const filter = expression.filter && map(expression.filter);
      if (values === expression.arguments && filter === expression.filter) return expression;
      return { ...expression, arguments: values, ...(filter === undefined ? {} : { filter }) };
    }
    case 'caseWhen': {
      const branches = mapAll(expression.branches, (branch) => {
        const condition = map(branch.condition);
        const value = map(branch.value);
        return condition === branch.condition && value === branch.value
          ? branch
          : { condition, value };
      });
      const elseValue = expression.elseValue && map(expression.elseValue);
      if (branches === expression.branches && elseValue === expression.elseValue) return expression;
      return { ...expression, branches, ...(elseValue === undefined ? {} : { elseValue }) };
    }
    case 'in': {
      const child = map(expression.child);
      const list = mapAll(expression.list, map);
      return child === expression.child && list === expression.list
        ? expression
        : { ...expression, child, list };
    }
  }
}

function mapWindow(
  expression: WindowExpression,
  map: (child: Expression) => Expression,
): WindowExpression {
  // The function itself is part of the window, so only its arguments are mapped.
  const called = mapChildren(expression.function, map);
  if (called.kind !== 'aggregateCall') throw new Error('a call stays a call');
  const partition = mapAll(expression.partition, map);
  const order = mapOrder(expression.order, map);
  const frame = mapFrame(expression.frame, map);
  const isSame =
    called === expression.function &&
    partition === expression.partition &&
    order === expression.order &&
    frame === expression.frame;
  return isSame ? expression : { ...expression, function: called, partition, order, frame };
}

function mapFrame(frame: Frame, map: (child: Expression) => Expression): Frame {
  const bound = (item: FrameBound): FrameBound => {
    if (!('value' in item)) return item;
    const value = map(item.value);
    return value === item.value ? item : { ...item, value };
  };
  const lower = bound(frame.lower);
  const upper = bound(frame.upper);
  return lower === frame.lower && upper === frame.upper ? frame : { ...frame, lower, upper };
}

function boundValues({ lower, upper }: Frame): readonly Expression[] {
  return [lower, upper].flatMap((bound) => ('value' in bound ? [bound.value] : []));
}

export function mapBindings(
  outer: readonly OuterBinding[],
  map: (child: Expression) => Expression,
): readonly OuterBinding[] {
  return mapAll(outer, (binding) => {
    const value = map(binding.value);
    return value === binding.value ? binding : { ...binding, value };
  });
}

function mapOrder(
  order: readonly SortOrder[],
  map: (child: Expression) => Expression,
): readonly SortOrder[] {
  return mapAll(order, (item) => {
    const child = map(item.child);
    return child === item.child ? item : { ...item, child };
  });
}

/** Children first. */
export function transformUp(
  expression: Expression,
  rule: (expression: Expression) => Expression,
): Expression {
  return rule(mapChildren(expression, (child) => transformUp(child, rule)));
}

export function mapAll<T>(items: readonly T[], map: (item: T) => T): readonly T[] {
  const mapped = items.map(map);
  return mapped.every((item, index) => item === items[index]) ? items : mapped;
}

export function some(expression: Expression, test: (expression: Expression) => boolean): boolean {
  return test(expression) || childrenOf(expression).some((child) => some(child, test));
}

export function inputsOf(relation: Relation): readonly Relation[] {
  switch (relation.kind) {
    case 'scan':
    case 'localRelation':
    case 'oneRow':
    case 'range':
    case 'loopReference':
      return [];
    case 'join':
    case 'lateralJoin':
    case 'setOperation':
      return [relation.left, relation.right];
    case 'unionLoop':
      return [relation.anchor, relation.recursion];
    case 'union':
      return relation.inputs;
    default:
      return [relation.input];
  }
}

export function mapInputs(relation: Relation, map: (input: Relation) => Relation): Relation {
  switch (relation.kind) {
    case 'scan':
    case 'localRelation':
    case 'oneRow':
    case 'range':
    case 'loopReference':
      return relation;
    case 'join':
    case 'lateralJoin':
    case 'setOperation': {
      const left = map(relation.left);
      const right = map(relation.right);
      return left === relation.left && right === relation.right
        ? relation
        : { ...relation, left, right };
    }
    case 'unionLoop': {
      const anchor = map(relation.anchor);
      const recursion = map(relation.recursion);
      return anchor === relation.anchor && recursion === relation.recursion
        ? relation
        : { ...relation, anchor, recursion };
    }
    case 'union': {
      const inputs = mapAll(relation.inputs, map);
      return inputs === relation.inputs ? relation : { ...relation, inputs };
    }
    default: {
      const input = map(relation.input);
      return input === relation.input ? relation : { ...relation, input };
    }
  }
}

export function transformPlanUp(
  relation: Relation,
  rule: (relation: Relation) => Relation,
): Relation {
  return rule(mapInputs(relation, (input) => transformPlanUp(input, rule)));
}

export function transformPlanDown(
  relation: Relation,
  rule: (relation: Relation) => Relation,
): Relation {
  return mapInputs(rule(relation), (input) => transformPlanDown(input, rule));
}

export function expressionsOf(relation: Relation): readonly Expression[] {
  switch (relation.kind) {
    case 'project':
      return relation.expressions;
    case 'filter':
      return [relation.condition];
    case 'join':
      return relation.condition === undefined ? [] : [relation.condition];
    case 'aggregate':
      return [...relation.grouping, ...relation.aggregates];
    case 'sort':
      return relation.order.map((order) => order.child);
    case 'window':
      return relation.expressions;
    case 'generate':
      return [relation.generator];
    case 'lateralJoin':
      return [
        ...relation.outer.map(({ value }) => value),
        ...(relation.condition === undefined ? [] : [relation.condition]),
      ];
    case 'repartition':
      return relation.expressions;
    default:
      return [];
  }
}

/** Maps each whole expression that the node itself holds; not those of its inputs. */
export function mapExpressions(
  relation: Relation,
  map: (expression: Expression) => Expression,
): Relation {
  const named = (expression: NamedExpression): NamedExpression =>
    keepName(expression, map(expression));
  switch (relation.kind) {
    case 'project': {
      const expressions = mapAll(relation.expressions, named);
      return expressions === relation.expressions ? relation : { ...relation, expressions };
    }
    case 'filter': {
      const condition = map(relation.condition);
      return condition === relation.condition ? relation : { ...relation, condition };
    }
    case 'join': {
      if (relation.condition === undefined) return relation;
      const condition = map(relation.condition);
      return condition === relation.condition ? relation : { ...relation, condition };
    }
    case 'aggregate': {
      const grouping = mapAll(relation.grouping, map);
      const aggregates = mapAll(relation.aggregates, named);
      return grouping === relation.grouping && aggregates === relation.aggregates
        ? relation
        : { ...relation, grouping, aggregates };
    }
    case 'sort': {
      const order = mapOrder(relation.order, map);
      return order === relation.order ? relation : { ...relation, order };
    }
    case 'window': {
      const expressions = mapAll(relation.expressions, (item: Alias) => {
        const mapped = map(item);
        if (mapped.kind !== 'alias') throw new Error('a window keeps its names');
        return mapped;
      });
      return expressions === relation.expressions ? relation : { ...relation, expressions };
    }
    case 'generate': {
      const generator = map(relation.generator);
      if (generator.kind !== 'call') throw new Error('a generator stays a call');
      return generator === relation.generator ? relation : { ...relation, generator };
    }
    case 'lateralJoin': {
      const outer = mapBindings(relation.outer, map);
      const condition = relation.condition && map(relation.condition);
      return outer === relation.outer && condition === relation.condition
        ? relation
        : { ...relation, outer, ...(condition === undefined ? {} : { condition }) };
    }
    case 'repartition': {
      const expressions = mapAll(relation.expressions, map);
      return expressions === relation.expressions ? relation : { ...relation, expressions };
    }
    default:
      return relation;
  }
}

/** An output column keeps its id and name whatever it is computed from. */
function keepName(before: NamedExpression, after: Expression): NamedExpression {
  if (after.kind === 'alias') return after;
  if (after.kind === 'attribute' && after.exprId === before.exprId) return after;
  const { exprId, name, range } = before;
  const { type, nullable } = after;
  return { kind: 'alias', child: after, name, exprId, type, nullable, range };
}

/** The ids of all attributes that an expression reads. */
export function references(expression: Expression, into = new Set<number>()): Set<number> {
  if (expression.kind === 'attribute') into.add(expression.exprId);
  for (const child of childrenOf(expression)) references(child, into);
  return into;
}

export function containsAggregate(expression: Expression): boolean {
  return some(expression, (part) => part.kind === 'aggregateCall');
}

/** Equal keys are equal computations: ids count, names and ranges do not. */
export function expressionKey(expression: Expression): string {
  switch (expression.kind) {
    case 'attribute':
      return `#${expression.exprId}`;
    case 'literal':
      return `lit:${JSON.stringify(expression.type)}:${keyOfValue(expression.value)}`;
    case 'alias':
      return expressionKey(expression.child);
    case 'cast':
      return `cast(${expressionKey(expression.child)},${JSON.stringify(expression.type)},${expression.evalMode})`;
    case 'getStructField':
      return `field(${expressionKey(expression.child)},${expression.fieldIndex})`;
    case 'call': {
      const keys = expression.arguments.map(expressionKey);
      if (commutative.has(expression.name)) keys.sort();
      return `${expression.name}:${expression.evalMode}(${keys.join(',')})`;
    }
    case 'aggregateCall':
      return `agg ${expression.name}:${expression.isDistinct}:${expression.ignoreNulls}(${childrenOf(expression).map(expressionKey).join(',')}|${expression.filter !== undefined})`;
    case 'caseWhen':
      return `case(${childrenOf(expression).map(expressionKey).join(',')}|${expression.elseValue !== undefined})`;
    case 'in':
      return `in(${childrenOf(expression).map(expressionKey).join(',')})`;
    case 'lambdaVariable':
      return `\u03bb${expression.exprId};`;
    case 'lambda': {
      // Parameters by their place, so that two lambdas written alike are the same.
      const depth = lambdaDepth(expression.body);
      const body = expression.parameters.reduce(
        (key, { exprId }, index) => key.replaceAll(`\u03bb${exprId};`, `\u03bb${index}@${depth};`),
        expressionKey(expression.body),
      );
      return `lambda${expression.parameters.length}(${body})`;
    }
    case 'outerReference':
      return `outer#${expression.exprId}`;
    case 'subquery':
      return `subquery ${expression.subqueryType}(${childrenOf(expression).map(expressionKey).join(',')}|${expression.key})`;
    case 'windowExpression': {
      const { frame, order } = expression;
      const bounds = [frame.lower, frame.upper].map((bound) => bound.kind).join(' ');
      const directions = order.map((item) => `${item.direction} ${item.nullOrdering}`).join(',');
      const parts = [frame.frameType, bounds, directions, expression.partition.length];
      return `window(${expressionKey(expression.function)},${childrenOf(expression).map(expressionKey).join(',')}|${parts.join('|')})`;
    }
  }
}

const commutative = new Set(['+', '*', '&', '|', '^', '=', '<=>', 'and', 'or']);

function lambdaDepth(expression: Expression): number {
  const inner = Math.max(0, ...childrenOf(expression).map(lambdaDepth));
  return expression.kind === 'lambda' ? inner + 1 : inner;
}

function keyOfValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(keyOfValue).join(',')}]`;
  if (value instanceof Uint8Array) return `x${value.join(',')}`;
  if (typeof value === 'string') return JSON.stringify(value);
  return Object.is(value, -0) ? '-0' : String(value);
}
