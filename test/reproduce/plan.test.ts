import { expect } from "chai";
import { planOf, trainingsOf } from "../../reproduce/plan.js";

describe("the plan of the reproduction", () => {
  it("trains R1-R3, B1-B3, fig3 and R3 at batch 1 over at least five seeds, and both methods at 16 shapes", () => {
    const plan = planOf();
    const named = plan.filter(({ network }) => network.target !== undefined);
    expect(named.map(({ network }) => network.name)).to.have.members([
      ...["r1", "r2", "r3", "b1", "b2", "b3", "fig3", "r3-batch1"],
    ]);
    expect(Math.min(...named.map(({ seeds }) => seeds))).to.be.at.least(5);
    const shapes = plan
      .filter(({ network }) => "point" in network.source)
      .map(
        ({ workload }) =>
          `${workload.network.hidden} ${workload.storage.weightBits} ${workload.storage.iterations}`,
      );
    expect(new Set(shapes).size).to.equal(32);
  });

  it("gives each training a key of its own, which other names leave and other settings change", () => {
    const keys = trainingsOf(planOf({ seeds: 2 })).map(
      ({ network, seed, key }) => `${network} ${seed} ${key}`,
    );
    expect(new Set(keys).size).to.equal(keys.length);
    const keyOf = (slice: Parameters<typeof planOf>[0]) => trainingsOf(planOf(slice))[0]?.key;
    expect(keyOf({})).to.equal(keyOf({ seeds: 1 }));
    expect(keyOf({})).to.not.equal(keyOf({ epochs: 1 }));
    expect(keyOf({})).to.not.equal(keyOf({ samples: 100 }));
  });

  it("trains seed by seed", () => {
    const seeds = trainingsOf(planOf()).map(({ seed }) => seed);
    expect(seeds).to.deep.equal(seeds.toSorted((a, b) => a - b));
  });
});
