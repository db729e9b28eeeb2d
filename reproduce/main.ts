/** `npm run reproduce`: trains the paper's networks and writes docs/paper-results.* and docs/paper-figure-4.svg. */
import { explain } from "../src/cli/errors.js";
import { EXIT } from "../src/cli/exit-codes.js";
import { interruptible } from "../src/cli/interrupt.js";
import { parseOptions } from "./options.js";
import { reproduce } from "./reproduce.js";

const say = (line: string): void => {
  process.stderr.write(`reproduce: ${line}\n`);
};

try {
  const options = parseOptions(process.argv.slice(2));
  const isDone = await interruptible(
    (signal) => reproduce(options, signal, say),
    () => undefined,
  );
  if (!isDone) process.exitCode = EXIT.interrupted;
} catch (error) {
  const { code, message } = explain(error);
  process.stderr.write(message);
  process.exitCode = code;
}
