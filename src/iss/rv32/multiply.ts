// Products of 64 bits in halves of 16, since numbers are exact to 53 bits. "M" Extension, "Multiplication Operations".

/** The upper 32 bits of an unsigned product. */
export function mulhu(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  // Each is below 2^33, and so are their sums.
  const low = a0 * b0;
  const middle = a1 * b0 + Math.floor(low / 0x10000);
  const other = a0 * b1 + (middle % 0x10000);
  return (a1 * b1 + Math.floor(middle / 0x10000) + Math.floor(other / 0x10000)) | 0;
}

/** The upper 32 bits of a signed product: -2^32 for each negative factor is taken off the unsigned one. */
export function mulh(a: number, b: number): number {
  return (mulhu(a, b) - (a < 0 ? b : 0) - (b < 0 ? a : 0)) | 0;
}

/** The upper 32 bits of a signed number times an unsigned one. */
export function mulhsu(a: number, b: number): number {
  return (mulhu(a, b) - (a < 0 ? b : 0)) | 0;
}
