import { Command } from "commander";
import { inspectCommand } from "./firmware-inspect.js";
import { runFirmwareCommand } from "./firmware-run.js";

/** `rebit firmware`: what is about the program of a chip itself. */
export const firmwareCommand = (): Command =>
  new Command("firmware")
    .summary("look into executables that a chip's core runs, and run them")
    .description("Looks into firmware, executables that a chip's core runs, and runs it on simulated cores.")
    .addCommand(inspectCommand())
    .addCommand(runFirmwareCommand());
