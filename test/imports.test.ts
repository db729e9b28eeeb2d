import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { expect } from "chai";
import { cruise, type IConfiguration, type ICruiseResult } from "dependency-cruiser";

const project = resolve(import.meta.dirname, "..");
const config: IConfiguration = createRequire(import.meta.url)(join(project, ".dependency-cruiser.cjs"));

/** `rule: from -> to` for everything below `baseDir`/src that breaks a rule. */
async function violations(baseDir: string): Promise<string[]> {
  const { options, forbidden = [] } = config;
  const { tsConfig: _, ...rest } = options ?? {};
  const { output } = await cruise(["src"], { ...rest, baseDir, ruleSet: { forbidden }, validate: true });
  const { summary } = output as ICruiseResult;
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
}

/** The violations of a source tree made of these files. */
async function violationsOf(files: Record<string, string>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "rebit-imports-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return await violations(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const leaf = "export const answer = 42;\n";
const importing = (path: string) => `import { answer } from "${path}";\nexport const same = answer;\n`;

describe("the import direction", function () {
  this.timeout(60_000);

  it("holds in src", async () => {
    expect(await violations(project)).to.deep.equal([]);
  });

  it("lets a folder import from the folders before it", async () => {
    const files = { "src/units/a.ts": leaf, "src/soc/b.ts": importing("../units/a.js") };
    expect(await violationsOf(files)).to.deep.equal([]);
  });

  it("refuses an import from a folder after it, even of a type", async () => {
    const files = {
      "src/units/a.ts": 'import type { B } from "../soc/b.js";\nexport type A = B;\n',
      "src/soc/b.ts": "export type B = number;\n",
    };
    expect(await violationsOf(files)).to.deep.equal([
      "units-imports-downward: src/units/a.ts -> src/soc/b.ts",
    ]);
  });

  it("refuses training inside a chip", async () => {
    const files = { "src/rbnn/a.ts": leaf, "src/soc/b.ts": importing("../rbnn/a.js") };
    expect(await violationsOf(files)).to.deep.equal(["soc-knows-no-training: src/soc/b.ts -> src/rbnn/a.ts"]);
  });

  it("refuses a report that knows how its numbers came about", async () => {
    const files = { "src/soc/a.ts": leaf, "src/report/b.ts": importing("../soc/a.js") };
    expect(await violationsOf(files)).to.deep.equal([
      "report-knows-no-origins: src/report/b.ts -> src/soc/a.ts",
    ]);
  });

  it("refuses a library that contains the command line", async () => {
    const files = { "src/cli/a.ts": leaf, "src/index.ts": importing("./cli/a.js") };
    expect(await violationsOf(files)).to.deep.equal([
      "library-without-command-line: src/index.ts -> src/cli/a.ts",
    ]);
  });

  it("refuses circles", async () => {
    const files = { "src/units/a.ts": importing("./b.js"), "src/units/b.ts": importing("./a.js") };
    const found = await violationsOf(files);
    expect(found).to.have.lengthOf(1);
    expect(found[0]).to.match(/^no-circles: /);
  });

  it("keeps node: modules to the command line and files named node-*", async () => {
    const reading = 'import { readFileSync } from "node:fs";\nexport const read = readFileSync;\n';
    const files = {
      "src/data/idx.ts": reading,
      "src/data/node-files.ts": reading,
      "src/cli/main.ts": reading,
    };
    expect(await violationsOf(files)).to.deep.equal(["core-runs-in-a-browser: src/data/idx.ts -> fs"]);
  });
});
