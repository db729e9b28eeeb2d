import { Command } from "commander";
import { estimateCommand } from "./commands/estimate.js";
import { lintCommand } from "./commands/lint.js";
import { partsCommand } from "./commands/parts.js";
import { runCommand } from "./commands/run.js";
import { schemaCommand } from "./commands/schema.js";
import { EXIT_CODES_HELP } from "./exit-codes.js";
import { packageVersion } from "./version.js";

const EXAMPLES = `
Examples:
  rebit run configs/experiments/quickstart.yaml
  rebit estimate configs/experiments/quickstart.yaml --json
  rebit lint configs/chips/wearable-m3-64k.yaml
  rebit help run`;

/** The command line. Parsing throws a CommanderError instead of ending the process. */
export function createProgram(): Command {
  const program = new Command("rebit")
    .description("Simulates a sensor SoC that learns on chip, and reports storage, traffic, time and energy.")
    .version(packageVersion(), "--version", "print the version")
    .addHelpText("after", EXAMPLES)
    .addHelpText("after", EXIT_CODES_HELP);
  const commands = [runCommand(), estimateCommand(), lintCommand(), schemaCommand(), partsCommand()];
  for (const command of commands) program.addCommand(command);
  for (const command of [program, ...commands]) {
    command
      .exitOverride()
      .showHelpAfterError(`(${command === program ? "rebit" : `rebit ${command.name()}`} --help shows how)`);
  }
  return program;
}
