import { expect } from "chai";
import fc from "fast-check";
import { decodeCheckpoint, encodeCheckpoint } from "../../src/data/checkpoint-file.js";
import { seal, unseal } from "../../src/data/sealed-file.js";
import { checkpoints } from "./support/checkpoints.js";
import { dataError } from "./support/data-error.js";

const FUZZ = { seed: 20261123, numRuns: 30 };
const decode = (bytes: Uint8Array) => decodeCheckpoint({ path: "dir/a.ckpt", bytes });
const [sample] = fc.sample(checkpoints, { seed: 1, numRuns: 1 });
const whole = encodeCheckpoint(sample!);

/** What is sealed in a checkpoint, changed, and sealed again: damage that no checksum shows. */
function forged(change: (payload: Uint8Array, view: DataView) => Uint8Array | undefined): Uint8Array {
  const kind = { magic: "RBTCHKPT", version: 1, noun: "checkpoint" };
  const payload = unseal(kind, { path: "", bytes: whole }).slice();
  return seal(kind, change(payload, new DataView(payload.buffer)) ?? payload);
}

describe("a checkpoint file", () => {
  it("gives back what was written, bit for bit", () => {
    fc.assert(
      fc.property(checkpoints, (checkpoint) => {
        expect(decode(encodeCheckpoint(checkpoint))).to.deep.equal(checkpoint);
      }),
      FUZZ,
    );
  });

  it("is read from the middle of a larger buffer", () => {
    const buffer = new Uint8Array(whole.length + 3);
    buffer.set(whole, 3);
    expect(decode(buffer.subarray(3))).to.deep.equal(sample);
  });

  it("that is cut short anywhere is refused at the byte where it ends", () => {
    for (let length = 0; length < whole.length; length++) {
      const error = dataError(() => decode(whole.subarray(0, length)));
      expect(error).to.include({ code: "truncated", path: "dir/a.ckpt", offset: length });
    }
  });

  it("with any one byte changed is refused", () => {
    const bytes = whole.slice();
    for (let at = 0; at < bytes.length; at++) {
      for (const flip of [1 << (at % 8), 0xff]) {
        bytes[at]! ^= flip;
        const { code } = dataError(() => decode(bytes));
        expect(code).to.be.oneOf(["damaged", "wrong-magic", "truncated", "trailing-bytes"]);
        bytes[at]! ^= flip;
      }
    }
  });

  it("with a stretch overwritten, swapped or zeroed is refused", () => {
    const stretch = fc.record({
      from: fc.nat(whole.length - 1),
      value: fc.uint8Array({ minLength: 1, maxLength: 600 }),
    });
    fc.assert(
      fc.property(stretch, ({ from, value }) => {
        const bytes = whole.slice();
        bytes.set(value.subarray(0, bytes.length - from), from);
        fc.pre(Buffer.compare(bytes, whole) !== 0);
        expect(() => decode(bytes)).to.throw(/^dir\/a\.ckpt: /);
      }),
      FUZZ,
    );
  });

  it("with bytes after its end is refused", () => {
    const error = dataError(() => decode(Uint8Array.of(...whole, 0)));
    expect(error).to.include({ code: "trailing-bytes", offset: whole.length });
  });

  it("of another format version is told from a damaged one", () => {
    const payload = Uint8Array.of(1, 2, 3);
    const error = dataError(() =>
      decode(seal({ magic: "RBTCHKPT", version: 2, noun: "checkpoint" }, payload)),
    );
    expect(error.code).to.equal("wrong-version");
    expect(error.message).to.include("has format version 2; this version of rebit reads 1");
  });

  it("is no other kind of sealed file", () => {
    const other = seal({ magic: "RBTOTHER", version: 1, noun: "other" }, new Uint8Array(500));
    expect(dataError(() => decode(other)).code).to.equal("wrong-magic");
  });

  it("that is sealed well but holds what cannot be is refused", () => {
    const refusals: readonly (readonly [RegExp, Parameters<typeof forged>[0]])[] = [
      [/ends within its fixed part/, (payload) => payload.subarray(0, 100)],
      [/ends within its statistics/, (payload) => payload.subarray(0, payload.length - 1)],
      [/has 1 bytes after its last section/, (payload) => Uint8Array.of(...payload, 0)],
      [/is of iteration 0/, (_, view) => void view.setUint32(4, 0, true)],
      [/a best epoch that has not been run/, (_, view) => void view.setUint32(16, 99, true)],
      [/a chip generator of state 0/, (_, view) => void view.setUint32(12, 0, true)],
      [/impossible state of the host's generator/, (payload) => void payload.fill(7, 22, 24)],
      [/impossible statistics/, (payload) => void payload.fill(0xff, payload.length - 8)],
    ];
    for (const [message, change] of refusals) {
      const error = dataError(() => decode(forged(change)));
      expect(error.code).to.equal("bad-shape");
      expect(error.message).to.match(message);
    }
  });
});
