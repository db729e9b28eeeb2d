import { expect } from "chai";
import fc from "fast-check";
import { accountPlan, planOf, simulatePlan } from "../../../src/experiment/plan.js";
import { boundActivity } from "../../../src/rbnn/activity.js";
import { timeBaseOf } from "../../../src/soc/elapsed.js";
import type { Ledger } from "../../../src/soc/ledger.js";
import { timeOf } from "../../../src/soc/timing.js";
import { quickExperiment } from "../../experiment/support/experiments.js";

const contentOf = (ledger: Ledger) => ({
  phase: ledger.phase,
  iteration: ledger.iteration,
  traffic: Object.fromEntries(
    ledger.traffic.map(({ component, action, tensor, count, bits }) => [
      `${component} ${action} ${tensor}`,
      { count, bits },
    ]),
  ),
  kernelCycles: ledger.kernelCycles,
  stalls: Object.fromEntries(ledger.stalls),
  copyCycles: ledger.copyCycles,
  dmaBytes: ledger.dmaBytes,
  waiting: ledger.waiting,
  moving: ledger.moving,
  busy: ledger.busy,
  operations: Object.fromEntries(ledger.operations),
  erases: [...ledger.erases].map(([part, sectors]) => [part, [...sectors].sort((a, b) => a[0] - b[0])]),
  writes: [...ledger.writeSteps].map(([part, steps]) => [part, [...steps].sort((a, b) => a[0] - b[0])]),
});

const FRAM = "{kind: fram, part: CY15B108QN, bus: {lanes: 1, clock: 40 MHz}}" as const;
const chips = fc.record({
  sramKibibytes: fc.constantFrom(10, 12, 16, 24, 150, 170),
  widthBits: fc.constantFrom(8, 16, 32, 64),
  coreMegahertz: fc.constantFrom(24, 48, 240),
  flash: fc.constantFrom("nor" as const, "nand" as const, FRAM),
  dma: fc.boolean(),
  code: fc.boolean(),
});
const workloads = fc.record({
  inputs: fc.constantFrom(64, 300, 784),
  hidden: fc.constantFrom([40], [12, 9], [150]),
  weightBits: fc.integer({ min: 3, max: 12 }),
  iterations: fc.integer({ min: 1, max: 3 }),
  batch: fc.constantFrom(1, 10),
});
const options = fc.record({
  gradient: fc.constantFrom("accumulate", "replay"),
  frozen: fc.constantFrom("recompute", "cachedLogits"),
  from: fc.constantFrom("sensor", "flash"),
});

describe("the simulated schedule", () => {
  it("does, single buffered, what the closed form counts, to the last access and cycle", () => {
    let spilled = 0;
    const property = fc.property(chips, workloads, options, fc.nat(), (chip, workload, firmware, pick) => {
      const experiment = quickExperiment(chip, workload, {
        options: {
          gradient: workload.batch === 1 ? "perSample" : firmware.gradient,
          frozen: firmware.frozen,
        },
        samplesFrom: firmware.from,
      });
      const plan = planOf(experiment);
      if (!plan.placement.fits) return;
      if (plan.placement.spilledBytes > 0) spilled += 1;
      const activity = partOf(boundActivity(experiment.workload, experiment.shape), pick);
      const closed = accountPlan(experiment, plan, activity);
      const simulated = simulatePlan(experiment, plan, activity);
      expect(simulated.map(contentOf)).to.deep.equal(closed.map(contentOf));
      const base = timeBaseOf(experiment.chip, plan.sensor);
      const cycles = (ledgers: Ledger[]) =>
        ledgers.map((ledger) => timeOf(ledger, experiment.chip, base, "sleep").cycles);
      expect(cycles(simulated)).to.deep.equal(cycles(closed));
    });
    fc.assert(property, { seed: 1, numRuns: 150 });
    expect(spilled).to.be.above(20);
  });
});

/** An activity below a bound: each row updated a number of times that follows from a seed. */
function partOf(bound: ReturnType<typeof boundActivity>, seed: number): ReturnType<typeof boundActivity> {
  const iterations = bound.iterations.map((iteration) => ({
    ...iteration,
    rowUpdates: iteration.rowUpdates.map((rows) =>
      rows.map((most, row) => (seed === 0 ? most : (seed * 31 + row * 17) % (most + 1))),
    ),
  }));
  return { ...bound, iterations };
}
