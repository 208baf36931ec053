// `npm start`: installs, builds, and runs the three jobs on the bundled examples.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bundles, packages } from './setup.mjs';
import { root, SetupError } from './run.mjs';

const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const bold = (text) => (colour ? `\x1b[1m${text}\x1b[0m` : text);
const dim = (text) => (colour ? `\x1b[2m${text}\x1b[0m` : text);

/** Runs `strata` as a person would type it; findings (exit 1) are what the examples are for. */
function strata(args, expected) {
  const shown = args
    .map((arg) => (/[\s*;]/.test(arg) ? `"${arg.replace(/\s+/g, ' ')}"` : arg))
    .join(' ');
  console.log(dim(`$ strata ${shown}`));
  const { status } = spawnSync(process.execPath, [join(root, 'dist/cli.js'), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  console.log();
  if (status !== expected) {
    console.error(`strata ${args[0]} ended with ${status}, not ${expected}`);
    process.exitCode = 1;
  }
}

try {
  await packages();
  await bundles();
  console.log(
    `\n${bold('1  Types')}  what a checker finds, and what no other knows: a struct that does not fit its buffer\n`,
  );
  strata(['check', 'examples/inventory.py', 'examples/packets.py'], 1);
  console.log(`${bold('2  Buffers')}  what the bytes of a file mean\n`);
  strata(['inspect', 'examples/weights.npy', '--slice', '[0, :4]', '--stats'], 0);
  strata(['inspect', 'examples/matrix_be_fortran.npy'], 0);
  strata(['inspect', 'examples/broken_shape.npy'], 1);
  console.log(`${bold('3  Queries')}  Spark SQL on files, with no Java and no cluster\n`);
  const views = [
    '--view',
    'customers=examples/customers.csv',
    '--view',
    'orders=examples/orders.csv',
  ];
  const query = `
    SELECT c.city, count(*) AS orders, round(sum(o.total_amount), 2) AS total, max(o.order_date) AS last_order
    FROM customers c JOIN orders o ON c.customer_id = o.customer_id
    WHERE o.order_date >= DATE '2024-01-01'
    GROUP BY c.city
    HAVING count(*) > 50
    ORDER BY total DESC`;
  strata(['sql', query, ...views], 0);
  strata(['explain', query, ...views], 0);
  console.log(`${bold('In VS Code')}  npm run code  opens these files with the extension loaded:
  examples/inventory.py       type errors inline, and examples/packets.py: hover a format string
  examples/weights.npy        hex and typed grid side by side
  examples/orders.csv         right-click → Strata: Run Spark SQL on File…
To install it for good: npm run package, then "Install from VSIX…" with the file in out/.`);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
