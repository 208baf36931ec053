/** Queries to begin with, made for the columns of a table. Pure. */
import type { Field } from '#shared/protocol/engine.ts';
import { quoteName } from '#shared/protocol/sparkDdl.ts';

export interface SampleQuery {
  readonly label: string;
  readonly text: string;
}

export function sampleQueries(table: string, fields: readonly Field[]): readonly SampleQuery[] {
  const name = quoteName(table);
  // A column of the same name would be meant instead of what is selected, or as well as it.
  const known = new Set(fields.map((field) => field.name.toLowerCase()));
  const fresh = (alias: string): string => (known.has(alias) ? fresh(`${alias}_`) : alias);
  const [rows, total, place, month] = ['rows', 'total', 'place', 'month'].map(fresh);
  const text = first(fields, ({ type }) => type === 'string');
  const number = first(fields, (field) => isNumeric(field) && !isKey(field));
  const date = first(fields, ({ type }) => /^(date|timestamp)/.test(type));
  const samples: SampleQuery[] = [
    { label: 'First rows', text: `SELECT *\nFROM ${name}\nLIMIT 100` },
    { label: 'How many rows', text: `SELECT count(*) AS ${rows}\nFROM ${name}` },
  ];
  if (text !== undefined) {
    samples.push({
      label: `Rows by ${text}`,
      text: `SELECT ${quoteName(text)}, count(*) AS ${rows}\nFROM ${name}\nGROUP BY ${quoteName(text)}\nORDER BY ${rows} DESC\nLIMIT 20`,
    });
  }
  if (text !== undefined && number !== undefined) {
    const [group, value] = [quoteName(text), quoteName(number)];
    samples.push({
      label: `Total ${number} by ${text}`,
      text: `SELECT ${group}, sum(${value}) AS ${total}, avg(${value}) AS average\nFROM ${name}\nGROUP BY ${group}\nORDER BY ${total} DESC\nLIMIT 20`,
    });
    samples.push({
      label: `Top 3 ${number} within each ${text}`,
      text: `SELECT *\nFROM ${name}\n|> EXTEND row_number() OVER (PARTITION BY ${group} ORDER BY ${value} DESC) AS ${place}\n|> WHERE ${place} <= 3\n|> ORDER BY ${group}, ${place}`,
    });
  }
  if (number !== undefined) {
    const value = quoteName(number);
    samples.push({
      label: `Range of ${number}`,
      text: `SELECT min(${value}) AS least, percentile(${value}, 0.5) AS middle, max(${value}) AS most\nFROM ${name}`,
    });
  }
  if (date !== undefined) {
    samples.push({
      label: `Rows by month of ${date}`,
      text: `SELECT date_trunc('MONTH', ${quoteName(date)}) AS ${month}, count(*) AS ${rows}\nFROM ${name}\nGROUP BY ${month}\nORDER BY ${month}`,
    });
  }
  return samples;
}

function first(fields: readonly Field[], matches: (field: Field) => boolean): string | undefined {
  return fields.find(matches)?.name;
}

function isNumeric({ type }: Field): boolean {
  return /^(tinyint|smallint|int|bigint|float|double|decimal)/.test(type);
}

/** A number that only names something: adding those up says nothing. */
function isKey({ name }: Field): boolean {
  return /(^|_)(id|key|no|nr|code|number|year|zip)$/i.test(name);
}
