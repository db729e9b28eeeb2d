import { expect } from "chai";
import fc from "fast-check";
import type { Invocation } from "../../../src/firmware/lower.js";
import type { Statement } from "../../../src/firmware/nest.js";
import { account } from "../../../src/soc/account.js";
import type { Chip } from "../../../src/soc/chip.js";
import type { OffChipMemory } from "../../../src/soc/components/off-chip-memory.js";
import { timeBaseOf } from "../../../src/soc/elapsed.js";
import type { ByteRange, OffChipRegion } from "../../../src/soc/off-chip.js";
import type { Placed } from "../../../src/soc/placement/items.js";
import { place } from "../../../src/soc/placement/place.js";
import type { Placement } from "../../../src/soc/placement/placement.js";
import { simulate } from "../../../src/soc/schedule/simulate.js";
import { timeOf } from "../../../src/soc/timing.js";
import { contextOf, cycles, loop, stream } from "../../firmware/support/nests.js";
import { chipOf } from "../support/chips.js";
import { requestOf } from "../support/placements.js";

const chip = chipOf({ coreMegahertz: 50, flashMegahertz: 50 });
const memory = chip.offChip[0] as OffChipMemory;

/** Rows of so many 32-bit weights, off chip but for the first `onChip`. */
function spilled(rows: number, rowBytes: number, onChip: number, rowBuffer?: number): Placement {
  const region: OffChipRegion = {
    tensor: "weights",
    memory,
    address: 0,
    bytes: rows * rowBytes,
    rows: new Map(
      Array.from({ length: rows }, (_, row): [number, ByteRange] => [
        row,
        { start: row * rowBytes, end: (row + 1) * rowBytes },
      ]).slice(onChip),
    ),
    sampleRows: undefined,
  };
  const none = place(requestOf([]), chip);
  const regions = new Map([["weights", region]]);
  if (rowBuffer === undefined) return { ...none, regions };
  const buffer: Placed = {
    tensor: "rowBuffer.weights",
    component: "sram",
    bytes: 2 * rowBytes,
    address: rowBuffer,
    from: "load",
    to: "recycle",
  };
  return { ...none, regions, onChip: [buffer] };
}

interface Nest {
  readonly rows: number;
  readonly inputs: number;
  readonly rowCycles: number;
  readonly writes?: boolean;
  /** Rows that are on chip, before the others. */
  readonly onChip?: number;
  /** Address of the row buffers; without one no bank is known to be shared. */
  readonly rowBuffer?: number;
}

/** Cycles of one execution of a loop over spilled rows. */
function timeIn(
  { rows, inputs, rowCycles, writes = false, onChip = 0, rowBuffer }: Nest,
  buffering: string,
  count = simulate,
  on: Chip = chip,
) {
  const row = "cellBits * inputs";
  const body: Statement[] = [
    stream("weights", ["row", "0"], row),
    ...(writes ? [stream("weights", ["row", "0"], row, "write")] : []),
    cycles(rowCycles),
  ];
  const { names, bindings } = contextOf({ inputs, outputs: rows, cellBits: 32 });
  const invocation: Invocation = {
    kernel: "forward",
    phase: "forward",
    iteration: 1,
    executions: { times: 1 },
    names,
    bindings,
    options: {},
  };
  const program = {
    kernels: { forward: [loop("row", "outputs", body)] },
    options: { buffering },
    sensor: undefined,
  };
  const [ledger] = count([invocation], program, on, spilled(rows, inputs * 4, onChip, rowBuffer));
  if (ledger === undefined) throw new Error("nothing was counted");
  return timeOf(ledger, on, timeBaseOf(on, undefined), "sleep");
}

const cyclesOf = (...nest: Parameters<typeof timeIn>): number => timeIn(...nest).cycles;

/** A row of i 32-bit weights from W25Q128JV on four lanes: 8 + 24 + 8 clocks, then 8 clocks a weight, at the core's clock. */
const fillClocks = (inputs: number): number => 40 + 8 * inputs;

describe("a loop over spilled rows", () => {
  const nests = fc.record({
    rows: fc.integer({ min: 1, max: 40 }),
    inputs: fc.integer({ min: 1, max: 200 }),
    rowCycles: fc.nat(4000),
  });

  it("single buffered takes the sum of computing and transfers", () => {
    const property = fc.property(nests, (nest) => {
      const each = nest.rowCycles + fillClocks(nest.inputs);
      expect(cyclesOf(nest, "single")).to.equal(nest.rows * each);
    });
    fc.assert(property, { seed: 1, numRuns: 60 });
  });

  it("double buffered takes the longer of both for each row, and the shorter once", () => {
    const property = fc.property(nests, (nest) => {
      const [compute, fill] = [nest.rowCycles, fillClocks(nest.inputs)];
      const expected = nest.rows * Math.max(compute, fill) + Math.min(compute, fill);
      expect(cyclesOf(nest, "double")).to.equal(expected);
      expect(cyclesOf(nest, "double", account), "in closed form").to.be.closeTo(
        expected,
        1 + 0.01 * expected,
      );
    });
    fc.assert(property, { seed: 1, numRuns: 60 });
  });

  it("double buffered that writes back to a flash waits for each sector's erase and pages", () => {
    const nest = { rows: 8, inputs: 128, rowCycles: 100, writes: true };
    // 8 rows of 512 bytes are one sector: read, erased (45 ms), 16 pages of 0.7 ms.
    const internal = (45e-3 + 16 * 0.7e-3) * 50e6;
    const [single, double] = [cyclesOf(nest, "single"), cyclesOf(nest, "double")];
    expect(single).to.be.above(internal + 8 * (100 + fillClocks(128)));
    expect(double).to.be.below(single);
    expect(double).to.be.above(internal);
  });

  it("keeps the DMA engine and the part as busy either way", () => {
    const nest = { rows: 5, inputs: 100, rowCycles: 2000 };
    for (const buffering of ["single", "double"]) {
      const { busySeconds } = timeIn(nest, buffering);
      for (const block of ["dma", "flash"]) {
        expect(busySeconds.get(block), `${buffering} ${block}`).to.be.closeTo(
          (5 * fillClocks(100)) / 50e6,
          1e-12,
        );
      }
    }
  });

  it("brings in the first of them beside the computing of rows on chip, in closed form too", () => {
    const property = fc.property(nests, fc.nat(40), (nest, onChip) => {
      const rows = nest.rows + onChip + 1;
      const [compute, fill] = [nest.rowCycles, fillClocks(nest.inputs)];
      const there = { ...nest, rows, onChip: onChip + 1 };
      const expected = (onChip + 1) * compute + nest.rows * Math.max(compute, fill);
      expect(cyclesOf(there, "double")).to.equal(expected);
      expect(cyclesOf(there, "double", account)).to.be.closeTo(expected, 1 + 0.01 * expected);
    });
    fc.assert(property, { seed: 1, numRuns: 60 });
  });

  it("is counted row by row in closed form, where only some rows bring in a second tensor", () => {
    const rows = 20;
    const weights = spilled(rows, 3200, rows / 2);
    const region = { ...(spilled(rows, 100, 0).regions.get("weights") as OffChipRegion), tensor: "snapshot" };
    const placement = { ...weights, regions: new Map([...weights.regions, ["snapshot", region]]) };
    const { names, bindings } = contextOf({ inputs: 800, outputs: rows, cellBits: 32 });
    const body = [
      stream("weights", ["row", "0"], "cellBits * inputs"),
      stream("snapshot", ["row", "0"], "inputs"),
      cycles(3000),
    ];
    const program = {
      kernels: { recycle: [loop("row", "outputs", body)] },
      options: { buffering: "double" },
      sensor: undefined,
    };
    const invocation: Invocation = {
      kernel: "recycle",
      phase: "recycle",
      iteration: 1,
      executions: { times: 1 },
      names,
      bindings,
      options: {},
    };
    const [run, estimate] = [simulate, account].map((count) => {
      const [ledger] = count([invocation], program, chip, placement);
      if (ledger === undefined) throw new Error("nothing was counted");
      return timeOf(ledger, chip, timeBaseOf(chip, undefined), "sleep").cycles;
    });
    // Ten rows take their computing, ten the transfer of 100 and 3200 bytes.
    const expected = 10 * 3000 + 10 * (40 + 200 + 40 + 6400);
    expect(run).to.be.closeTo(expected, 0.05 * expected);
    expect(estimate).to.be.closeTo(expected, 0.05 * expected);
  });

  it("double buffered takes what the closed form says, within 5 %, where sectors of a flash are rewritten", () => {
    // From rows that are computed in no time to rows that take as long as rewriting a sector, over one to eight sectors.
    const heavy = fc.record({
      rows: fc.integer({ min: 1, max: 40 }),
      inputs: fc.integer({ min: 1, max: 200 }),
      rowCycles: fc.nat(3_000_000),
    });
    const property = fc.property(heavy, (nest) => {
      const run = cyclesOf({ ...nest, writes: true }, "double");
      expect(cyclesOf({ ...nest, writes: true }, "double", account)).to.be.closeTo(run, 0.05 * run);
    });
    fc.assert(property, { seed: 1, numRuns: 60 });
  });

  it("never takes longer double buffered", () => {
    const property = fc.property(nests, fc.boolean(), (nest, writes) => {
      expect(cyclesOf({ ...nest, writes }, "double")).to.be.at.most(cyclesOf({ ...nest, writes }, "single"));
    });
    fc.assert(property, { seed: 1, numRuns: 60 });
  });

  it("double buffered delays the core where both work in one bank, by what collides at random times", () => {
    const nest = { rows: 3, inputs: 100, rowCycles: 10_000 };
    const apart = cyclesOf(nest, "double");
    // 100 words come in while the core reads 100 words in 10,000 cycles: one of them meets it, in two of three rows.
    expect(cyclesOf({ ...nest, rowBuffer: 0 }, "double")).to.equal(apart + 2);
    const busy = { ...nest, rowCycles: 200 };
    const stalled = cyclesOf({ ...busy, rowBuffer: 0 }, "double") - cyclesOf(busy, "double");
    expect(stalled, "hidden where the transfer is longer").to.be.within(0, 100);
    expect(cyclesOf({ ...nest, rowBuffer: 0 }, "single")).to.equal(cyclesOf(nest, "single"));
  });
});
