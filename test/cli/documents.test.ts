import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect } from "chai";
import { project, rebit, syntheticWorkload, withFiles } from "./support/rebit.js";

const BAD_CHIP = `schema: rebit/chip@1
name: bad
clocks: {core: 48}
componets: {}
`;

describe("rebit lint", function () {
  this.timeout(30_000);

  it("is content with the files that come with rebit", async () => {
    const { code, stdout } = await rebit([
      "lint",
      "configs/experiments/quickstart.yaml",
      "configs/parts/CR2032.yaml",
    ]);
    expect({ code, stdout }).to.deep.equal({ code: 0, stdout: "2 files, no problems\n" });
  });

  it("prints all problems of all files on stdout, each with its place, and ends with 2", async () => {
    await withFiles({ "bad.yaml": BAD_CHIP, "worse.yaml": "schema: rebit/chpi@1\n" }, async (path) => {
      const files = [path("bad.yaml"), path("worse.yaml")];
      const { code, stdout, stderr } = await rebit(["lint", ...files]);
      expect({ code, stderr }).to.deep.equal({ code: 2, stderr: "" });
      expect(stdout).to.include(`${path("bad.yaml")}:3:16: bare-number: `);
      expect(stdout).to.match(/bad\.yaml:4:1: unknown-key: [\s\S]*did you mean components\?/);
      expect(stdout).to.match(/worse\.yaml:1:9: unknown-schema: [\s\S]*did you mean rebit\/chip@1\?/);
    });
  });

  it("gives the same problems as one JSON document", async () => {
    await withFiles({ "bad.yaml": BAD_CHIP }, async (path) => {
      const { code, stdout } = await rebit(["lint", path("bad.yaml"), "--json"]);
      const document = JSON.parse(stdout);
      expect(code).to.equal(2);
      expect(document.schema).to.equal("rebit/lint@1");
      const unknown = document.problems.find(({ code: name }: { code: string }) => name === "unknown-key");
      expect(unknown).to.include({ path: path("bad.yaml"), line: 4, column: 1, suggestion: "components" });
      expect(unknown).to.have.all.keys("path", "line", "column", "code", "message", "suggestion");
    });
  });

  it("counts an unusable data set among the problems of an experiment", async () => {
    const quickstart = readFileSync(join(project, "configs/experiments/quickstart.yaml"), "utf8");
    const files = {
      "images.idx": "no IDX file",
      "net.yaml": syntheticWorkload(1).replace(
        "dataset: synthetic",
        "dataset: {trainImages: images.idx, trainLabels: a, testImages: b, testLabels: c}",
      ),
      "experiment.yaml": quickstart
        .replace("../chips", join(project, "configs/chips"))
        .replace("../../firmware-models", join(project, "firmware-models"))
        .replace(/workload: .*/, "workload: net.yaml"),
    };
    await withFiles({ ...files, a: "", b: "", c: "" }, async (path) => {
      const { code, stdout, stderr } = await rebit(["lint", path("experiment.yaml"), "--json"]);
      expect({ code, stderr }).to.deep.equal({ code: 2, stderr: "" });
      expect(JSON.parse(stdout).problems[0]).to.include({ path: path("images.idx"), code: "wrong-magic" });
    });
  });

  it("tells about a file that is not there", async () => {
    const { code, stdout } = await rebit(["lint", "nowhere.yaml"]);
    expect(code).to.equal(2);
    expect(stdout).to.match(/^nowhere\.yaml:1:1: missing-file: /);
  });
});

describe("rebit schema", function () {
  this.timeout(30_000);

  for (const kind of ["chip", "firmware", "workload", "experiment", "part"]) {
    it(`prints a valid draft-07 schema of a ${kind}`, async () => {
      const { code, stdout, stderr } = await rebit(["schema", kind]);
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
      const schema = JSON.parse(stdout);
      expect(schema.$schema).to.match(/draft-07/);
      expect(new Ajv({ strict: false }).validateSchema(schema)).to.equal(true);
    });
  }

  it("survives a reader that has seen enough", async () => {
    const child = spawn(process.execPath, [join(project, "dist/cli/main.js"), "schema", "chip"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stderr = "";
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const [code] = await once(child, "close");
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
  });
});

describe("rebit parts", function () {
  this.timeout(30_000);

  it("lists the parts, and the sources of one", async () => {
    const [all, one] = await Promise.all([rebit(["parts"]), rebit(["parts", "W25Q128JV"])]);
    expect(all.stdout)
      .to.match(/^CR2032 +battery +/m)
      .and.to.match(/^W25Q128JV +nor-flash +/m)
      .and.to.match(/^CY15B108QN +fram +/m)
      .and.to.match(/^EM064LX +mram +/m);
    expect(one.stdout).to.match(/^W25Q128JV \(nor-flash\)/);
    expect(one.stdout)
      .to.match(/page +256 B/)
      .and.to.include("[1] ")
      .and.to.match(/^50 MHz x4 +6Bh +3 V +25\.00 MB\/s .* 1\.800 nJ\/byte +1\.800 nJ\/byte +datasheet$/m)
      .and.to.match(/^energy\.erase +3 V +2\.700 mJ\/sector /m);
  });

  it("prints one JSON document", async () => {
    const [all, one] = await Promise.all([rebit(["parts", "--json"]), rebit(["parts", "CR2032", "--json"])]);
    const names = (text: string) => JSON.parse(text).parts.map(({ name }: { name: string }) => name);
    expect(names(all.stdout)).to.include.members(["CR2032", "W25Q128JV"]);
    expect(names(one.stdout)).to.deep.equal(["CR2032"]);
    expect(JSON.parse(one.stdout).parts[0].derived).to.deep.equal([]);
  });

  it("derives what a memory costs, with value, unit, status and source", async () => {
    const { stdout } = await rebit(["parts", "EM064LX", "--json"]);
    const [{ derived }] = JSON.parse(stdout).parts;
    const written = derived.find(
      ({ name, bus }: { name: string; bus?: { burst: string } }) =>
        name === "energy.write" && bus?.burst === "8d-8d-8d",
    );
    expect(written).to.deep.include({
      supplyVolts: 1.8,
      bus: { lanes: 8, ddr: true, burst: "8d-8d-8d", clockHertz: 200e6 },
      unit: "J/byte",
      status: "datasheet",
    });
    expect(written.value * 1e9).to.be.closeTo(0.702, 1e-9);
    expect(written.source).to.match(/^sec 22\.7, IDD4/);
  });
});
