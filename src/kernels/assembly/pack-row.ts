// Twin of ../pack-row.ts. Eight cells take exactly `weightBits` bytes, so every eighth cell begins at a byte.

/** Replaces the cells first .. end - 1, one by one. */
function packCells(
  cells: usize,
  weightBits: i32,
  fieldMask: i32,
  frozen: usize,
  weights: usize,
  first: usize,
  end: usize,
): void {
  const cellMask = (<u32>1 << weightBits) - 1;
  for (let cell = first; cell < end; cell++) {
    const firstBit = <u64>cell * <u64>weightBits;
    let byte = cells + <usize>(firstBit >> 3);
    const shift = <u32>(firstBit & 7);
    const index = cell << 1;
    let bits = (<u32>load<u16>(frozen + index) | (<u32>load<u16>(weights + index) & fieldMask)) << shift;
    let mask = cellMask << shift;
    // Byte by byte, since the bytes behind a row may lie behind the end of the cells.
    while (mask != 0) {
      store<u8>(byte, <u8>((<u32>load<u8>(byte) & ~mask) | bits));
      bits >>= 8;
      mask >>= 8;
      byte++;
    }
  }
}

/** The two 64-bit halves of eight cells, each with four cells of `weightBits` bits in its low bits. */
@inline
function halves(
  frozen: usize,
  weights: usize,
  fieldMask: v128,
  weightBits: i32,
): v128 {
  const whole = v128.or(v128.load(frozen), v128.and(v128.load(weights), fieldMask));
  const low16 = v128.and(whole, i32x4.splat(0xffff));
  const pairs = v128.or(low16, i32x4.shl(i32x4.shr_u(whole, 16), weightBits));
  const low32 = v128.and(pairs, i64x2.splat(0xffffffff));
  return v128.or(low32, i64x2.shl(i64x2.shr_u(pairs, 32), 2 * weightBits));
}

export function packRow(
  cells: usize,
  weightBits: i32,
  fieldBits: i32,
  frozen: usize,
  weights: usize,
  firstCell: usize,
  length: i32,
): void {
  const mask: i32 = (1 << fieldBits) - 1;
  const masks = i16x8.splat(<i16>mask);
  const end = firstCell + <usize>length;
  const behind = cells + <usize>((<u64>end * <u64>weightBits) >> 3);
  let cell = min(end, (firstCell + 7) & ~(<usize>7));
  packCells(cells, weightBits, mask, frozen, weights, firstCell, cell);
  let byte = cells + (cell >> 3) * weightBits;
  const half = <usize>(weightBits >> 1);
  const isOdd = (weightBits & 1) != 0;
  const middle = <u64>weightBits << 2;
  // A group is stored as 16 bytes, of which the next group overwrites all but its first `weightBits`.
  for (; cell + 8 <= end && byte + 16 <= behind; cell += 8) {
    const index = cell << 1;
    const both = halves(frozen + index, weights + index, masks, weightBits);
    if (isOdd) {
      const upper = i64x2.extract_lane(both, 1);
      store<u64>(byte, i64x2.extract_lane(both, 0) | (upper << middle));
      store<u64>(byte, <u64>upper >> (64 - middle), 8);
    } else {
      v128.store64_lane(byte, both, 0);
      v128.store64_lane(byte + half, both, 1);
    }
    byte += weightBits;
  }
  packCells(cells, weightBits, mask, frozen, weights, cell, end);
}
