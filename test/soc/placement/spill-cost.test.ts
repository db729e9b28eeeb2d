import { expect } from "chai";
import fc from "fast-check";
import { accountPlan, planOf } from "../../../src/experiment/plan.js";
import { boundActivity } from "../../../src/rbnn/activity.js";
import { quickExperiment } from "../../experiment/support/experiments.js";

describe("the cost of spilling", () => {
  it("is the energy that accounting books for the moves, flash, SRAM and DMA engine", () => {
    let spilled = 0;
    const property = fc.property(
      fc.record({
        sramKibibytes: fc.integer({ min: 8, max: 30 }),
        widthBits: fc.constantFrom(8, 32, 64),
        flashMegahertz: fc.integer({ min: 10, max: 100 }),
      }),
      fc.record({
        inputs: fc.integer({ min: 20, max: 200 }),
        hidden: fc.array(fc.integer({ min: 10, max: 80 }), { minLength: 1, maxLength: 3 }),
        weightBits: fc.integer({ min: 4, max: 16 }),
        batch: fc.constantFrom(1, 50),
      }),
      (chip, workload) => {
        const experiment = quickExperiment({ ...chip, banks: 1 }, workload);
        const plan = planOf(experiment);
        const { fits, spilling, spilledBytes } = plan.placement;
        if (!fits || spilledBytes === 0) return;
        spilled += 1;
        const { sram, offChip, dma } = experiment.chip;
        const activity = boundActivity(experiment.workload, experiment.shape);
        const joules = (moved: typeof plan): number =>
          accountPlan(experiment, moved, activity)
            .filter(({ phase }) => phase !== "infer")
            .reduce((total, ledger) => {
              const count = (name: string, action: string): number => ledger.count(name, action);
              const flash = offChip.flatMap((memory) =>
                Object.entries(memory.actions).map(
                  ([action, { value }]) => count(memory.name, action) * value,
                ),
              );
              const parts = [
                ...flash,
                count(sram.name, "read") * sram.actions.read.value,
                count(sram.name, "write") * sram.actions.write.value,
                ledger.dmaBytes * (dma?.actions.transfer.value ?? 0),
              ];
              return parts.reduce((sum, part) => sum + part, total);
            }, 0);
        const allOnChip = { ...plan, placement: { ...plan.placement, regions: new Map() } };
        const booked = joules(plan) - joules(allOnChip);
        expect(Math.abs(booked - spilling.cost) / booked).to.be.below(1e-9);
      },
    );
    fc.assert(property, { seed: 1, numRuns: 25 });
    expect(spilled).to.be.above(5);
  });
});
