import { existsSync, readFileSync } from "node:fs";
import { expect } from "chai";
import type { Sensitivity } from "../../src/studies/sensitivity/document.js";
import { QUICKSTART, rebit, withFiles } from "./support/rebit.js";

const FEW = ["--samples", "200"];

describe("rebit sensitivity", function () {
  this.timeout(60_000);

  it("prints quantiles, convergence and a tornado with where each unknown is written", async () => {
    const { code, stdout, stderr } = await rebit([
      "sensitivity",
      QUICKSTART,
      ...FEW,
      "--placeholders",
      "50 %",
    ]);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.match(
      /^SENSITIVITY: quickstart, 200 samples \(Latin hypercubes, triangular, seed 1\)$/m,
    );
    expect(stdout).to.match(/^ {2}training energy +[\d.]+ J( +[\d.]+ J){5}$/m);
    expect(stdout).to.match(
      /^ {2}chip\.components\.core\.energy\.active +configs\/chips\/wearable-m3-64k\.yaml:\d+ +placeholder +15\.00 pJ\/cycle +30\.00 pJ\/cycle +45\.00 pJ\/cycle/m,
    );
    expect(stdout).to.match(/configs\/parts\/W25Q128JV\.yaml:\d+ +datasheet/);
  });

  it("prints the same document each time, and Markdown", async () => {
    const [json, again, markdown] = await Promise.all([
      rebit(["sensitivity", QUICKSTART, ...FEW, "--json"]),
      rebit(["sensitivity", QUICKSTART, ...FEW, "--json"]),
      rebit(["sensitivity", QUICKSTART, ...FEW, "--markdown"]),
    ]);
    expect(json.stdout).to.equal(again.stdout);
    const study = JSON.parse(json.stdout) as Sensitivity;
    expect(study).to.include({
      schema: "rebit/sensitivity@1",
      samples: 200,
      seed: 1,
      placeholderTolerance: null,
    });
    expect(markdown.stdout).to.match(/^### SENSITIVITY: quickstart/);
    expect(markdown.stdout).to.match(/^\| training energy \| /m);
  });

  it("draws the figure into a file", async () => {
    await withFiles({}, async (path) => {
      const svg = path("tornado.svg");
      const { code } = await rebit(["sensitivity", QUICKSTART, ...FEW, "--svg", svg]);
      expect(code).to.equal(0);
      expect(existsSync(svg) && readFileSync(svg, "utf8")).to.match(/^<svg[\s\S]*<\/svg>\n$/);
    });
  });

  it("prints the report of what does not fit, with exit code 3", async () => {
    const small = [
      "--set",
      "chip.components.sram.capacity=16 KiB",
      "--set",
      "chip.components.flash.capacity=4 KiB",
    ];
    await withFiles({}, async (path) => {
      const svg = path("tornado.svg");
      const { code, stdout, stderr } = await rebit(["sensitivity", QUICKSTART, ...small, "--svg", svg]);
      expect(code).to.equal(3);
      expect(stdout).to.match(/does not fit/i);
      expect(stderr).to.match(/tornado\.svg is not written/);
      expect(existsSync(svg)).to.equal(false);
    });
  });

  it("refuses what it cannot do, and says what it can", async () => {
    const refusals: readonly (readonly [readonly string[], RegExp])[] = [
      [["--samples", "10"], /whole number from 100 to 1000000/],
      [["--placeholders", "50"], /tolerance above 0 % and below 100 %/],
      [["--placeholders", "100%"], /tolerance above 0 % and below 100 %/],
      [["--distribution", "normal"], /triangular, uniform/],
      [["--activity", "cached", "--seed", "987654"], /no cached activity/],
      [["--json", "--markdown"], /cannot be used with/],
      [["--set", "workload.network.hidden=[4000]"], /out-of-range/],
    ];
    for (const [args, reason] of refusals) {
      const { code, stdout, stderr } = await rebit(["sensitivity", QUICKSTART, ...args]);
      expect({ code, stdout }, args.join(" ")).to.deep.equal({ code: 2, stdout: "" });
      expect(stderr).to.match(reason);
    }
    const { code, stderr } = await rebit(["sensitivity", "nowhere.yaml"]);
    expect({ code }).to.deep.equal({ code: 2 });
    expect(stderr).to.match(/nowhere\.yaml/);
  });
});
