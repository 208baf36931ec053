/** What a resolved relation yields. */
import type { Attribute, NamedExpression, Relation } from './resolved.ts';

export function outputOf(relation: Relation): readonly Attribute[] {
  switch (relation.kind) {
    case 'scan':
    case 'localRelation':
    case 'union':
    case 'setOperation':
    case 'range':
    case 'unionLoop':
    case 'loopReference':
      return relation.output;
    case 'oneRow':
      return [];
    case 'project':
      return relation.expressions.map(attributeOf);
    case 'aggregate':
      return relation.aggregates.map(attributeOf);
    case 'subqueryAlias':
      return outputOf(relation.input).map((attribute) => ({
        ...attribute,
        qualifier: relation.alias,
      }));
    case 'window':
      return [...outputOf(relation.input), ...relation.expressions.map(attributeOf)];
    case 'generate':
      return [...outputOf(relation.input), ...relation.generatorOutput];
    case 'join':
    case 'lateralJoin': {
      const left = outputOf(relation.left);
      if (relation.joinType === 'leftSemi' || relation.joinType === 'leftAnti') return left;
      const right = outputOf(relation.right);
      const leftNullable = relation.joinType === 'rightOuter' || relation.joinType === 'fullOuter';
      const rightNullable = relation.joinType === 'leftOuter' || relation.joinType === 'fullOuter';
      return [
        ...(leftNullable ? left.map(asNullable) : left),
        ...(rightNullable ? right.map(asNullable) : right),
      ];
    }
    default:
      return outputOf(relation.input);
  }
}

export function attributeOf(expression: NamedExpression): Attribute {
  if (expression.kind === 'attribute') return expression;
  const { exprId, name, type, nullable, range, child } = expression;
  const attribute: Attribute = {
    kind: 'attribute',
    exprId,
    name,
    type,
    nullable,
    qualifier: [],
    range,
  };
  const metadata = child.kind === 'attribute' ? child.metadata : undefined;
  return metadata === undefined ? attribute : { ...attribute, metadata };
}

function asNullable(attribute: Attribute): Attribute {
  return attribute.nullable ? attribute : { ...attribute, nullable: true };
}
