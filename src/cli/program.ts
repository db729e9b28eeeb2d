import { Command } from "commander";
import { packageVersion } from "../experiment/node-version.js";
import { cacheCommand } from "./commands/cache.js";
import { checkCommand } from "./commands/check.js";
import { compareCommand } from "./commands/compare.js";
import { estimateCommand } from "./commands/estimate.js";
import { exportCommand } from "./commands/export.js";
import { firmwareCommand } from "./commands/firmware.js";
import { fitCommand } from "./commands/fit.js";
import { lintCommand } from "./commands/lint.js";
import { partsCommand } from "./commands/parts.js";
import { runCommand } from "./commands/run.js";
import { schemaCommand } from "./commands/schema.js";
import { sensitivityCommand } from "./commands/sensitivity.js";
import { sizeCommand } from "./commands/size.js";
import { verifyCommand } from "./commands/verify.js";
import { EXIT_CODES_HELP } from "./exit-codes.js";

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
  const commands = [
    runCommand(),
    estimateCommand(),
    verifyCommand(),
    compareCommand(),
    checkCommand(),
    sensitivityCommand(),
    fitCommand(),
    sizeCommand(),
    exportCommand(),
    lintCommand(),
    schemaCommand(),
    partsCommand(),
    cacheCommand(),
    firmwareCommand(),
  ];
  for (const command of commands) program.addCommand(command);
  throwErrors(program, program.name());
  return program;
}

function throwErrors(command: Command, name: string): void {
  command.exitOverride().showHelpAfterError(`(${name} --help shows how)`);
  for (const below of command.commands) throwErrors(below, `${name} ${below.name()}`);
}
