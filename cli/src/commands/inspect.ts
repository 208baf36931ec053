import type { Command } from '../command.ts';
import { copyText } from '../inspectCopy.ts';
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
    "--dtype also takes a format of the buffer protocol, 'T{i:a:=d:b:}', and a struct as in C",
    '',
    "--slice '[::-1]'   a view as in NumPy: slices, indices, ... and None",
    "--reshape '6, -1'  the view, or the copy, that NumPy's reshape gives of it",
    "--cast 'B'         memoryview.cast: a format, and after it a shape as in 'H, [2, 3]'",
    "--step 'NAME …'    any other step: transpose 2, 0, 1 · newaxis 0 · squeeze · ravel · broadcast 2, 3 · view '<i2'",
    '                   · field NAME · as_strided (4, 4), (2, 2) · copy F; steps are taken in the order that they are given',
    '--compare FILE     where values, or else bytes, differ from another file',
    '--tolerance A[,R]  values as near as numpy.isclose has them, atol and rtol, do not differ',
    '--as FORMAT        the values alone, as tsv, csv, json, markdown, numpy, python, c, hex or base64',
    '--export FILE      writes the array or the view of it to .npy, .csv or .parquet',
    '--member NAME     the array NAME of a .npz, .safetensors or Arrow file',
    "--index N          how value N of the Arrow column that --member names ('batch 0/city') is read",
    "--find WHAT        where bytes ('de ad ?? ef', ? for any digit) or text are; in front may stand hex:, text:, latin-1:,",
    '                   utf-16le:, utf-16be:, regex:, or value: for elements: value:3, value:1..2, value:nan, value:inf',
    '--ignore-case      for --find',
    '--stats            count, min, max, mean, std, zeros, NaN and infinities of all elements',
    '--axis N           the same of each line along axis N, as with axis=N in NumPy; of records of each field',
    '--at BYTES         what stands at this offset as every type in both byte orders, and the element there',
    '--numbers FORMAT   how values are printed: plain, hex (integers) or scientific',
    '--digits N         digits behind the point of floats that are printed',
    '--histogram BINS   how many finite elements are in each of so many equal bins',
    '--unique           distinct values, the most frequent first',
    `--limit N          how many values the JSON has, in C order, and places --find and lines --axis tells (${DEFAULT_LIMIT})`,
    '--output text|json',
    '',
    'Exit code: 1 where the file is not what it claims to be, or differs; its bytes are shown all the same.',
  ],
  async run(args, io) {
    const options = parseInspectOptions(args);
    const inspection = await inspectFile(options, io);
    try {
      const { view, source } = inspection;
      if (options.as)
        await io.out(`${await copyText(options.as, view, source, options.file, io.signal)}\n`);
      else if (options.output === 'json')
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
