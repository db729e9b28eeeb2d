import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { ConfigError } from "../../../src/config/problem.js";
import { DataError } from "../../../src/data/data-error.js";
import type { Experiment } from "../../../src/experiment/load.js";
import { trainerProgram } from "../../../src/experiment/witness/trainer-program.js";
import { type IssOptions, verifyOnSimulator } from "../../../src/experiment/witness/verify-iss.js";
import { parseExpression } from "../../../src/firmware/expression.js";
import type { Statement } from "../../../src/firmware/nest.js";
import { project } from "../../cli/support/rebit.js";
import { buildElf, PROGRAM } from "../../data/support/elf-builder.js";
import { experimentOf, type WorkloadChoice, workloadText } from "../support/experiments.js";

const path = join(project, "firmware-models/packed-fields/rv32imc.elf");
const bytes = readFileSync(path);

const verifyIss = (experiment: Experiment, options?: IssOptions) =>
  verifyOnSimulator(experiment, trainerProgram(bytes, path), options);

const of = (workload: Partial<WorkloadChoice>, lines?: string[]): Experiment =>
  experimentOf({ workload: workloadText(workload), lines });

const experiment = of({ inputs: 45, hidden: [9], classes: 5, weightBits: 9, iterations: 3 });

/** The experiment with other statements in its kernel `load`. */
const withLoad = (change: (load: readonly Statement[]) => readonly Statement[]): Experiment => {
  const { firmware } = experiment;
  const kernels = { ...firmware.kernels, load: change(firmware.kernels.load ?? []) };
  return { ...experiment, firmware: { ...firmware, kernels } };
};

describe("an experiment on a simulated core", () => {
  it("has the trainer's weights, and loads, stores and cycles as modelled", () => {
    const result = verifyIss(experiment);
    expect(result).to.deep.include({ holds: true, bitIdentical: true, isa: "rv32imc" });
    expect(result).to.include({ iterations: 2, stepsPerIteration: 20, batch: 1 });
    expect(result.kernels.map(({ kernel }) => kernel)).to.have.members(
      ["initialise", "load", "forward", "loss", "backward", "update", "snapshot", "recycle"], // one sample: no gradient
    );
    for (const { errorPercent, stackAccesses, modelledStackAccesses } of result.kernels) {
      expect(Math.abs(errorPercent)).to.be.at.most(2);
      expect(stackAccesses).to.equal(modelledStackAccesses);
    }
    expect(result.tensors).to.deep.include({
      ...{ kernel: "load", tensor: "input", loads: 45 * 40, stores: 45 * 40 },
      ...{ modelledLoads: 45 * 40, modelledStores: 45 * 40 },
    });
  });

  it("has them whatever the shifts", () => {
    for (const outputShift of [0, 1, 3, 5]) {
      const shifts = `workload.numerics.outputShift: ${outputShift}, workload.numerics.hiddenShift: 2`;
      const other = of({ inputs: 45, hidden: [9, 6] }, [`set: {${shifts}, workload.numerics.inputShift: 2}`]);
      const { holds, bitIdentical } = verifyIss(other, { steps: 8 });
      expect({ outputShift, holds, bitIdentical }).to.deep.equal({
        outputShift,
        holds: true,
        bitIdentical: true,
      });
    }
  });

  it("runs the steps and iterations that are asked for, but no more than there are", () => {
    const few = verifyIss(experiment, { steps: 3, iterations: 1 });
    expect(few).to.include({ stepsPerIteration: 3, iterations: 1, holds: true });
    const all = verifyIss(experiment, { steps: 3, iterations: 9 });
    expect(all).to.include({ iterations: 3, holds: true });
  });

  it("diverges where the model takes other cycles", () => {
    const { holds, bitIdentical, kernels } = verifyIss(
      withLoad((load) => [
        ...load,
        {
          kind: "cycles",
          byIsa: new Map([["rv32imc", { cycles: 60, status: "given", source: "" }]]),
          stackByIsa: new Map(),
        },
      ]),
      { steps: 2 },
    );
    expect({ holds, bitIdentical }).to.deep.equal({ holds: false, bitIdentical: true });
    const wrong = kernels.filter(({ errorPercent }) => Math.abs(errorPercent) > 2);
    expect(wrong.map(({ kernel, modelled, cycles }) => [kernel, modelled - cycles])).to.deep.equal([
      ["load", 240],
    ]);
  });

  it("diverges where the model accesses a tensor more often", () => {
    const one = parseExpression("1");
    const extra: Statement = {
      kind: "access",
      action: "read",
      tensor: "input",
      at: [],
      bits: undefined,
      count: one,
    };
    const { holds, tensors } = verifyIss(
      withLoad((load) => [...load, extra]),
      { steps: 2, iterations: 1 },
    );
    expect(holds).to.equal(false);
    const wrong = tensors.filter(({ loads, modelledLoads }) => loads !== modelledLoads);
    expect(wrong).to.deep.equal([
      { kernel: "load", tensor: "input", loads: 90, stores: 90, modelledLoads: 92, modelledStores: 90 },
    ]);
  });

  it("is compared without the options that the executable does not have", () => {
    const other = of({ inputs: 20, batch: 4 }, [
      "set: {firmware.options.gradient: replay, firmware.options.frozen: cachedLogits}",
    ]);
    const { holds, notes } = verifyIss(other, { steps: 1 });
    expect(holds).to.equal(true);
    expect(notes.join("\n")).to.match(/no frozen: cachedLogits: .*\n.*no gradient: replay: /);
  });

  it("is refused, located in the workload, if it is too large for the executable", () => {
    for (const [workload, reason] of [
      [{ inputs: 1500 }, "input has 1024 bytes; 1500 are needed"],
      [{ inputs: 20, hidden: [1100] }, "accumulator has 4096 bytes; 4400 are needed"],
      [{ inputs: 700, hidden: [1000], weightBits: 16 }, "weights has 1280000 bytes; 1408000 are needed"],
    ] as const) {
      expect(() => verifyIss(of(workload), { steps: 1 })).to.throw(ConfigError, reason);
    }
  });
});

describe("an executable that is no firmware of the trainer", () => {
  it("is refused with the symbols that it lacks", () => {
    expect(() => trainerProgram(buildElf(PROGRAM), "a.elf")).to.throw(
      DataError,
      /^a.elf: unsupported: .*fw_initialise, fw_load, .*, network, weights/,
    );
  });
});
