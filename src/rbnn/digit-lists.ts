/**
 * Samples as lists of the inputs to add and to subtract for each power of two, which the first layer's kernel counts
 * (assembly/bit-sums.ts): x_i = background + d_i, and d_i is written as a sum of signed powers of two, as few as can be,
 * which is its non-adjacent form (Reitwiesner, "Binary Arithmetic", 1960). That of 127 is 128 - 1.
 *
 * A list is for at most {@link LISTED_INPUTS} inputs. It has a header of 16 bytes, for each power 2^0 .. 2^7 how many
 * blocks of {@link BLOCK} numbers of inputs are added and subtracted, and then these blocks. They are filled up with
 * number `inputs`, whose mask has no unit.
 */

const POWERS = 8;
const HEADER = POWERS;
const BLOCK = 4;

/**
 * Inputs of a list: for each, a unit's sum gets at most 170, which the digits of d = 106 add up to without their signs,
 * and at most 3 x 255 where blocks are filled up; 16 bits hold that.
 */
const LISTED_INPUTS = 380;

/** Blocks of a power fit 8 bits, and their carries a buffer of the kernel. */
const LARGEST_COUNT = 255 * BLOCK;

/** Digits of d = 0 .. 128, the lowest first: `[power]` is 1, 0 or -1. */
const DIGITS = Array.from({ length: 129 }, (_, d) => nonAdjacentForm(d));

function nonAdjacentForm(d: number): readonly number[] {
  const digits: number[] = [];
  for (let rest = d; rest !== 0; ) {
    const digit = rest % 2 === 0 ? 0 : 2 - (rest % 4);
    digits.push(digit);
    rest = (rest - digit) / 2;
  }
  return digits;
}

/** For each pixel value, the digits of its d: twice the power, and 1 more if it is subtracted. */
function digitsOfPixels(table: Int8Array): readonly (readonly number[])[] {
  const background = table[0] as number;
  return Array.from(table, (input) =>
    (DIGITS[input - background] as readonly number[]).flatMap((digit, power) =>
      digit === 0 ? [] : [2 * power + (digit < 0 ? 1 : 0)],
    ),
  );
}

/** Where lists are written. */
export interface DigitLists {
  /** `[samples + 1]`: where the lists of each sample begin, of which it has one at least. */
  readonly listStarts: Uint32Array;
  readonly lists: Uint16Array;
  /** `[samples]`: the worth of a sample's subtracted numbers, which the kernel adds as complements, is added twice. */
  readonly sums: Int32Array;
}

/**
 * Lists samples of `inputs` pixels each.
 * @returns the length of all lists; without `to` it is only measured
 */
export function listDigits(pixels: Uint8Array, table: Int8Array, inputs: number, to?: DigitLists): number {
  const digits = digitsOfPixels(table);
  const counts = new Uint32Array(2 * POWERS);
  let at = 0;
  let sample = 0;
  for (let first = 0; first < pixels.length; first += inputs, sample++) {
    const last = first + inputs;
    if (to !== undefined) to.listStarts[sample] = at;
    let pixel = first;
    do {
      const from = pixel;
      counts.fill(0);
      for (let listed = 0; pixel < last && listed < LISTED_INPUTS; pixel++) {
        const own = digits[pixels[pixel] as number] as readonly number[];
        for (let n = 0; n < own.length; n++) (counts[own[n] as number] as number) += 1;
        if (own.length > 0) listed += 1;
      }
      const begin = at;
      at += HEADER;
      for (const count of counts) at += filledUp(count);
      if (to === undefined) continue;
      const { lists, sums } = to;
      sums[sample] = (sums[sample] as number) + 2 * writeHeader(counts, lists, begin);
      lists.fill(inputs, begin + HEADER, at);
      // From here on `counts` are where the next of each is written.
      for (let slot = 0, next = begin + HEADER; slot < counts.length; slot++) {
        const count = counts[slot] as number;
        counts[slot] = next;
        next += filledUp(count);
      }
      for (let p = from; p < pixel; p++) {
        const own = digits[pixels[p] as number] as readonly number[];
        for (let n = 0; n < own.length; n++) lists[(counts[own[n] as number] as number)++] = p - first;
      }
    } while (pixel < last);
  }
  if (to !== undefined) to.listStarts[sample] = at;
  return at;
}

const filledUp = (count: number): number => Math.ceil(count / BLOCK) * BLOCK;

/** @returns what the subtracted numbers are worth */
function writeHeader(counts: Uint32Array, lists: Uint16Array, at: number): number {
  let worth = 0;
  for (let power = 0; power < POWERS; power++) {
    const added = filledUp(counts[2 * power] as number);
    const subtracted = filledUp(counts[2 * power + 1] as number);
    lists[at + power] = added / BLOCK + 256 * (subtracted / BLOCK);
    worth += subtracted * 2 ** power;
  }
  return worth;
}

/** Length of the lists that have each of `inputs` inputs once, with 1. */
export function onesLength(inputs: number): number {
  return HEADER * Math.ceil(inputs / LARGEST_COUNT) + filledUp(inputs);
}

/** Writes the lists that have each of `inputs` inputs once, with 1. */
export function listOnes(inputs: number, lists: Uint16Array): void {
  lists.fill(inputs);
  for (let first = 0, at = 0; first < inputs; first += LARGEST_COUNT) {
    const count = Math.min(LARGEST_COUNT, inputs - first);
    lists.fill(0, at, at + HEADER);
    lists[at] = filledUp(count) / BLOCK;
    at += HEADER;
    for (let n = 0; n < count; n++) lists[at + n] = first + n;
    at += filledUp(count);
  }
}
