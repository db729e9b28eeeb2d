import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { Verification } from "../../src/experiment/verify.js";
import { project, QUICKSTART, rebit, withFiles } from "./support/rebit.js";

const parse = (text: string): Verification => JSON.parse(text) as Verification;

/** The shipped firmware with the loss kernel reading the label and a byte that is none of it. */
const firmware = readFileSync(join(project, "firmware-models/packed-fields/firmware.yaml"), "utf8").replace(
  "{read: label, at: [0]}",
  "{read: label, at: [0], count: 2}",
);

describe("rebit verify", function () {
  this.timeout(60_000);

  it("says what was compared, and that it holds", async () => {
    const { code, stdout, stderr } = await rebit(["verify", QUICKSTART]);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.match(/^VERIFY: quickstart \(packed-fields on wearable-m3-64k, quickstart\)\n/);
    expect(stdout).to.include("holds: closed form = simulated = enumerated");
    expect(stdout).to.match(
      /compared +[\d,]+ counters, \d+ phase times; activities: bound, random 1, random 2/,
    );
    expect(stdout).to.match(/walked +1,362,796 accesses one by one in [\d.]+ s/);
  });

  it("prints one JSON document, with rows spilled as well", async () => {
    const smaller = ["--set", "chip.components.sram.capacity=24 KiB"];
    const { code, stdout, stderr } = await rebit(["verify", QUICKSTART, "--json", ...smaller]);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    const { schema, holds, divergence, iss, counters } = parse(stdout);
    expect({ schema, holds, divergence, iss }).to.deep.equal({
      schema: "rebit/verify@1",
      holds: true,
      divergence: null,
      iss: null,
    });
    expect(counters).to.be.above(1000);
  });

  it("ends with 1 where an access is out of place, and says which", async () => {
    await withFiles({ "firmware.yaml": firmware }, async (path) => {
      const args = ["verify", QUICKSTART, "--firmware", path("firmware.yaml")];
      const [text, json] = await Promise.all([rebit(args), rebit([...args, "--json"])]);
      expect([text.code, json.code]).to.deep.equal([1, 1]);
      expect(text.stdout).to.match(
        /DIVERGES[\s\S]*out of place in sram, kernel loss, phase loss, iteration 1: .*label/,
      );
      expect(parse(json.stdout).holds).to.equal(false);
      expect(parse(json.stdout).violations[0]).to.include({ tensor: "label", kernel: "loss", phase: "loss" });
    });
  });

  it("ends with 3 and the report where the training does not fit", async () => {
    const tooLarge = [
      "--set",
      "workload.network.hidden=[800]",
      "--set",
      "chip.components.flash.capacity=64 KiB",
    ];
    const { code, stdout } = await rebit(["verify", QUICKSTART, "--json", ...tooLarge]);
    expect(code).to.equal(3);
    expect(JSON.parse(stdout).storage.levers).to.not.deep.equal([]);
  });

  it("trains on a simulated core with --iss, in text and in JSON", async () => {
    const args = ["verify", QUICKSTART, "--iss", "--core", "rv32imc", "--steps", "2", "--iterations", "1"];
    const [text, json] = await Promise.all([rebit(args), rebit([...args, "--json"])]);
    expect([text.code, json.code]).to.deep.equal([0, 0]);
    expect(text.stdout).to.match(
      /^ON rebit's RV32IMC core .*: firmware-models\/packed-fields\/rv32imc\.elf$/m,
    );
    expect(text.stdout).to.match(
      /^ {2}holds: the trainer's weights, bit for bit, after 2 updates by a sample in each of 1 iteration, recycled$/m,
    );
    expect(text.stdout).to.match(/^forward +4 +[\d,]+ +[\d,]+ +-?0\.00 /m);
    const { holds, iss } = parse(json.stdout);
    expect(holds).to.equal(true);
    expect(iss).to.include({ bitIdentical: true, isa: "rv32imc" });
    expect(iss?.kernels[0]).to.have.all.keys(
      ...["kernel", "calls", "instructions", "cycles", "modelled", "errorPercent"],
      ...["stackAccesses", "modelledStackAccesses"],
    );
  });

  it("refuses what it cannot run on a simulator", async () => {
    const refused = (...args: string[]) => rebit(["verify", QUICKSTART, "--iss", ...args]);
    const [core, steps, elf] = await Promise.all([
      refused("--core", "cortex-m3"),
      refused("--steps", "none"),
      refused("--elf", "nowhere.elf"),
    ]);
    for (const { code, stdout } of [core, steps, elf]) {
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: "" });
    }
    expect(core.stderr).to.include("--core cortex-m3: expected one of cortex-m0plus, rv32imc");
    expect(steps.stderr).to.include("--steps none: expected a whole number above 0");
    expect(elf.stderr).to.include("nowhere.elf: there is no such file");
  });
});
