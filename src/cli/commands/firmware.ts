import { Command } from "commander";
import { calibrateCommand } from "./firmware-calibrate.js";
import { inspectCommand } from "./firmware-inspect.js";
import { runFirmwareCommand } from "./firmware-run.js";

/** `rebit firmware`: what is about the program of a chip itself. */
export const firmwareCommand = (): Command =>
  new Command("firmware")
    .summary("look into executables that a chip's core runs, run them, and fit models to them")
    .description(
      "Looks into firmware, executables that a chip's core runs, runs it on simulated cores, and fits firmware models to it.",
    )
    .addCommand(inspectCommand())
    .addCommand(runFirmwareCommand())
    .addCommand(calibrateCommand());
