import { expect } from "chai";
import { loadDocument } from "../../src/config/load.js";
import { nodeFiles } from "../../src/data/node-files.js";
import type { CountContext } from "../../src/firmware/context.js";
import { countNest } from "../../src/firmware/count.js";
import { lower } from "../../src/firmware/lower.js";
import { type FirmwareModel, firmwareSchema } from "../../src/firmware/schema.js";
import type { Activity } from "../../src/rbnn/activity.js";

import { talliedLines } from "./support/lines.js";
import { activityOf, runOf } from "./support/runs.js";
import { walked } from "./support/walked.js";

const path = "firmware-models/packed-fields/firmware.yaml";
const { value: firmware } = loadDocument<FirmwareModel>(nodeFiles, path, {
  "rebit/firmware@1": firmwareSchema,
});

/** Some rows updated less often, some deltas zero. */
function uneven(activity: Activity): Activity {
  return {
    iterations: activity.iterations.map((iteration) => ({
      ...iteration,
      rowUpdates: iteration.rowUpdates.map((layer) => layer.map((times, row) => Math.max(0, times - row))),
    })),
  };
}

describe("packed-fields, enumerated access by access", () => {
  for (const gradient of ["perSample", "accumulate", "replay"] as const) {
    for (const frozen of ["recompute", "cachedLogits"] as const) {
      it(`equals its closed form in every kernel, layer and iteration: ${gradient}, ${frozen}`, () => {
        const batch = gradient === "perSample" ? 1 : 2;
        const over = {
          gradient,
          frozen,
          batch,
          batchesPerEpoch: 2,
          trainSamples: 2 * batch,
          validationSamples: 1,
        };
        const run = runOf({ inputs: 5, hidden: [3, 2], classes: 2 }, { cellBits: 5, iterations: 2 }, over);
        const activity = uneven(activityOf(run, { epochs: 2, snapshots: 1, updates: [3, 3, 3], zeros: 1 }));
        const seen = new Set<string>();
        for (const { kernel, phase, names, bindings, options, executions } of lower(run, activity)) {
          for (const portBits of [8, 32]) {
            const context: CountContext = {
              names,
              bindings,
              options: { ...firmware.options, gradient, frozen, ...options },
              isa: "cortex-m3",
              portBits,
            };
            const statements = firmware.kernels[kernel] ?? [];
            expect(
              talliedLines(countNest(statements, context, executions)),
              `${phase} ${kernel} ${portBits}`,
            ).to.deep.equal(walked(statements, context, executions).lines);
            seen.add(kernel);
          }
        }
        expect(seen.size).to.equal(
          8 + (gradient === "accumulate" ? 1 : 0) + (frozen === "cachedLogits" ? 1 : 0),
        );
      });
    }
  }

  it("reads each cell once a forward pass, whatever the column", () => {
    const run = runOf({ inputs: 16, hidden: [4], classes: 2 }, { cellBits: 8, iterations: 3 });
    const words = lower(run, activityOf(run, { epochs: 1, updates: [0, 0] }))
      .filter(({ kernel, phase }) => kernel === "forward" && phase === "forward")
      .map(({ names, bindings, executions }) => {
        const context: CountContext = {
          names,
          bindings,
          options: firmware.options as Record<string, string>,
          isa: "cortex-m3",
          portBits: 32,
        };
        const tally = countNest(firmware.kernels.forward ?? [], context, executions);
        return tally.accesses.find(({ tensor }) => tensor === "weights")?.count;
      });
    // 16 weights of 8 bits are 4 words, 4 rows; 4 weights are 1 word, 2 rows; 100 samples.
    expect(words).to.deep.equal([1600, 200, 1600, 200, 1600, 200]);
  });
});
