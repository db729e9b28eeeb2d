import { expect } from "chai";
import { ConfigError } from "../../../src/config/problem.js";
import { estimate } from "../../../src/experiment/estimate.js";
import { type FitOptions, fitNetworks } from "../../../src/studies/fit/fit.js";
import { networksOf } from "../../../src/studies/fit/networks.js";
import { chipText, experimentOf, workloadText } from "../../experiment/support/experiments.js";

const workload = workloadText({ inputs: 100, batch: 10 });
const grid: FitOptions["grid"] = {
  hidden: [[8], [40], [12, 6]],
  weightBits: [4, 8],
  iterations: [1, 3, 6],
  gradients: ["perSample", "accumulate", "replay"],
};
const options: FitOptions = {
  grid,
  by: "weights",
  onChipOnly: false,
  errorOf: () => Promise.resolve(undefined),
};
const base = experimentOf({ chip: chipText({ sramKibibytes: 8 }), workload });

describe("networks that a chip can train", () => {
  it("are those of the grid whose numbers go together", () => {
    const choices = networksOf(base, grid);
    // Six iterations need six bits: five of the six pairs are left.
    expect(choices).to.have.lengthOf(3 * 3 * 5);
    expect(
      choices.filter(({ gradient }) => gradient === "perSample").map(({ batch }) => batch),
    ).to.deep.equal(new Array(15).fill(1));
    const single = experimentOf({ workload: workloadText({ batch: 1 }) });
    expect(networksOf(single, grid).some(({ gradient }) => gradient === "accumulate")).to.equal(false);
  });

  it("come to what an estimate with their settings comes to", async () => {
    const { front, fitting, onChip, tried } = await fitNetworks(base, options);
    expect(tried).to.equal(45);
    expect(fitting).to.be.above(onChip);
    expect(front.length).to.be.above(2);
    for (const { settings, ...network } of front) {
      const { energy, time, storage } = estimate(
        experimentOf({ chip: chipText({ sramKibibytes: 8 }), workload }, { set: settings }),
      );
      expect(network.energyJoules).to.equal(energy?.energyJoules);
      expect(network.timeSeconds).to.equal(time?.timeSeconds);
      expect(network.weights).to.equal(storage.weights.finalWeights);
      expect(network.spilledBytes).to.equal(storage.onChip.spilledBytes);
    }
  });

  it("cost more the more weights they have, on the front", async () => {
    const { front } = await fitNetworks(base, { ...options, onChipOnly: true });
    expect(front.every(({ spilledBytes }) => spilledBytes === 0)).to.equal(true);
    const weights = front.map((network) => network.weights);
    expect(weights).to.deep.equal(weights.toSorted((a, b) => a - b));
  });

  it("are ranked by error where trainings are known", async () => {
    const result = await fitNetworks(base, {
      ...options,
      by: "error",
      errorOf: ({ workload: { storage } }) => Promise.resolve(storage.iterations === 3 ? 2.5 : undefined),
    });
    expect(result.trained).to.be.within(1, result.fitting - 1);
    expect(result.front).to.have.lengthOf(1);
    expect(result.front[0]).to.include({ iterations: 3, testErrorPercent: 2.5 });
    expect(result.notes.join()).to.match(/are not in the cache/);
  });

  it("are none on a chip that is too small, and the closest is named", async () => {
    const chip = chipText({ sramKibibytes: 2, flash: "none" });
    const wide = workloadText({ inputs: 400, batch: 10 });
    const { fitting, front, closest } = await fitNetworks(experimentOf({ chip, workload: wide }), options);
    expect({ fitting, front }).to.deep.equal({ fitting: 0, front: [] });
    expect(closest?.demandBytes).to.be.above(2048);
    expect(closest?.hidden).to.deep.equal([8]);
  });

  it("may all need rows off chip", async () => {
    const only = { ...grid, hidden: [[200]], weightBits: [8], iterations: [1] };
    const { fitting, onChip, front, closest } = await fitNetworks(base, {
      ...options,
      grid: only,
      onChipOnly: true,
    });
    expect(fitting).to.be.above(0);
    expect({ onChip, front }).to.deep.equal({ onChip: 0, front: [] });
    expect(closest?.hidden).to.deep.equal([200]);
  });

  it("leave out what the firmware cannot do, and refuse if that is all", async () => {
    const spoiled = {
      ...base,
      firmware: { ...base.firmware, kernels: { ...base.firmware.kernels, forward: undefined } },
    };
    const small = { ...grid, hidden: [[8]] };
    const error = await fitNetworks(spoiled, { ...options, grid: small }).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(ConfigError);
  });
});
