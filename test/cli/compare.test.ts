import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { BaselineComparison } from "../../src/studies/compare/baseline.js";
import type { Comparison } from "../../src/studies/compare/compare.js";
import { project, QUICKSTART, rebit, syntheticWorkload, withFiles } from "./support/rebit.js";

const OTHER = "configs/experiments/paper-r2.yaml";

/** The quickstart's chip with its core's energy doubled, and an experiment with it. */
const chip = readFileSync(join(project, "configs/chips/wearable-m3-64k.yaml"), "utf8");
const files = {
  "chip.yaml": chip.replaceAll("30 pJ/cycle", "60 pJ/cycle"),
  "e.yaml": `schema: rebit/experiment@1
chip: chip.yaml
firmware: ${join(project, "firmware-models/packed-fields/firmware.yaml")}
workload: ${join(project, "configs/workloads/quickstart.yaml")}
`,
};

describe("rebit compare", function () {
  this.timeout(60_000);

  it("says where the difference of two experiments comes from", async () => {
    await withFiles(files, async (path) => {
      const { code, stdout, stderr } = await rebit(["compare", QUICKSTART, path("e.yaml")]);
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
      expect(stdout).to.match(/^COMPARE: A = .*quickstart\.yaml, B = .*e\.yaml$/m);
      expect(stdout).to.match(/^ENERGY: B - A = \+[\d.]+ J, from$/m);
      expect(stdout).to.match(/^ {2}core +active +[\d,]+ +[\d,]+ +0 J +\+[\d.]+ J +\+[\d.]+ J +100\.0 %$/m);
      expect(stdout).to.match(
        /chip\.yaml:\d+ +chip\.components\.core\.energy\.active\.value +30 pJ\/cycle +60 pJ\/cycle/,
      );
    });
  });

  it("prints one JSON document, and Markdown", async () => {
    const [json, markdown] = await Promise.all([
      rebit(["compare", QUICKSTART, OTHER, "--json"]),
      rebit(["compare", QUICKSTART, OTHER, "--markdown"]),
    ]);
    expect([json.code, markdown.code]).to.deep.equal([0, 0]);
    const { schema, energy, inputs, quantities } = JSON.parse(json.stdout) as Comparison;
    expect(schema).to.equal("rebit/compare@1");
    const sum = energy?.changes.reduce(
      (total, { byCountJoules, byCostJoules }) => total + byCountJoules + byCostJoules,
      0,
    );
    const { before = 0, after = 0 } = quantities.find(({ name }) => name === "training energy") ?? {};
    expect(sum).to.be.closeTo(energy?.differenceJoules ?? 0, 1e-12 * Math.max(before ?? 0, after ?? 0));
    expect(inputs?.changes.length).to.be.above(3);
    expect(markdown.stdout).to.match(
      /^### ENERGY: B - A = \+[\d.]+ k?J, from\n\n\| component \| action or state \|/m,
    );
    expect(markdown.stdout).to.match(/^\| --- \| --- \| ---: \|/m);
  });

  it("takes saved reports", async () => {
    const report = await rebit(["estimate", QUICKSTART, "--json"]);
    await withFiles({ "r.json": report.stdout }, async (path) => {
      const { code, stdout } = await rebit(["compare", path("r.json"), QUICKSTART]);
      expect(code).to.equal(0);
      expect(stdout).to.include("ENERGY: no action and no state differs");
    });
  });

  it("refuses what is neither, with its place", async () => {
    const report = JSON.parse((await rebit(["estimate", QUICKSTART, "--json"])).stdout);
    const bad = {
      "empty.yaml": "",
      "cut.json": '{"schema": "rebit/report@1", ',
      "old.json": JSON.stringify({ ...report, schema: "rebit/report@0" }),
      "other.json": '{"schema": "rebit/verify@1"}',
      "partial.json": JSON.stringify({ ...report, energy: { energyJoules: "1" } }),
      "phaseless.json": JSON.stringify({ ...report, energy: { ...report.energy, phases: undefined } }),
      "odd.json": JSON.stringify({ ...report, duty: { energyJoules: "a" } }),
      "lifeless.json": JSON.stringify({ ...report, duty: { energyJoules: 1, wearLife: { days: "x" } } }),
      "wearless.json": JSON.stringify({ ...report, wear: undefined }),
    };
    await withFiles(bad, async (path) => {
      const refused = async (name: string): Promise<string> => {
        const { code, stdout, stderr } = await rebit(["compare", QUICKSTART, path(name)]);
        expect({ name, code, stdout }).to.deep.equal({ name, code: 2, stdout: "" });
        return stderr;
      };
      expect(await refused("missing.json")).to.include("missing.json: there is no such file");
      expect(await refused("empty.yaml")).to.match(/empty\.yaml:1:1: /);
      expect(await refused("cut.json")).to.match(
        /cut\.json: damaged: this is no whole JSON document \(at byte \d+\)/,
      );
      expect(await refused("old.json")).to.include(
        "this is a rebit/report@0; this version of rebit reads rebit/report@1",
      );
      expect(await refused("other.json")).to.include("this is a rebit/verify@1 document");
      expect(await refused("partial.json")).to.include("no usable energy.energyJoules");
      expect(await refused("phaseless.json")).to.include("no usable energy.phases");
      expect(await refused("odd.json")).to.include("no usable duty.energyJoules");
      expect(await refused("lifeless.json")).to.include("no usable duty.wearLife.days");
      expect(await refused("wearless.json")).to.include("no usable wear");
    });
  });

  it("compares with conventional networks, trained on demand", async () => {
    const small = syntheticWorkload(2);
    const chipPath = join(project, "configs/chips/wearable-m3-64k.yaml");
    const experiment = (files["e.yaml"] ?? "")
      .replace("chip.yaml", chipPath)
      .replace(/workload: .*/, "workload: w.yaml");
    await withFiles({ "w.yaml": small, "e.yaml": experiment }, async (path) => {
      const args = ["compare", path("e.yaml"), "--baseline", "bnn"];
      const [text, json] = await Promise.all([rebit(args), rebit([...args, "--train", "--json"])]);
      expect([text.code, json.code]).to.deep.equal([0, 0]);
      expect(text.stdout).to.match(/^BNN of equal storage: hidden units 8: /m);
      expect(text.stdout).to.match(/^BNN of equal final size: hidden units 16: /m);
      const { baselines } = JSON.parse(json.stdout) as BaselineComparison;
      for (const { quantities } of baselines) {
        const error = quantities.find(({ name }) => name === "test error");
        expect([typeof error?.before, typeof error?.after]).to.deep.equal(["number", "number"]);
        expect(quantities.map(({ name }) => name)).to.include("error per joule");
      }
    });
  });

  it("needs two of them, or one and a baseline", async () => {
    const [one, three, train] = await Promise.all([
      rebit(["compare", QUICKSTART]),
      rebit(["compare", QUICKSTART, OTHER, "--baseline", "bnn"]),
      rebit(["compare", QUICKSTART, OTHER, "--train"]),
    ]);
    for (const { code, stdout } of [one, three, train])
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: "" });
    expect(one.stderr).to.include("give two of them to compare, or --baseline bnn with one experiment");
    expect(three.stderr).to.include("--baseline bnn goes with one experiment");
    expect(train.stderr).to.include("--train goes with --baseline");
  });
});
