/** Builds a little-endian byte sequence piece by piece. */
export class ByteWriter {
  readonly #pieces: Uint8Array[] = [];

  bytes(bytes: Uint8Array): this {
    this.#pieces.push(bytes);
    return this;
  }

  uint32s(values: ArrayLike<number>): this {
    const piece = new DataView(new ArrayBuffer(4 * values.length));
    for (let i = 0; i < values.length; i++) piece.setUint32(4 * i, values[i] as number, true);
    return this.bytes(new Uint8Array(piece.buffer));
  }

  /** 64-bit floating-point numbers, which hold every count up to 2^53 exactly. */
  doubles(values: readonly number[]): this {
    const piece = new DataView(new ArrayBuffer(8 * values.length));
    for (const [i, value] of values.entries()) piece.setFloat64(8 * i, value, true);
    return this.bytes(new Uint8Array(piece.buffer));
  }

  /** Everything written so far, in one array. */
  finish(): Uint8Array {
    const whole = new Uint8Array(this.#pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of this.#pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  }
}
