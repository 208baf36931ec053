/** Resolved plans as Spark prints its logical trees. */
import { expressionText, listText, sortOrderText, utcText } from './expressionText.ts';
import type { TextOptions } from './expressionText.ts';
import type { Expression, Relation } from './resolved.ts';
import { childrenOf, expressionsOf, inputsOf } from './traverse.ts';
import type { JoinType } from './unresolved.ts';

export interface NodeLine {
  readonly name: string;
  /** What follows the name; empty for nodes that have nothing to say. */
  readonly detail: string;
}

export function treeText(relation: Relation, options: TextOptions = utcText): string {
  return drawTree(
    relation,
    (node) => {
      const { name, detail } = relationLine(node, options);
      return detail === '' ? name : `${name} ${detail}`;
    },
    inputsOf,
    subqueriesOf,
  );
}

/** The plans of the subqueries that a node's own expressions hold. */
export function subqueriesOf(relation: Relation): readonly Relation[] {
  const plans: Relation[] = [];
  for (const expression of expressionsOf(relation)) {
    const visit = (part: Expression): void => {
      if (part.kind === 'subquery') plans.push(part.plan);
      childrenOf(part).forEach(visit);
    };
    visit(expression);
  }
  return plans;
}

/**
 * One line a node, children below their parent: `+- ` before the last, `:- ` before the others. Inner
 * nodes (the plans of subqueries) come first and are set off by a `:` of their own.
 */
export function drawTree<Node>(
  root: Node,
  lineOf: (node: Node) => string,
  childrenOf: (node: Node) => readonly Node[],
  innerOf: (node: Node) => readonly Node[] = () => [],
): string {
  const lines: string[] = [];
  const draw = (node: Node, first: string, rest: string) => {
    lines.push(first + lineOf(node));
    const children = childrenOf(node);
    const inner = innerOf(node);
    const innerMargin = `${rest}${children.length === 0 ? '   ' : ':  '}`;
    for (const [index, child] of inner.entries()) {
      const isLast = index === inner.length - 1;
      draw(
        child,
        `${innerMargin}${isLast ? '+- ' : ':- '}`,
        `${innerMargin}${isLast ? '   ' : ':  '}`,
      );
    }
    for (const [index, child] of children.entries()) {
      const isLast = index === children.length - 1;
      draw(child, `${rest}${isLast ? '+- ' : ':- '}`, `${rest}${isLast ? '   ' : ':  '}`);
    }
  };
  draw(root, '', '');
  return lines.join('\n');
}

export const joinTypeNames: Readonly<Record<JoinType, string>> = {
  inner: 'Inner',
  cross: 'Cross',
  fullOuter: 'FullOuter',
  leftOuter: 'LeftOuter',
  rightOuter: 'RightOuter',
  leftAnti: 'LeftAnti',
  leftSemi: 'LeftSemi',
};

export function relationLine(relation: Relation, options: TextOptions = utcText): NodeLine {
  const list = (expressions: readonly Parameters<typeof expressionText>[0][], separator = ', ') =>
    `[${listText(
      expressions.map((expression) => expressionText(expression, options)),
      separator,
    )}]`;
  switch (relation.kind) {
    case 'scan':
      return {
        name: 'Relation',
        detail: `${relation.table.qualifier?.length === 3 ? relation.table.qualifier.join('.') : ''}${list(relation.output, ',')} ${relation.table.source.format}`,
      };
    case 'localRelation':
      return {
        name: 'LocalRelation',
        detail: `${relation.rows.length === 0 ? '<empty>, ' : ''}${list(relation.output)}`,
      };
    case 'oneRow':
      return { name: 'OneRowRelation', detail: '' };
    case 'project':
      return {
        name: 'Project',
        detail: relation.expressions.length === 0 ? '' : list(relation.expressions),
      };
    case 'filter':
      return { name: 'Filter', detail: expressionText(relation.condition, options) };
    case 'join': {
      const condition =
        relation.condition === undefined ? '' : `, ${expressionText(relation.condition, options)}`;
      const hints = [
        ...(relation.leftHint === undefined ? [] : [`, leftHint=${relation.leftHint}`]),
        ...(relation.rightHint === undefined ? [] : [`, rightHint=${relation.rightHint}`]),
      ].join('');
      const detail = `${joinTypeNames[relation.joinType]}${condition}${hints}`;
      return { name: 'Join', detail };
    }
    case 'aggregate': {
      const sets = relation.groupingSets?.map((set) =>
        list(set.flatMap((place) => relation.grouping[place] ?? [])),
      );
      if (sets !== undefined) {
        const detail = `${list(relation.grouping)}, [${sets.join(', ')}], ${list(relation.aggregates)}`;
        return { name: 'Aggregate', detail };
      }
      const grouping = relation.grouping.length === 0 ? '' : `${list(relation.grouping)}, `;
      return { name: 'Aggregate', detail: `${grouping}${list(relation.aggregates)}` };
    }
    case 'sort': {
      const order = listText(relation.order.map((item) => sortOrderText(item, options)));
      return { name: 'Sort', detail: `[${order}], ${relation.isGlobal}` };
    }
    case 'globalLimit':
      return { name: 'GlobalLimit', detail: String(relation.limit) };
    case 'localLimit':
      return { name: 'LocalLimit', detail: String(relation.limit) };
    case 'offset':
      return { name: 'Offset', detail: String(relation.offset) };
    case 'distinct':
      return { name: 'Distinct', detail: '' };
    case 'union':
      return { name: 'Union', detail: 'false, false' };
    case 'subqueryAlias':
      return { name: 'SubqueryAlias', detail: relation.alias.join('.') };
    case 'setOperation':
      return {
        name: `${relation.operation === 'intersect' ? 'Intersect' : 'Except'}${relation.isAll ? ' All' : ''}`,
        detail: String(relation.isAll),
      };
    case 'window': {
      const [first] = relation.expressions;
      const spec = first?.child.kind === 'windowExpression' ? first.child : undefined;
      const partition = list(spec?.partition ?? []);
      const order = listText((spec?.order ?? []).map((item) => sortOrderText(item, options)));
      const sorted = order === '' ? '' : `, [${order}]`;
      return { name: 'Window', detail: `${list(relation.expressions)}, ${partition}${sorted}` };
    }
    case 'generate': {
      const { generator, outer, qualifier, generatorOutput } = relation;
      const columns = list(generatorOutput);
      const alias = qualifier.length === 0 ? '' : `${qualifier.join('.')}, `;
      return {
        name: 'Generate',
        detail: `${expressionText(generator, options)}, ${outer}, ${alias}${columns}`,
      };
    }
    case 'lateralJoin': {
      const outer = `[${relation.outer.map(({ value }) => expressionText(value, options)).join(' && ')}]`;
      const condition =
        relation.condition === undefined ? '' : `, ${expressionText(relation.condition, options)}`;
      const type = joinTypeNames[relation.joinType];
      return {
        name: 'LateralJoin',
        detail: `lateral-subquery#${relation.exprId} ${outer}, ${type}${condition}`,
      };
    }
    case 'sample':
      return {
        name: 'Sample',
        detail: `0.0, ${relation.upperBound}, false, ${relation.seed ?? 'random'}`,
      };
    case 'hint':
      return { name: 'ResolvedHint', detail: relation.text };
    case 'repartition': {
      const expressions = relation.expressions.length === 0 ? '' : list(relation.expressions);
      const count = relation.count === undefined ? '' : String(relation.count);
      const shuffle = relation.name === 'Repartition' ? String(relation.shuffle) : '';
      const detail = [expressions, count, shuffle].filter((part) => part !== '').join(', ');
      return { name: relation.name, detail };
    }
    case 'range':
      return {
        name: 'Range',
        detail: `(${relation.start}, ${relation.end}, step=${relation.step})`,
      };
    case 'unionLoop':
      return { name: 'UnionLoop', detail: String(relation.loopId) };
    case 'loopReference':
      return {
        name: 'UnionLoopRef',
        detail: `${relation.loopId}, ${list(relation.output)}, false`,
      };
  }
}
