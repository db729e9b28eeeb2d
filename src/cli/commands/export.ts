import { relative } from "node:path";
import { Command, Option } from "commander";
import { writeAtomic } from "../../data/node-atomic.js";
import { nodeFiles } from "../../data/node-files.js";
import { artText, ertText } from "../../experiment/accelergy-text.js";
import { loadChip } from "../../experiment/load-chip.js";
import { UsageError } from "../errors.js";
import { print, printDocument } from "../output.js";

const EXAMPLES = `
Examples:
  rebit export --ert configs/chips/wearable-m3-64k.yaml > ert.yaml
  rebit export --art configs/chips/wearable-m3-64k.yaml --out art.yaml

docs/interop.md says what the tables hold, and how a chip takes costs from one.`;

interface ExportFlags {
  readonly ert?: boolean;
  readonly art?: boolean;
  readonly out?: string;
  readonly json?: boolean;
}

function exportChip(path: string, { ert = false, art = false, out, json }: ExportFlags): void {
  if (ert === art) throw new UsageError("give --ert or --art, the table to write");
  const name = (file: string): string => relative(process.cwd(), file);
  const chip = loadChip(path, nodeFiles, (origin) => ({ ...origin, file: name(origin.file) }));
  const table = ert ? "ERT" : "ART";
  const text = ert ? ertText(chip) : artText(chip);
  if (out !== undefined) writeAtomic(out, new TextEncoder().encode(text));
  if (json) printDocument({ schema: "rebit/export@1", chip: chip.name, table, text });
  else if (out === undefined) print(text);
}

/** `rebit export --ert|--art CHIP`: a chip's costs for Accelergy and Timeloop. */
export const exportCommand = (): Command =>
  new Command("export")
    .argument("<chip>", "a chip (YAML, schema rebit/chip@1)")
    .summary("write a chip's energies or areas as Accelergy's reference tables")
    .description(
      "Writes the energy reference table (ERT) or the area reference table (ART) of a chip as Accelergy 0.4 has them, each figure with " +
        "its status and where it is from as a comment.",
    )
    .addOption(new Option("--ert", "energies, in picojoules an action"))
    .addOption(new Option("--art", "areas, in square micrometres"))
    .option("--out <file>", "write to this file, not to stdout")
    .option("--json", "print as one JSON document (rebit/export@1)")
    .addHelpText("after", EXAMPLES)
    .action(exportChip);
