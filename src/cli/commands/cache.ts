import { Command } from "commander";
import { type CacheEntry, outcomeCache } from "../../experiment/node-outcomes.js";
import { errorRate, kibibytes } from "../../report/text/numbers.js";
import { left, right, table } from "../../report/text/table.js";
import { cacheFolder } from "../cache-folder.js";
import { UsageError } from "../errors.js";
import { print, printDocument } from "../output.js";

const EXAMPLES = `
Examples:
  rebit cache
  rebit cache --json
  rebit cache clear
  rebit cache clear 3f8a1c

Entries are in $REBIT_CACHE_DIR, else in rebit below $XDG_CACHE_HOME or the platform's folder for caches.`;

const CLEAR_EXAMPLES = `
Examples:
  rebit cache clear
  rebit cache clear 3f8a1c 77b0`;

/** As much of a key as people need to name an entry. */
const SHOWN_DIGITS = 12;

interface JsonFlag {
  readonly json?: boolean;
}

/** An entry as a document for scripts. */
function described({ key, bytes, saved, problem }: CacheEntry) {
  if (saved === undefined) return { key, bytes, problem };
  const { workload, written, rebit, numericsVersion, iterations } = saved;
  const testErrorPercent = iterations.at(-1)?.testErrorPercent;
  return { key, bytes, workload, written, rebit, numericsVersion, testErrorPercent };
}

function row({ key, bytes, saved, problem }: CacheEntry): string[] {
  const shown = key.slice(0, SHOWN_DIGITS);
  const size = `${kibibytes(bytes)} KiB`;
  if (saved === undefined) return [shown, `damaged: ${problem}`, "-", size, "-"];
  const when = saved.written.slice(0, 16).replace("T", " ");
  return [shown, saved.workload, when, size, errorRate(saved.iterations.at(-1)?.testErrorPercent)];
}

const COLUMNS = [left("key"), left("workload"), left("written (UTC)"), right("size"), right("test error")];

function list({ json }: JsonFlag): void {
  const { folder, list: entriesOf } = outcomeCache(cacheFolder());
  const entries = entriesOf();
  if (json) printDocument({ schema: "rebit/cache@1", folder, entries: entries.map(described) });
  else if (entries.length === 0) print(`${folder} holds no outcomes`);
  else print([folder, ...table(COLUMNS, entries.map(row))].join("\n"));
}

/** The entry whose key begins like this. */
function entryOf(entries: readonly CacheEntry[], prefix: string): CacheEntry {
  const [found, another] = entries.filter(({ key }) => key.startsWith(prefix.toLowerCase()));
  if (found === undefined) throw new UsageError(`no cached outcome has a key that begins with '${prefix}'`);
  if (another === undefined) return found;
  const keys = [found, another].map(({ key }) => key.slice(0, SHOWN_DIGITS)).join(", ");
  throw new UsageError(`'${prefix}' is the beginning of several keys (${keys}): write more of it`);
}

function clear(prefixes: readonly string[], _: unknown, command: Command): void {
  const { json } = command.optsWithGlobals<JsonFlag>();
  const cache = outcomeCache(cacheFolder());
  const all = cache.list();
  const removed = prefixes.length === 0 ? all : [...new Set(prefixes.map((prefix) => entryOf(all, prefix)))];
  cache.remove(removed);
  if (prefixes.length === 0) cache.removeRemains();
  const keys = removed.map(({ key }) => key);
  if (json) printDocument({ schema: "rebit/cache@1", folder: cache.folder, removed: keys });
  else
    print(
      `removed ${removed.length === 1 ? "1 outcome" : `${removed.length} outcomes`} from ${cache.folder}`,
    );
}

const JSON_OPTION = ["--json", "print as one JSON document (rebit/cache@1)"] as const;

/** `rebit cache`: outcomes of finished trainings, which later runs reuse. */
export function cacheCommand(): Command {
  const clearCommand = new Command("clear")
    .argument("[key...]", "beginnings of the keys to remove; all without any")
    .summary("remove cached outcomes: all, or those whose keys begin like this")
    .description("Removes outcomes of finished trainings from the cache.")
    .option(...JSON_OPTION)
    .addHelpText("after", CLEAR_EXAMPLES)
    .action(clear);
  return new Command("cache")
    .summary("list or clear the outcomes of finished trainings, which later runs reuse")
    .description(
      "Lists the outcomes of finished trainings. `rebit run` reuses one where workload, data, seed and the version of " +
        "the arithmetic are the same, whatever the chip and firmware.",
    )
    .option(...JSON_OPTION)
    .addHelpText("after", EXAMPLES)
    .action(list)
    .addCommand(clearCommand);
}
