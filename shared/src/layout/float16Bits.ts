const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/** The half-precision float nearest to `value`, ties to even, as its 16 bits. */
export function float16Bits(value: number): number {
  double[0] = value;
  const [low = 0, high = 0] = words;
  const sign = (high >>> 16) & 0x8000;
  if (Number.isNaN(value)) return sign | 0x7e00;
  const magnitude = Math.abs(value);
  if (magnitude >= 65520) return sign | 0x7c00;
  if (magnitude < 2 ** -14) {
    // Subnormal: a multiple of 2^-24, which the scaled number rounds to.
    return sign | roundHalfEven(magnitude * 2 ** 24);
  }
  const exponent = ((high >>> 20) & 0x7ff) - 1023;
  const fraction = (high & 0xfffff) * 2 ** 32 + low;
  // A fraction that rounds up to 1024 carries into the exponent, as it should.
  return sign | (((exponent + 15) << 10) + roundHalfEven(fraction / 2 ** 42));
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
