import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/**
 * The weight storage of a whole run: exactly `count * weightBits` bits, allocated once and recycled in place.
 *
 * A little-endian bit stream: cell i occupies bits i n .. i n + n - 1 (bit p is bit p % 8 of byte p / 8), cells
 * in the order layers, rows, inputs ascending. Weight i of every column shares cell i: bit n - c is the frozen
 * sign of column c (1 means -1), and the low b = n - k + 1 bits are the plastic field of column k, two's
 * complement, whose top bit is its sign. Freezing therefore moves nothing.
 */
export class Cells {
  /** `bytes`: the storage to use, exactly as long as needed. */
  constructor(
    readonly count: number,
    readonly weightBits: number,
    readonly bytes: Uint8Array = new Uint8Array(Math.ceil((count * weightBits) / 8)),
  ) {}

  /** Size of the storage in bits: W n. */
  get bits(): number {
    return this.count * this.weightBits;
  }

  /** All n bits of a cell as an unsigned number. */
  readCell(cell: number): number {
    const { bytes, weightBits } = this;
    const firstBit = cell * weightBits;
    const byte = Math.floor(firstBit / 8);
    // A cell of at most 16 bits touches at most three bytes; the last may lie behind the end.
    const touched = (bytes[byte] ?? 0) | ((bytes[byte + 1] ?? 0) << 8) | ((bytes[byte + 2] ?? 0) << 16);
    return (touched >>> (firstBit % 8)) & ((1 << weightBits) - 1);
  }

  /** The low `fieldBits` bits of a cell, two's complement. */
  readField(cell: number, fieldBits: number): number {
    const unused = 32 - fieldBits;
    return (this.readCell(cell) << unused) >> unused;
  }

  /** Replaces the low `fieldBits` bits of a cell; the frozen bits above stay. */
  writeField(cell: number, fieldBits: number, value: number): void {
    this.#replace(cell, (1 << fieldBits) - 1, value);
  }

  /** The sign bit of column `column` (1-based) as a weight: 0 stands for +1 and -1 for -1. */
  readSign(cell: number, column: number): number {
    return 0 - ((this.readCell(cell) >>> (this.weightBits - column)) & 1);
  }

  /** Writes a column's sign bit: 1 means -1. */
  writeSign(cell: number, column: number, negative: number): void {
    const position = this.weightBits - column;
    this.#replace(cell, 1 << position, negative << position);
  }

  /** SHA-256 of the whole storage, in hex. */
  sha256(): string {
    return bytesToHex(sha256(this.bytes));
  }

  #replace(cell: number, mask: number, value: number): void {
    const firstBit = cell * this.weightBits;
    const byte = Math.floor(firstBit / 8);
    const shift = firstBit % 8;
    for (let k = 0; k < 3; k++) {
      const byteMask = ((mask << shift) >>> (8 * k)) & 0xff;
      if (byteMask === 0) continue;
      const old = this.bytes[byte + k] as number;
      this.bytes[byte + k] = (old & ~byteMask) | (((value << shift) >>> (8 * k)) & byteMask);
    }
  }
}
