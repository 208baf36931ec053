/** Sizes as Spark estimates them without its cost-based optimizer. */
import { outputOf } from '../plan/output.ts';
import { maxRowCount } from '../optimize/rowCount.ts';
import type { Relation } from '../plan/resolved.ts';
import { parseSimpleString } from '../plan/typeText.ts';
import type { DataType } from '../plan/types.ts';

export interface Statistics {
  readonly byteLength: number;
  readonly rowCount?: number;
}

/** What Spark takes the size of a relation for that it knows nothing of. */
export const unknownByteLength = 2 ** 63 - 1;

export function statisticsOf(relation: Relation): Statistics {
  switch (relation.kind) {
    case 'scan': {
      const { byteLength, rowCount } = relation.table.statistics ?? {};
      if (byteLength === undefined) return { byteLength: unknownByteLength };
      const all = relation.table.fields.map(({ type }) => parseSimpleString(type));
      const whole = rowWidth(all);
      const read = rowWidth(relation.output.map(({ type }) => type));
      const isWhole = relation.output.length === all.length;
      return {
        byteLength: isWhole ? byteLength : scaled(byteLength, read, whole),
        ...(rowCount === undefined ? {} : { rowCount }),
      };
    }
    case 'localRelation': {
      const width = rowWidth(relation.output.map(({ type }) => type));
      return { byteLength: width * relation.rows.length };
    }
    case 'oneRow':
      return { byteLength: 1 };
    case 'range': {
      const rowCount = maxRowCount(relation);
      return { byteLength: rowCount * 8, rowCount };
    }
    case 'loopReference':
      return { byteLength: unknownByteLength };
    case 'unionLoop':
      return statisticsOf(relation.anchor);
    case 'setOperation':
      return statisticsOf(relation.left);
    case 'lateralJoin':
    case 'join': {
      const left = statisticsOf(relation.left);
      if (relation.joinType === 'leftSemi' || relation.joinType === 'leftAnti') {
        return { byteLength: left.byteLength };
      }
      return { byteLength: left.byteLength * statisticsOf(relation.right).byteLength };
    }
    case 'union':
      return {
        byteLength: relation.inputs.reduce((sum, input) => sum + statisticsOf(input).byteLength, 0),
      };
    case 'aggregate':
      return relation.grouping.length === 0
        ? { byteLength: widthOf(relation), rowCount: 1 }
        : unary(relation, relation.input);
    case 'globalLimit':
    case 'localLimit': {
      const below = statisticsOf(relation.input);
      const rowCount = Math.min(relation.limit, below.rowCount ?? Infinity);
      return { byteLength: Math.max(1, rowCount * widthOf(relation)), rowCount };
    }
    default:
      return unary(relation, relation.input);
  }
}

/** `2.0 KiB`, as Spark prints sizes. */
export function byteLengthText(byteLength: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
  if (byteLength >= 2 ** 71) return `${byteLength.toExponential(2).toUpperCase()} B`;
  let power = 0;
  while (power < units.length - 1 && byteLength >= 2 * 1024 ** (power + 1)) power++;
  return `${(byteLength / 1024 ** power).toFixed(1)} ${units[power] ?? 'B'}`;
}

function unary(relation: Relation, input: Relation): Statistics {
  return { byteLength: scaled(statisticsOf(input).byteLength, widthOf(relation), widthOf(input)) };
}

function scaled(byteLength: number, to: number, from: number): number {
  return Math.max(1, Math.floor((byteLength * to) / from));
}

/** Bytes of a row, as Spark guesses from the types. */
export function widthOf(relation: Relation): number {
  return rowWidth(outputOf(relation).map(({ type }) => type));
}

function rowWidth(types: readonly (DataType | undefined)[]): number {
  return types.reduce((sum, type) => sum + (type === undefined ? 20 : defaultByteLength(type)), 8);
}

function defaultByteLength(type: DataType): number {
  switch (type.kind) {
    case 'boolean':
    case 'byte':
    case 'void':
      return 1;
    case 'short':
      return 2;
    case 'int':
    case 'float':
    case 'date':
    case 'yearMonthInterval':
      return 4;
    case 'long':
    case 'double':
    case 'timestamp':
    case 'timestamp_ntz':
    case 'time':
    case 'dayTimeInterval':
      return 8;
    case 'decimal':
      return type.precision <= 18 ? 8 : 16;
    case 'calendarInterval':
      return 16;
    case 'string':
      return 20;
    case 'binary':
      return 100;
    case 'variant':
      return 2048;
    case 'array':
      return defaultByteLength(type.element);
    case 'map':
      return defaultByteLength(type.key) + defaultByteLength(type.value);
    case 'struct':
      return type.fields.reduce((sum, field) => sum + defaultByteLength(field.type), 0);
  }
}
