import { expect } from "chai";
import { loadDocument } from "../../src/config/load.js";
import { nodeFiles, readBytes } from "../../src/data/node-files.js";
import { type Suite, suiteSchema } from "../../src/experiment/suite-schema.js";
import { estimate, loadExperiment } from "../../src/index.js";
import { goldenOf, goldenText } from "../../src/studies/check/golden.js";

const SUITE = "configs/suites/shipped.yaml";

/** What `rebit check` holds, in this process: mutants are switched on here, not in the built command. */
describe(`the cases of ${SUITE}`, () => {
  const suite = loadDocument<Suite>(nodeFiles, SUITE, { "rebit/suite@1": suiteSchema });
  for (const { name, experiment, golden } of suite.value.cases) {
    if (golden === undefined) continue;
    it(`${name} comes to its golden`, () => {
      const loaded = loadExperiment(nodeFiles.resolve(SUITE, experiment));
      const blessed = new TextDecoder().decode(readBytes(nodeFiles.resolve(SUITE, golden)));
      expect(goldenText(goldenOf(estimate(loaded), loaded, SUITE))).to.equal(blessed);
    });
  }
});
