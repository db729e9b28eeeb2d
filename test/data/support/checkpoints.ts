import fc from "fast-check";
import type { Checkpoint } from "../../../src/data/checkpoint.js";

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const permutation = (length: number) => {
  const values = Array.from({ length }, (_, i) => i);
  return fc.shuffledSubarray(values, { minLength: length, maxLength: length });
};
const percent = fc.double({ min: 0, max: 100, noNaN: true }).map((value) => value + 0);
const count = fc.nat({ max: Number.MAX_SAFE_INTEGER });

/** Checkpoints of small networks, at any place of a training. */
export const checkpoints: fc.Arbitrary<Checkpoint> = fc
  .record({
    iteration: fc.integer({ min: 1, max: 4 }),
    epoch: fc.integer({ min: 1, max: 9 }),
    rows: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 3 }),
    samples: fc.integer({ min: 1, max: 20 }),
  })
  .chain(({ iteration, epoch, rows, samples }) => {
    const list = <T>(length: number, of: fc.Arbitrary<T>) =>
      fc.array(of, { minLength: length, maxLength: length });
    return fc.record({
      settings: fc.json(),
      dataDigest: bytes(32),
      numericsVersion: fc.nat(),
      iteration: fc.constant(iteration),
      epoch: fc.constant(epoch),
      chip: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
      host: fc.record({ i: fc.nat(255), j: fc.nat(255), S: permutation(256) }),
      order: permutation(samples).map((order) => Uint32Array.from(order)),
      cells: fc.uint8Array({ maxLength: 40 }),
      best: fc.record({
        epoch: fc.integer({ min: 1, max: epoch }),
        trainErrorPercent: percent,
        validationErrorPercent: percent,
        signs: fc.uint8Array({ maxLength: 10 }),
      }),
      finished: list(
        iteration - 1,
        fc.record({
          bestEpoch: fc.integer({ min: 1, max: 9 }),
          trainErrorPercent: percent,
          validationErrorPercent: percent,
          testErrorPercent: percent,
        }),
      ),
      counts: list(
        iteration,
        fc.record({
          epochs: count,
          snapshots: count,
          rowUpdates: fc.tuple(...rows.map((layer) => list(layer, count))),
          zeroDeltaSamples: list(rows.length - 1, count),
        }),
      ),
    });
  });
