import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Report } from "../../src/report/report.js";
import { QUICKSTART, rebit } from "./support/rebit.js";

const parse = (text: string): Report => JSON.parse(text) as Report;

describe("rebit estimate", function () {
  this.timeout(30_000);

  it("prints the bound as text, JSON or CSV, and nothing on stderr", async () => {
    const [text, json, csv] = await Promise.all([
      rebit(["estimate", QUICKSTART]),
      rebit(["estimate", QUICKSTART, "--json"]),
      rebit(["estimate", QUICKSTART, "--csv"]),
    ]);
    for (const { code, stderr } of [text, json, csv])
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(text.stdout).to.match(/^REBIT REPORT: quickstart\n/);
    expect(parse(json.stdout).storage.weights.bits).to.equal(304_896);
    expect(parse(json.stdout).accuracy.testErrorPercent).to.equal(undefined);
    expect(csv.stdout).to.match(/^section,name,.*\r\n/);
  });

  it("lets --set win over the files", async () => {
    const args = ["estimate", QUICKSTART, "--json", "--set", "chip.clocks.core=24 MHz"];
    const { stdout } = await rebit(args);
    expect(parse(stdout).time?.clockHertz).to.equal(24e6);
  });

  it("writes a placement that --placement takes", async () => {
    const folder = mkdtempSync(join(tmpdir(), "rebit-placement-"));
    try {
      const file = join(folder, "placement.yaml");
      const small = [QUICKSTART, "--json", "--set", "chip.components.sram.capacity=32 KiB"];
      const found = await rebit(["estimate", ...small, "--write-placement", file]);
      const told = await rebit(["estimate", ...small, "--placement", file]);
      expect([found.code, told.code, told.stderr]).to.deep.equal([0, 0, ""]);
      expect(parse(told.stdout).storage.onChip).to.deep.equal(parse(found.stdout).storage.onChip);
      expect(parse(told.stdout).storage.placement.method).to.equal("file");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("takes another chip and another workload", async () => {
    const replaced = [
      "--chip",
      "configs/chips/learner-m4-640k.yaml",
      "--workload",
      "configs/workloads/paper-r1.yaml",
    ];
    const { stdout } = await rebit(["estimate", QUICKSTART, "--json", ...replaced]);
    const { experiment, storage } = parse(stdout);
    expect(experiment).to.include({ chip: "learner-m4-640k", workload: "paper-r1" });
    expect(storage.weights).to.include({ bits: 2_540_800, finalWeights: 635_200, bitsPerWeight: 4 });
  });

  it("ends with 3 and a report with levers when the network cannot fit", async () => {
    const tooLarge = [
      "--set",
      "workload.network.hidden=[4000]",
      "--set",
      "chip.components.flash.capacity=64 KiB",
    ];
    const { code, stdout, stderr } = await rebit(["estimate", QUICKSTART, "--json", ...tooLarge]);
    expect({ code, stderr }).to.deep.equal({ code: 3, stderr: "" });
    const { storage } = parse(stdout);
    expect(storage.fits).to.equal(false);
    expect(storage.levers).to.not.deep.equal([]);
  });
});
