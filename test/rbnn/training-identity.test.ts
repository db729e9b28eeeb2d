import { expect } from "chai";
import { differences, identifyTraining, identityOf } from "../../src/rbnn/training-identity.js";
import type { Workload } from "../../src/rbnn/workload.js";
import { smallWorkload, syntheticData } from "./support/workloads.js";

const identify = (workload: Workload, data = syntheticData(workload)) => identifyTraining(workload, data);

describe("the identity of a training", () => {
  it("is the same whatever it is called and wherever its data come from", async () => {
    const workload = smallWorkload();
    const data = syntheticData(workload);
    const { key } = await identify(workload, data);
    expect(key).to.match(/^[0-9a-f]{64}$/);
    const paths = { trainImages: "a", trainLabels: "b", testImages: "c", testLabels: "d" };
    const renamed: Workload = { ...workload, name: "other", dataset: paths, synthetic: undefined };
    expect((await identify(renamed, { ...data, name: "other" })).key).to.equal(key);
  });

  it("is the same if a default is written out", async () => {
    const { key } = await identify(smallWorkload({ numerics: { inputShift: 3 } }));
    const written = smallWorkload({ numerics: { inputShift: 3, outputShift: 3, narrowing: "dither" } });
    expect((await identify(written)).key).to.equal(key);
  });

  it("differs with everything that changes a result", async () => {
    const others = [
      smallWorkload({ data: { test: 99 } }),
      smallWorkload({ data: { train: 399 } }),
      smallWorkload({ network: { hidden: [9] } }),
      smallWorkload({ storage: { weightBits: 9 } }),
      smallWorkload({ storage: { iterations: 3 } }),
      smallWorkload({ training: { seed: 2 } }),
      smallWorkload({ training: { epochs: 3 } }),
      smallWorkload({ training: { batch: 2 } }),
      smallWorkload({ training: { patience: 1 } }),
      smallWorkload({ training: { stopRecursion: true } }),
      smallWorkload({ numerics: { stepShift: 6 } }),
      smallWorkload({ numerics: { narrowing: "nearest" } }),
    ];
    const identities = await Promise.all([smallWorkload(), ...others].map((workload) => identify(workload)));
    expect(new Set(identities.map(({ key }) => key)).size).to.equal(identities.length);
    const { numericsVersion, settings, dataSha256, key } = identities[0]!;
    expect((await identityOf(settings, dataSha256, numericsVersion)).key).to.equal(key);
    expect((await identityOf(settings, dataSha256, numericsVersion + 1)).key).to.not.equal(key);
  });

  it("differs with any sample or label that is used, and with no other", async () => {
    const workload = smallWorkload({ data: { train: 100, validation: 10, test: 10 } });
    const data = syntheticData(smallWorkload());
    const { key } = await identify(workload, data);
    const keyWithout = async (
      part: "trainImages" | "trainLabels" | "testImages" | "testLabels",
      at: number,
    ) => {
      const changed = data[part].slice();
      changed[at]! ^= 1;
      return (await identify(workload, { ...data, [part]: changed })).key;
    };
    expect(await keyWithout("trainImages", 0)).to.not.equal(key);
    expect(await keyWithout("trainLabels", 499)).to.not.equal(key);
    expect(await keyWithout("testImages", 10 * 64 - 1)).to.not.equal(key);
    expect(await keyWithout("trainLabels", 200)).to.equal(key);
    expect(await keyWithout("testLabels", 10)).to.equal(key);
  });

  it("says what differs", async () => {
    const here = await identify(smallWorkload());
    const there = await identify(smallWorkload({ training: { seed: 7 }, network: { hidden: [8, 6] } }));
    expect(differences(here, here)).to.deep.equal([]);
    expect(differences({ ...there, numericsVersion: 9, dataSha256: "00ff" }, here)).to.deep.equal([
      "version of the arithmetic: 9 there, 1 here",
      "network.hidden: [8,6] there, [8] here",
      "training.seed: 7 there, 1 here",
      "numerics.outputShift: 4 there, 3 here",
      `data: SHA-256 00ff there, ${here.dataSha256.slice(0, 12)} here`,
    ]);
  });
});
