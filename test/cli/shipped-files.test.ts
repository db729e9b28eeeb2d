import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { expect } from "chai";
import { parse } from "yaml";
import { nodeFiles } from "../../src/data/node-files.js";
import { lintFile } from "../../src/experiment/lint.js";
import { type DocumentKind, documentSchemas, jsonSchemaOf } from "../../src/experiment/schemas.js";
import { project } from "./support/rebit.js";

const FOLDERS = ["configs", "firmware-models"];

const shipped = FOLDERS.flatMap((folder) =>
  readdirSync(join(project, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => join(folder, name))
    .toSorted(),
);

const kinds = Object.keys(documentSchemas) as DocumentKind[];
const ajv = new Ajv({ strict: false, validateSchema: false });
const validators = new Map<DocumentKind, ValidateFunction>();

/** The JSON Schema of a kind, as an editor applies it. */
function validatorOf(kind: DocumentKind): ValidateFunction {
  const known = validators.get(kind) ?? ajv.compile(jsonSchemaOf(kind));
  validators.set(kind, known);
  return known;
}

describe("the YAML files that come with rebit", function () {
  this.timeout(30_000);

  for (const path of shipped) {
    it(`${path} names its schema for editors, keeps it, and has no problems`, () => {
      const text = readFileSync(join(project, path), "utf8");
      const document = parse(text);
      const kind = kinds.find((known) => document.schema === `rebit/${known}@1`);
      if (kind === undefined) throw new Error(`${path} has an unknown schema`);
      const schemaPath = relative(dirname(path), `docs/schemas/${kind}.schema.json`);
      expect(text.split("\n")[0]).to.equal(`# yaml-language-server: $schema=${schemaPath}`);
      const validator = validatorOf(kind);
      expect(validator(document), JSON.stringify(validator.errors)).to.equal(true);
      expect(lintFile(join(project, path), nodeFiles)).to.deep.equal([]);
    });
  }

  it("are an experiment, with a workload of the same name, for each published network and the quickstart", () => {
    const names = [
      "paper-b1",
      "paper-b2",
      "paper-b3",
      "paper-fig3",
      "paper-r1",
      "paper-r2",
      "paper-r3",
      "paper-r3-batch1",
      "quickstart",
    ];
    for (const name of names) {
      expect(shipped).to.include.members([
        `configs/experiments/${name}.yaml`,
        `configs/workloads/${name}.yaml`,
      ]);
    }
  });
});
