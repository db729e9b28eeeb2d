// Sums of numbers for 128 units at once, each number for the units of its mask only; a unit is a bit of a vector.
// Numbers are sums of signed powers of two (../../rbnn/digit-lists.ts), so that it is enough to count masks for each
// power, and full adders count them: 15 operations for four masks, and each fourth mask's worth is carried on.
// See Mula, Kurz and Lemire, "Faster Population Counts Using AVX2 Instructions", 2018, "Harley-Seal".

/** Units of a block: bits of a vector. */
export const BLOCK_UNITS: i32 = 128;

/** Bits of a sum: sums of a list stay below 2^16. */
export const PLANES: i32 = 16;

/** Powers in a list, 2^0 .. 2^7; in front of it, for each, how many blocks of masks are added and subtracted. */
const LISTED: i32 = 8;
const HEADER: usize = 16;

/** A buffer for what is carried to a plane: one vector for four of at most 4 x 255 masks, and of those carried to it. */
const BUFFER: usize = 16 * 352;

/** Room that {@link countBits} needs. */
export const COUNTING_ROOM: usize = 2 * BUFFER;

/** The carry of a + b + c, with x = a xor b. */
@inline
function carry(a: v128, b: v128, x: v128, c: v128): v128 {
  return v128.or(v128.and(a, b), v128.and(x, c));
}

@inline
function maskAt(masks: usize, index: usize): v128 {
  return v128.load(masks + (<usize>load<u16>(index) << 4));
}

/**
 * Writes the bits of 128 units' sums, v128 [PLANES], the lowest first. Subtracted masks are added as their complements;
 * what that adds to each sum is the same for all units, and known when lists are made.
 * @param masks v128 of each input
 * @returns the end of the list
 */
export function countBits(list: usize, masks: usize, bits: usize, room: usize): usize {
  const zero = i64x2.splat(0);
  let at = list + HEADER;
  // The counts of 1 and of 2 of a plane, 2 being 1 of the next. Fours go to the next but one by a buffer.
  let ones = zero;
  let twos = zero;
  let buffer = room;
  let nextBuffer = room + BUFFER;
  let carriesEnd = buffer;
  let nextCarriesEnd = nextBuffer;
  for (let plane: i32 = 0; plane < PLANES; plane++) {
    // Written over those already read: four are read for each that is written.
    let to = buffer;
    for (let from = buffer; from < carriesEnd; from += 64) {
      const a = v128.load(from);
      const b = v128.load(from, 16);
      const c = v128.load(from, 32);
      const d = v128.load(from, 48);
      const x = v128.xor(a, b);
      const y = v128.xor(c, d);
      const two = carry(a, b, x, ones);
      ones = v128.xor(ones, x);
      const four = carry(c, d, y, ones);
      ones = v128.xor(ones, y);
      const z = v128.xor(two, four);
      v128.store(to, carry(two, four, z, twos));
      twos = v128.xor(twos, z);
      to += 16;
    }
    if (plane < LISTED) {
      const header = load<u16>(list + (plane << 1));
      let flip = zero;
      let isFlipped = false;
      for (let blocks: u32 = header & 0xff; ; blocks = header >> 8) {
        const end = at + (blocks << 3);
        for (; at < end; at += 8) {
          const a = maskAt(masks, at);
          const b = maskAt(masks, at + 2);
          const c = maskAt(masks, at + 4);
          const d = maskAt(masks, at + 6);
          const x = v128.xor(a, b);
          const y = v128.xor(c, d);
          const two = carry(a, b, x, ones);
          ones = v128.xor(ones, x);
          const four = carry(c, d, y, ones);
          ones = v128.xor(ones, y);
          const z = v128.xor(two, four);
          v128.store(to, v128.xor(flip, carry(two, four, z, twos)));
          twos = v128.xor(twos, z);
          to += 16;
        }
        // The complements of a full adder's inputs give the complements of its outputs: the state is turned over
        // instead of the masks that are subtracted, and back.
        if (header >> 8 == 0) break;
        ones = v128.not(ones);
        twos = v128.not(twos);
        if (isFlipped) break;
        isFlipped = true;
        flip = v128.not(zero);
      }
    }
    v128.store(bits + (plane << 4), ones);
    ones = twos;
    twos = zero;
    // Fills up the last four.
    v128.store(to, zero);
    v128.store(to, zero, 16);
    v128.store(to, zero, 32);
    const filled = buffer;
    buffer = nextBuffer;
    carriesEnd = nextCarriesEnd;
    nextBuffer = filled;
    nextCarriesEnd = to;
  }
  return at;
}
