/** A row of cells in a little-endian bit stream: cell i occupies bits i n .. i n + n - 1, n = `weightBits`. */
export interface RowPacking {
  readonly cells: Uint8Array;
  readonly weightBits: number;
  /** Bits of the plastic field, the low bits of a cell. */
  readonly fieldBits: number;
  /** Frozen bits of every cell in place (low `fieldBits` bits 0), the same index as `weights`. */
  readonly frozen: Uint16Array;
  readonly weights: Int16Array;
}

/**
 * Writes the cells `firstCell .. firstCell + length - 1` of the stream from frozen bits and plastic weights.
 * Bits of neighbouring cells that share the first or last byte are kept.
 */
export function packRow(packing: RowPacking, firstCell: number, length: number): void {
  const { cells, weightBits, fieldBits, frozen, weights } = packing;
  const fieldMask = (1 << fieldBits) - 1;
  const firstBit = firstCell * weightBits;
  // `| 0` keeps the index an integer for the compiler: as a float it would be converted at every store.
  let byte = (firstBit / 8) | 0;
  let filled = firstBit % 8;
  // At most 15 pending bits and a cell of at most 16: a non-negative 32-bit integer.
  let pending = (cells[byte] as number) & ((1 << filled) - 1);
  const end = firstCell + length;
  for (let cell = firstCell; cell < end; cell++) {
    pending |= ((frozen[cell] as number) | ((weights[cell] as number) & fieldMask)) << filled;
    filled += weightBits;
    if (filled >= 16) {
      cells[byte] = pending;
      cells[byte + 1] = pending >> 8;
      byte += 2;
      pending >>= 16;
      filled -= 16;
    }
  }
  if (filled >= 8) {
    cells[byte++] = pending;
    pending >>= 8;
    filled -= 8;
  }
  if (filled > 0) {
    const kept = (cells[byte] as number) & ~((1 << filled) - 1);
    cells[byte] = kept | pending;
  }
}
