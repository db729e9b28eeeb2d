import { expect } from "chai";
import { withTables } from "../../bench/page.js";
import { type Results, shortfalls } from "../../bench/results.js";

const effort = { rounds: 3, seconds: 1 };
const scenario = "784-100-10, batch 100";
const spread = { median: 1234.5, min: 1000, max: 2000 };
const target = { scenario, subject: "rebit", others: ["PyTorch"], against: "PyTorch", atLeast: 2 };

const results: Results = {
  schema: "rebit/benchmark@1",
  date: "2026-11-23T12:00:00.000Z",
  command: "npm run bench",
  machine: { processor: "a processor", processors: 2, node: "20.19.0", loadBefore: 0.1 },
  effort: { steps: effort, kernels: effort, estimates: effort },
  scenarios: [
    {
      name: scenario,
      entrants: [
        {
          name: "rebit",
          threads: 1,
          version: "fast kernels",
          samplesPerSecond: spread,
          rounds: [1000, 1234.5, 2000],
        },
        { name: "PyTorch", threads: 1, notMeasured: "No module named 'torch'" },
      ],
      verdicts: [{ target, outcome: "not measured", missing: ["PyTorch"] }],
    },
  ],
  kernels: [],
  estimates: [
    { name: "estimate a chip", perSecond: { median: 12_000, min: 1, max: 20_000 }, atLeast: 10_000 },
  ],
  simulators: [
    {
      name: "simulate a core",
      perSecond: { median: 2, min: 1, max: 3 },
      instructionsPerSample: 5_000_000,
      cyclesPerSample: 6_500_000,
      atLeast: 1,
    },
  ],
};

const page = "before\n<!-- tables: written by `npm run bench` -->\nold\n<!-- /tables -->\nafter\n";

describe("the page of a benchmark", () => {
  it("has the tables between its markers and keeps what people wrote around them", () => {
    const written = withTables(page, results);
    expect(written)
      .to.match(/^before\n/)
      .and.match(/<!-- \/tables -->\nafter\n$/);
    expect(written).not.to.contain("old");
    expect(written).to.contain("| rebit | 1,230 | 1,000 .. 2,000 |");
    expect(written).to.contain("| simulate a core | 5,000,000 | 6,500,000 | 2 | 1 .. 3 | 10 | >= 1 | met |");
    expect(withTables(written, results)).to.equal(written);
  });

  it("says what was not measured, and why", () => {
    expect(withTables(page, results)).to.contain("| PyTorch | not measured | No module named 'torch' |");
  });

  it("is refused without its markers", () => {
    expect(() => withTables("nothing", results)).to.throw("has lost its markers");
  });
});

describe("the shortfalls of a benchmark", () => {
  it("name every missing measurement and every target it leaves open", () => {
    expect(shortfalls(results)).to.deep.equal([
      "not measured: 784-100-10, batch 100: PyTorch: No module named 'torch'",
      "not measured: 784-100-10, batch 100: rebit against PyTorch, for want of PyTorch",
    ]);
  });

  it("name a target that is not met", () => {
    const ratio = { median: 1.5, min: 1, max: 2 };
    const verdicts = [{ target, outcome: "not met" as const, ratio, missing: [] }];
    const scenarios = [{ name: scenario, entrants: [], verdicts }];
    expect(shortfalls({ ...results, scenarios })).to.deep.equal([
      "not met: 784-100-10, batch 100: rebit against PyTorch",
    ]);
  });

  it("name estimates that are too slow", () => {
    const estimates = [
      { name: "estimate a chip", perSecond: { median: 9000, min: 1, max: 20_000 }, atLeast: 10_000 },
    ];
    expect(shortfalls({ ...results, scenarios: [], estimates })).to.deep.equal([
      "not met: estimate a chip: 10000/s",
    ]);
  });

  it("are none if every target is met", () => {
    const ratio = { median: 2.5, min: 2, max: 3 };
    const verdicts = [{ target, outcome: "met" as const, ratio, missing: [] }];
    expect(shortfalls({ ...results, scenarios: [{ name: scenario, entrants: [], verdicts }] })).to.deep.equal(
      [],
    );
  });
});
