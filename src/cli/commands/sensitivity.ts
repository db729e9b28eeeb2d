import { relative } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { writeAtomic } from "../../data/node-atomic.js";
import { loadExperiment, sensitivity } from "../../index.js";
import { renderFigure } from "../../studies/sensitivity/figure.js";
import type { Distribution } from "../../studies/sensitivity/hypercube.js";
import { DEFAULT_SAMPLES } from "../../studies/sensitivity/sensitivity.js";
import { parseQuantity, UnitError } from "../../units/parse.js";
import { chosenActivity } from "../chosen-activity.js";
import { type ExperimentFlags, loadOptions, parseSeed, withExperimentFiles } from "../experiment-options.js";
import { print, printDocument, printReport } from "../output.js";
import { sectionsMarkdown, sectionsText } from "../sections.js";
import { sensitivitySections } from "../sensitivity-sections.js";

const EXAMPLES = `
Examples:
  rebit sensitivity configs/experiments/paper-r2.yaml
  rebit sensitivity configs/experiments/paper-r2.yaml --placeholders 50%
  rebit sensitivity configs/experiments/paper-b1.yaml --svg tornado.svg --json > sensitivity.json

docs/sensitivity.md says what the columns mean.`;

const LEAST_SAMPLES = 100;
const MOST_SAMPLES = 1_000_000;

interface SensitivityFlags extends Omit<ExperimentFlags, "csv"> {
  readonly samples: number;
  readonly sampleSeed: number;
  readonly distribution: Distribution;
  readonly placeholders?: number;
  readonly activity?: string;
  readonly svg?: string;
  readonly markdown?: boolean;
}

function parseSamples(text: string): number {
  const samples = Number(text);
  if (/^\d+$/.test(text) && samples >= LEAST_SAMPLES && samples <= MOST_SAMPLES) return samples;
  throw new InvalidArgumentError(
    `Expected a whole number from ${LEAST_SAMPLES} to ${MOST_SAMPLES}, such as ${DEFAULT_SAMPLES}.`,
  );
}

function parseTolerance(text: string): number {
  try {
    const tolerance = parseQuantity(text, "ratio");
    if (tolerance > 0 && tolerance < 1) return tolerance;
  } catch (error) {
    if (!(error instanceof UnitError)) throw error;
  }
  throw new InvalidArgumentError("Expected a tolerance above 0 % and below 100 %, such as 50%.");
}

async function studySensitivity(path: string, flags: SensitivityFlags): Promise<void> {
  const { samples, sampleSeed: seed, distribution, placeholders, json, markdown, svg } = flags;
  const experiment = loadExperiment(path, loadOptions(flags));
  const study = sensitivity(experiment, {
    samples,
    seed,
    distribution,
    placeholderTolerance: placeholders,
    activity: (await chosenActivity(experiment, flags.activity)).activity,
    nameOf: (file) => relative(process.cwd(), file),
  });
  if (study.schema === "rebit/report@1") {
    printReport(study, { json: json === true });
    if (svg !== undefined)
      process.stderr.write(`rebit: ${svg} is not written: what does not fit has no energy\n`);
    return;
  }
  if (svg !== undefined) writeAtomic(svg, new TextEncoder().encode(await renderFigure(study)));
  const sections = sensitivitySections(study);
  if (json) printDocument(study);
  else print(markdown ? sectionsMarkdown(sections) : sectionsText(sections));
}

/** `rebit sensitivity EXPERIMENT`: which unknown cost matters before tape-out. */
export const sensitivityCommand = (): Command =>
  withExperimentFiles(new Command("sensitivity"))
    .summary("say what uncertain costs make of energy, time and life, and which of them matters")
    .description(
      "Draws every cost that the chip and its parts state as an interval (`5 pJ/access ± 20 %`, {low, typical, high}), and the energies of the SRAM " +
        "table within their stated uncertainty, and prices the experiment with each draw: quantiles, a ranking of the unknowns one at a " +
        "time, and the share of the variance that each explains. Placement and counts stay those of the estimate.",
    )
    .addOption(new Option("--samples <n>", "draws").argParser(parseSamples).default(DEFAULT_SAMPLES))
    .addOption(
      new Option("--sample-seed <n>", "seed of the draws; --seed is the training's")
        .argParser(parseSeed)
        .default(1),
    )
    .addOption(
      new Option(
        "--distribution <kind>",
        "how likely values of an interval are; a triangle's peak is the typical value",
      )
        .choices(["triangular", "uniform"])
        .default("triangular"),
    )
    .addOption(
      new Option(
        "--placeholders <ratio>",
        "vary placeholders without an interval, too, by so much",
      ).argParser(parseTolerance),
    )
    .option("--activity <file>", "take what depends on the data from a report, or `cached`, as estimate does")
    .option("--svg <file>", "also draw the tornado and the distribution of the energy")
    .addOption(new Option("--json", "print as one JSON document (rebit/sensitivity@1)").conflicts("markdown"))
    .option("--markdown", "print tables for a pull request or a page")
    .addHelpText("after", EXAMPLES)
    .action(studySensitivity);
