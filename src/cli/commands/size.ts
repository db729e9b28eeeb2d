import { Command, Option } from "commander";
import { loadExperiment } from "../../index.js";
import { count, kibibytes, quantity, time } from "../../report/text/numbers.js";
import { left, right } from "../../report/text/table.js";
import { type SizePoint, type SramSize, sizeSram } from "../../studies/size/size.js";
import { baseOption, basePath, estimateCommandLine } from "../base-experiment.js";
import { EXIT } from "../exit-codes.js";
import { collectOverride } from "../experiment-options.js";
import { print, printDocument } from "../output.js";
import { type Section, sectionsMarkdown, sectionsText } from "../sections.js";

const EXAMPLES = `
Examples:
  rebit size configs/workloads/quickstart.yaml
  rebit size configs/workloads/paper-r2.yaml --chip configs/chips/learner-m4-640k.yaml
  rebit size configs/workloads/paper-r1.yaml --chip configs/chips/learner-m4-640k.yaml --set chip.components.sram.banks=4`;

interface SizeFlags {
  readonly experiment?: string;
  readonly chip?: string;
  readonly firmware?: string;
  readonly set?: readonly string[];
  readonly json?: boolean;
  readonly markdown?: boolean;
}

function sizeWorkload(workload: string, flags: SizeFlags): void {
  const base = basePath(flags.experiment);
  const { chip, firmware, set = [], json, markdown } = flags;
  const size = sizeSram((more) => loadExperiment(base, { workload, chip, firmware, set: [...set, ...more] }));
  const command = (point: SizePoint): string =>
    estimateCommandLine(base, { workload, chip, firmware }, [...set, point.setting]);
  if (json) {
    printDocument({ ...size, curve: size.curve.map((point) => ({ ...point, command: command(point) })) });
  } else print((markdown ? sectionsMarkdown : sectionsText)([section(size, command)]));
  if (size.curve.every(({ fits }) => !fits)) process.exitCode = EXIT.cannotFit;
}

const bytesText = (bytes: number): string => `${kibibytes(bytes)} KiB`;

function section(size: SramSize, command: (point: SizePoint) => string): Section {
  const { workload, chip, banks, demandBytes, leastCapacityBytes, curve, notes } = size;
  const least = curve.find(({ capacityBytes }) => capacityBytes === leastCapacityBytes);
  return {
    title: `SIZE: SRAM for ${workload} on ${chip}, ${banks === 1 ? "one bank" : `${banks} banks`}`,
    columns: [right("SRAM"), right("spilled"), right("energy"), right("time"), right("SRAM area"), left("")],
    rows: curve.map((point) => [
      bytesText(point.capacityBytes),
      point.fits ? (point.spilledBytes === 0 ? "-" : bytesText(point.spilledBytes)) : "does not fit",
      point.energyJoules === null ? "-" : quantity(point.energyJoules, "energy"),
      point.timeSeconds === null ? "-" : time(point.timeSeconds),
      point.squareMillimetres === null ? "-" : `${point.squareMillimetres.toPrecision(3)} mm2`,
      remarks(point, size).join(", "),
    ]),
    below: [
      `nothing spills from ${count(demandBytes)} bytes on${leastCapacityBytes === null ? "" : `: an SRAM of ${bytesText(leastCapacityBytes)}`}`,
      ...(least === undefined ? [] : [command(least)]),
      ...notes.map((note) => `note: ${note}`),
    ],
  };
}

function remarks(
  { capacityBytes }: SizePoint,
  { chipCapacityBytes, leastCapacityBytes, energy, time: elapsed }: SramSize,
): string[] {
  return [
    ...(capacityBytes === chipCapacityBytes ? ["as the chip has"] : []),
    ...(capacityBytes === leastCapacityBytes ? ["least without spilling"] : []),
    ...(capacityBytes === energy?.kneeCapacityBytes ? ["knee of energy"] : []),
    ...(capacityBytes === elapsed?.kneeCapacityBytes ? ["knee of time"] : []),
    ...(capacityBytes === energy?.bestCapacityBytes ? ["least energy"] : []),
    ...(capacityBytes === elapsed?.bestCapacityBytes ? ["least time"] : []),
  ];
}

/** `rebit size WORKLOAD`: how much SRAM does this training need? */
export const sizeCommand = (): Command =>
  new Command("size")
    .argument("<workload>", "a workload (YAML, schema rebit/workload@1)")
    .summary("say how much SRAM a training needs, and what less and more of it come to")
    .description(
      "Finds the least SRAM for which nothing of a training spills, and estimates it with less and with more: energy, time and area by " +
        "capacity, where the curves bend, and where they are least. Chip and firmware are those of an experiment.",
    )
    .addOption(baseOption("take chip and firmware from this experiment"))
    .option("--chip <file>", "use this chip instead")
    .option("--firmware <file>", "use this firmware model instead")
    .addOption(
      new Option("--set <path=value>", "override one value; may be repeated").argParser(collectOverride),
    )
    .addOption(new Option("--json", "print as one JSON document (rebit/size@1)").conflicts("markdown"))
    .option("--markdown", "print tables for a pull request or a page")
    .addHelpText("after", EXAMPLES)
    .action(sizeWorkload);
