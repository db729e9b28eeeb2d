import { Command, InvalidArgumentError, Option } from "commander";
import { outcomeCache } from "../../experiment/node-outcomes.js";
import { findOutcome } from "../../experiment/run.js";
import { type Experiment, loadExperiment } from "../../index.js";
import {
  MAX_HIDDEN_LAYERS,
  MAX_UNITS,
  MAX_WEIGHT_BITS,
  MIN_WEIGHT_BITS,
} from "../../rbnn/workload-schema.js";
import { count, kibibytes, quantity, time } from "../../report/text/numbers.js";
import { left, right } from "../../report/text/table.js";
import { fitNetworks, type NetworkFit, type Quality } from "../../studies/fit/fit.js";
import { DEFAULT_GRID, type GradientScheme } from "../../studies/fit/networks.js";
import { baseOption, basePath, estimateCommandLine } from "../base-experiment.js";
import { cacheFolder } from "../cache-folder.js";
import { UsageError } from "../errors.js";
import { EXIT } from "../exit-codes.js";
import { print, printDocument } from "../output.js";
import { type Section, sectionsMarkdown, sectionsText } from "../sections.js";

const EXAMPLES = `
Examples:
  rebit fit configs/chips/wearable-m3-64k.yaml
  rebit fit configs/chips/wearable-m3-64k.yaml --hidden 20,40,60x30 --bits 8,12 --on-chip
  rebit fit configs/chips/learner-m4-640k.yaml --experiment configs/experiments/paper-r2.yaml --by error`;

const MOST_CHOICES = 64;

interface FitFlags {
  readonly experiment?: string;
  readonly firmware?: string;
  readonly workload?: string;
  readonly hidden: readonly (readonly number[])[];
  readonly bits: readonly number[];
  readonly iterations: readonly number[];
  readonly gradient: readonly GradientScheme[];
  readonly by: Quality;
  readonly onChip?: boolean;
  readonly json?: boolean;
  readonly markdown?: boolean;
}

function integers(text: string, separator: string, least: number, most: number, mostOfThem = MOST_CHOICES) {
  const numbers = text
    .split(separator)
    .map((part) => (/^\s*\d{1,6}\s*$/.test(part) ? Number(part) : Number.NaN));
  if (numbers.length <= mostOfThem && numbers.every((value) => value >= least && value <= most))
    return numbers;
  throw new InvalidArgumentError(
    `Expected up to ${mostOfThem} whole numbers from ${least} to ${most}, such as ${least}${separator}${most}.`,
  );
}

const distinct = <T>(items: readonly T[]): T[] => [
  ...new Map(items.map((item) => [String(item), item])).values(),
];

const list =
  (least: number, most: number) =>
  (text: string): number[] =>
    distinct(integers(text, ",", least, most));

/** "100,60x30": a network of one hidden layer, and one of two. */
const layers = (text: string): number[][] =>
  distinct(text.split(",").map((network) => integers(network, "x", 1, MAX_UNITS, MAX_HIDDEN_LAYERS)));

function schemes(text: string): GradientScheme[] {
  const known: readonly string[] = DEFAULT_GRID.gradients;
  const chosen = distinct(text.split(",").map((name) => name.trim()));
  if (chosen.every((name) => known.includes(name))) return chosen as GradientScheme[];
  throw new InvalidArgumentError(`Expected some of ${known.join(", ")}, with commas between.`);
}

/** What a network's training came to, if the cache has it. */
async function errorOf(experiment: Experiment): Promise<number | undefined> {
  const outcome = await findOutcome(experiment, outcomeCache(cacheFolder()));
  return outcome?.iterations.at(-1)?.testErrorPercent;
}

/** On a terminal, how far the search is; nothing in a log. */
function showProgress(done: number, of: number): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(done === of ? "\r\u001b[K" : `\r${done} of ${of} networks`);
}

async function fitChip(chip: string, flags: FitFlags): Promise<void> {
  const base = basePath(flags.experiment);
  const { firmware, workload, by } = flags;
  const experiment = loadExperiment(base, { chip, firmware, workload });
  const result = await fitNetworks(experiment, {
    grid: {
      hidden: flags.hidden,
      weightBits: flags.bits,
      iterations: flags.iterations,
      gradients: flags.gradient,
    },
    by,
    onChipOnly: flags.onChip === true,
    errorOf,
    onProgress: showProgress,
  });
  if (result.tried === 0) {
    throw new UsageError(
      "no network of these can be trained: iterations are as many as bits a weight at most, and accumulate needs a batch above 1",
    );
  }
  if (by === "error" && result.trained === 0 && result.closest === undefined) {
    throw new UsageError(
      "no test error is known: none of the networks that fit has a finished training in the cache (rebit cache lists them). --by weights shows their settings, and rebit run with those trains one",
    );
  }
  const command = (settings: readonly string[]): string =>
    estimateCommandLine(base, { chip, firmware, workload }, settings);
  if (flags.json) {
    const front = result.front.map((network) => ({ ...network, command: command(network.settings) }));
    printDocument({ ...result, front });
  } else print((flags.markdown ? sectionsMarkdown : sectionsText)(sections(result, base, command)));
  if (result.closest !== undefined) process.exitCode = EXIT.cannotFit;
}

function sections(
  result: NetworkFit,
  base: string,
  command: (settings: readonly string[]) => string,
): Section[] {
  const { chip, tried, fitting, onChip, front, by, closest, notes } = result;
  const better = by === "error" ? "fewer errors" : "more weights";
  const head: Section = {
    title: `FIT: networks that ${chip} can train, as ${base} trains them`,
    columns: [
      right("#"),
      right("hidden"),
      right("bits"),
      right("iterations"),
      left("gradient"),
      right("batch"),
      right("weights"),
      right("test error"),
      right("on chip"),
      right("spilled"),
      right("energy"),
      right("time"),
    ],
    rows: front.map((network, index) => [
      String(index + 1),
      network.hidden.join("x"),
      String(network.weightBits),
      String(network.iterations),
      network.gradient,
      String(network.batch),
      count(network.weights),
      network.testErrorPercent === null ? "-" : `${network.testErrorPercent.toFixed(2)} %`,
      `${kibibytes(network.peakBytes)} KiB`,
      network.spilledBytes === 0 ? "-" : `${kibibytes(network.spilledBytes)} KiB`,
      quantity(network.energyJoules, "energy"),
      time(network.timeSeconds),
    ]),
    below: [
      `${tried} networks tried: ${fitting} fit, ${onChip} of them wholly on chip`,
      `shown: those that no other beats in ${better}, energy and time at once`,
      ...(closest === undefined
        ? []
        : [
            `${fitting === 0 ? "nothing fits" : "nothing fits wholly on chip; without --on-chip, rows may lie off chip"}; closest is ${closest.hidden.join("x")} hidden units at ${closest.weightBits} bits, ${closest.gradient}: ${kibibytes(closest.demandBytes)} KiB on chip, and there are ${kibibytes(closest.capacityBytes)} KiB`,
          ]),
      ...notes.map((note) => `note: ${note}`),
    ],
  };
  if (front.length === 0) return [head];
  const commands = front.map(({ settings }, index) => `${index + 1}: ${command(settings)}`);
  return [head, { title: "COMMANDS", columns: [], rows: [], below: commands }];
}

/** `rebit fit CHIP`: which networks can this chip train? */
export const fitCommand = (): Command =>
  new Command("fit")
    .argument("<chip>", "a chip (YAML, schema rebit/chip@1)")
    .summary("say which networks a chip can train, and which of them are worth it")
    .description(
      "Estimates networks of many sizes on a chip, at the bound of their activity, and shows those that no other beats: in weights or in test error, " +
        "energy and time of the training. Data, epochs and firmware are those of an experiment.",
    )
    .addOption(baseOption("take data, course of training and firmware from this experiment"))
    .option("--firmware <file>", "use this firmware model instead")
    .option("--workload <file>", "use this workload's data and course of training instead")
    .addOption(
      new Option("--hidden <list>", "hidden units a column; `60x30` are two layers")
        .argParser(layers)
        .default(DEFAULT_GRID.hidden, DEFAULT_GRID.hidden.join(",")),
    )
    .addOption(
      new Option("--bits <list>", "bits a weight")
        .argParser(list(MIN_WEIGHT_BITS, MAX_WEIGHT_BITS))
        .default(DEFAULT_GRID.weightBits, DEFAULT_GRID.weightBits.join(",")),
    )
    .addOption(
      new Option("--iterations <list>", "iterations of the recursion, up to the bits a weight")
        .argParser(list(1, MAX_WEIGHT_BITS))
        .default(DEFAULT_GRID.iterations, DEFAULT_GRID.iterations.join(",")),
    )
    .addOption(
      new Option("--gradient <list>", "gradient schemes; perSample trains at batch 1")
        .argParser(schemes)
        .default(DEFAULT_GRID.gradients, DEFAULT_GRID.gradients.join(",")),
    )
    .addOption(
      new Option("--by <quality>", "what makes a network better; errors are those of cached trainings")
        .choices(["weights", "error"])
        .default("weights"),
    )
    .option("--on-chip", "only networks with nothing off chip")
    .addOption(new Option("--json", "print as one JSON document (rebit/fit@1)").conflicts("markdown"))
    .option("--markdown", "print tables for a pull request or a page")
    .addHelpText("after", EXAMPLES)
    .action(fitChip);
