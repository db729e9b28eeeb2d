/** Writes docs/configuration.md and docs/schemas: `npm run docs`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { generatedFiles } from "./generate/files.js";

for (const { url, text } of generatedFiles()) {
  mkdirSync(dirname(url.pathname), { recursive: true });
  writeFileSync(url, text);
  process.stdout.write(`${url.pathname}\n`);
}
