import { Command } from "commander";
import { suggest } from "../../config/suggest.js";
import { documentSchemas, jsonSchemaOf } from "../../experiment/schemas.js";
import { UsageError } from "../errors.js";
import { printDocument } from "../output.js";

type Kind = keyof typeof documentSchemas;

const KINDS = Object.keys(documentSchemas) as Kind[];

const EXAMPLES = `
Examples:
  rebit schema chip > chip.schema.json
  rebit schema workload`;

function printSchema(written: string): void {
  const kind = KINDS.find((known) => known === written);
  if (kind === undefined) {
    const meant = suggest(written, KINDS);
    const hint = meant === undefined ? "" : `\n(Did you mean ${meant}?)`;
    throw new UsageError(`unknown kind '${written}'; kinds: ${KINDS.join(", ")}${hint}`);
  }
  printDocument(jsonSchemaOf(kind));
}

/** `rebit schema KIND`: what editors check YAML files with. */
export const schemaCommand = (): Command =>
  new Command("schema")
    .argument("<kind>", KINDS.join(", "))
    .summary("print the JSON Schema of a kind of file, for editors")
    .description("Prints the JSON Schema (draft-07) of a kind of file, with every field documented.")
    .option("--json", "the same: a JSON Schema is JSON")
    .addHelpText("after", EXAMPLES)
    .action(printSchema);
