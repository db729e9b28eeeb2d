import { expect } from "chai";
import { Tally } from "../../../src/firmware/tally.js";
import type { Placement } from "../../../src/soc/placement/placement.js";
import { BankConflicts } from "../../../src/soc/schedule/bank-conflicts.js";
import { chipOf } from "../support/chips.js";

/** Two banks of 32 KiB. */
const chip = chipOf();
const item = (tensor: string, address: number, bytes: number, component = "sram") => ({
  tensor,
  component,
  address,
  bytes,
  from: "forward" as const,
  to: "forward" as const,
});
const placementOf = (...onChip: ReturnType<typeof item>[]) =>
  ({ onChip, regions: new Map([["weights", {}]]) }) as unknown as Placement;

/** Accesses to tensors, so many each. */
function tallyOf(counts: Readonly<Record<string, number>>): Tally {
  const tally = new Tally();
  for (const [tensor, count] of Object.entries(counts)) tally.addAccesses(tensor, "read", count, 32 * count);
  return tally;
}

describe("collisions in the banks of the SRAM", () => {
  const buffer = item("rowBuffer.weights", 32_700, 68);

  it("meet what has a byte in a bank with a row buffer, and what is spilled", () => {
    const conflicts = new BankConflicts(
      placementOf(buffer, item("deltas", 0, 10), item("sums", 32_768, 4), item("code", 0, 9, "code")),
      chip,
    );
    const counts = { deltas: 1, sums: 10, weights: 100, code: 1000, elsewhere: 10_000 };
    expect(conflicts.accessesOf(tallyOf(counts))).to.equal(101);
  });

  it("meet both banks of what lies across their border", () => {
    const across = item("rowBuffer.weights", 32_700, 69);
    const conflicts = new BankConflicts(placementOf(across, item("sums", 40_000, 4)), chip);
    expect(conflicts.accessesOf(tallyOf({ sums: 10, weights: 100 }))).to.equal(110);
  });

  it("meet nothing without a row buffer, or left out", () => {
    const without = new BankConflicts(placementOf(item("deltas", 0, 10)), chip);
    expect(without.accessesOf(tallyOf({ deltas: 5, weights: 7 }))).to.equal(0);
    const leftOut = new BankConflicts(placementOf(buffer, item("deltas", 0, 10)), chip, true);
    expect(leftOut.accessesOf(tallyOf({ deltas: 5 }))).to.equal(0);
  });

  it("delay by the share of cycles in which the bank is in use, all of them at most", () => {
    const conflicts = new BankConflicts(placementOf(buffer), chip);
    expect(conflicts.stallCycles(100, 25, 100)).to.equal(25);
    expect(conflicts.stallCycles(10, 25, 100)).to.equal(3);
    expect(conflicts.stallCycles(100, 500, 100)).to.equal(100);
    expect(conflicts.stallCycles(100, 0, 0)).to.equal(0);
    // At 400 MHz an access of the SRAM takes two cycles.
    const fast = new BankConflicts(placementOf(buffer), {
      ...chip,
      sram: { ...chip.sram, accessSeconds: 5e-9 },
      core: { ...chip.core, clockHertz: 4e8 },
    });
    expect(fast.stallCycles(100, 25, 100)).to.equal(100);
    expect(fast.stallCycles(100, 10, 100)).to.equal(40);
  });
});
