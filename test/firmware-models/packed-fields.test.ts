import { bytesToHex } from "@noble/hashes/utils.js";
import { expect } from "chai";
import { trainOnFirmware } from "../../src/experiment/firmware-driver.js";
import { trainToEnd } from "../../src/rbnn/trainer.js";
import { smallWorkload, syntheticData } from "../rbnn/support/workloads.js";
import { buildNative, nativeFirmware } from "./support/native-firmware.js";

type Shape = [
  weightBits: number,
  iterations: number,
  hidden: number[],
  batch: number,
  steps: number,
  inputs?: number,
];

const shapes: Shape[] = [
  [8, 2, [8], 1, 40],
  [5, 5, [7], 1, 60],
  [16, 3, [13], 1, 30],
  [2, 2, [9], 1, 50],
  [7, 3, [11, 7], 1, 40],
  [12, 4, [8], 100, 20],
  [9, 3, [9, 5], 100, 20],
  [11, 2, [6, 5, 7], 10, 30],
  [16, 2, [100], 1, 20, 784],
];

describe("the packed-fields firmware, compiled for this computer, leaves the trainer's bits", () => {
  let program: string | undefined;
  before(function () {
    program = buildNative();
    if (program === undefined) this.skip();
  });
  for (const [weightBits, iterations, hidden, batch, steps, inputs = 61] of shapes) {
    it(`for ${inputs}-${hidden.join("-")}, n = ${weightBits}, K = ${iterations}, batch ${batch}`, () => {
      const workload = smallWorkload({
        synthetic: { inputs, classes: 5 },
        data: { train: steps * batch },
        network: { hidden },
        storage: { weightBits, iterations },
        training: { batch, epochs: 1 },
      });
      const data = syntheticData(workload);
      const { cells } = trainToEnd(workload, data, undefined, { kernels: "plain" });
      const firmware = nativeFirmware(program as string);
      trainOnFirmware(firmware, workload, data);
      expect(bytesToHex(firmware.read("cells", cells.bytes.length))).to.equal(bytesToHex(cells.bytes));
    });
  }
});
