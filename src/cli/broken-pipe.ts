import { EXIT } from "./exit-codes.js";

/** A reader such as `head` that closes early has what it wanted; any other failure to write is told. */
export function surviveBrokenPipes(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    process.stderr.write(`error: cannot write the result: ${error.message}\n`);
    process.exitCode = EXIT.badInput;
  });
  process.stderr.on("error", () => undefined);
}
