/** On what is read: too many columns, too many files, a format in which nothing can be skipped. */
import { formatQuantity } from '#shared/quantities.ts';
import type { Scan } from '../../plan/resolved.ts';
import { byteLengthText, statisticsOf } from '../statistics.ts';
import { worthByteLength, type Finding, type Step } from './step.ts';

/** With the operators above, the nearest last. */
export function scanAdvice(
  { node: { of: scan } }: Step,
  above: readonly Step[],
  hasStar: boolean,
): readonly Finding[] {
  if (scan?.kind !== 'scan') return [];
  return [...(hasStar ? prunable(scan, above) : []), ...smallFiles(scan), ...columnar(scan, above)];
}

const columnarFormats = new Set(['parquet', 'orc']);
const textFormats = new Set(['csv', 'json']);
/** What a projection leaves out of fewer columns is not worth a word. */
const fewColumns = 4;

/** All columns come through to a result that nobody bounded. */
function prunable(scan: Scan, above: readonly Step[]): readonly Finding[] {
  const { fields, statistics } = scan.table;
  const isBounded = above.some(({ node }) => /Aggregate$|Limit$|^TakeOrdered/.test(node.name));
  if (isBounded || scan.isCounted === true || fields.length < fewColumns) return [];
  if (scan.output.length < fields.length || (statistics?.byteLength ?? 0) < worthByteLength)
    return [];
  const one = byteLengthText(statisticsOf({ ...scan, output: scan.output.slice(0, 1) }).byteLength);
  return [
    {
      rule: 'pruneColumns',
      title: 'Every column is read',
      finding: `\`*\` asks for all ${fields.length} columns of ${scan.table.name}, ${byteLengthText(statistics?.byteLength ?? 0)}. ${
        columnarFormats.has(scan.table.source.format)
          ? `Its format keeps columns apart: \`${fields[0]?.name ?? ''}\` alone would be some ${one}.`
          : 'Those that nobody looks at are parsed, sent and kept all the same.'
      }`,
      remedy: 'Name the columns that are needed, or add LIMIT to have a look.',
      idea: 'push-down',
    },
  ];
}

const manyFiles = 32;

function smallFiles({ table }: Scan): readonly Finding[] {
  const { fileCount = 1, byteLength = 0 } = table.statistics ?? {};
  const average = byteLength / fileCount;
  if (fileCount < manyFiles || average >= worthByteLength) return [];
  return [
    {
      rule: 'smallFiles',
      title: 'Many small files',
      finding: `${table.name} is ${formatQuantity(fileCount, 'file')} of ${byteLengthText(average)} on average. Each is opened, and its header or footer read, before its first row; on a cluster each is listed and planned for, too.`,
      remedy:
        'Write them together once, into files of 128 MiB or so: `INSERT OVERWRITE DIRECTORY … USING parquet SELECT /*+ COALESCE(1) */ * FROM …`.',
      idea: 'partitions',
    },
  ];
}

/** A part of a text is wanted, and all of it is read. */
function columnar({ table, output, isCounted }: Scan, above: readonly Step[]): readonly Finding[] {
  const { format } = table.source;
  const { byteLength = 0 } = table.statistics ?? {};
  if (!textFormats.has(format) || byteLength < worthByteLength) return [];
  const columnCount = isCounted === true ? 0 : output.length;
  const isFiltered = above.at(-1)?.node.name === 'Filter';
  const isPart = columnCount < table.fields.length;
  if (!isPart && !isFiltered) return [];
  const part = [
    ...(isPart ? [`${columnCount} of ${formatQuantity(table.fields.length, 'column')}`] : []),
    ...(isFiltered ? ['rows that a filter picks'] : []),
  ].join(' and ');
  return [
    {
      rule: 'columnarFormat',
      title: `${format.toUpperCase()} is read whole`,
      finding: `The query needs ${part}, and all ${byteLengthText(byteLength)} of ${table.name} are read and parsed for it: text keeps no columns apart and no smallest and largest values.`,
      remedy:
        'Where it is read more than once, write it as Parquet first: `INSERT OVERWRITE DIRECTORY … USING parquet SELECT * FROM …`.',
      idea: 'push-down',
    },
  ];
}
