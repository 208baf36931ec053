/** Expressions as SQL: what names output columns and what messages quote. Implicit casts do not show. */
import { localTimeIn } from '../value/datetime.ts';
import { valueText } from './literalText.ts';
import type { AggregateCall, Expression, FunctionCall, Literal } from './resolved.ts';
import type { DataType } from './types.ts';
import { quoteIfNeeded, typeSql } from './types.ts';
import { windowSpecText } from './windowText.ts';

const infix = new Set('+ - * / % div & | ^ = <=> < <= > >= << >> >>>'.split(' '));
/** Those that Spark prints in capitals; under another of their names (`pow`, `sign`) they print as written. */
const upperNames = new Set(
  (
    'rlike regexp_like regexp ceil floor sqrt cbrt exp log10 log2 power signum sin cos tan asin acos atan ' +
    'atan2 degrees radians pi e sinh cosh tanh asinh acosh atanh sec csc cot expm1 log1p log hypot'
  ).split(' '),
);

/** The text that names an output column: strings without quotes, columns without qualifiers. */
export function prettyText(expression: Expression, timeZone: string): string {
  const text = (child: Expression) => prettyText(child, timeZone);
  switch (expression.kind) {
    case 'attribute':
      return expression.name;
    case 'literal':
      return expression.writtenAs?.text ?? literalText(expression, timeZone);
    case 'alias':
      return `${text(expression.child)} AS ${quoteIfNeeded(expression.name)}`;
    case 'cast': {
      // Casts to nested types do not show either, even those that were written.
      const isNested = ['array', 'map', 'struct'].includes(expression.type.kind);
      if (expression.implicit || isNested) return text(expression.child);
      const word = expression.evalMode === 'try' ? 'TRY_CAST' : 'CAST';
      return `${word}(${text(expression.child)} AS ${typeSql(expression.type)})`;
    }
    case 'getStructField':
      return `${text(expression.child)}.${expression.name}`;
    case 'call':
      return callText(expression, timeZone);
    case 'aggregateCall': {
      const { writtenAs, name, isDistinct, filter } = expression;
      const inner = `${isDistinct ? 'DISTINCT ' : ''}${expression.arguments.map(text).join(', ')}`;
      const where = filter === undefined ? '' : ` FILTER (WHERE ${text(filter)})`;
      return `${withinGroupText(expression, text) ?? `${writtenAs ?? name}(${inner})`}${where}`;
    }
    case 'caseWhen': {
      const branches = expression.branches.map(
        (branch) => `WHEN ${text(branch.condition)} THEN ${text(branch.value)}`,
      );
      const { elseValue } = expression;
      const otherwise = elseValue === undefined ? [] : [`ELSE ${text(elseValue)}`];
      return ['CASE', ...branches, ...otherwise, 'END'].join(' ');
    }
    case 'lambda': {
      const parts = [text(expression.body), ...expression.parameters.map(text)];
      return `lambdafunction(${parts.join(', ')})`;
    }
    case 'lambdaVariable':
      return 'namedlambdavariable()';
    case 'subquery': {
      const names = expression.names.join(', ');
      if (expression.subqueryType === 'exists') return `exists(${names})`;
      if (expression.subqueryType === 'scalar') return `scalarsubquery(${names})`;
      const [first] = expression.values;
      const isRow = expression.values.length !== 1 || first === undefined;
      const fields = expression.values.map((value) => `'${text(value)}', ${text(value)}`);
      const left = isRow ? `named_struct(${fields.join(', ')})` : text(first);
      return `(${left} IN (listquery(${names})))`;
    }
    case 'outerReference':
      return `outer(${[...expression.qualifier, expression.name].join('.')})`;
    case 'windowExpression': {
      const { function: called } = expression;
      return `${windowFunctionText(called, timeZone)} OVER (${windowSpecText(expression, text)})`;
    }
    case 'in':
      return `(${text(expression.child)} IN (${expression.list.map(text).join(', ')}))`;
  }
}

/** Ranks print in capitals, as Spark has them. */
function windowFunctionText(call: AggregateCall, timeZone: string): string {
  const isRank = call.name === 'rank' || call.name === 'dense_rank' || call.name === 'percent_rank';
  if (isRank) return `${call.name.toUpperCase()}()`;
  const ignoring = call.name === 'nth_value' && call.ignoreNulls ? ' ignore nulls' : '';
  return `${prettyText(call, timeZone)}${ignoring}`;
}

/** Where what is ordered by was written behind the call. */
function withinGroupText(
  call: AggregateCall,
  text: (child: Expression) => string,
): string | undefined {
  const { name, writtenAs, arguments: values, isDistinct } = call;
  const [value, second, ...keys] = values;
  if (value === undefined || second === undefined) return undefined;
  switch (name) {
    case 'percentile_cont':
    case 'percentile_disc': {
      const [reversed] = keys;
      const isReversed = reversed?.kind === 'literal' && reversed.value === true;
      return `${name}(${text(second)}) WITHIN GROUP (ORDER BY ${text(value)}${isReversed ? ' DESC' : ''})`;
    }
    case 'mode': {
      // Spark prints the order that it turned round.
      const isGreatest = second.kind === 'literal' && second.value === true;
      return `mode() WITHIN GROUP (ORDER BY ${text(value)}${isGreatest ? '' : ' DESC'})`;
    }
    case 'listagg': {
      if (keys.length === 0) return undefined;
      const orders = keys.flatMap((key, index) =>
        index % 2 === 0 ? [`${text(key)} ${text(keys[index + 1] ?? key)}`] : [],
      );
      const distinct = isDistinct ? 'DISTINCT ' : '';
      return `${writtenAs ?? name}(${distinct}${text(value)}, ${text(second)}) WITHIN GROUP (ORDER BY ${orders.join(', ')})`;
    }
    default:
      return undefined;
  }
}

/** An expression as messages quote it. */
export function quotedText(expression: Expression, timeZone: string): string {
  return `"${prettyText(expression, timeZone)}"`;
}

export function quotedType(type: DataType): string {
  return `"${typeSql(type)}"`;
}

function callText(call: FunctionCall, timeZone: string): string {
  if (call.printedAs !== undefined) return call.printedAs;
  const values = call.arguments
    .slice(0, call.shownCount)
    .map((value) => prettyText(value, timeZone));
  const [first = '', second = '', third] = values;
  const name = call.writtenAs ?? call.name;
  if (infix.has(name) && values.length === 2) {
    const days = call.arguments[1]?.type;
    if (call.type.kind === 'date' && days?.kind === 'dayTimeInterval') {
      const moved = `extractansiintervaldays(${second})`;
      return `date_add(${first}, ${name === '-' ? `(- ${moved})` : moved})`;
    }
    // Intervals added to times print bare, as Spark's own expressions for it do.
    const isMoved = call.arguments[1]?.type.kind.endsWith('Interval') === true;
    const isTime =
      ['date', 'timestamp', 'timestamp_ntz', 'time'].includes(call.type.kind) ||
      ((name === '+' || name === '-') && call.arguments.some(({ type }) => type.kind === 'time')) ||
      (call.type.kind === 'string' && isMoved);
    return isTime ? `${first} ${name} ${second}` : `(${first} ${name} ${second})`;
  }
  // A clock that the session stopped shows nothing of it.
  if (call.name === 'pinned') return `${name}()`;
  switch (name) {
    case 'and':
    case 'or':
      return `(${first} ${name.toUpperCase()} ${second})`;
    case 'not':
      return `(NOT ${first})`;
    case 'isnull':
      return `(${first} IS NULL)`;
    case 'isnotnull':
      return `(${first} IS NOT NULL)`;
    case 'negative':
      return call.writtenAs === 'negative' ? `negative(${first})` : `(- ${first})`;
    case 'positive':
      return `(+ ${first})`;
    case '~':
      return `~${first}`;
    case 'like':
      return `${first} LIKE ${second}${third === undefined ? '' : ` ESCAPE '${third}'`}`;
    case 'if':
      return `(IF(${values.join(', ')}))`;
    case 'raise_error':
      return values.length > 1
        ? `raise_error(${values.join(', ')})`
        : `raise_error(USER_RAISED_EXCEPTION, map(errorMessage, ${first}))`;
    case 'spark_partition_id':
      return 'SPARK_PARTITION_ID()';
    // A map that is read of JSON.
    case 'entries':
      return name;
    case 'struct':
      return `struct(${values.filter((_, index) => index % 2 === 1).join(', ')})`;
    case 'getarraystructfields':
      return `${first}.${second}`;
    case 'getarrayitem':
    case 'getmapvalue':
      return `${first}[${second}]`;
    // `nullif` carries its first argument twice: to compare, and as the result.
    case 'nullif':
      return `nullif(${values.slice(0, 2).join(', ')})`;
    case 'trim':
    case 'ltrim':
    case 'rtrim': {
      if (values.length < 2) return `${name}(${first})`;
      const side = name === 'trim' ? 'BOTH' : name === 'ltrim' ? 'LEADING' : 'TRAILING';
      return `TRIM(${side} ${second} FROM ${first})`;
    }
    case 'extract':
    case 'datepart':
      return `${name}(${first} FROM ${second})`;
    case 'epoch_time':
      return "TIMESTAMP '1970-01-01 00:00:00'";
    case 'ceil':
    case 'floor':
      return values.length === 1
        ? `${name.toUpperCase()}(${first})`
        : `${name}(${values.join(', ')})`;
    case 'log': {
      const [base] = call.arguments;
      const isNatural = base?.kind === 'literal' && base.value === Math.E;
      return `LOG(${isNatural ? 'E()' : first}, ${second})`;
    }
    default:
      return `${upperNames.has(name) ? name.toUpperCase() : name}(${values.join(', ')})`;
  }
}

function literalText({ value, type }: Literal, timeZone: string): string {
  if (value === null) return 'NULL';
  switch (type.kind) {
    case 'string': {
      const text = valueText(value, type);
      return type.collation === undefined ? text : `'${text}' collate ${type.collation}`;
    }
    case 'date':
      return `DATE '${valueText(value, type)}'`;
    case 'timestamp': {
      const instant = value as bigint;
      const local = localTimeIn(timeZone, instant) ?? instant;
      return `TIMESTAMP '${valueText(local, type)}'`;
    }
    case 'time':
      return `TIME '${valueText(value, type)}'`;
    case 'timestamp_ntz':
      return `TIMESTAMP_NTZ '${valueText(value, type)}'`;
    default:
      return valueText(value, type);
  }
}
