import { readdirSync, readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import { expect } from "chai";
import { parse } from "yaml";
import { nodeFiles } from "../../src/data/node-files.js";
import { lintFile } from "../../src/experiment/lint.js";
import { type DocumentKind, documentSchemas, jsonSchemaOf } from "../../src/experiment/schemas.js";

const yamlFiles = ["configs", "firmware-models"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => `${folder}/${name}`)
    .toSorted(),
);

const ajv = new Ajv({ strict: false });
const validators = new Map<string, ValidateFunction>(
  (Object.keys(documentSchemas) as DocumentKind[]).map((kind) => [kind, ajv.compile(jsonSchemaOf(kind))]),
);
const PAPER = [
  "r1",
  "r2",
  "r3",
  "b1",
  "b2",
  "b3",
  "fig3",
  "r1-batch1",
  "r3-batch1",
  "b1-batch1",
  "b2-batch1",
].map((name) => `paper-${name}`);

describe("the shipped YAML files", () => {
  it("are there: chips, parts, and for each workload an experiment of its name", () => {
    const workloads = [...PAPER, "quickstart"];
    for (const name of workloads) {
      expect(yamlFiles).to.include.members([
        `configs/workloads/${name}.yaml`,
        `configs/experiments/${name}.yaml`,
      ]);
    }
    expect(yamlFiles).to.include("firmware-models/packed-fields/firmware.yaml");
    const count = (folder: string): number => yamlFiles.filter((path) => path.startsWith(folder)).length;
    expect(count("configs/chips/")).to.be.at.least(3);
    expect(count("configs/parts/")).to.be.at.least(5);
  });

  for (const path of yamlFiles) {
    it(`${path} lints clean, validates against its JSON Schema and names it`, () => {
      expect(lintFile(path, nodeFiles)).to.deep.equal([]);
      const text = readFileSync(path, "utf8");
      const document: unknown = parse(text);
      const kind = /^schema: rebit\/(\w+)@1$/m.exec(text)?.[1] ?? "";
      const validate = validators.get(kind);
      expect(validate?.(document), ajv.errorsText(validate?.errors)).to.equal(true);
      const up = "../".repeat(path.split("/").length - 1);
      expect(text.split("\n")[0]).to.equal(
        `# yaml-language-server: $schema=${up}docs/schemas/${kind}.schema.json`,
      );
    });
  }
});

describe("the JSON Schema of each kind", () => {
  /** Every property of a schema, with its path. */
  function* properties(schema: unknown, path = ""): Generator<[string, Record<string, unknown>]> {
    if (Array.isArray(schema))
      for (const [index, item] of schema.entries()) yield* properties(item, `${path}[${index}]`);
    else if (typeof schema === "object" && schema !== null) {
      for (const [key, value] of Object.entries(schema)) {
        if (key === "properties") {
          for (const [name, property] of Object.entries(value as Record<string, Record<string, unknown>>)) {
            yield [`${path}.${name}`, property];
          }
        }
        if (key !== "description" && key !== "enum" && key !== "const")
          yield* properties(value, `${path}.${key}`);
      }
    }
  }

  for (const kind of Object.keys(documentSchemas) as DocumentKind[]) {
    it(`${kind}: draft-07, every property documented`, () => {
      const schema = jsonSchemaOf(kind);
      expect(schema.$schema).to.equal("http://json-schema.org/draft-07/schema#");
      const undocumented = [...properties(schema)].filter(
        ([, property]) => property.description === undefined && property.$ref === undefined,
      );
      expect(undocumented.map(([path]) => path)).to.deep.equal([]);
    });

    it(`${kind}: refuses an unknown key, as the validator does`, () => {
      expect(validators.get(kind)?.({ schema: `rebit/${kind}@1`, typo: 1 })).to.equal(false);
    });
  }
});
