import { Command, Option } from "commander";
import type { Divergence } from "../../experiment/compare-counts.js";
import { estimate, loadExperiment, type Verification, type VerifyProgress, verify } from "../../index.js";
import { EXIT } from "../exit-codes.js";
import { type ExperimentFlags, loadOptions, withExperimentFiles } from "../experiment-options.js";
import { print, printDocument, printReport } from "../output.js";
import { kernelLines } from "../progress.js";

const EXAMPLES = `
Examples:
  rebit verify configs/experiments/quickstart.yaml
  rebit verify configs/experiments/quickstart.yaml --set "chip.components.sram.capacity=32 KiB" --json
  rebit verify configs/experiments/paper-r2.yaml --firmware my-firmware.yaml

docs/verification.md says what is compared and how.`;

const WAYS = { closedForm: "closed form", simulated: "simulated", enumerated: "enumerated" } as const;

const count = (value: number): string => value.toLocaleString("en");

/** "closed form 12, enumerated 13" */
function told(divergence: Pick<Divergence, keyof typeof WAYS>): string {
  return (Object.keys(WAYS) as (keyof typeof WAYS)[])
    .flatMap((way) => (divergence[way] === null ? [] : [`${WAYS[way]} ${count(divergence[way])}`]))
    .join(", ");
}

/** What a verification found, for people. */
export function verificationText(verification: Verification, seconds: number): string {
  const { holds, paths, activities, counters, divergentCounters, divergence, violations, cycles } =
    verification;
  const { name, chip, firmware, workload } = verification.experiment;
  const rate = verification.accesses / seconds / 1e6;
  const lines = [
    `VERIFY: ${name} (${firmware} on ${chip}, ${workload})`,
    `  ${holds ? "holds" : "DIVERGES"}: ${paths.map((path) => WAYS[path]).join(holds ? " = " : ", ")}`,
    `  compared   ${count(counters)} counters, ${count(cycles.phases)} phase times; activities: ${activities.join(", ")}`,
    `  walked     ${count(verification.accesses)} accesses one by one in ${seconds.toFixed(1)} s (${rate.toFixed(1)} M/s)`,
  ];
  if (divergence !== null) {
    const { component, action, tensor, phase, iteration, activity, measure } = divergence;
    const unit = measure === "bits" ? " (useful bits)" : "";
    lines.push(
      `  ${count(divergentCounters)} counters diverge; the first: ${component} ${action} of ${tensor}${unit}, phase ${phase}, iteration ${iteration}, activity ${activity}:`,
      `    ${told(divergence)}`,
    );
  }
  if (cycles.divergence !== null) {
    const { phase, iteration, activity } = cycles.divergence;
    lines.push(
      `  cycles differ by up to ${cycles.largestDifferencePercent.toPrecision(3)} % (limit ${cycles.limitPercent} %), most in phase ${phase}, iteration ${iteration}, activity ${activity}:`,
      `    ${told(cycles.divergence)}`,
    );
  }
  for (const { component, message, kernel, phase, iteration } of violations) {
    const place = kernel === undefined ? "" : `, kernel ${kernel}`;
    const time = phase === undefined ? "" : `, phase ${phase}, iteration ${iteration}`;
    lines.push(`  out of place in ${component}${place}${time}: ${message}`);
  }
  return lines.join("\n");
}

function verifyExperiment(path: string, flags: ExperimentFlags): void {
  const experiment = loadExperiment(path, loadOptions(flags));
  const report = estimate(experiment);
  if (!report.storage.fits) {
    printReport(report, flags);
    return;
  }
  const onProgress: (progress: VerifyProgress) => void = kernelLines((text) => process.stderr.write(text));
  const start = performance.now();
  const verification = verify(experiment, { onProgress });
  const seconds = (performance.now() - start) / 1000;
  if (flags.json) printDocument(verification);
  else print(verificationText(verification, seconds));
  if (!verification.holds) process.exitCode = EXIT.checkFailed;
}

/** `rebit verify EXPERIMENT`: the same numbers in more than one way. */
export const verifyCommand = (): Command =>
  withExperimentFiles(new Command("verify"))
    .summary("check that counts in closed form, simulated and access by access are the same")
    .description(
      "Counts the experiment in closed form, as estimate does, tile by tile, as run does, and by walking every access of " +
        "each kernel with its address, under the bound of its activity and two random ones. All counts have to be equal. Nothing is trained.",
    )
    .addOption(new Option("--json", "print the result as one JSON document (rebit/verify@1)"))
    .addHelpText("after", EXAMPLES)
    .action(verifyExperiment);
