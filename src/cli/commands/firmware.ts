import { Command } from "commander";
import { inspectCommand } from "./firmware-inspect.js";

/** `rebit firmware`: what is about the program of a chip itself. */
export const firmwareCommand = (): Command =>
  new Command("firmware")
    .summary("look into the firmware of a chip")
    .description("Looks into firmware: executables that a chip's core runs.")
    .addCommand(inspectCommand());
