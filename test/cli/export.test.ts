import { readFileSync } from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import { rebit, withFiles } from "./support/rebit.js";

const CHIP = "configs/chips/wearable-m3-64k.yaml";

describe("rebit export", function () {
  this.timeout(60_000);

  it("prints a chip's energies, with where each is from", async () => {
    const { code, stdout, stderr } = await rebit(["export", "--ert", CHIP]);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.match(
      /^ +energy: 30 # pJ\/cycle, placeholder: .*\(configs\/chips\/wearable-m3-64k\.yaml:\d+\)$/m,
    );
    expect(parse(stdout)).to.have.nested.property("ERT.tables[0].name", "wearable-m3-64k.core");
  });

  it("writes a chip's areas into a file", async () => {
    await withFiles({}, async (path) => {
      const { code, stdout } = await rebit(["export", "--art", CHIP, "--out", path("art.yaml")]);
      expect({ code, stdout }).to.deep.equal({ code: 0, stdout: "" });
      expect(parse(readFileSync(path("art.yaml"), "utf8"))).to.have.nested.property("ART.tables[0].area");
    });
  });

  it("prints one JSON document", async () => {
    const { stdout } = await rebit(["export", "--ert", CHIP, "--json"]);
    expect(JSON.parse(stdout)).to.include({
      schema: "rebit/export@1",
      chip: "wearable-m3-64k",
      table: "ERT",
    });
  });

  it("refuses what it cannot write", async () => {
    const refusals: readonly (readonly [readonly string[], RegExp])[] = [
      [[CHIP], /give --ert or --art/],
      [["--ert", "--art", CHIP], /give --ert or --art/],
      [["--ert", "nowhere.yaml"], /nowhere\.yaml/],
      [["--ert", "configs/workloads/quickstart.yaml"], /quickstart\.yaml:\d+:\d+: unknown-schema/],
      [["--ert"], /missing required argument/],
    ];
    for (const [args, reason] of refusals) {
      const { code, stdout, stderr } = await rebit(["export", ...args]);
      expect({ code, stdout }, args.join(" ")).to.deep.equal({ code: 2, stdout: "" });
      expect(stderr, args.join(" ")).to.match(reason);
    }
  });
});
