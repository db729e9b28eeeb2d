import { expect } from "chai";
import { assert, double, property } from "fast-check";
import type { HardwareCost } from "../../reproduce/hardware/cost.js";
import { compareCosts, type HardwareResults, studyHardware, wearOf } from "../../reproduce/hardware/study.js";
import { NETWORKS } from "../../reproduce/networks.js";
import { hardwareSection } from "../../reproduce/page/hardware.js";
import { JOURNAL_RATIO, speedForRatio } from "../../reproduce/page/hardware-reasons.js";
import { type PlannedNetwork, planOf } from "../../reproduce/plan.js";
import { summariesOf } from "../../reproduce/summary.js";
import { madeUpRecords } from "./support/records.js";

const planned = (...names: string[]): PlannedNetwork[] =>
  planOf({ networks: NETWORKS.filter(({ name }) => names.includes(name)), seeds: 1 });

/** A made-up training of 1,000 samples: so long on chip, so long off chip. */
function madeUpCost(network: string, onChip: number, offChip: number, erases = 0): HardwareCost {
  return {
    network,
    seed: 1,
    batch: 1,
    chip: "a-chip",
    memory: "NOR",
    samples: 1000,
    epochs: 10,
    updatedRowShare: 0.5,
    learningSampleShare: 0.5,
    timeSeconds: onChip + offChip,
    timeParts: { onChip, transfer: 0, program: 0, erase: offChip },
    bottleneck: "core",
    energyJoules: onChip + 2 * offChip,
    placeholderShare: 0,
    offChip: {
      spilledBytes: offChip > 0 ? 1024 : 0,
      sectorsAnUpdate: offChip > 0 ? 1 : 0,
      ...{ readBytes: 0, writtenBytes: 0, erases, programs: 0, energyJoules: offChip },
    },
    wear: {
      component: "flash",
      erasesPerSector: erases,
      enduranceCycles: 100,
      trainingsUntilWornOut: erases === 0 ? null : 100 / erases,
    },
    trainingsIfLevelled: null,
  };
}

describe("the pairs on chips", function () {
  this.timeout(60_000);
  let results: HardwareResults;
  const plan = planned("r1-batch1", "b1-batch1", "r3-batch1", "b2-batch1", "b3");

  before(() => {
    results = studyHardware(
      plan,
      madeUpRecords(plan, () => 3),
    );
  });

  it("are those of the plan, with NOR and with FRAM", () => {
    expect(
      results.comparisons.map(({ recursive, conventional, memory }) => [recursive, conventional, memory]),
    ).to.deep.equal([
      ["r1-batch1", "b1-batch1", "NOR"],
      ["r1-batch1", "b1-batch1", "FRAM"],
      ["r3-batch1", "b2-batch1", "NOR"],
      ["r3-batch1", "b2-batch1", "FRAM"],
    ]);
    expect(results.costs).to.have.length(8);
  });

  it("hold the recycled weights on chip, and not the conventional ones", () => {
    for (const { network, offChip, timeParts } of results.costs) {
      const isRecursive = network.startsWith("r");
      expect(offChip.spilledBytes > 0, network).to.equal(!isRecursive);
      expect(offChip.readBytes + offChip.writtenBytes > 0, network).to.equal(!isRecursive);
      expect(timeParts.transfer > 0, network).to.equal(!isRecursive);
    }
  });

  it("erase sectors of NOR and write bytes of FRAM", () => {
    for (const { network, memory, samples, offChip, wear, timeParts } of results.costs) {
      if (network.startsWith("r")) continue;
      expect(offChip.erases > 0).to.equal(memory === "NOR");
      expect(timeParts.erase > 0).to.equal(memory === "NOR");
      // The snapshots, the start and the end of an iteration rewrite a few more.
      expect(offChip.erases).to.be.at.most(1.001 * offChip.sectorsAnUpdate * samples);
      expect(wear.writesPerByte !== undefined).to.equal(memory === "FRAM");
      expect(offChip.writtenBytes).to.be.above(0);
    }
  });

  it("cost what their samples and parts cost", () => {
    for (const { samples, epochs, timeSeconds, timeParts, ...cost } of results.costs) {
      expect(samples).to.equal(epochs * 50_000);
      expect(cost.updatedRowShare).to.equal(1);
      expect(cost.learningSampleShare).to.equal(1);
      const { onChip, transfer, program, erase } = timeParts;
      expect(onChip + transfer + program + erase).to.be.closeTo(timeSeconds, 1e-6 * timeSeconds);
    }
  });

  it("are none without their activity", () => {
    const without = madeUpRecords(plan, () => 3).map(({ activity: _, ...record }) => record);
    expect(studyHardware(plan, without)).to.deep.equal({ costs: [], comparisons: [] });
  });
});

describe("the comparison of two trainings", () => {
  it("divides the conventional one by the recursive one, whole and by sample", () => {
    const recursive = { ...madeUpCost("r", 10, 0), samples: 2000 };
    const comparison = compareCosts(recursive, madeUpCost("b", 20, 30, 7));
    expect(comparison).to.deep.include({ timeRatio: 5, onChipTimeRatio: 2, energyRatio: 8 });
    expect(comparison).to.deep.include({ timePerSampleRatio: 10, energyPerSampleRatio: 16, wearRatio: null });
    expect(compareCosts(madeUpCost("r", 1, 1, 2), madeUpCost("b", 1, 1, 7)).wearRatio).to.equal(3.5);
  });

  it("knows how fast the chip would have to be for the journal's ratio", () => {
    const seconds = double({ min: 0.1, max: 1000, noNaN: true });
    assert(
      property(seconds, seconds, seconds, (onChip, conventionalOnChip, offChip) => {
        const [r, b] = [madeUpCost("r", onChip, 0), madeUpCost("b", conventionalOnChip, offChip)];
        const speed = speedForRatio(r, b);
        if (speed === undefined) return conventionalOnChip >= JOURNAL_RATIO * onChip;
        const ratio = (conventionalOnChip / speed + offChip) / (onChip / speed);
        return Math.abs(ratio - JOURNAL_RATIO) < 1e-6;
      }),
    );
  });
});

describe("the page's section on chips", () => {
  const plan = planned("r1-batch1", "b1-batch1");
  const summaries = summariesOf(
    plan,
    madeUpRecords(plan, () => 3),
  );
  const sectionOf = (conventional: HardwareCost): string => {
    const costs = [madeUpCost("r1-batch1", 10, 0), conventional];
    const comparisons = [compareCosts(costs[0] as HardwareCost, conventional)];
    return hardwareSection({ costs, comparisons }, summaries);
  };

  it("sets the ratios beside the journal's and says what explains them", () => {
    const section = sectionOf(madeUpCost("b1-batch1", 20, 80, 250));
    expect(section).to.include("| B1 at batch 1 over R1 at batch 1 | NOR | **10** | 10 | 2 | **18** | 18 |");
    expect(section).to.include("| the journal, FPGA | - | **14** |");
    expect(section).to.include("**The journal's 14x is above all of these ratios**");
    expect(section).to.include("1.5 times as fast against B1 at batch 1 with NOR");
    expect(section).to.include("80.0 % of its time");
    expect(section).to.not.match(/undefined|NaN|Infinity/);
  });

  it("says when NOR is worn out", () => {
    const early = sectionOf(madeUpCost("b1-batch1", 20, 80, 250));
    expect(early).to.include("B1 at batch 1 wears NOR out in epoch 4 of 10 of its first training.");
    expect(early).to.include("R1 at batch 1 wears nothing");
    const late = sectionOf(madeUpCost("b1-batch1", 20, 80, 30));
    expect(late).to.include("B1 at batch 1 wears NOR out in training 4.");
    expect(wearOf(madeUpCost("b1-batch1", 20, 80, 30))).to.equal(30);
  });
});
