import { expect } from "chai";
import { estimate } from "../../src/experiment/estimate.js";
import { run } from "../../src/experiment/run.js";
import type { RunProgress } from "../../src/experiment/train-experiment.js";
import type { Activity } from "../../src/rbnn/activity.js";
import { boundActivity } from "../../src/rbnn/activity.js";
import { renderJson } from "../../src/report/json.js";
import { problemsOf } from "../config/support/problems.js";
import { chipText, experimentOf, workloadText } from "./support/experiments.js";

describe("a run", () => {
  const experiment = experimentOf();

  it("costs what an estimate with its activity costs", async () => {
    const report = await run(experiment);
    const text = JSON.stringify(report);
    const { activity } = JSON.parse(text) as { activity: Activity };
    const again = estimate(experiment, { activity });
    expect(report.activity?.source).to.equal("trained");
    expect(again.activity).to.deep.equal({ ...report.activity, source: "file" });
    for (const part of [
      "operations",
      "storage",
      "traffic",
      "energy",
      "power",
      "perSample",
      "inference",
      "wear",
      "battery",
    ] as const) {
      expect(again[part], part).to.deep.equal(report[part]);
    }
    expect(report.time?.method).to.equal("simulated");
    expect(again.time).to.deep.equal({ ...report.time, method: "closedForm" });
    expect(JSON.parse(renderJson(report))).to.deep.equal(JSON.parse(text));
  });

  it("stays within the bound of its estimate", async () => {
    const [report, bound] = [await run(experiment), estimate(experiment)];
    expect(report.energy?.energyJoules).to.be.below(bound.energy?.energyJoules ?? 0);
    expect(report.time?.cycles).to.be.below(bound.time?.cycles ?? 0);
    const key = (entry: {
      component: string;
      action: string;
      tensor: string;
      phase: string;
      iteration: number;
    }): string => [entry.component, entry.action, entry.tensor, entry.phase, entry.iteration].join(" ");
    const most = new Map(bound.traffic.map((entry) => [key(entry), entry.count]));
    for (const entry of report.traffic)
      expect(entry.count, key(entry)).to.be.at.most(most.get(key(entry)) ?? -1);
  });

  it("is the same twice, whatever the chip", async () => {
    const [one, two] = [
      await run(experiment),
      await run(experimentOf({ chip: chipText({ sramKibibytes: 256, dma: false }) })),
    ];
    expect(two.accuracy).to.deep.equal(one.accuracy);
    expect(two.activity).to.deep.equal(one.activity);
    expect(await run(experiment)).to.deep.equal(one);
  });

  it("has the counts of a golden run", async () => {
    const { activity, traffic, operations, storage, inference } = await run(experiment);
    const of = (component: string, action: string, tensor: string, phase: string) =>
      traffic
        .filter(
          (t) => t.component === component && t.action === action && t.tensor === tensor && t.phase === phase,
        )
        .map((t) => t.count);
    // 2 epochs of 300 samples; 544 cells of 8 bits are 136 words, and a forward pass reads each row's.
    expect(of("sram", "read", "weights", "forward")).to.deep.equal([600 * 136, 600 * 136]);
    expect(of("sram", "read", "weights", "validate")).to.deep.equal([120 * 136, 120 * 136]);
    expect(of("sram", "write", "weights", "recycle")).to.deep.equal([136 * 2, 136 * 2]);
    // Pixels and label, streamed again in each epoch.
    expect(of("camera", "read", "input", "load")).to.deep.equal([600 * 65, 600 * 65]);
    const updates = activity?.iterations.map(({ rowUpdates }) =>
      rowUpdates.flat().reduce((sum, count) => sum + count, 0),
    );
    const words = activity?.iterations.map(({ rowUpdates: [hidden = [], output = []] }) =>
      [...hidden.map((times) => times * 16), ...output.map((times) => times * 2)].reduce(
        (sum, count) => sum + count,
        0,
      ),
    );
    expect(of("sram", "write", "weights", "update")).to.deep.equal(words);
    const adds = operations.exact
      .filter(({ phase, op }) => phase === "forward" && op === "add")
      .map(({ count }) => count);
    // One add a weight and column, one a hidden activation and column.
    expect(adds).to.deep.equal([600 * (544 + 8), 600 * (2 * 544 + 2 * 8)]);
    expect(storage.weights.bits).to.equal(544 * 8);
    expect(inference?.traffic.find(({ tensor }) => tensor === "weights")?.count).to.equal(136);
    // Of seed 1, by the trainer's golden numerics.
    expect(updates).to.deep.equal([6209, 6756]);
  });

  it("reports progress and stops when told to", async () => {
    const long = experimentOf({ workload: workloadText({ epochs: 400 }) });
    const control = new AbortController();
    const seen: RunProgress[] = [];
    const onProgress = (progress: RunProgress): void => {
      seen.push(progress);
      if (seen.length === 3) control.abort();
    };
    let reason: unknown;
    await run(long, { onProgress, signal: control.signal }).catch((error: unknown) => {
      reason = error;
    });
    expect((reason as Error).name).to.equal("AbortError");
    expect(seen).to.have.length(3);
    expect(seen[2]?.samplesDone).to.be.above(seen[0]?.samplesDone ?? 0);
    expect(seen[2]).to.include({ iterations: 2, epochs: 400, samplesTotal: 240_000 });
  });

  it("trains nothing that does not fit, and says what would help", async () => {
    const report = await run(experimentOf({ chip: chipText({ sramKibibytes: 1, banks: 1, flash: "none" }) }));
    expect(report.storage.fits).to.equal(false);
    expect(report.activity).to.equal(undefined);
    expect(report.traffic).to.deep.equal([]);
    expect(report.storage.levers[0]?.change).to.match(/^chip\.components\.sram\.capacity: \d+ KiB$/);
  });
});

describe("an activity from a file", () => {
  const experiment = experimentOf();
  const bound = boundActivity(experiment.workload, experiment.shape);
  const refused = (change: (activity: Activity) => void): string => {
    const activity = structuredClone(bound);
    change(activity);
    return problemsOf(() => estimate(experiment, { activity }))
      .map(({ code }) => code)
      .join();
  };
  const first = (activity: Activity) => activity.iterations[0] as Activity["iterations"][number];

  it("may be the bound, or shorter where the recursion stopped early", () => {
    const { traffic, energy } = estimate(experiment);
    const same = estimate(experiment, { activity: bound });
    expect([same.traffic, same.energy]).to.deep.equal([traffic, energy]);
    expect(
      estimate(experiment, { activity: { iterations: bound.iterations.slice(0, 1) } }).energy?.energyJoules,
    ).to.be.below(energy?.energyJoules ?? 0);
  });

  for (const [what, change] of [
    ["no iterations", (activity) => activity.iterations.splice(0)],
    ["too many iterations", (activity) => activity.iterations.push(first(activity))],
    ["iterations out of order", (activity) => activity.iterations.reverse()],
    ["other rows", (activity) => first(activity).rowUpdates[0]?.pop()],
    [
      "more updates than its epochs have",
      (activity) => Object.assign(first(activity), { epochs: 1, snapshots: 1 }),
    ],
    ["no epoch", (activity) => Object.assign(first(activity), { epochs: 0, snapshots: 0 })],
    ["more epochs", (activity) => Object.assign(first(activity), { epochs: 3 })],
    ["more snapshots than epochs", (activity) => Object.assign(first(activity), { snapshots: 3 })],
    [
      "more samples without delta than samples",
      (activity) => Object.assign(first(activity), { zeroDeltaSamples: [601] }),
    ],
    [
      "updates of batches without delta",
      (activity) => Object.assign(first(activity), { zeroDeltaSamples: [600] }),
    ],
    ["another depth", (activity) => Object.assign(first(activity), { zeroDeltaSamples: [0, 0] })],
  ] as [string, (activity: Activity) => unknown][]) {
    it(`with ${what} is refused`, () => {
      expect(refused(change)).to.equal("wrong-activity");
    });
  }
});
