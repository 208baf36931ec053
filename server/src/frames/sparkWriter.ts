/** "Copy as PySpark": a query of SQL as DataFrame code. What it has no words for stays SQL, inside `F.expr`. */
import { findFunction } from '#sql/functions/table.ts';
import { simpleString } from '#sql/plan/types.ts';
import type { Expression, JoinType, Relation, SortOrder } from '#sql/plan/unresolved.ts';
import { parametersOf } from './functions.ts';
import { Schemas } from './schemas.ts';
import { expressionSql, NotWritten } from './sqlWriter.ts';

/** Statements, the last of which is the DataFrame. Throws `NotWritten`. */
export function sparkCodeOf(relation: Relation): string {
  const names: string[] = [];
  const definitions: string[] = [];
  const body = frame(relation, names, definitions);
  return [...definitions, `df = ${laidOut(body)}`].join('\n');
}

/** A chain of three calls and more gets a line each. */
function laidOut(chain: readonly string[]): string {
  if (chain.length <= 3) return chain.join('');
  const [first = '', ...rest] = chain;
  return `(\n    ${first}\n${rest.map((call) => `    ${call}`).join('\n')}\n)`;
}

type Chain = readonly string[];

function frame(relation: Relation, names: string[], definitions: string[]): Chain {
  const go = (inner: Relation) => frame(inner, names, definitions);
  switch (relation.kind) {
    case 'identified':
      return go(relation.input);
    case 'read': {
      if (relation.readType.kind !== 'namedTable') throw new NotWritten('a source without a name');
      const { nameParts } = relation.readType;
      const [format = '', path] = nameParts;
      if (names.includes(format.toLowerCase()) && path === undefined) return [format];
      if (path !== undefined && /^(?:csv|json|parquet|orc|text)$/i.test(format))
        return [`spark.read.${format.toLowerCase()}(${python(path)})`];
      return [`spark.table(${python(nameParts.join('.'))})`];
    }
    case 'withRelations': {
      if (relation.isRecursive === true) throw new NotWritten('WITH RECURSIVE');
      for (const { alias, input, columnNames } of relation.references) {
        const renamed =
          columnNames.length > 0 ? [`.toDF(${columnNames.map(python).join(', ')})`] : [];
        definitions.push(`${alias} = ${laidOut([...go(input), ...renamed])}`);
        names.push(alias.toLowerCase());
      }
      return go(relation.root);
    }
    case 'subqueryAlias': {
      const renamed =
        relation.columnNames.length > 0
          ? [`.toDF(${relation.columnNames.map(python).join(', ')})`]
          : [];
      return [...go(relation.input), ...renamed, `.alias(${python(relation.alias)})`];
    }
    case 'project': {
      const input = relation.input.kind === 'oneRow' ? ['spark.range(1)'] : go(relation.input);
      if (
        relation.expressions.length === 1 &&
        relation.expressions[0]?.kind === 'unresolvedStar' &&
        relation.expressions[0].target.length === 0
      )
        return input;
      const isAggregate = relation.expressions.some(hasAggregate);
      return [
        ...input,
        `.${isAggregate ? 'agg' : 'select'}(${relation.expressions.map(column).join(', ')})`,
      ];
    }
    case 'filter':
      return [...go(relation.input), `.filter(${column(relation.condition)})`];
    case 'having': {
      if (hasAggregate(relation.condition))
        throw new NotWritten('HAVING with an aggregate; name it in the SELECT');
      return [...go(relation.input), `.filter(${column(relation.condition)})`];
    }
    case 'aggregate':
      return aggregate(relation, go);
    case 'sort':
      return [...go(relation.input), `.orderBy(${relation.order.map(sorted).join(', ')})`];
    case 'limit':
    case 'offset': {
      const count = relation.kind === 'limit' ? relation.limit : relation.offset;
      if (count.kind !== 'literal') throw new NotWritten('a LIMIT that is computed');
      return [...go(relation.input), `.${relation.kind}(${String(count.value)})`];
    }
    case 'deduplicate':
      return [...go(relation.input), '.distinct()'];
    case 'setOp': {
      const [left, right] = [go(relation.leftInput), go(relation.rightInput).join('')];
      if (relation.setOpType === 'union') {
        const method = relation.byName ? 'unionByName' : 'union';
        return [...left, `.${method}(${right})`, ...(relation.isAll ? [] : ['.distinct()'])];
      }
      const plain = relation.setOpType === 'intersect' ? 'intersect' : 'subtract';
      const all = relation.setOpType === 'intersect' ? 'intersectAll' : 'exceptAll';
      return [...left, `.${relation.isAll ? all : plain}(${right})`];
    }
    case 'join':
      return join(relation, go);
    case 'tableFunction': {
      const values = relation.arguments.map((each) =>
        each.kind === 'literal' ? String(each.value) : '',
      );
      if (relation.functionName.toLowerCase() !== 'range' || values.includes(''))
        throw new NotWritten(`the table function ${relation.functionName}`);
      return [`spark.range(${values.join(', ')})`];
    }
    case 'oneRow':
      return ['spark.range(1)'];
    default:
      throw new NotWritten(`'${relation.kind}'`);
  }
}

const kinds: Readonly<Record<JoinType, string>> = {
  inner: 'inner',
  cross: 'cross',
  leftOuter: 'left',
  rightOuter: 'right',
  fullOuter: 'outer',
  leftSemi: 'left_semi',
  leftAnti: 'left_anti',
};

function join(
  {
    left,
    right,
    joinType,
    joinCondition,
    usingColumns,
    natural,
  }: Extract<Relation, { kind: 'join' }>,
  go: (relation: Relation) => Chain,
): Chain {
  if (natural) throw new NotWritten('NATURAL JOIN');
  const other = go(right).join('');
  if (joinType === 'cross' || (!joinCondition && usingColumns.length === 0))
    return [...go(left), `.crossJoin(${other})`];
  const on = joinCondition ? column(joinCondition) : pythonList(usingColumns);
  const how = joinType === 'inner' ? '' : `, ${python(kinds[joinType])}`;
  return [...go(left), `.join(${other}, ${on}${how})`];
}

function aggregate(
  { input, groupingExpressions, aggregateExpressions }: Extract<Relation, { kind: 'aggregate' }>,
  go: (relation: Relation) => Chain,
): Chain {
  const [only] = groupingExpressions;
  const analytics =
    groupingExpressions.length === 1 && only?.kind === 'groupingAnalytics' ? only : undefined;
  if (analytics?.groupType === 'groupingSets') throw new NotWritten('GROUPING SETS');
  const keys = analytics ? analytics.sets.flat() : groupingExpressions;
  if (keys.some((key) => key.kind === 'literal')) throw new NotWritten('GROUP BY with a number');
  const isKey = (each: Expression) => {
    const plain = each.kind === 'alias' ? each.expression : each;
    return keys.some(
      (key) =>
        text(key) === text(plain) ||
        (key.kind === 'unresolvedAttribute' &&
          each.kind === 'alias' &&
          key.nameParts.at(-1) === each.name),
    );
  };
  const aggregates = aggregateExpressions.filter((each) => !isKey(each));
  const method = analytics ? analytics.groupType : 'groupBy';
  const named = keys.map((key) => {
    const alias = aggregateExpressions.find(
      (each) =>
        each.kind === 'alias' &&
        (text(each.expression) === text(key) ||
          (key.kind === 'unresolvedAttribute' && key.nameParts.at(-1) === each.name)),
    );
    return column(alias ?? key);
  });
  const made = `.agg(${aggregates.map(column).join(', ')})`;
  const chain = [...go(input), `.${method}(${named.join(', ')})`];
  if (aggregates.length === 0) return [...go(input), `.select(${named.join(', ')})`, '.distinct()'];
  const shown = aggregateExpressions.map(outputName);
  const given = [
    ...keys.map((key) => outputName(aggregateExpressions.find((each) => isSame(each, key)) ?? key)),
    ...aggregates.map(outputName),
  ];
  const isInOrder = shown.join('\0') === given.join('\0');
  if (isInOrder || shown.includes(undefined)) return [...chain, made];
  return [...chain, made, `.select(${shown.map((name) => python(name ?? '')).join(', ')})`];

  function isSame(each: Expression, key: Expression): boolean {
    return (
      text(each.kind === 'alias' ? each.expression : each) === text(key) ||
      (each.kind === 'alias' &&
        key.kind === 'unresolvedAttribute' &&
        key.nameParts.at(-1) === each.name)
    );
  }
}

function outputName(expression: Expression): string | undefined {
  if (expression.kind === 'alias') return expression.name;
  return expression.kind === 'unresolvedAttribute' ? expression.nameParts.at(-1) : undefined;
}

function hasAggregate(expression: Expression): boolean {
  switch (expression.kind) {
    case 'unresolvedFunction':
      return (
        findFunction(expression.functionName.toLowerCase())?.kind === 'aggregate' ||
        expression.arguments.some(hasAggregate)
      );
    case 'alias':
    case 'cast':
      return hasAggregate(expression.expression);
    case 'caseWhen':
      return expression.branches.some(
        ({ condition, value }) => hasAggregate(condition) || hasAggregate(value),
      );
    default:
      return false;
  }
}

const noSchemas = new Schemas(() => undefined);

function text(expression: Expression): string {
  return expressionSql(noSchemas, expression).toLowerCase();
}

function asSql(expression: Expression): string {
  return `F.expr(${python(expressionSql(noSchemas, expression))})`;
}

const operators: Readonly<Record<string, string>> = {
  '+': '+',
  '-': '-',
  '*': '*',
  '/': '/',
  '%': '%',
  '=': '==',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  and: '&',
  or: '|',
};

function column(node: Expression): string {
  switch (node.kind) {
    case 'unresolvedAttribute':
      return `F.col(${python(node.nameParts.map((part) => (/^\w+$/.test(part) ? part : `\`${part}\``)).join('.'))})`;
    case 'unresolvedStar':
      if (node.except) throw new NotWritten('EXCEPT behind a star');
      return python([...node.target, '*'].join('.'));
    case 'literal': {
      const value = pythonValue(node);
      return value === undefined ? asSql(node) : `F.lit(${value})`;
    }
    case 'alias':
      return `${operand(node.expression)}.alias(${python(node.name)})`;
    case 'cast':
      return node.evalMode === 'try'
        ? `${operand(node.expression)}.try_cast(${python(simpleString(node.toType))})`
        : `${operand(node.expression)}.cast(${python(simpleString(node.toType))})`;
    case 'caseWhen': {
      const whens = node.branches.map(
        ({ condition, value }) => `when(${column(condition)}, ${valueOf(value)})`,
      );
      const rest = node.elseValue ? `.otherwise(${valueOf(node.elseValue)})` : '';
      return `F.${whens.join('.')}${rest}`;
    }
    case 'in': {
      const values = node.list.map((each) =>
        each.kind === 'literal' ? pythonValue(each) : undefined,
      );
      if (values.includes(undefined)) return asSql(node);
      return `${operand(node.child)}.isin(${values.join(', ')})`;
    }
    case 'unresolvedFunction':
      return callCode(node);
    default:
      return asSql(node);
  }
}

function callCode(call: Extract<Expression, { kind: 'unresolvedFunction' }>): string {
  const name = call.functionName.toLowerCase();
  const [first, second, third] = call.arguments;
  const operator = operators[name];
  if (operator !== undefined && first && second && !third)
    return `${operand(first)} ${operator} ${second.kind === 'literal' && first.kind !== 'literal' ? valueOf(second) : operand(second)}`;
  if (name === 'not' && first) return `~${operand(first)}`;
  if ((name === 'isnull' || name === 'isnotnull') && first)
    return `${operand(first)}.${name === 'isnull' ? 'isNull' : 'isNotNull'}()`;
  if (name === 'like' && first && second?.kind === 'literal' && !third)
    return `${operand(first)}.like(${pythonValue(second) ?? ''})`;
  if (name === 'between' && first && second && third)
    return `${operand(first)}.between(${valueOf(second)}, ${valueOf(third)})`;
  if (
    name === 'count' &&
    first &&
    call.arguments.length === 1 &&
    (first.kind === 'literal' || first.kind === 'unresolvedStar') &&
    !call.isDistinct
  )
    return 'F.count("*")';
  if (call.filter || call.ignoreNulls === true || call.withinGroup) return asSql(call);
  if (call.isDistinct)
    return name === 'count'
      ? `F.count_distinct(${call.arguments.map(column).join(', ')})`
      : asSql(call);
  const parameters = parametersOf(name);
  if (!parameters || call.operator) return asSql(call);
  const args = call.arguments.map((argument, at) => {
    const parameter =
      parameters[at] ?? (parameters.at(-1)?.repeats === true ? parameters.at(-1) : undefined);
    if (!parameter || parameter.isFunction) return undefined;
    if (!parameter.isText) return column(argument);
    return argument.kind === 'literal' ? pythonValue(argument) : undefined;
  });
  return args.includes(undefined) ? asSql(call) : `F.${name}(${args.join(', ')})`;
}

/** A plain value where PySpark takes one beside a Column. */
function valueOf(node: Expression): string {
  const value = node.kind === 'literal' ? pythonValue(node) : undefined;
  return value ?? column(node);
}

/** In parentheses, as `&` and `|` bind closer than comparisons. */
function operand(node: Expression): string {
  const code = column(node);
  const isOperation =
    node.kind === 'unresolvedFunction' &&
    (operators[node.functionName.toLowerCase()] !== undefined ||
      node.functionName.toLowerCase() === 'not');
  return isOperation ? `(${code})` : code;
}

function sorted({ child, direction, nullOrdering }: SortOrder): string {
  const isDescending = direction === 'descending';
  const isUsual = nullOrdering === (isDescending ? 'nullsLast' : 'nullsFirst');
  const name = isDescending ? 'desc' : 'asc';
  if (child.kind === 'literal') throw new NotWritten('ORDER BY with a number');
  if (isUsual && !isDescending) return column(child);
  const suffix = isUsual ? '' : nullOrdering === 'nullsFirst' ? '_nulls_first' : '_nulls_last';
  return `${operand(child)}.${name}${suffix}()`;
}

function pythonValue({
  value,
  type,
}: Extract<Expression, { kind: 'literal' }>): string | undefined {
  if (value === null) return 'None';
  switch (type.kind) {
    case 'string':
      return python(String(value));
    case 'boolean':
      return value === true ? 'True' : 'False';
    case 'int':
      return String(value);
    case 'double':
      return Number.isInteger(value) ? `${String(value)}.0` : String(value);
    default:
      return undefined;
  }
}

function python(value: string): string {
  return JSON.stringify(value);
}

function pythonList(values: readonly string[]): string {
  return values.length === 1 ? python(values[0] ?? '') : `[${values.map(python).join(', ')}]`;
}
