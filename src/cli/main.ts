#!/usr/bin/env node
import { surviveBrokenPipes } from "./broken-pipe.js";
import { explain } from "./errors.js";
import { createProgram } from "./program.js";

surviveBrokenPipes();
try {
  await createProgram().parseAsync();
} catch (error) {
  const { code, message } = explain(error);
  process.stderr.write(message);
  // Not process.exit(): what is on its way to stdout has to arrive.
  process.exitCode = code;
}
