import { expect } from "chai";
import type { FittingNetwork, NetworkFit } from "../../src/studies/fit/fit.js";
import { rebit } from "./support/rebit.js";

const CHIP = "configs/chips/wearable-m3-64k.yaml";
const FEW = ["--hidden", "20,100,30x20", "--bits", "8", "--iterations", "1,4"];

/** The words of a command as a shell splits them. */
const words = (command: string): string[] =>
  [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");

describe("rebit fit", function () {
  this.timeout(60_000);

  it("shows what the chip can train, with commands that come to the same", async () => {
    const [text, json] = await Promise.all([
      rebit(["fit", CHIP, ...FEW]),
      rebit(["fit", CHIP, ...FEW, "--json"]),
    ]);
    expect({ code: text.code, stderr: text.stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(text.stdout).to.match(
      /^FIT: networks that wearable-m3-64k can train, as configs\/experiments\/quickstart/m,
    );
    expect(text.stdout).to.match(/^ {2}12 networks tried: \d+ fit, \d+ of them wholly on chip$/m);
    const { front } = JSON.parse(json.stdout) as NetworkFit;
    const last = front.at(-1) as FittingNetwork & { command: string };
    const [, ...args] = words(last.command);
    const estimated = await rebit([...args, "--json"]);
    expect(estimated.code).to.equal(0);
    const report = JSON.parse(estimated.stdout) as { energy: { energyJoules: number } };
    expect(report.energy.energyJoules).to.equal(last.energyJoules);
  });

  it("says what is closest where nothing fits, with exit code 3", async () => {
    const onChip = await rebit(["fit", CHIP, "--hidden", "4096", "--bits", "16", "--on-chip"]);
    expect(onChip.code).to.equal(3);
    expect(onChip.stdout).to.match(/[1-9]\d* fit, 0 of them wholly on chip/);
    expect(onChip.stdout).to.match(
      /nothing fits wholly on chip; without --on-chip, rows may lie off chip; closest is 4096 hidden units at 16 bits/,
    );
    const none = await rebit(["fit", CHIP, "--hidden", "4096x4096", "--bits", "16"]);
    expect(none.code).to.equal(3);
    expect(none.stdout).to.match(/nothing fits; closest is 4096x4096 hidden units/);
  });

  it("refuses what is no chip and no list", async () => {
    const refusals: readonly (readonly [readonly string[], RegExp])[] = [
      [["nowhere.yaml"], /nowhere\.yaml/],
      [["configs/workloads/quickstart.yaml"], /quickstart\.yaml:\d+:\d+: unknown-schema/],
      [[CHIP, "--hidden", "0"], /whole numbers from 1 to 4096/],
      [[CHIP, "--hidden", ""], /whole numbers from 1 to 4096/],
      [[CHIP, "--bits", "1,99"], /whole numbers from 2 to 16/],
      [[CHIP, "--gradient", "magic"], /perSample, accumulate, replay/],
      [[CHIP, "--by", "error", "--hidden", "23"], /no test error is known/],
      [[CHIP, "--by", "luck"], /weights, error/],
      [[CHIP, "--bits", "4", "--iterations", "8"], /no network of these can be trained/],
      [[CHIP, "--experiment", "nowhere.yaml"], /nowhere\.yaml/],
    ];
    for (const [args, reason] of refusals) {
      const { code, stdout, stderr } = await rebit(["fit", ...args]);
      expect({ code, stdout }, args.join(" ")).to.deep.equal({ code: 2, stdout: "" });
      expect(stderr, args.join(" ")).to.match(reason);
    }
  });
});

describe("rebit size", function () {
  this.timeout(60_000);

  it("shows the least SRAM and the curve around it", async () => {
    const { code, stdout, stderr } = await rebit(["size", "configs/workloads/quickstart.yaml"]);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.match(/^SIZE: SRAM for quickstart on wearable-m3-64k, 2 banks$/m);
    expect(stdout).to.match(/^ +[\d.]+ KiB +- .*least without spilling/m);
    expect(stdout).to.match(/^ {2}rebit estimate .*--set 'chip\.components\.sram\.capacity=\d+ KiB'$/m);
  });

  it("prints one document, and takes another chip", async () => {
    const args = ["size", "configs/workloads/paper-r3.yaml", "--chip", "configs/chips/learner-m4-640k.yaml"];
    const [json, markdown] = await Promise.all([rebit([...args, "--json"]), rebit([...args, "--markdown"])]);
    const document = JSON.parse(json.stdout) as { schema: string; chip: string };
    expect(document).to.include({ schema: "rebit/size@1", chip: "learner-m4-640k" });
    expect(markdown.stdout).to.match(/^### SIZE: SRAM for paper-r3/);
  });

  it("refuses what is no workload", async () => {
    for (const args of [
      ["nowhere.yaml"],
      [CHIP],
      ["configs/workloads/quickstart.yaml", "--set", "chip.nothing=1"],
    ]) {
      const { code, stdout, stderr } = await rebit(["size", ...args]);
      expect({ code, stdout }, args.join(" ")).to.deep.equal({ code: 2, stdout: "" });
      expect(stderr).to.match(/nowhere\.yaml|unknown-schema|chip\.nothing/);
    }
  });
});
