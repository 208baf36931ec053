// Writes the data files of examples/. The numbers come from a fixed seed, so a second run changes nothing.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npy } from './npy.mjs';
import { cents, csv, day, seeded } from './seeded.mjs';

const folder = join(fileURLToPath(new URL('..', import.meta.url)), 'examples');
mkdirSync(folder, { recursive: true });

const { next, whole, pick } = seeded(20260401);

const given = [
  'Ada',
  'Bo',
  'Chidi',
  'Dara',
  'Elif',
  'Femi',
  'Grace',
  'Hiro',
  'Ines',
  'Jonas',
  'Kaya',
  'Leila',
  'Marek',
  'Nadia',
  'Oskar',
  'Priya',
  'Quinn',
  'Rosa',
  'Sven',
  'Tomás',
];
const family = [
  'Almeida',
  'Berg',
  'Costa',
  'Dubois',
  'Eze',
  'Fischer',
  'García',
  'Haddad',
  'Ito',
  'Jansen',
  'Kowalska',
  'Lindqvist',
  'Moreau',
  'Novák',
  "O'Brien",
  'Petrov',
  'Rossi',
  'Silva',
  'Tanaka',
  'Ünal',
];
const cities = ['Berlin', 'Lisbon', 'Oslo', 'Kraków', 'Lyon', 'Porto'];
const customers = Array.from({ length: 120 }, (_, i) => [
  i + 1,
  `${pick(given)} ${pick(family)}`,
  pick(cities),
  day([2022, 0, 1], whole(0, 900)),
]);

const catalogue = {
  Books: [
    'Field Guide to Mosses',
    'A Short History of Salt',
    'Knots, Untied',
    'The Quiet Compiler',
  ],
  Garden: ['Watering can, 5 l', 'Seed tray', 'Pruning shears', 'Terracotta pot 20 cm'],
  Kitchen: ['Cast-iron pan', 'Bread knife', 'Glass jar, set of 6', 'Moka pot'],
  Office: ['Desk lamp', 'Notebook A5', 'Fountain pen', 'Cable tray'],
  Outdoor: ['Rain jacket', 'Trekking poles', 'Head torch', 'Camping stove'],
  Toys: ['Wooden blocks', 'Kite', 'Marble run', 'Puzzle, 500 pieces'],
};
const products = Object.entries(catalogue).flatMap(([category, names]) =>
  names.map((name) => ({ category, name, price: whole(390, 12900) })),
);

const orders = Array.from({ length: 2000 }, (_, i) => {
  const product = Math.min(products.length - 1, Math.floor(next() ** 1.6 * products.length));
  const quantity = 1 + Math.floor(next() ** 3 * 6);
  // A few customers never order; one in twelve orders has no ship date yet.
  const customer = 1 + Math.floor(next() ** 1.4 * 110);
  const ordered = whole(0, 730);
  return [
    1001 + i,
    customer,
    product + 1,
    quantity,
    cents(products[product].price * quantity),
    day([2023, 0, 1], ordered),
    i % 12 === 5 ? '' : day([2023, 0, 1], ordered + whole(1, 9)),
  ];
});

const transactions = Array.from({ length: 10_000 }, (_, i) => [
  i + 1,
  whole(1, 120),
  day([2023, 0, 1], Math.floor(i / 14)),
  pick(Object.keys(catalogue)),
  // Refunds are negative, as the course's clean-up step expects.
  cents(next() < 0.03 ? -whole(100, 9000) : whole(250, 45000)),
]);

const write = (name, data) => writeFileSync(join(folder, name), data);
write('customers.csv', csv([['customer_id', 'name', 'city', 'signup_date'], ...customers]));
write(
  'products.csv',
  csv([
    ['product_id', 'product_name', 'category', 'price'],
    ...products.map((p, i) => [i + 1, p.name, p.category, cents(p.price)]),
  ]),
);
write(
  'products.json',
  products
    .map((p, i) =>
      JSON.stringify({
        product_id: i + 1,
        product_name: p.name,
        category: p.category,
        price: p.price / 100,
      }),
    )
    .join('\n') + '\n',
);
write(
  'orders.csv',
  csv([
    [
      'order_id',
      'customer_id',
      'product_id',
      'quantity',
      'total_amount',
      'order_date',
      'shipped_date',
    ],
    ...orders,
  ]),
);
const transactionColumns = [
  'transaction_id',
  'customer_id',
  'transaction_date',
  'product_category',
  'amount',
];
write('transactions.csv', csv([transactionColumns, ...transactions]));

const { DuckDBInstance } = await import('@duckdb/node-api');
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const from = join(folder, 'transactions.csv').replaceAll("'", "''");
const to = join(folder, 'transactions.parquet').replaceAll("'", "''");
rmSync(join(folder, 'transactions.parquet'), { force: true });
await connection.run(
  `copy (select transaction_id::int transaction_id, customer_id::int customer_id, transaction_date::date transaction_date, product_category, amount::decimal(10,2) amount from read_csv('${from}', all_varchar=true)) to '${to}' (format parquet)`,
);
connection.closeSync();

// Arrays: a small picture-like tensor, a big-endian matrix in Fortran order, records, and a file that lies.
const waves = Float32Array.from({ length: 64 * 48 * 3 }, (_, i) => {
  const [y, x, band] = [Math.floor(i / 144), Math.floor(i / 3) % 48, i % 3];
  return Math.fround(0.5 + 0.5 * Math.sin((x + 7 * band) / 6) * Math.cos(y / 9));
});
write('weights.npy', npy("'<f4'", false, [64, 48, 3], Buffer.from(waves.buffer)));

const matrix = Buffer.alloc(6 * 4 * 8);
for (let row = 0; row < 6; row++)
  for (let column = 0; column < 4; column++)
    matrix.writeDoubleBE(
      row === 2 && column === 1 ? NaN : (row + 1) / (column + 1),
      (column * 6 + row) * 8,
    );
write('matrix_be_fortran.npy', npy("'>f8'", true, [6, 4], matrix));

const record = 24;
const readings = Buffer.alloc(500 * record);
for (let i = 0; i < 500; i++) {
  readings.writeBigUInt64LE(BigInt(1_704_067_200 + i * 60), i * record);
  readings.writeDoubleLE(18 + 4 * Math.sin(i / 40) + next(), i * record + 8);
  readings.writeUInt16LE(whole(0, 3), i * record + 16);
  readings.write(pick(['ok', 'ok', 'ok', 'late', 'lost']), i * record + 18, 'latin1');
}
write(
  'readings.npy',
  npy(
    "[('time', '<u8'), ('celsius', '<f8'), ('sensor', '<u2'), ('state', '|S6')]",
    false,
    [500],
    readings,
  ),
);
write('broken_shape.npy', npy("'<f8'", false, [1_000_000, 1_000_000], Buffer.alloc(256)));

// What the course's `struct` slide writes, with the buffer that it needs.
const packet = Buffer.alloc(24 * 8);
for (let i = 0; i < 8; i++) {
  packet.writeBigUInt64LE(BigInt(1_711_929_600 + i), i * 24);
  packet.writeDoubleLE(Math.PI * (i + 1), i * 24 + 8);
  packet.writeBigUInt64LE(1_000_000_000n + BigInt(i), i * 24 + 16);
}
write('packets_QdQ.bin', packet);
