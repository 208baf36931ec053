/** The unresolved plan as Spark prints it: a quote before whatever still has to be resolved. */
import { valueText } from '../plan/literalText.ts';
import { joinTypeNames } from '../plan/treeText.ts';
import { simpleString } from '../plan/types.ts';
import type {
  Expression,
  Join,
  PipeOperator,
  Relation,
  UnresolvedFunction,
} from '../plan/unresolved.ts';
import type { PlanItem } from './planItem.ts';

/** The ids that the analyzer gave to aliases, by where they stand in the text. */
export type AliasIds = ReadonlyMap<string, string>;

export function aliasKey(range: { readonly start: number; readonly end: number }, name: string) {
  return `${range.start}:${range.end}:${name}`;
}

export function parsedItem(relation: Relation, ids: AliasIds): PlanItem {
  const printer = new Printer(ids);
  return printer.relation(relation);
}

const infix: Readonly<Record<string, string>> = Object.fromEntries(
  '+ - * / % div & | ^ << >> >>> = <=> < <= > >='.split(' ').map((name) => [name, name]),
);

const pipeNames: Readonly<Record<PipeOperator['operator'], string>> = {
  select: "'Project",
  extend: "'Project",
  set: "'Project",
  drop: "'Project",
  aggregate: "'Aggregate",
  boundary: "'PipeOperator",
};

class Printer {
  private readonly ids: AliasIds;
  /** Plans of subqueries, met while the expressions of a node are printed. */
  private inner: PlanItem[] = [];

  constructor(ids: AliasIds) {
    this.ids = ids;
  }

  relation(relation: Relation): PlanItem {
    const children = inputsOf(relation).map((input) => this.relation(input));
    const outer = this.inner;
    this.inner = [];
    const [name, detail] = this.describe(relation);
    const item = {
      name,
      detail,
      inner: relation.kind === 'withRelations' ? this.references(relation) : this.inner,
      facts: this.facts(relation),
      range: relation.range,
    };
    this.inner = outer;
    return relation.kind === 'limit'
      ? {
          ...item,
          children: [{ ...item, name: "'LocalLimit", inner: [], facts: [], children }],
        }
      : relation.kind === 'setOp' && relation.setOpType === 'union' && !relation.isAll
        ? { ...item, name: "'Distinct", detail: '', children: [{ ...item, children }] }
        : { ...item, children };
  }

  private references(relation: Relation & { readonly kind: 'withRelations' }): PlanItem[] {
    return relation.references.map((reference) => this.relation(reference));
  }

  private facts(relation: Relation): PlanItem['facts'] {
    switch (relation.kind) {
      case 'read':
        return relation.readType.kind === 'namedTable'
          ? [['Name', relation.readType.nameParts.join('.')]]
          : [
              ['Format', relation.readType.format],
              ['Path', relation.readType.paths.join(', ')],
            ];
      case 'subqueryAlias':
        return [['Alias', relation.alias]];
      default:
        return [];
    }
  }

  private describe(relation: Relation): readonly [name: string, detail: string] {
    switch (relation.kind) {
      case 'read':
        return relation.readType.kind === 'namedTable'
          ? ["'UnresolvedRelation", `[${relation.readType.nameParts.join(', ')}], [], false`]
          : [
              "'UnresolvedDataSource",
              `${relation.readType.format}, [${relation.readType.paths.join(', ')}]`,
            ];
      case 'project':
        return ["'Project", this.selectList(relation.expressions)];
      case 'filter':
        return ["'Filter", this.text(relation.condition)];
      case 'having':
        return ["'UnresolvedHaving", this.text(relation.condition)];
      case 'join':
        return ["'Join", this.join(relation)];
      case 'setOp': {
        const name = relation.setOpType;
        if (name === 'union') return ["'Union", `${relation.byName}, false`];
        return [name === 'intersect' ? "'Intersect" : "'Except", String(relation.isAll)];
      }
      case 'sort':
        return ["'Sort", `[${this.list(relation.order)}], ${relation.isGlobal}`];
      case 'limit':
        return ["'GlobalLimit", this.text(relation.limit)];
      case 'offset':
        return ["'Offset", this.text(relation.offset)];
      case 'aggregate':
        return [
          "'Aggregate",
          `[${this.list(relation.groupingExpressions)}], ${this.selectList(relation.aggregateExpressions)}`,
        ];
      case 'deduplicate':
        return ["'Distinct", ''];
      case 'subqueryAlias': {
        const columns =
          relation.columnNames.length === 0 ? '' : ` (${relation.columnNames.join(', ')})`;
        return ["'SubqueryAlias", relation.alias + columns];
      }
      case 'withRelations':
        return ['CTE', `[${relation.references.map(({ alias }) => alias).join(', ')}]`];
      case 'values': {
        const width = relation.rows[0]?.length ?? 0;
        const names = Array.from({ length: width }, (_, index) => `col${index + 1}`);
        const rows = relation.rows.slice(0, 25).map((row) => `[${this.list(row)}]`);
        return ["'UnresolvedInlineTable", `[${names.join(', ')}], [${rows.join(', ')}]`];
      }
      case 'oneRow':
        return ['OneRowRelation', ''];
      case 'lateralView': {
        const { generator, outer, alias, columnNames } = relation;
        const columns = columnNames.map((name) => `'${name}`).join(', ');
        return ["'Generate", `${this.text(generator)}, ${outer}, ${alias}, [${columns}]`];
      }
      case 'tableFunction':
        return [
          "'UnresolvedTableValuedFunction",
          `[${relation.functionName}], [${this.list(relation.arguments)}]`,
        ];
      case 'pivot': {
        const values = relation.values.map(({ expression }) => this.text(expression)).join(', ');
        return [
          "'Pivot",
          `[${this.list(relation.pivotColumns)}], [${values}], [${this.list(relation.aggregates)}]`,
        ];
      }
      case 'unpivot': {
        const columns = relation.values.map((value) => `[${this.list(value.columns)}]`).join(', ');
        const names = relation.valueColumnNames.join(', ');
        return ["'Unpivot", `[${columns}], ${relation.variableColumnName}, [${names}]`];
      }
      case 'sample':
        return relation.amount.kind === 'rows'
          ? ["'GlobalLimit", this.text(relation.amount.count)]
          : ["'Sample", `0.0, ${relation.amount.upperBound}, false`];
      case 'hint':
        return ["'UnresolvedHint", `${relation.name}, [${this.list(relation.parameters)}]`];
      case 'repartitionByExpression':
        return ["'RepartitionByExpression", `[${this.list(relation.partitionExpressions)}]`];
      case 'withWindows':
        return [
          "'WithWindowDefinition",
          `[${relation.definitions.map(({ name }) => name).join(', ')}]`,
        ];
      // The number of a DataFrame is no operator of Spark's.
      case 'identified':
        return ["'SubqueryAlias", `__plan_${relation.planId}`];
      case 'withColumns':
        return ["'WithColumns", this.selectList(relation.aliases)];
      case 'withColumnsRenamed': {
        const [olds, news] = [
          relation.renames.map(({ colName }) => colName),
          relation.renames.map(({ newColName }) => newColName),
        ];
        return ["'WithColumnsRenamed", `[${olds.join(', ')}], [${news.join(', ')}]`];
      }
      case 'drop':
        return [
          "'DataFrameDropColumns",
          `[${this.list(relation.columns)}], [${relation.columnNames.join(', ')}]`,
        ];
      case 'deduplicateBy':
        return ["'Deduplicate", `[${relation.columnNames.join(', ')}]`];
      case 'fillNa':
      case 'dropNa':
        return [relation.kind === 'fillNa' ? "'FillNa" : "'DropNa", ''];
      case 'statSummary':
        return ["'Summary", `[${relation.statistics.join(', ')}]`];
      case 'localData':
        return ['LocalRelation', `[${relation.fields.map(({ name }) => name).join(', ')}]`];
      case 'pipe': {
        const lists = [
          ...(relation.groupingExpressions.length === 0
            ? []
            : [`[${this.list(relation.groupingExpressions)}]`]),
          this.selectList(relation.expressions),
        ];
        return [pipeNames[relation.operator], lists.join(', ')];
      }
    }
  }

  private join({ joinType, usingColumns, natural, joinCondition }: Join): string {
    const type = joinTypeNames[joinType];
    if (natural) return `NaturalJoin(${type})`;
    if (usingColumns.length > 0) return `UsingJoin(${type}, [${usingColumns.join(', ')}])`;
    return joinCondition === undefined ? type : `${type}, ${this.text(joinCondition)}`;
  }

  private selectList(expressions: readonly Expression[]): string {
    const items = expressions.map((expression) => {
      const isNamed =
        expression.kind === 'unresolvedAttribute' ||
        expression.kind === 'unresolvedStar' ||
        expression.kind === 'alias';
      return isNamed ? this.text(expression) : `unresolvedalias(${this.text(expression)})`;
    });
    return `[${items.join(', ')}]`;
  }

  private list(expressions: readonly Expression[], separator = ', '): string {
    return expressions.map((expression) => this.text(expression)).join(separator);
  }

  private text(expression: Expression): string {
    switch (expression.kind) {
      case 'literal':
        return valueText(expression.value, expression.type);
      case 'unresolvedAttribute':
        return `'${expression.nameParts.join('.')}`;
      case 'unresolvedStar':
        return [...expression.target, '*'].join('.');
      case 'unresolvedFunction':
        return this.call(expression);
      case 'alias': {
        const id = this.ids.get(aliasKey(expression.range, expression.name)) ?? '';
        return `${this.text(expression.expression)} AS ${expression.name}${id}`;
      }
      case 'cast': {
        const word = expression.evalMode === 'try' ? 'try_cast' : 'cast';
        return `${word}(${this.text(expression.expression)} as ${simpleString(expression.toType)})`;
      }
      case 'sortOrder': {
        const direction = expression.direction === 'ascending' ? 'ASC' : 'DESC';
        const nulls = expression.nullOrdering === 'nullsFirst' ? 'NULLS FIRST' : 'NULLS LAST';
        return `${this.text(expression.child)} ${direction} ${nulls}`;
      }
      case 'caseWhen': {
        const branches = expression.branches.map(
          ({ condition, value }) => `WHEN ${this.text(condition)} THEN ${this.text(value)}`,
        );
        const { elseValue } = expression;
        const otherwise = elseValue === undefined ? [] : [`ELSE ${this.text(elseValue)}`];
        return ['CASE', ...branches, ...otherwise, 'END'].join(' ');
      }
      case 'in':
        return `${this.text(expression.child)} IN (${this.list(expression.list, ',')})`;
      case 'extractValue':
        return `${this.text(expression.child)}[${this.text(expression.extraction)}]`;
      case 'namedArgument':
        return `${expression.name} => ${this.text(expression.value)}`;
      case 'lambdaFunction': {
        const parameters = expression.arguments.map((name) => `lambda '${name}`);
        return `lambdafunction(${[this.text(expression.function), ...parameters].join(', ')}, false)`;
      }
      case 'subqueryExpression':
        this.inner.push(new Printer(this.ids).relation(expression.plan));
        switch (expression.subqueryType) {
          case 'scalar':
            return 'scalar-subquery []';
          case 'exists':
            return 'exists []';
          case 'in':
            return `${this.list(expression.inValues)} IN (list [])`;
        }
      // eslint-disable-next-line no-fallthrough -- every kind of subquery has returned
      case 'missing':
        return '<missing>';
      case 'window': {
        const { window } = expression;
        const called = this.text(expression.windowFunction);
        if (typeof window === 'string') return `${called} OVER ${window}`;
        const parts = [...window.partition, ...window.order].map((part) => this.text(part));
        return `${called} windowspecdefinition(${parts.join(', ')})`;
      }
      case 'multiAlias':
        return `${this.text(expression.expression)} AS [${expression.names.join(', ')}]`;
      case 'groupingAnalytics': {
        const sets = expression.sets.map((set) => `(${this.list(set)})`);
        return `${expression.groupType}(${sets.join(', ')})`;
      }
    }
  }

  private call(call: UnresolvedFunction): string {
    const [first, second] = call.arguments;
    const name = call.functionName;
    if (call.operator && first !== undefined) {
      if (second === undefined) {
        if (name === 'not') return `NOT ${this.text(first)}`;
        if (name === 'negative') return `-${this.text(first)}`;
        if (name === 'positive' || name === '~') {
          return `${name === '~' ? '~' : '+'}${this.text(first)}`;
        }
        return `${name}(${this.text(first)})`;
      }
      if (name === 'and' || name === 'or' || Object.hasOwn(infix, name)) {
        return `(${this.text(first)} ${infix[name] ?? name.toUpperCase()} ${this.text(second)})`;
      }
      if (name === 'like' || name === 'ilike') {
        return `${this.text(first)} ${name.toUpperCase()} ${this.text(second)}`;
      }
      if (name === '||') return `concat(${this.list(call.arguments)})`;
    }
    const distinct = call.isDistinct ? 'distinct ' : '';
    const [only] = call.arguments;
    // The parser reads `count(*)` so.
    const countsRows =
      name.toLowerCase() === 'count' && only?.kind === 'unresolvedStar' && only.target.length === 0;
    if (countsRows && !call.isDistinct && call.filter === undefined) return `'${name}(1)`;
    const filter = call.filter === undefined ? '' : ` FILTER (WHERE ${this.text(call.filter)})`;
    return `'${name}(${distinct}${this.list(call.arguments)})${filter}`;
  }
}

function inputsOf(relation: Relation): readonly Relation[] {
  switch (relation.kind) {
    case 'read':
    case 'values':
    case 'oneRow':
    case 'tableFunction':
    case 'localData':
      return [];
    case 'join':
      return [relation.left, relation.right];
    case 'setOp':
      return [relation.leftInput, relation.rightInput];
    case 'withRelations':
      return [relation.root];
    default:
      return [relation.input];
  }
}
