// Numbers of which every bit is a vector of its own become numbers that lie one behind the other.

/** Swaps bits of a with those of b that lie `shift` lower, for the bits of `mask` in b: returns what to turn over in b. */
@inline
function difference(a: v128, b: v128, shift: i32, mask: v128): v128 {
  return v128.and(v128.xor(i64x2.shr_u(a, shift), b), mask);
}

@inline
function low8(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

@inline
function high8(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

@inline
function low16(a: v128, b: v128): v128 {
  return v128.shuffle<u16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

@inline
function high16(a: v128, b: v128): v128 {
  return v128.shuffle<u16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

@inline
function low32(a: v128, b: v128): v128 {
  return v128.shuffle<u32>(a, b, 0, 4, 1, 5);
}

@inline
function high32(a: v128, b: v128): v128 {
  return v128.shuffle<u32>(a, b, 2, 6, 3, 7);
}

/** Eight bits of 128 numbers, v128 [8], become 128 bytes. */
export function transposeBits(bits: usize, bytes: usize): void {
  let a = v128.load(bits);
  let b = v128.load(bits, 16);
  let c = v128.load(bits, 32);
  let d = v128.load(bits, 48);
  let e = v128.load(bits, 64);
  let f = v128.load(bits, 80);
  let g = v128.load(bits, 96);
  let h = v128.load(bits, 112);

  // Within each byte position, 8 x 8 bits are transposed: halves, quarters and single bits change places.
  const nibbles = i8x16.splat(0x0f);
  let x = difference(a, e, 4, nibbles);
  e = v128.xor(e, x);
  a = v128.xor(a, i64x2.shl(x, 4));
  x = difference(b, f, 4, nibbles);
  f = v128.xor(f, x);
  b = v128.xor(b, i64x2.shl(x, 4));
  x = difference(c, g, 4, nibbles);
  g = v128.xor(g, x);
  c = v128.xor(c, i64x2.shl(x, 4));
  x = difference(d, h, 4, nibbles);
  h = v128.xor(h, x);
  d = v128.xor(d, i64x2.shl(x, 4));

  const pairs = i8x16.splat(0x33);
  x = difference(a, c, 2, pairs);
  c = v128.xor(c, x);
  a = v128.xor(a, i64x2.shl(x, 2));
  x = difference(b, d, 2, pairs);
  d = v128.xor(d, x);
  b = v128.xor(b, i64x2.shl(x, 2));
  x = difference(e, g, 2, pairs);
  g = v128.xor(g, x);
  e = v128.xor(e, i64x2.shl(x, 2));
  x = difference(f, h, 2, pairs);
  h = v128.xor(h, x);
  f = v128.xor(f, i64x2.shl(x, 2));

  const single = i8x16.splat(0x55);
  x = difference(a, b, 1, single);
  b = v128.xor(b, x);
  a = v128.xor(a, i64x2.shl(x, 1));
  x = difference(c, d, 1, single);
  d = v128.xor(d, x);
  c = v128.xor(c, i64x2.shl(x, 1));
  x = difference(e, f, 1, single);
  f = v128.xor(f, x);
  e = v128.xor(e, i64x2.shl(x, 1));
  x = difference(g, h, 1, single);
  h = v128.xor(h, x);
  g = v128.xor(g, i64x2.shl(x, 1));

  // Now byte j of a is number 8j, of b number 8j + 1, and so on.
  storeQuarter(bytes, low8(a, b), low8(c, d), low8(e, f), low8(g, h));
  storeQuarter(bytes + 64, high8(a, b), high8(c, d), high8(e, f), high8(g, h));
}

/** Half of the numbers, from pairs 0 .. 1, 2 .. 3, 4 .. 5 and 6 .. 7 of each eight. */
@inline
function storeQuarter(bytes: usize, p: v128, q: v128, r: v128, s: v128): void {
  const lowPQ = low16(p, q);
  const lowRS = low16(r, s);
  const highPQ = high16(p, q);
  const highRS = high16(r, s);
  v128.store(bytes, low32(lowPQ, lowRS));
  v128.store(bytes, high32(lowPQ, lowRS), 16);
  v128.store(bytes, low32(highPQ, highRS), 32);
  v128.store(bytes, high32(highPQ, highRS), 48);
}
