import { type Command, InvalidArgumentError, Option } from "commander";
import type { LoadOptions } from "../index.js";
import type { FormatFlags } from "./output.js";

/** What commander makes of the options of a command that takes an EXPERIMENT. */
export interface ExperimentFlags extends LoadOptions, FormatFlags {}

/** Seeds are written into the report as JSON numbers, so they must be exact. */
export function parseSeed(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(seed)) {
    throw new InvalidArgumentError(
      `Expected a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, such as 7.`,
    );
  }
  return seed;
}

export function collectOverride(text: string, before: string[] = []): string[] {
  if (!/^[^=]+=/.test(text)) {
    throw new InvalidArgumentError('Expected PATH=VALUE, such as "chip.clocks.core=24 MHz".');
  }
  return [...before, text];
}

/** Adds the EXPERIMENT argument and the options that every command with one takes, and the formats of a report. */
export function withExperiment(command: Command): Command {
  return withExperimentFiles(command)
    .addOption(
      new Option("--json", "print the report as one JSON document (rebit/report@1)").conflicts("csv"),
    )
    .addOption(new Option("--csv", "print the report as CSV, one number a row"));
}

/** Adds the EXPERIMENT argument and the options that say what it is. */
export function withExperimentFiles(command: Command): Command {
  return command
    .argument("<experiment>", "experiment file (YAML, schema rebit/experiment@1)")
    .option("--chip <file>", "use this chip instead of the experiment's")
    .option("--firmware <file>", "use this firmware model instead of the experiment's")
    .option("--workload <file>", "use this workload instead of the experiment's")
    .addOption(
      new Option("--set <path=value>", "override one value; may be repeated").argParser(collectOverride),
    )
    .addOption(new Option("--seed <n>", "seed of the training").argParser(parseSeed))
    .option("--placement <file>", "place tensors as this file says (YAML, schema rebit/placement@1)");
}

/** The part of the options that says what to load. */
export function loadOptions({
  chip,
  firmware,
  workload,
  set,
  seed,
  placement,
}: ExperimentFlags): LoadOptions {
  return {
    ...(chip === undefined ? {} : { chip }),
    ...(firmware === undefined ? {} : { firmware }),
    ...(workload === undefined ? {} : { workload }),
    ...(set === undefined ? {} : { set }),
    ...(seed === undefined ? {} : { seed }),
    ...(placement === undefined ? {} : { placement }),
  };
}
