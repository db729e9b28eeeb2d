/**
 * Fits the cycles of the firmware models for Cortex-M3 and M4: instructions of their executables under qemu-system-arm, counted by
 * class, times the cycles that the manuals give a class. With --check it writes nothing and exits 1 if a model has other
 * figures. Where a tool is missing it says so and exits 0: this tier is optional.
 */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { loadDocument } from "../src/config/load.js";
import { writeAtomic } from "../src/data/node-atomic.js";
import { nodeFiles } from "../src/data/node-files.js";
import { sha256Hex } from "../src/experiment/digest.js";
import { fitKernels, timedCalls, witnessData } from "../src/experiment/witness/calibrate.js";
import { calibratedText } from "../src/experiment/witness/calibrated-text.js";
import { FITTED, UNSEEN } from "../src/experiment/witness/shapes.js";
import { trainerProgram } from "../src/experiment/witness/trainer-program.js";
import { type TimedCall, witnessTraining } from "../src/experiment/witness/witness.js";
import type { Invocation } from "../src/firmware/lower.js";
import { type FirmwareModel, firmwareSchema } from "../src/firmware/schema.js";
import { INSTRUCTION_CYCLES } from "../src/iss/instruction-cycles.js";
import type { Workload } from "../src/rbnn/workload.js";
import { buildTools, LoggedFirmware, missingTools, play, type Tools } from "./qemu/play.js";

const ISAS = ["cortex-m3", "cortex-m4"] as const;
type Isa = (typeof ISAS)[number];

/** The calls of a training, timed under QEMU; a simulated Cortex-M0+ says what to call, and what the weights have to be. */
function trainUnderQemu(tools: Tools, folder: string, isa: Isa, workload: Workload): TimedCall[] {
  const guide = join(folder, "cortex-m0plus.elf");
  const { program } = trainerProgram(readFileSync(guide), guide);
  const elf = join(folder, `${isa}.elf`);
  const calls: Invocation[] = [];
  let log = new Uint8Array();
  let logged: LoggedFirmware | undefined;
  const weights = witnessTraining(
    program,
    workload,
    witnessData(workload),
    ({ invocation }) => calls.push(invocation),
    (firmware) => {
      logged = new LoggedFirmware(firmware, elf);
      return logged;
    },
  );
  log = new Uint8Array(logged?.log ?? log);
  const { calls: measured, memory } = play(tools, isa, elf, log, INSTRUCTION_CYCLES[isa]);
  if (!memory.equals(weights))
    throw new Error(`${isa}: other weights than the Cortex-M0+ after ${workload.name}`);
  if (measured.length !== calls.length)
    throw new Error(`${isa}: ${measured.length} calls counted of ${calls.length}`);
  return measured.map((call, position) => ({ ...call, invocation: calls[position] as Invocation }));
}

function calibrateModel(tools: Tools, model: string, isCheck: boolean): void {
  const folder = resolve(import.meta.dirname, "../firmware-models", model);
  const path = join(folder, "firmware.yaml");
  for (const isa of ISAS) {
    const { value } = loadDocument<FirmwareModel>(nodeFiles, path, { "rebit/firmware@1": firmwareSchema });
    const timed = (workloads: readonly Workload[]) =>
      timedCalls(workloads, (workload, add) => {
        for (const call of trainUnderQemu(tools, folder, isa, workload)) add(call);
      });
    const kernels = fitKernels(value, isa, timed(FITTED), timed(UNSEEN));
    const error = Math.max(...kernels.map(({ unseenErrorPercent }) => unseenErrorPercent));
    for (const {
      kernel,
      figures,
      fittedErrorPercent,
      unseenErrorPercent,
      unseenStackErrorPercent,
    } of kernels) {
      const errors = `stack ${unseenStackErrorPercent.toFixed(2)} %, fitted ${fittedErrorPercent.toFixed(2)} %, unseen ${unseenErrorPercent.toFixed(2)} %`;
      process.stdout.write(
        `${model} ${isa} ${kernel}: ${figures.map(({ cycles }) => cycles).join(" ")}; ${errors}\n`,
      );
    }
    const digest = sha256Hex(readFileSync(join(folder, `${isa}.elf`))).slice(0, 16);
    const source = `npm run firmware:qemu: instructions of ${isa}.elf (SHA-256 ${digest}) under QEMU times the cycles of their classes (src/iss/instruction-cycles.ts); calls of other shapes within ${(Math.ceil(error * 100) / 100).toFixed(2)} %`;
    const before = readFileSync(path, "utf8");
    const figures = kernels.flatMap((kernel) => kernel.figures);
    const after = calibratedText(before, isa, figures, { status: "derived", source });
    if (after === before) continue;
    if (isCheck) {
      process.stderr.write(`${path}: the figures for ${isa} are others\n`);
      process.exitCode = 1;
    } else writeAtomic(path, new TextEncoder().encode(after));
  }
}

const missing = missingTools();
if (missing.length > 0) {
  const packages = "on Debian: apt-get install qemu-system-arm gcc-arm-none-eabi gcc";
  process.stdout.write(`skipped: ${missing.join(", ")} not found; ${packages}\n`);
} else {
  const tools = buildTools();
  try {
    for (const model of ["packed-fields", "bit-planes"])
      calibrateModel(tools, model, process.argv.includes("--check"));
  } finally {
    tools.remove();
  }
}
