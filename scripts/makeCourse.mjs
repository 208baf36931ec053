// Writes the data files of examples/course/, under the names that the course's code reads. The numbers come from a
// fixed seed, so a second run changes nothing. What the course reads and Strata does not write (ORC) is left out.
import encode, { init } from '@jsquash/jpeg/encode.js';
import { DuckDBInstance } from '@duckdb/node-api';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { csv, seeded } from './seeded.mjs';

const folder = join(fileURLToPath(new URL('..', import.meta.url)), 'examples/course');
const { next, whole, pick } = seeded(20261128);

function write(name, data) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), data);
}
const jsonLines = (columns, rows) =>
  rows
    .map((row) => JSON.stringify(Object.fromEntries(columns.map((name, i) => [name, row[i]]))))
    .join('\n') + '\n';

// People, and the departments that they work in. More than five in a department, as a HAVING of the course asks.
const departments = ['Engineering', 'Finance', 'Operations', 'Research', 'Sales'];
const names = [
  ...['Alice', 'Bob', 'Charlie', 'Dilek', 'Emeka', 'Farida', 'Gustav', 'Hana', 'Ivo', 'Jaya'],
  ...['Kofi', 'Lena', 'Mateo', 'Noor', 'Olga', 'Pavel', 'Qiang', 'Rania', 'Sami', 'Tuva'],
  ...['Umar', 'Vera', 'Wanda', 'Xenia', 'Yusuf', 'Zofia', 'Anton', 'Bruna', 'Cyril', 'Delia'],
  ...['Egon', 'Flora', 'Gita', 'Hugo', 'Inga', 'Jorge', 'Karin', 'Liam', 'Mira', 'Nils'],
];
const people = names.map((name, i) => {
  const department = i < 3 ? 'Engineering' : departments[Math.floor(next() ** 1.3 * 5)];
  const age = [34, 45, 29][i] ?? whole(21, 67);
  return [i + 1, name, age, department, 30_000 + whole(0, 120) * 500];
});
const peopleColumns = ['id', 'name', 'age', 'department', 'salary'];
write('people.csv', csv([peopleColumns, ...people]));
write('people.json', jsonLines(peopleColumns, people));
write(
  'departments.csv',
  csv([['id', 'dept_name'], ...departments.map((name, i) => [i + 1, name])]),
);
write(
  'employees.csv',
  csv([
    ['id', 'name', 'dept_id', 'salary'],
    ...people.map(([id, name, , department, salary]) => [
      id,
      name,
      departments.indexOf(department) + 1,
      salary,
    ]),
  ]),
);

// A table for the pages on file formats: `value > 100`, `partitionBy("year", "month")`, a join on `key`.
const data = Array.from({ length: 600 }, (_, i) => [
  i + 1,
  pick(names),
  whole(0, 2400) / 10,
  pick([2023, 2024]),
  whole(1, 12),
  `k${whole(1, 40)}`,
]);
const dataColumns = ['id', 'name', 'value', 'year', 'month', 'key'];
write('data.csv', csv([dataColumns, ...data]));
write('data.json', jsonLines(dataColumns, data));

// Lines to count words in. The file has the name that the course gives it; the words are our own.
const lines = `The lamp is out, the harbour sleeps, the harbour keeps its light,
And who goes there, and who goes there, across the yard at night?
I count the masts, I count the stars, I count the steps I hear,
And every count begins again, and no count brings him near.
The night is long, the tide is low, the tide will not be told,
The rope is wet, the iron rusts, the iron bell is cold.
O bring a lamp, O bring a song, O bring the harbour light,
For who goes there, for who goes there, alone across the night?`;
write('shakespeare.txt', lines + '\n');
write('data.txt', lines.split('\n').slice(0, 4).join('\n') + '\n');
write('data_dir/first.txt', lines.split('\n').slice(0, 4).join('\n') + '\n');
write('data_dir/second.txt', lines.split('\n').slice(4).join('\n') + '\n');

// Customers who stay or leave: short contracts at a high price leave more often.
const churn = Array.from({ length: 400 }, (_, i) => {
  const tenure = whole(1, 72);
  const monthly = whole(1800, 11900) / 100;
  const leaves = next() < 0.15 + 0.5 * (1 - tenure / 72) * (monthly / 119);
  return [i + 1, tenure, monthly.toFixed(2), (tenure * monthly).toFixed(2), leaves ? 1 : 0];
});
write(
  'customer_churn.csv',
  csv([['customer_id', 'tenure', 'monthlyCharges', 'totalCharges', 'churn'], ...churn]),
);

// Parquet, by DuckDB's writer, with the types that Spark would infer.
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const path = (name) => join(folder, name).replaceAll("'", "''");
async function parquet(name, query) {
  rmSync(join(folder, name), { force: true });
  await connection.run(`copy (${query}) to '${path(name)}' (format parquet)`);
}
await parquet(
  'people.parquet',
  `select id::int id, name, age::int age, department, salary::int salary from read_csv('${path('people.csv')}', all_varchar=true)`,
);
await parquet(
  'data.parquet',
  `select id::int id, name, value::double "value", year::int "year", month::int "month", "key" from read_csv('${path('data.csv')}', all_varchar=true)`,
);
const vectors = Array.from({ length: 1500 }, () => [
  pick(['audio', 'image', 'text', 'video']),
  `[${Array.from({ length: 6 }, () => whole(0, 100)).join()}]`,
]);
const quoted = vectors.map(([category, values]) => `('${category}', ${values}::double[])`).join();
await parquet('large_dataset.parquet', `select * from (values ${quoted}) t(category, "values")`);
connection.closeSync();

// A picture to brighten: a sunset over water, so that a wrong order of axes or bands is seen at once.
const [width, height] = [640, 400];
const pixels = new Uint8ClampedArray(width * height * 4);
for (let y = 0; y < height; y++)
  for (let x = 0; x < width; x++) {
    const horizon = y / height;
    const sun = Math.hypot(x - 430, y - 190) < 46;
    const wave = horizon > 0.55 ? 14 * Math.sin(y / 3 + 3 * Math.sin(x / 40)) : 0;
    const [r, g, b] =
      sun && horizon <= 0.55
        ? [250, 214, 120]
        : [
            40 + 190 * (1 - Math.abs(horizon - 0.55) * 1.6),
            30 + 90 * (1 - Math.abs(horizon - 0.55) * 1.7),
            70 + 90 * horizon,
          ];
    pixels.set([r + wave, g + wave, b + wave, 255], (y * width + x) * 4);
  }
const wasm = createRequire(import.meta.url).resolve('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm');
await init(await globalThis.WebAssembly.compile(readFileSync(wasm)));
globalThis.ImageData ??= class {};
write(
  'large_image.jpg',
  Buffer.from(await encode({ data: pixels, width, height }, { quality: 60 })),
);
