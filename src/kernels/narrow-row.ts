/**
 * One row's weight update w = clamp(w - narrow(G)), by the three ways of narrowing a gradient by S = `stepBits`
 * bits (docs/numerics.md, "Update"). Weights are fields of `fieldBits` bits, sign-extended.
 */
export interface RowUpdate {
  readonly weights: Int16Array;
  readonly weightOffset: number;
  readonly gradient: Int32Array;
  readonly gradientOffset: number;
  readonly length: number;
  readonly fieldBits: number;
  /** S, 1 .. 24. */
  readonly stepBits: number;
}

/** The dither word advances by this a weight: 2^32 divided by the golden ratio (Knuth, TAOCP 3, 6.4), made odd. */
const DITHER_INCREMENT = 0x9e3779b9;

/** Toward zero: sign(G) (|G| >> S), the paper's "simple decimation". */
export function narrowRowTruncate(row: RowUpdate): void {
  decimateRow(row, 0);
}

/** To nearest, halves away from zero: sign(G) ((|G| + 2^(S-1)) >> S). */
export function narrowRowNearest(row: RowUpdate): void {
  decimateRow(row, 1 << (row.stepBits - 1));
}

function decimateRow(row: RowUpdate, bias: number): void {
  const { weights, weightOffset, gradient, gradientOffset, length, fieldBits, stepBits } = row;
  const high = (1 << (fieldBits - 1)) - 1;
  const low = -high - 1;
  for (let i = 0; i < length; i++) {
    const g = gradient[gradientOffset + i] as number;
    const step = g < 0 ? -((bias - g) >> stepBits) : (g + bias) >> stepBits;
    const w = ((weights[weightOffset + i] as number) - step) | 0;
    weights[weightOffset + i] = w < low ? low : w > high ? high : w;
  }
}

/**
 * With S random bits r: (G + r) >> S, arithmetic, unbiased in the mean. `randomWord` is the 32-bit word of weight
 * 0 of the row; each further weight adds {@link DITHER_INCREMENT}, and r is the word's top S bits.
 */
export function narrowRowDither(row: RowUpdate, randomWord: number): void {
  const { weights, weightOffset, gradient, gradientOffset, length, fieldBits, stepBits } = row;
  const high = (1 << (fieldBits - 1)) - 1;
  const low = -high - 1;
  const unused = 32 - stepBits;
  let word = randomWord | 0;
  for (let i = 0; i < length; i++) {
    const step = ((gradient[gradientOffset + i] as number) + (word >>> unused)) >> stepBits;
    word = (word + DITHER_INCREMENT) | 0;
    const w = ((weights[weightOffset + i] as number) - step) | 0;
    weights[weightOffset + i] = w < low ? low : w > high ? high : w;
  }
}
