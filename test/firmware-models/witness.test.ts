import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { loadDocument } from "../../src/config/load.js";
import { parseElf } from "../../src/data/elf.js";
import { footprintOf } from "../../src/data/elf-footprint.js";
import { nodeFiles } from "../../src/data/node-files.js";
import { calibrate } from "../../src/experiment/witness/calibrate.js";
import { trainerProgram } from "../../src/experiment/witness/trainer-program.js";
import { verifyOnSimulator } from "../../src/experiment/witness/verify-iss.js";
import { ISAS } from "../../src/firmware/names.js";
import { type FirmwareModel, firmwareSchema } from "../../src/firmware/schema.js";
import { SIMULATORS, type SimulatedIsa } from "../../src/iss/simulators.js";
import { project } from "../cli/support/rebit.js";
import { experimentOf, type WorkloadChoice, workloadText } from "../experiment/support/experiments.js";
import { MODELS } from "./support/models.js";

/** The limit of the issue that asked for this model of cycles. */
const LIMIT_PERCENT = 2;

/** None of them is among the shapes that were fitted. */
const shapes: (Partial<WorkloadChoice> & { readonly steps: number })[] = [
  { inputs: 784, hidden: [10], classes: 10, weightBits: 12, iterations: 2, steps: 3 },
  { inputs: 63, hidden: [21], classes: 6, weightBits: 11, iterations: 4, steps: 8 },
  { inputs: 19, hidden: [13, 7], classes: 3, weightBits: 16, iterations: 2, batch: 5, steps: 4 },
  { inputs: 40, hidden: [9, 8, 6], classes: 4, weightBits: 5, iterations: 3, batch: 100, steps: 2 },
];

for (const model of MODELS) {
  const folder = join(project, "firmware-models", model);
  const { value } = loadDocument<FirmwareModel>(nodeFiles, join(folder, "firmware.yaml"), {
    "rebit/firmware@1": firmwareSchema,
  });
  const load = (isa: SimulatedIsa) => {
    const path = join(folder, `${isa}.elf`);
    return trainerProgram(readFileSync(path), path);
  };

  describe(`the model of ${model}`, () => {
    it("has the size of the largest of its executables", () => {
      const sizes = ISAS.map((isa) => {
        const path = join(folder, `${isa}.elf`);
        return footprintOf(parseElf(readFileSync(path), path)).flashBytes;
      });
      expect(value.memory.code.value).to.equal(Math.max(...sizes));
    });
  });

  for (const isa of Object.keys(SIMULATORS) as SimulatedIsa[]) {
    describe(`the model of ${model} against its firmware on ${SIMULATORS[isa]}`, function () {
      this.timeout(120_000);

      for (const { steps, ...shape } of shapes) {
        const { inputs, hidden = [], classes, weightBits, batch = 1 } = shape;
        it(`has its loads, stores and cycles for ${inputs}-${hidden.join("-")}-${classes}, n = ${weightBits}, batch ${batch}`, () => {
          const experiment = { ...experimentOf({ workload: workloadText(shape) }), firmware: value };
          const { holds, bitIdentical, kernels, tensors } = verifyOnSimulator(experiment, load(isa), {
            steps,
          });
          for (const { kernel, errorPercent, stackAccesses, modelledStackAccesses } of kernels) {
            expect(Math.abs(errorPercent), kernel).to.be.at.most(LIMIT_PERCENT);
            expect(modelledStackAccesses, `stack in ${kernel}`).to.equal(stackAccesses);
          }
          for (const { kernel, tensor, ...counts } of tensors) {
            const { loads, stores, modelledLoads, modelledStores } = counts;
            expect([modelledLoads, modelledStores], `${tensor} in ${kernel}`).to.deep.equal([loads, stores]);
          }
          expect({ holds, bitIdentical }).to.deep.equal({ holds: true, bitIdentical: true });
        });
      }

      it("is what a calibration gives, within 2 % on shapes that it was not fitted to", () => {
        const { program } = load(isa);
        for (const { kernel, figures, unseenErrorPercent } of calibrate(value, program, isa)) {
          expect(unseenErrorPercent, kernel).to.be.at.most(LIMIT_PERCENT);
          const stale = figures.filter(({ before, cycles }) => before !== cycles);
          expect(stale, `${kernel}: rebit firmware calibrate writes it anew`).to.deep.equal([]);
        }
      });
    });
  }
}
