import { availableParallelism } from "node:os";
import { Command, InvalidArgumentError } from "commander";
import { UsageError } from "../src/cli/errors.js";
import { suggest } from "../src/config/suggest.js";
import { GRID_NETWORKS, NAMED_NETWORKS, NETWORKS, type Network } from "./networks.js";
import type { Slice } from "./plan.js";

/** What `npm run reproduce` is asked to do. */
export interface Options {
  readonly slice: Slice;
  /** The folder of the results. */
  readonly out: string;
  readonly jobs: number;
  /** Take what still fits from the results in `out`. */
  readonly reuse: boolean;
}

const PAPER_DOCS = "docs";

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError("It must be 1, 2, 3, ...");
  return number;
}

/** @throws UsageError; a CommanderError that has been shown on stderr */
export function parseOptions(args: readonly string[]): Options {
  const program = new Command("npm run reproduce --")
    .description(
      "Trains the networks of the paper over several seeds and writes paper-results.json, paper-results.md " +
        "and paper-figure-4.svg. Interrupted, it goes on from the last finished training when it is started again.",
    )
    .option("--only <names>", `networks, separated by commas: ${nameList()}`)
    .option("--seeds <n>", "seeds of each network", positive)
    .option("--epochs <n>", "epochs an iteration", positive)
    .option("--samples <n>", "at most this many samples in each part of the data", positive)
    .option("--jobs <n>", "trainings at a time, one thread each", positive, availableParallelism())
    .option("--out <folder>", `where the results go; parts of the plan need it (default: ${PAPER_DOCS})`)
    .option("--reuse", "train only what the results there do not have, or have of other settings", false)
    .allowExcessArguments(false)
    .exitOverride()
    .parse([...args], { from: "user" });
  const { only, seeds, epochs, samples, jobs, out, reuse } = program.opts<{
    only?: string;
    seeds?: number;
    epochs?: number;
    samples?: number;
    jobs: number;
    out?: string;
    reuse: boolean;
  }>();
  const slice: Slice = {
    ...(only === undefined ? {} : { networks: networksNamed(only) }),
    ...(seeds === undefined ? {} : { seeds }),
    ...(epochs === undefined ? {} : { epochs }),
    ...(samples === undefined ? {} : { samples }),
  };
  if (Object.keys(slice).length > 0 && out === undefined) {
    throw new UsageError(
      `--${Object.keys(slice).map(optionName).join(", --")}: a part of the plan must not replace the results in ` +
        `${PAPER_DOCS}/; name another folder with --out`,
    );
  }
  return { slice, out: out ?? PAPER_DOCS, jobs, reuse };
}

const optionName = (key: string): string => (key === "networks" ? "only" : key);
const nameList = (): string => [...NAMED_NETWORKS.map(({ name }) => name), "grid"].join(", ");

/** @throws UsageError for a name that is none */
function networksNamed(list: string): Network[] {
  const wanted = new Set<Network>();
  for (const name of list.split(",").map((part) => part.trim())) {
    const found = name === "grid" ? GRID_NETWORKS : NETWORKS.filter((network) => network.name === name);
    if (found.length === 0) {
      const near = suggest(name, [...NETWORKS.map((network) => network.name), "grid"]);
      const hint = near === undefined ? "" : `; did you mean ${near}?`;
      throw new UsageError(
        `--only: there is no network ${JSON.stringify(name)}${hint} (${nameList()}, or bnn-100x6)`,
      );
    }
    for (const network of found) wanted.add(network);
  }
  return NETWORKS.filter((network) => wanted.has(network));
}
