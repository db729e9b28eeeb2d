import { relative } from "node:path";
import { Command, Option } from "commander";
import { readBytes } from "../../data/node-files.js";
import { outcomeCache } from "../../experiment/node-outcomes.js";
import { findOutcome } from "../../experiment/run.js";
import {
  type Experiment,
  estimate,
  type LoadOptions,
  loadExperiment,
  type Report,
  run,
} from "../../index.js";
import { type BaselineComparison, baselinesOf, compareBaselines } from "../../studies/compare/baseline.js";
import { compareSides, type Side } from "../../studies/compare/compare.js";
import { parseReport } from "../../studies/compare/read-report.js";
import { cacheFolder } from "../cache-folder.js";
import { baselineSections, comparisonSections } from "../comparison-sections.js";
import { UsageError } from "../errors.js";
import { print, printDocument } from "../output.js";
import { type Section, sectionsMarkdown, sectionsText } from "../sections.js";

const EXAMPLES = `
Examples:
  rebit compare configs/experiments/paper-r1.yaml configs/experiments/paper-b1.yaml
  rebit compare configs/experiments/quickstart.yaml my-experiment.yaml --markdown
  rebit run configs/experiments/quickstart.yaml --json > before.json
  rebit compare before.json configs/experiments/quickstart.yaml
  rebit compare configs/experiments/quickstart.yaml --baseline bnn

An experiment is estimated, at the bound of its activity. A report is what run or estimate printed with --json. Where both are
experiments, every value that differs is changed in A by itself, and the rest is shown as interaction.`;

interface CompareFlags {
  readonly baseline?: "bnn";
  readonly train?: boolean;
  readonly json?: boolean;
  readonly markdown?: boolean;
}

function sideOf(path: string): Side {
  const report = parseReport(readBytes(path), path);
  if (report !== undefined) return { path, report };
  const load = (options: LoadOptions): Experiment => loadExperiment(path, options);
  const loaded = load({});
  return {
    path,
    report: estimate(loaded),
    experiment: { loaded, reprice: (set) => estimate(load({ set })) },
  };
}

/** The report of an experiment: trained if that is asked for or was done before, else at the bound. */
async function reportOf(experiment: Experiment, train: boolean): Promise<Report> {
  const outcomes = outcomeCache(cacheFolder());
  const isKnown = train || (await findOutcome(experiment, outcomes)) !== undefined;
  return isKnown ? run(experiment, { outcomes }) : estimate(experiment);
}

async function compareWithBaselines(path: string, train: boolean): Promise<BaselineComparison> {
  const experiment = loadExperiment(path);
  const report = await reportOf(experiment, train);
  const priced = [];
  for (const baseline of baselinesOf(experiment.workload)) {
    const other = loadExperiment(path, { set: baseline.settings });
    priced.push({ baseline, report: await reportOf(other, train) });
  }
  return compareBaselines(path, report, priced);
}

async function compareTwo(a: string, b: string | undefined, flags: CompareFlags): Promise<void> {
  const { baseline, train = false, json, markdown: asMarkdown } = flags;
  if (baseline === undefined && b === undefined) {
    throw new UsageError("give two of them to compare, or --baseline bnn with one experiment");
  }
  if (baseline !== undefined && b !== undefined) {
    throw new UsageError(`--baseline bnn goes with one experiment; leave ${b} out`);
  }
  if (train && baseline === undefined) throw new UsageError("--train goes with --baseline");
  const show = (document: object, sections: readonly Section[]): void => {
    if (json) printDocument(document);
    else print(asMarkdown ? sectionsMarkdown(sections) : sectionsText(sections));
  };
  if (b === undefined) {
    const compared = await compareWithBaselines(a, train);
    show(compared, baselineSections(compared));
    return;
  }
  const comparison = compareSides(sideOf(a), sideOf(b), (path) => relative(process.cwd(), path));
  show(comparison, comparisonSections(comparison));
}

/** `rebit compare A B`: two experiments or reports side by side, and where their difference comes from. */
export const compareCommand = (): Command =>
  new Command("compare")
    .argument("<a>", "an experiment, or a report that run or estimate printed with --json")
    .argument("[b]", "another one")
    .summary("compare two experiments or saved reports, and say where the difference comes from")
    .description(
      "Compares two experiments or saved reports: storage, time and energy side by side; the difference of energy by component and " +
        "action, as more or fewer of them and as dearer or cheaper ones, and through the traffic of tensors; and of two experiments the " +
        "values that differ, with what each contributes. With --baseline bnn one experiment is compared with conventional binary networks on " +
        "the same chip: of equal weight storage, and of equal size in the end.",
    )
    .addOption(new Option("--json", "print as one JSON document (rebit/compare@1)").conflicts("markdown"))
    .addOption(
      new Option("--baseline <kind>", "compare one experiment with conventional binary networks").choices([
        "bnn",
      ]),
    )
    .option("--train", "with --baseline: train what the cache does not have, for errors and activities")
    .option("--markdown", "print tables for a pull request or a page")
    .addHelpText("after", EXAMPLES)
    .action(compareTwo);
