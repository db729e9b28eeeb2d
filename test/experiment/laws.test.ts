import { expect } from "chai";
import fc from "fast-check";
import { estimate } from "../../src/experiment/estimate.js";
import type { Report } from "../../src/report/report.js";
import { quickExperiment } from "./support/experiments.js";

const chips = fc.record({
  sramKibibytes: fc.integer({ min: 8, max: 2048 }),
  widthBits: fc.constantFrom(8, 16, 32, 64, 128),
  banks: fc.constantFrom(1, 2, 4),
  coreMegahertz: fc.integer({ min: 1, max: 400 }),
  flashMegahertz: fc.integer({ min: 1, max: 104 }),
  dma: fc.boolean(),
  code: fc.boolean(),
  flash: fc.constantFrom("nor" as const, "nand" as const, "none" as const),
  isa: fc.constantFrom("cortex-m0plus", "cortex-m3", "cortex-m4", "rv32imc"),
});
const workloads = fc
  .record({
    inputs: fc.integer({ min: 1, max: 200 }),
    hidden: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 3 }),
    classes: fc.integer({ min: 2, max: 12 }),
    weightBits: fc.integer({ min: 4, max: 16 }),
    iterations: fc.integer({ min: 1, max: 4 }),
    batch: fc.constantFrom(1, 1, 7, 100),
    epochs: fc.integer({ min: 1, max: 3 }),
  })
  .filter(({ weightBits, iterations }) => iterations <= weightBits);
const options = fc.record({
  gradient: fc.constantFrom("accumulate" as const, "replay" as const),
  frozen: fc.constantFrom("recompute" as const, "cachedLogits" as const),
  wait: fc.constantFrom("sleep" as const, "poll" as const),
  from: fc.constantFrom("sensor", "flash"),
  offChipIdle: fc.constantFrom("standby" as const, "powerDown" as const),
});

type Drawn<A> = A extends fc.Arbitrary<infer T> ? T : never;
type Choice = readonly [
  chip: Drawn<typeof chips>,
  workload: Drawn<typeof workloads>,
  option: Drawn<typeof options>,
];

/** The estimate of a random choice; a chip without flash keeps nothing there. */
function estimateOf([chip, workload, { gradient, frozen, wait, from, offChipIdle }]: Choice): Report {
  const options = {
    wait,
    offChipIdle,
    ...(workload.batch > 1 ? { gradient } : {}),
    frozen,
  };
  const samplesFrom = chip.flash === "none" ? "sensor" : from;
  return estimate(quickExperiment(chip, workload, { options, samplesFrom }));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));

/** Every number in a report, with its path. */
function* numbersIn(value: unknown, path = ""): Generator<[string, number]> {
  if (typeof value === "number") yield [path, value];
  else if (typeof value === "object" && value !== null) {
    for (const [key, member] of Object.entries(value)) yield* numbersIn(member, `${path}.${key}`);
  }
}

describe("an estimate, whatever the chip, network and options", () => {
  const law = (check: (report: Report, choice: Choice) => void, seed: number, numRuns = 15): void =>
    fc.assert(
      fc.property(fc.tuple(chips, workloads, options), (choice) => check(estimateOf(choice), choice)),
      { seed, numRuns },
    );

  it("has entries that sum to the total left to right, each count x joules or time x watts", () => {
    let priced = 0;
    law((report) => {
      if (report.energy === undefined) return;
      priced += 1;
      const { entries, energyJoules, phases, placeholderShare } = report.energy;
      expect(sum(entries.map((entry) => entry.energyJoules))).to.equal(energyJoules);
      for (const entry of entries) {
        const product =
          "action" in entry ? entry.count * entry.joulesPerAction : entry.timeSeconds * entry.watts;
        expect(entry.energyJoules).to.equal(product);
        expect(entry.energyJoules).to.be.at.least(0);
        expect(entry.status, `${entry.component}`).not.to.equal("");
      }
      expect(near(sum(phases.map((phase) => phase.energyJoules)), energyJoules)).to.equal(true);
      expect(placeholderShare).to.be.within(0, 1);
    }, 1);
    expect(priced).to.be.above(10);
  });

  it("has phases that sum to the time, and nobody busy longer than it takes", () => {
    law((report, [chip]) => {
      if (report.time === undefined) return;
      const { cycles, clockHertz, timeSeconds, phases, utilisation } = report.time;
      expect(sum(phases.map((phase) => phase.cycles))).to.equal(cycles);
      expect(timeSeconds).to.equal(cycles / clockHertz);
      expect(near(sum(phases.map((phase) => phase.timeSeconds)), timeSeconds)).to.equal(true);
      for (const { busyCycles, component } of utilisation) {
        // Code in the SRAM is fetched beside the accesses of copying.
        if (component === "sram" && !chip.code && !chip.dma) continue;
        expect(busyCycles, component).to.be.at.most(cycles);
      }
    }, 2);
  });

  it("has only finite numbers, and whole counts", () => {
    law((report) => {
      for (const [path, value] of numbersIn(report)) expect(Number.isFinite(value), path).to.equal(true);
      for (const { count, bytes, tensor } of report.traffic) {
        expect(Number.isSafeInteger(count) && count > 0, tensor).to.equal(true);
        expect(Number.isSafeInteger(bytes) && bytes >= 0, tensor).to.equal(true);
      }
    }, 3);
  });

  it("places what lives at the same time side by side, within the capacity; spilled and kept are all", () => {
    law((report) => {
      const { fits, onChip, offChip, weights } = report.storage;
      if (!fits) return;
      const phases = ["load", "forward", "loss", "backward", "update", "validate", "snapshot", "recycle"];
      const items = [...onChip.items, ...offChip.items];
      for (const [position, a] of items.entries()) {
        for (const b of items.slice(position + 1)) {
          if (a.component !== b.component) continue;
          const together =
            phases.indexOf(a.from) <= phases.indexOf(b.to) && phases.indexOf(b.from) <= phases.indexOf(a.to);
          const apart = a.address + a.bytes <= b.address || b.address + b.bytes <= a.address;
          expect(!together || apart, `${a.tensor} and ${b.tensor}`).to.equal(true);
        }
        if (a.component === "sram") expect(a.address + a.bytes).to.be.at.most(onChip.capacityBytes);
      }
      const stored = sum(items.filter(({ tensor }) => tensor === "weights").map(({ bytes }) => bytes));
      expect(stored).to.be.within(weights.bytes, weights.bytes + 1);
    }, 4);
  });

  it("costs the same in two calls", () => {
    law(
      (report, choice) => {
        expect(estimateOf(choice)).to.deep.equal(report);
      },
      5,
      10,
    );
  });

  it("keeps on chip what fits there with more SRAM too, and its peak never exceeds the capacity", () => {
    const property = fc.property(
      fc.tuple(chips, workloads, options),
      fc.integer({ min: 1, max: 256 }),
      ([chip, workload, option], more) => {
        const small = estimateOf([chip, workload, option]).storage;
        const large = estimateOf([
          { ...chip, sramKibibytes: Math.min(2048, chip.sramKibibytes + more) },
          workload,
          option,
        ]).storage;
        if (small.fits) {
          expect(large.fits).to.equal(true);
          if (small.onChip.fits) expect(large.onChip.fits).to.equal(true);
          expect(small.onChip.peakBytes).to.be.at.most(small.onChip.capacityBytes);
        } else expect(small.levers, "what does not fit has levers").not.to.deep.equal([]);
      },
    );
    fc.assert(property, { seed: 6, numRuns: 15 });
  });
});
