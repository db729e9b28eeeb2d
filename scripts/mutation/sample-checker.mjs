// A checker of Stryker: lets one mutant in so many through, chosen by what it changes, so that each run takes the same ones
// wherever lines move. Those left out count as what cannot be compiled; their reason tells them apart.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { declareFactoryPlugin, PluginKind, tokens } from "@stryker-mutator/api/plugin";

const { REBIT_MUTATION_ONE_IN: oneIn = "1", REBIT_MUTATION_SALT: salt = "" } = process.env;
const sources = new Map();

function lineOf(fileName, line) {
  if (!sources.has(fileName)) sources.set(fileName, readFileSync(fileName, "utf8").split("\n"));
  return sources.get(fileName)[line].trim();
}

function isSampled({ fileName, location: { start, end }, mutatorName, replacement }) {
  const file = fileName.slice(fileName.lastIndexOf("/src/"));
  const place = [lineOf(fileName, start.line), start.column, end.line - start.line, end.column];
  const text = JSON.stringify([salt, file, place, mutatorName, replacement]);
  return createHash("sha256").update(text).digest().readUInt32BE(0) % Number(oneIn) === 0;
}

const sampleChecker = () => ({
  init: async () => undefined,
  group: async (mutants) => [mutants.map(({ id }) => id)],
  check: async (mutants) =>
    Object.fromEntries(
      mutants.map((mutant) => [
        mutant.id,
        isSampled(mutant) ? { status: "passed" } : { status: "compileError", reason: "not in the sample" },
      ]),
    ),
});
sampleChecker.inject = tokens();

export const strykerPlugins = [declareFactoryPlugin(PluginKind.Checker, "sample", sampleChecker)];
