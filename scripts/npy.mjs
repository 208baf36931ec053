// Writes NumPy's .npy format, version 1.0, for the examples, the tests and the benchmarks.

/** The magic, version and padded header, up to where the data begins. `descr` is Python source. */
export function npyHeader(descr, fortranOrder, shape) {
  const dims = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': ${descr}, 'fortran_order': ${fortranOrder ? 'True' : 'False'}, 'shape': (${dims}), }`;
  const padded = text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11) + '\n';
  const start = Buffer.alloc(10);
  start.write('\x93NUMPY', 0, 'latin1');
  start[6] = 1;
  start.writeUInt16LE(padded.length, 8);
  return Buffer.concat([start, Buffer.from(padded, 'latin1')]);
}

export function npy(descr, fortranOrder, shape, data) {
  return Buffer.concat([npyHeader(descr, fortranOrder, shape), data]);
}
