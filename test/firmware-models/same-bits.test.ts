import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { bytesToHex } from "@noble/hashes/utils.js";
import { expect } from "chai";
import { parseElf } from "../../src/data/elf.js";
import { type Firmware, trainOnFirmware } from "../../src/experiment/witness/firmware-driver.js";
import { packedCells } from "../../src/experiment/witness/layouts.js";
import { type CallObserver, SimulatedFirmware } from "../../src/experiment/witness/simulated-firmware.js";
import { Program } from "../../src/iss/program.js";
import { layersOf } from "../../src/rbnn/layers.js";
import { trainToEnd } from "../../src/rbnn/trainer.js";
import { networkShape, type Workload } from "../../src/rbnn/workload.js";
import { smallWorkload, syntheticData } from "../rbnn/support/workloads.js";
import { MODELS, type Model } from "./support/models.js";
import { buildNative, hasGcc, nativeFirmware } from "./support/native-firmware.js";

type Shape = [
  weightBits: number,
  iterations: number,
  hidden: number[],
  batch: number,
  steps: number,
  inputs?: number,
];

const common: Shape[] = [
  [8, 2, [8], 1, 40],
  [5, 5, [7], 1, 60],
  [16, 3, [13], 1, 30],
  [2, 2, [9], 1, 50],
  [7, 3, [11, 7], 1, 40],
  [11, 2, [6, 5, 7], 10, 30],
];

/** The second layout goes the same ways with less work, so that the tests stay short. */
const SHAPES: Readonly<Record<Model, readonly Shape[]>> = {
  "packed-fields": [
    ...common,
    [12, 4, [8], 100, 20, 25],
    [9, 3, [9, 5], 100, 20, 25],
    [16, 2, [100], 1, 20, 784],
  ],
  "bit-planes": [
    ...common,
    [12, 2, [8], 100, 20, 25],
    [9, 2, [9, 5], 100, 20, 13],
    [16, 2, [20], 1, 20, 784],
  ],
};

function workloadOf([weightBits, iterations, hidden, batch, steps, inputs = 61]: Shape): Workload {
  return smallWorkload({
    synthetic: { inputs, classes: 5 },
    data: { train: steps * batch },
    network: { hidden },
    storage: { weightBits, iterations },
    training: { batch, epochs: 1 },
  });
}

const nameOf = ([weightBits, iterations, hidden, batch, steps, inputs = 61]: Shape): string =>
  `${inputs}-${hidden.join("-")}-5, n = ${weightBits}, K = ${iterations}, ${steps} batches of ${batch} an iteration`;

/** Trains on a firmware and expects the cells of the trainer. */
function expectSameCells(firmware: Firmware, model: Model, shape: Shape): void {
  const workload = workloadOf(shape);
  const data = syntheticData(workload);
  const { cells } = trainToEnd(workload, data, undefined, { kernels: "plain" });
  const { inputs, hidden, classes } = networkShape(workload, data);
  const { weightBits, iterations } = workload.storage;
  const layers = layersOf(inputs, hidden, classes);
  const layout = model === "bit-planes" ? "bitPlanes" : "packedFields";
  const trained = packedCells(
    trainOnFirmware(firmware, workload, data),
    layout,
    layers,
    weightBits,
    iterations,
  );
  expect(bytesToHex(trained)).to.equal(bytesToHex(cells.bytes));
}

const folderOf = (model: Model): string => join(import.meta.dirname, "../../firmware-models", model);

const load = (model: Model, core: string, observe?: CallObserver): SimulatedFirmware => {
  const path = join(folderOf(model), `${core}.elf`);
  return new SimulatedFirmware(new Program(parseElf(readFileSync(path), path)), observe);
};

const why = hasGcc() ? "" : " (skipped: gcc is not installed)";

for (const model of MODELS) {
  for (const core of ["cortex-m0plus", "rv32imc"]) {
    describe(`the ${model} firmware on ${core} leaves the trainer's bits`, function () {
      this.timeout(60_000);

      for (const shape of SHAPES[model]) {
        it(`for ${nameOf(shape)}`, () => expectSameCells(load(model, core), model, shape));
      }

      it("and takes no more stack than it says", () => {
        let deepest = 0;
        const firmware = load(model, core, () => ({ stackBytes }) => {
          deepest = Math.max(deepest, stackBytes);
        });
        expectSameCells(firmware, model, [7, 3, [11, 7], 1, 40]);
        // Of the 1,024 that the linker script keeps; the models say less than 256.
        expect(deepest).to.be.greaterThan(0).and.below(256);
      });
    });
  }

  describe(`the ${model} firmware, compiled for this computer, leaves the trainer's bits${why}`, () => {
    let program = "";
    before(function () {
      if (!hasGcc()) this.skip();
      program = buildNative(model);
    });
    after(() => {
      if (program !== "") rmSync(dirname(program), { recursive: true });
    });
    for (const shape of SHAPES[model]) {
      it(`for ${nameOf(shape)}`, () => expectSameCells(nativeFirmware(program), model, shape));
    }
  });

  describe(`the committed executables of ${model}`, () => {
    const record = JSON.parse(readFileSync(join(folderOf(model), "firmware-build.json"), "utf8"));

    for (const [target, { sha256, bytes }] of Object.entries<{ sha256: string; bytes: number }>(
      record.targets,
    )) {
      it(`are those of the record: ${target}`, () => {
        const file = readFileSync(join(folderOf(model), `${target}.elf`));
        const digest = createHash("sha256").update(file).digest("hex");
        expect([file.length, digest]).to.deep.equal([bytes, sha256]);
      });
    }
  });
}

describe("a network that is too large for the firmware", () => {
  it("is refused with the tensor that has no room", () => {
    expect(() =>
      expectSameCells(load("packed-fields", "rv32imc"), "packed-fields", [8, 1, [2], 1, 1, 1500]),
    ).to.throw(RangeError, "input has 1024 bytes; 1500 are needed");
  });
});
