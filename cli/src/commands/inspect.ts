import type { Command } from '../command.ts';
import { inspectFile } from '../inspectFile.ts';
import { inspectionJson } from '../inspectJson.ts';
import { DEFAULT_LIMIT, parseInspectOptions } from '../inspectOptions.ts';
import { inspectionText, styleFor } from '../inspectText.ts';

export const inspect: Command = {
  name: 'inspect',
  summary:
    'Shows the arrays of a binary file: layout, values, statistics, and what is wrong with it.',
  usage: [
    'strata inspect FILE [OPTION…]',
    '',
    "--dtype TYPE       what an element is: '<f4', int64, \"[('a', '<i4'), ('b', '>f8')]\"",
    "--struct FORMAT    the same as a format of Python's struct module: 'QdQ'",
    '--shape 2,3        axes; without it one axis of as many elements as fit',
    '--order C|F        which axis runs fastest: the last (C) or the first (F)',
    '--offset BYTES     where the first element starts',
    '--strides 8,4      bytes from element to element of each axis, negative ones too',
    "--slice '[::-1]'   a view as in NumPy: slices, indices, ... and None",
    "--reshape '6, -1'  the view, or the copy, that NumPy's reshape gives of it",
    "--cast 'B'         memoryview.cast: a format, and after it a shape as in 'H, [2, 3]'",
    '--compare FILE     where values, or else bytes, differ from another file',
    '--export FILE      writes the array or the view of it to .npy, .csv or .parquet',
    '--member NAME     the array NAME of a .npz, .safetensors or Arrow file',
    "--index N          how value N of the Arrow column that --member names ('batch 0/city') is read",
    "--find WHAT        where bytes ('de ad be ef') or text are; 'text:' or 'hex:' in front says which",
    '--stats            count, min, max, mean, std, zeros, NaN and infinities of all elements',
    `--limit N          how many values the JSON has, in C order, and places --find tells (${DEFAULT_LIMIT})`,
    '--output text|json',
    '',
    'Exit code: 1 where the file is not what it claims to be, or differs; its bytes are shown all the same.',
  ],
  async run(args, io) {
    const options = parseInspectOptions(args);
    const inspection = await inspectFile(options, io);
    try {
      if (options.output === 'json')
        await io.out(`${JSON.stringify(await inspectionJson(inspection, options, io.signal))}\n`);
      else
        await io.out(
          await inspectionText(inspection, options, styleFor(io.isTerminal && !io.env.NO_COLOR)),
        );
    } finally {
      if (inspection.source !== inspection.buffer.source) inspection.source.dispose();
      inspection.buffer.dispose();
    }
    const differs = (inspection.comparison?.count ?? 0) > 0;
    return differs || inspection.problems.some(({ severity }) => severity !== 'info') ? 1 : 0;
  },
};
