import { expect } from "chai";
import fc from "fast-check";
import { estimate } from "../../src/experiment/estimate.js";
import { Estimator } from "../../src/experiment/estimator.js";
import { quickExperiment } from "./support/experiments.js";

const chips = fc.record({
  sramKibibytes: fc.constantFrom(8, 12, 16, 32, 64, 200),
  widthBits: fc.constantFrom(8, 16, 32, 64),
  banks: fc.constantFrom(1, 2),
  coreMegahertz: fc.integer({ min: 1, max: 400 }),
  flashMegahertz: fc.integer({ min: 1, max: 104 }),
  dma: fc.boolean(),
  code: fc.boolean(),
  isa: fc.constantFrom("cortex-m0plus", "cortex-m3"),
});
const workload = { inputs: 200, hidden: [60], iterations: 3 };

describe("an estimator of many chips", () => {
  it("comes to what an estimate of each comes to, in any order", () => {
    const estimators = (["sleep", "poll"] as const).map((wait) => {
      const experiment = quickExperiment({}, workload, { options: { wait } });
      return { experiment, estimator: new Estimator(experiment) };
    });
    let [resident, spilled] = [0, 0];
    const property = fc.property(
      chips,
      fc.constantFrom(...estimators),
      (choice, { experiment, estimator }) => {
        const { chip } = quickExperiment(choice, workload);
        const { storage, time, energy } = estimate({ ...experiment, chip });
        const found = estimator.estimate(chip);
        expect(found).to.include({
          fits: storage.fits,
          peakBytes: storage.onChip.peakBytes,
          spilledBytes: storage.onChip.spilledBytes,
        });
        expect(found.cycles).to.equal(time?.cycles);
        expect(found.timeSeconds).to.equal(time?.timeSeconds);
        const joules = energy?.energyJoules ?? 0;
        expect(found.energyJoules ?? 0).to.be.closeTo(joules, 1e-12 * joules);
        if (storage.onChip.fits) resident += 1;
        else if (storage.fits) spilled += 1;
      },
    );
    fc.assert(property, { seed: 1, numRuns: 150 });
    expect(resident).to.be.above(50);
    expect(spilled).to.be.above(15);
  });

  it("refuses a chip that an estimate refuses, also after one that is sound", () => {
    const experiment = quickExperiment({}, workload, { options: { offChipIdle: "powerDown" } });
    const { chip } = experiment;
    const estimator = new Estimator(experiment);
    expect(estimator.estimate(chip).fits).to.equal(true);
    const offChip = chip.offChip.map((memory) => ({ ...memory, states: { standby: memory.states.standby } }));
    const sleepless = { ...chip, offChip };
    expect(() => estimate({ ...experiment, chip: sleepless })).to.throw("power-down");
    expect(() => estimator.estimate(sleepless)).to.throw("power-down");
  });
});
