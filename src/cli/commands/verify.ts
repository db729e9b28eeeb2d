import { dirname, join } from "node:path";
import { Command, Option } from "commander";
import { nodeFiles, readBytes } from "../../data/node-files.js";
import type { Experiment } from "../../index.js";
import {
  estimate,
  type IssVerification,
  loadExperiment,
  trainerProgram,
  type VerifyProgress,
  verify,
  verifyOnSimulator,
} from "../../index.js";
import { SIMULATORS } from "../../iss/simulators.js";
import { UsageError } from "../errors.js";
import { EXIT } from "../exit-codes.js";
import { type ExperimentFlags, loadOptions, withExperimentFiles } from "../experiment-options.js";
import { print, printDocument, printReport } from "../output.js";
import { kernelLines } from "../progress.js";
import { issText, verificationText } from "../verification-text.js";

const EXAMPLES = `
Examples:
  rebit verify configs/experiments/quickstart.yaml
  rebit verify configs/experiments/quickstart.yaml --set "chip.components.sram.capacity=32 KiB" --json
  rebit verify configs/experiments/paper-r2.yaml --firmware my-firmware.yaml
  rebit verify configs/experiments/quickstart.yaml --iss

docs/verification.md says what is compared and how.`;

interface VerifyFlags extends ExperimentFlags {
  readonly iss?: boolean;
  readonly elf?: string;
  readonly core?: string;
  readonly steps?: string;
  readonly iterations?: string;
}

/** The executable: the one that is named, or the core's beside the firmware model. */
function executableOf(experiment: Experiment, { elf, core }: VerifyFlags): string {
  if (elf !== undefined) return elf;
  const { isa } = experiment.chip.core;
  const simulated = core ?? (isa in SIMULATORS ? isa : "cortex-m0plus");
  if (!(simulated in SIMULATORS)) {
    throw new UsageError(`--core ${simulated}: expected one of ${Object.keys(SIMULATORS).join(", ")}`);
  }
  const model = experiment.originOf("firmware", []).file;
  const folder = dirname(model);
  const path = join(folder, `${simulated}.elf`);
  if (nodeFiles.list?.(folder).includes(`${simulated}.elf`)) return path;
  throw new UsageError(`no ${path} beside the firmware model ${model}; --elf FILE names another`);
}

function wholeNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new UsageError(`--${option} ${text}: expected a whole number above 0`);
}

function runOnSimulator(experiment: Experiment, flags: VerifyFlags): IssVerification {
  const path = executableOf(experiment, flags);
  const options = {
    steps: wholeNumber("steps", flags.steps),
    iterations: wholeNumber("iterations", flags.iterations),
  };
  const trainer = trainerProgram(readBytes(path), path);
  process.stderr.write(`training on ${SIMULATORS[trainer.isa]}\n`);
  return verifyOnSimulator(experiment, trainer, options);
}

function verifyExperiment(path: string, flags: VerifyFlags): void {
  const experiment = loadExperiment(path, loadOptions(flags));
  const report = estimate(experiment);
  if (!report.storage.fits) {
    printReport(report, flags);
    return;
  }
  const onProgress: (progress: VerifyProgress) => void = kernelLines((text) => process.stderr.write(text));
  const start = performance.now();
  const counted = verify(experiment, { onProgress });
  const between = performance.now();
  const iss = flags.iss ? runOnSimulator(experiment, flags) : null;
  const end = performance.now();
  const verification = { ...counted, holds: counted.holds && iss?.holds !== false, iss };
  if (flags.json) printDocument(verification);
  else {
    print(verificationText(counted, (between - start) / 1000));
    if (iss !== null) print(issText(iss, (end - between) / 1000));
  }
  if (!verification.holds) process.exitCode = EXIT.checkFailed;
}

/** `rebit verify EXPERIMENT`: the same numbers in more than one way. */
export const verifyCommand = (): Command =>
  withExperimentFiles(new Command("verify"))
    .summary("check that counts in closed form, simulated and access by access are the same")
    .description(
      "Counts the experiment in closed form, as estimate does, tile by tile, as run does, and by walking every access of " +
        "each kernel with its address, under the bound of its activity and two random ones. All counts have to be equal. Nothing is " +
        "trained, but with --iss: then the first steps of the training run on a simulated core, whose weights have to be the trainer's, and " +
        "whose loads, stores and cycles have to be the firmware model's, cycles within 2 %.",
    )
    .option("--iss", "also train on an instruction-set simulator, and hold the firmware model to it")
    .option(
      "--core <isa>",
      "the simulated core: cortex-m0plus or rv32imc (default: the chip's, else cortex-m0plus)",
    )
    .option("--elf <file>", "the executable (default: that of the core, beside the firmware model)")
    .option("--steps <n>", "updates in each iteration on the simulator (default: those of 20 samples)")
    .option("--iterations <n>", "iterations on the simulator (default: 2)")
    .addOption(new Option("--json", "print the result as one JSON document (rebit/verify@1)"))
    .addHelpText("after", EXAMPLES)
    .action(verifyExperiment);
