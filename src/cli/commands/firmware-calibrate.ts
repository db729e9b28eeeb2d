import { basename, dirname, join } from "node:path";
import { Command } from "commander";
import { type Loaded, loadDocument } from "../../config/load.js";
import { ConfigError, problemAt } from "../../config/problem.js";
import { decodeText, startOf } from "../../config/source.js";
import { parseElf } from "../../data/elf.js";
import { footprintOf } from "../../data/elf-footprint.js";
import { writeAtomic } from "../../data/node-atomic.js";
import { nodeFiles, readBytes } from "../../data/node-files.js";
import { type CalibratedKernel, CalibrationError, calibrate } from "../../experiment/witness/calibrate.js";
import { calibratedText, withCodeSize } from "../../experiment/witness/calibrated-text.js";
import { type TrainerProgram, trainerProgram } from "../../experiment/witness/trainer-program.js";
import { ISAS } from "../../firmware/names.js";
import { type FirmwareModel, firmwareSchema } from "../../firmware/schema.js";
import { SIMULATORS } from "../../iss/simulators.js";
import { left, right, table } from "../../report/text/table.js";
import { UsageError } from "../errors.js";
import { EXIT } from "../exit-codes.js";
import { print, printDocument } from "../output.js";

const EXAMPLES = `
Examples:
  rebit firmware calibrate firmware-models/packed-fields/firmware.yaml
  rebit firmware calibrate my-model/firmware.yaml --elf build/trainer.elf --json
  rebit firmware calibrate firmware-models/packed-fields/firmware.yaml --check

The executables have the functions and tensors of firmware-models/packed-fields/src (docs/validation.md). They train a dozen
small networks on the simulator, and the cycles of each call give the costs of the kernel's statements by least squares. Another
dozen says how far that holds.`;

interface CalibrateFlags {
  readonly elf?: string;
  readonly check?: boolean;
  readonly json?: boolean;
}

type Calibrated = Omit<TrainerProgram, "program"> & { readonly kernels: readonly CalibratedKernel[] };

/** Executables that lie beside a model, named after these instruction sets. */
function executablesBeside(model: string, isas: readonly string[]): string[] {
  const folder = dirname(model);
  const present = new Set(nodeFiles.list?.(folder));
  return isas
    .map((isa) => `${isa}.elf`)
    .filter((name) => present.has(name))
    .map((name) => join(folder, name));
}

/** Those that a simulator can run. */
function simulatedBeside(model: string): string[] {
  const paths = executablesBeside(model, Object.keys(SIMULATORS));
  if (paths.length > 0) return paths;
  const names = Object.keys(SIMULATORS).map((isa) => `${isa}.elf`);
  throw new UsageError(`no executable beside ${model}: expected ${names.join(" or ")} there, or --elf FILE`);
}

function calibrateOne({ value, path: modelPath, originOf }: Loaded<FirmwareModel>, path: string): Calibrated {
  const { isa, program, elf } = trainerProgram(readBytes(path), path);
  const onTraining = (name: string): void => {
    process.stderr.write(`${isa}: ${name}\n`);
  };
  try {
    return { isa, elf, kernels: calibrate(value, program, isa, onTraining) };
  } catch (error) {
    if (!(error instanceof CalibrationError)) throw error;
    const origin = originOf(["kernels", error.kernel]) ?? startOf(modelPath);
    throw new ConfigError([problemAt(origin, "bad-kernel", error.message)]);
  }
}

const worst = (kernels: readonly CalibratedKernel[]): number =>
  Math.max(...kernels.map(({ unseenErrorPercent }) => unseenErrorPercent));

/** Upwards, so that the figure holds. */
const percent = (value: number): string => (Math.ceil(value * 100) / 100).toFixed(2);

function textOf({ isa, elf, kernels }: Calibrated): string {
  const rows = kernels.map(({ kernel, figures, calls, fittedErrorPercent, unseenErrorPercent }) => [
    kernel,
    String(calls),
    figures.map(({ cycles }) => cycles).join(" "),
    percent(fittedErrorPercent),
    percent(unseenErrorPercent),
  ]);
  const head = [
    left("kernel"),
    right("calls"),
    left("cycles of its statements"),
    right("fitted %"),
    right("unseen %"),
  ];
  return [`${isa}: ${elf.path} on ${SIMULATORS[isa]}`, ...table(head, rows)].join("\n");
}

function sourceOf({ isa, elf, kernels }: Calibrated): string {
  const error = percent(worst(kernels));
  return `rebit firmware calibrate: ${basename(elf.path)} (SHA-256 ${elf.sha256.slice(0, 16)}) on ${SIMULATORS[isa]}; calls of other shapes within ${error} %`;
}

/** The model's text with the code size of the largest executable beside it, whatever core it is for. */
function withLargestCode(text: string, model: string): string {
  const sizes = executablesBeside(model, ISAS).map((path) => {
    const { flashBytes } = footprintOf(parseElf(readBytes(path), path));
    return { name: basename(path), flashBytes };
  });
  const [largest] = sizes.toSorted((a, b) => b.flashBytes - a.flashBytes);
  if (largest === undefined) return text;
  const source = `rebit firmware inspect ${largest.name}, the largest of ${sizes.length}`;
  return withCodeSize(text, largest.flashBytes, source);
}

/** The model's own text with all figures in it. @throws ConfigError where they are in a file that the model extends */
function newText(
  { path, originOf }: Loaded<FirmwareModel>,
  text: string,
  all: readonly Calibrated[],
): string {
  let result = text;
  for (const calibrated of all) {
    const figures = calibrated.kernels.flatMap((kernel) => kernel.figures);
    for (const figure of figures) {
      const origin = originOf(["kernels", ...figure.path]);
      if (origin === undefined || origin.file === path) continue;
      const message = `${path} extends this file; calibrate this one, or copy its kernels`;
      throw new ConfigError([problemAt(origin, "bad-kernel", message)]);
    }
    const provenance = { status: "measured", source: sourceOf(calibrated) };
    result = calibratedText(result, calibrated.isa, figures, provenance);
  }
  return result;
}

function calibrateFirmware(path: string, { elf, check = false, json = false }: CalibrateFlags): void {
  const loaded = loadDocument<FirmwareModel>(nodeFiles, path, { "rebit/firmware@1": firmwareSchema });
  const executables = elf === undefined ? simulatedBeside(path) : [elf];
  const all = executables.map((executable) => calibrateOne(loaded, executable));
  const before = decodeText(readBytes(path), path);
  const calibrated = newText(loaded, before, all);
  const after = elf === undefined ? withLargestCode(calibrated, path) : calibrated;
  const differs = after !== before;
  if (differs && !check) writeAtomic(path, new TextEncoder().encode(after));
  if (differs && check) process.exitCode = EXIT.checkFailed;
  if (json) {
    printDocument({
      schema: "rebit/firmware-calibrate@1",
      model: path,
      differs,
      written: differs && !check,
      cores: all,
    });
    return;
  }
  const outcome = !differs ? "has these figures" : check ? "DIFFERS from these figures" : "written";
  print([...all.map(textOf), `${path}: ${outcome}`].join("\n\n"));
}

/** `rebit firmware calibrate MODEL`: the cycles of a firmware model, from its program on a simulated core. */
export const calibrateCommand = (): Command =>
  new Command("calibrate")
    .argument("<model>", "a firmware model (rebit/firmware@1), whose figures are replaced")
    .summary("fit the cycles of a firmware model to its executable on a simulated core")
    .description(
      "Fits the cycles of a firmware model's statements to what its executable takes on an instruction-set simulator, and " +
        "writes them into the model with where they are from; and the size of its code, that of the largest executable beside it. " +
        "Everything else in the file stays as it is.",
    )
    .option("--elf <file>", "the executable (default: cortex-m0plus.elf and rv32imc.elf beside the model)")
    .option("--check", "write nothing; exit 1 if the model's figures are others")
    .option("--json", "print as one JSON document (rebit/firmware-calibrate@1)")
    .addHelpText("after", EXAMPLES)
    .action(calibrateFirmware);
