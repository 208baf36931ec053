// How soon a key in a Spark SQL script has its findings, and how soon the list of completions is there.
import { join } from 'node:path';
import { median, start } from './typing.mjs';

const columns = {
  orders: ['order_id:int', 'customer_id:int', 'total:decimal(10,2)', 'note:string'],
  customers: ['customer_id:int', 'name:string', 'city:string'],
};

/** `quick` types fewer keys into a smaller long script: to see that it works. */
export async function rows({ root, quick }) {
  const keys = quick ? 4 : 40;
  const short = await typing(root, script(7_000), keys);
  const long = await typing(root, script(quick ? 50_000 : 1_000_000), keys);
  const row = (name, ours, goal) => ({ name, ours, unit: 'ms', goal });
  const note = `all findings of the long one ${long.opened.toFixed(0)} ms after it was opened`;
  return [
    row(
      `Spark SQL of ${short.lines} lines, from a key to findings published`,
      short.findings,
      'under 30',
    ),
    row(`Spark SQL of ${short.lines} lines, completion at the key`, short.completion, 'under 50'),
    {
      ...row(
        `Spark SQL of ${size(long)}, from opening to its first findings`,
        long.first,
        'under 1000',
      ),
      note,
    },
    row(`Spark SQL of ${size(long)}, from a key to findings published`, long.findings, 'under 100'),
    row(`Spark SQL of ${size(long)}, completion at the key`, long.completion, 'under 100'),
  ];
}

const size = ({ lines, bytes }) =>
  `${(bytes / 1e6).toFixed(2)} MB and ${lines.toLocaleString('en')} lines`;

async function typing(root, text, keys) {
  const server = await start(root, join(root, 'dist/server.js'), {
    checkTypes: false,
    trusted: false,
  });
  server.answer('strata/sqlTables', () => ({ names: Object.keys(columns), files: [] }));
  server.answer('strata/sqlSchemas', ({ names }) => ({
    schemas: names.map(([name]) => {
      const fields = columns[name]?.map((column) => {
        const [own, ...type] = column.split(':');
        return { name: own, type: type.join(':'), nullable: true };
      });
      return fields ? { kind: 'table', fields } : { kind: 'none' };
    }),
  }));
  const uri = 'untitled:bench.sparksql';
  const lines = text.split('\n');
  const line = lines.findIndex(
    (each, index) => index > lines.length / 2 && each.startsWith('WHERE s.amount'),
  );
  const character = 'WHERE s.'.length;
  const openedAt = performance.now();
  server.open(uri, text, 'spark-sql');
  // Schemas come after the text; then the misspelt columns at both ends are known to be none.
  await server.published((each) => each.uri === uri && each.diagnostics.length > 0);
  const first = performance.now() - openedAt;
  await server.published((each) => each.uri === uri && each.diagnostics.length === 2);
  const opened = performance.now() - openedAt;
  const times = { findings: [], completion: [] };
  let version = 1;
  const edit = (start, end, put) => {
    version++;
    const range = { start: { line, character: start }, end: { line, character: end } };
    server.edit(uri, version, [{ range, text: put }]);
    return version;
  };
  for (let key = 0; key < keys; key++) {
    for (const typed of [true, false]) {
      const startedAt = performance.now();
      const at = typed ? edit(character, character, 'x') : edit(character, character + 1, '');
      // The key makes a name that no column has, and takes it back.
      await server.published(
        (each) => each.version === at && each.diagnostics.length === (typed ? 3 : 2),
      );
      times.findings.push(performance.now() - startedAt);
    }
    const askedAt = performance.now();
    await server.request('textDocument/completion', {
      textDocument: { uri },
      position: { line, character },
    });
    times.completion.push(performance.now() - askedAt);
  }
  server.end();
  // The first keys are the just-in-time compiler's.
  const settled = (all) => median(all.slice(-Math.ceil(all.length / 2)));
  return {
    lines: lines.length,
    bytes: text.length,
    first,
    opened,
    findings: settled(times.findings),
    completion: settled(times.completion),
  };
}

/** Views and queries by turns, as an analyst's script has them, and a misspelt column at both ends. */
function script(length) {
  let text = 'SELECT totl FROM orders;\n\n';
  for (let unit = 0; text.length < length; unit++)
    text += unit % 4 === 0 ? view(unit) : query(unit);
  return `${text}SELECT totl FROM orders;\n`;
}

const view = (unit) => `CREATE OR REPLACE TEMPORARY VIEW big_${unit} AS
SELECT customer_id, sum(total) AS spent, count(*) AS orders
FROM orders
WHERE total > ${unit} AND note IS NOT NULL
GROUP BY customer_id;

`;

const query = (unit) => `WITH spent AS (
  SELECT o.customer_id, sum(o.total) AS amount, max(o.note) AS note
  FROM orders o
  WHERE o.total BETWEEN ${unit} AND ${unit + 10}
  GROUP BY o.customer_id
)
SELECT c.name, c.city, s.amount, rank() OVER (PARTITION BY c.city ORDER BY s.amount DESC) AS place
FROM spent s
  LEFT JOIN customers c ON c.customer_id = s.customer_id
WHERE s.amount > ${unit}
ORDER BY place;

`;
