import { readFileSync } from "node:fs";
import { type DocumentKind, documentSchemas, jsonSchemaOf } from "../../src/experiment/schemas.js";
import { renderDocument } from "../../src/report/json.js";
import { configurationReference } from "./configuration.js";

/** A file that is made from the source and committed beside it. */
export interface GeneratedFile {
  readonly url: URL;
  readonly text: string;
}

const DOCS = new URL("../", import.meta.url);

/** Every generated file as it has to be now. */
export function generatedFiles(): GeneratedFile[] {
  const template = readFileSync(new URL("generate/configuration.template.md", DOCS), "utf8");
  const kinds = Object.keys(documentSchemas) as DocumentKind[];
  return [
    { url: new URL("configuration.md", DOCS), text: configurationReference(template) },
    ...kinds.map((kind) => ({
      url: new URL(`schemas/${kind}.schema.json`, DOCS),
      text: renderDocument(jsonSchemaOf(kind)),
    })),
  ];
}
