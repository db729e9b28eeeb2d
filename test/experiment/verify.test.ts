import { expect } from "chai";
import fc from "fast-check";
import { PATHS, type PathName } from "../../src/experiment/compare-counts.js";
import {
  type CountingPath,
  closedForm,
  enumeratedPath,
  simulated,
} from "../../src/experiment/counting-paths.js";
import type { Experiment } from "../../src/experiment/load.js";
import { type Plan, planOf } from "../../src/experiment/plan.js";
import { comparePaths, type Paths, type Verification, verify } from "../../src/experiment/verify.js";
import type { Statement } from "../../src/firmware/nest.js";
import type { OffChipRegion } from "../../src/soc/off-chip.js";
import { shipped } from "./support/experiments.js";
import { type Choice, choices, experimentOfChoice } from "./support/random-experiments.js";

/** What went wrong, for people; undefined if nothing did. */
function problemOf(experiment: Experiment, verification: Verification): string | undefined {
  const { divergence, violations, cycles, holds } = verification;
  // What runs beside computing is approximated in closed form; how well, does not matter here.
  const mayDiffer = experiment.firmware.options.buffering === "double";
  const timing = mayDiffer ? null : cycles.divergence;
  if (divergence === null && violations.length === 0 && timing === null && (holds || mayDiffer)) {
    return undefined;
  }
  return JSON.stringify({ divergence, violations: violations.slice(0, 3), cycles });
}

describe("closed form = simulated = enumerated", function () {
  this.timeout(300_000);

  it("for 500 random chips, firmware models, networks and options", () => {
    const seen = { fitting: 0, spilled: 0, inPlace: 0, double: 0, own: 0 };
    const property = fc.property(choices, (choice) => {
      const experiment = experimentOfChoice(choice);
      const { placement } = planOf(experiment);
      if (!placement.fits) return;
      seen.fitting += 1;
      if (placement.spilledBytes > 0) {
        seen.spilled += 1;
        if (experiment.chip.offChip[0]?.rewrite === "inPlace") seen.inPlace += 1;
        if (experiment.firmware.options.buffering === "double") seen.double += 1;
        if (choice.kernels !== undefined) seen.own += 1;
      }
      expect(problemOf(experiment, verify(experiment))).to.equal(undefined);
    });
    fc.assert(property, { seed: 1, numRuns: 500 });
    // A generator that never spills, or makes nothing that fits, would prove nothing.
    expect(seen.fitting).to.be.above(450);
    expect(seen.spilled).to.be.above(150);
    for (const kind of ["inPlace", "double", "own"] as const) expect(seen[kind], kind).to.be.above(30);
  });

  for (const name of ["quickstart", "paper-r3-batch1"]) {
    it(`for ${name}`, () => {
      const verification = verify(shipped(name));
      expect(verification).to.deep.include({ holds: true, divergence: null, violations: [], iss: null });
      expect(verification.paths).to.deep.equal(PATHS);
      expect(verification.accesses).to.be.above(200_000);
      expect(verification.cycles).to.include({ largestDifferencePercent: 0, divergence: null });
    });
  }

  it("in the same words each time", () => {
    const experiment = experimentOfChoice(spilling());
    expect(verify(experiment)).to.deep.equal(verify(experiment));
  });
});

/** An experiment whose weights are spilled to a flash. */
const spilling = (over: Partial<Choice> = {}): Choice => ({
  chip: { widthBits: 32, dma: true, code: true, flash: "nor", isa: "cortex-m4" },
  detail: {
    inPlace: false,
    isWornByReads: false,
    pageBytes: 16,
    pagesPerSector: 4,
    accessNanoseconds: 1,
    codeNanoseconds: undefined,
    sramShare: 0.6,
  },
  network: { inputs: 20, hidden: [9], classes: 4, weightBits: 12, iterations: 2, batch: 1, epochs: 2 },
  option: { gradient: "accumulate", frozen: "recompute", buffering: "single", samplesFrom: "sensor" },
  kernels: undefined,
  ...over,
});

/** The paths of verify, with one of them replaced. */
const pathsWith = (name: PathName, path: (sound: CountingPath) => CountingPath): Paths => {
  const sound = { closedForm, simulated, enumerated: enumeratedPath().count };
  return { ...sound, [name]: path(sound[name]) };
};

/** A path that believes something else about the experiment. */
const believing =
  (change: (experiment: Experiment, plan: Plan) => [Experiment, Plan]) =>
  (path: CountingPath): CountingPath => {
    // An enumeration remembers what it walked, so it has to see the same plan each time.
    let changed: [Experiment, Plan] | undefined;
    return (experiment, plan, activity) => {
      changed ??= change(experiment, plan);
      return path(...changed, activity);
    };
  };

const withRegion = (plan: Plan, tensor: string, change: (region: OffChipRegion) => OffChipRegion): Plan => {
  const regions = new Map(plan.placement.regions);
  const region = regions.get(tensor);
  if (region === undefined) throw new Error(`${tensor} is not spilled`);
  regions.set(tensor, change(region));
  return { ...plan, placement: { ...plan.placement, regions } };
};

/** Faults in what a path counts, and in the model that it counts by. */
const FAULTS: Readonly<Record<string, (path: CountingPath) => CountingPath>> = {
  "a counter that is off by one": (path) => (experiment, plan, activity) =>
    path(experiment, plan, activity).map((counts) => ({
      ...counts,
      counters: counts.counters.map((counter) =>
        counts.phase === "loss" && counter.component === "sram" && counter.tensor === "logits"
          ? { ...counter, count: counter.count + 1 }
          : counter,
      ),
    })),
  "a row that is forgotten": believing((experiment, plan) => [
    experiment,
    withRegion(plan, "weights", (region) => ({ ...region, rows: new Map([...region.rows].slice(1)) })),
  ]),
  "a row that is a byte longer": believing((experiment, plan) => [
    experiment,
    withRegion(plan, "weights", (region) => {
      const rows = new Map(region.rows);
      const [[row, { start, end }] = [0, { start: 0, end: 0 }]] = rows;
      return { ...region, rows: rows.set(row, { start, end: end + 1 }) };
    }),
  ]),
  "pages of another size": believing((experiment, plan) => [
    experiment,
    withRegion(plan, "weights", (region) => ({ ...region, memory: { ...region.memory, pageBytes: 32 } })),
  ]),
  "sectors of another size": believing((experiment, plan) => [
    experiment,
    withRegion(plan, "weights", (region) => ({ ...region, memory: { ...region.memory, sectorBytes: 32 } })),
  ]),
  "a port of another width": believing((experiment, plan) => [
    { ...experiment, chip: { ...experiment.chip, sram: { ...experiment.chip.sram, widthBits: 64 } } },
    plan,
  ]),
  "a kernel that reads once more": believing((experiment, plan) => {
    const { kernels } = plan.program;
    const twice = (statements: readonly Statement[] = []) => [...statements, ...statements.slice(0, 1)];
    return [
      experiment,
      { ...plan, program: { ...plan.program, kernels: { ...kernels, loss: twice(kernels.loss) } } },
    ];
  }),
};

/** What verify has to name for each of the faults, the numbers aside. */
const NAMED: Readonly<Record<keyof typeof FAULTS, object>> = {
  "a counter that is off by one": { component: "sram", action: "read", tensor: "logits", phase: "loss" },
  "a row that is forgotten": {
    component: "dma",
    action: "transfer",
    tensor: "all tensors",
    phase: "forward",
  },
  "a row that is a byte longer": {
    component: "dma",
    action: "transfer",
    tensor: "all tensors",
    phase: "forward",
  },
  "pages of another size": { component: "flash", action: "command", tensor: "weights", phase: "update" },
  "sectors of another size": {
    component: "flash",
    action: "command",
    tensor: "sectorBuffer",
    phase: "update",
  },
  "a port of another width": { component: "sram", action: "write", tensor: "input", phase: "load" },
  "a kernel that reads once more": { component: "sram", action: "read", tensor: "label", phase: "loss" },
};

describe("a fault in one of the ways", () => {
  const experiment = experimentOfChoice(spilling());
  const plan = planOf(experiment);

  it("is not there at first", () => {
    expect(plan.placement.regions.get("weights")?.rows.size).to.be.above(4);
    expect(
      comparePaths(
        experiment,
        plan,
        pathsWith("closedForm", (path) => path),
      ).holds,
    ).to.equal(true);
  });

  for (const path of PATHS) {
    for (const [fault, inject] of Object.entries(FAULTS)) {
      it(`${path}: ${fault} is named`, () => {
        const { holds, divergence, divergentCounters } = comparePaths(
          experiment,
          plan,
          pathsWith(path, inject),
        );
        expect(holds).to.equal(false);
        expect(divergentCounters).to.be.above(0);
        expect(divergence).to.include(NAMED[fault]).and.to.include({ iteration: 1, activity: "bound" });
        const others = PATHS.filter((other) => other !== path).map((other) => divergence?.[other]);
        expect(new Set(others).size, "the other two agree").to.equal(1);
        expect(divergence?.[path]).to.not.equal(others[0]);
      });
    }
  }

  it("of the address of a region shows in the sectors that are erased, and is out of place", () => {
    const enumerated = enumeratedPath();
    const moved = believing((same, before) => [
      same,
      withRegion(before, "weights", (region) => ({ ...region, address: region.address + 24 })),
    ])(enumerated.count);
    const { divergence } = comparePaths(experiment, plan, { closedForm, simulated, enumerated: moved });
    expect(divergence).to.not.equal(null);
    expect(enumerated.violations()[0]?.message).to.match(
      /weights begins at byte 24 of flash, within a sector/,
    );
  });
});
