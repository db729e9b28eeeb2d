import { expect } from "chai";
import type { Report } from "../../src/report/report.js";
import { QUICKSTART, rebit, syntheticWorkload, withFiles } from "./support/rebit.js";

const parse = (text: string): Report => JSON.parse(text) as Report;

describe("rebit run", function () {
  this.timeout(60_000);

  it("prints one JSON document on stdout, progress or nothing on stderr, and trains by its seed", async () => {
    await withFiles({ "tiny.yaml": syntheticWorkload(2) }, async (path) => {
      const args = ["run", QUICKSTART, "--workload", path("tiny.yaml"), "--json"];
      const [first, again, other] = await Promise.all([
        rebit(args),
        rebit(args),
        rebit([...args, "--seed", "2"]),
      ]);
      expect(first.code, first.stderr).to.equal(0);
      const report = parse(first.stdout);
      expect(report.schema).to.equal("rebit/report@1");
      expect(report.activity?.source).to.equal("trained");
      expect(report.accuracy.testErrorPercent).to.be.within(0, 100);
      expect(again.stdout).to.equal(first.stdout);
      expect(parse(other.stdout).experiment.seed).to.equal(2);
      expect(parse(other.stdout).activity).to.not.deep.equal(report.activity);
    });
  });

  it("hands its report to estimate as the activity, which then gives the same bill", async () => {
    await withFiles({ "tiny.yaml": syntheticWorkload(1) }, async (path) => {
      const args = [QUICKSTART, "--workload", path("tiny.yaml"), "--json"];
      const trained = await rebit(["run", ...args]);
      await withFiles({ "report.json": trained.stdout }, async (reportPath) => {
        const estimated = await rebit(["estimate", ...args, "--activity", reportPath("report.json")]);
        expect(estimated.code, estimated.stderr).to.equal(0);
        const { activity, traffic, energy } = parse(estimated.stdout);
        expect(activity?.source).to.equal("file");
        expect(traffic).to.deep.equal(parse(trained.stdout).traffic);
        expect(energy).to.deep.equal(parse(trained.stdout).energy);
      });
    });
  });

  it("logs plain lines where stderr is no terminal, and ends with 130 on Ctrl-C with nothing on stdout", async () => {
    await withFiles({ "long.yaml": syntheticWorkload(10_000) }, async (path) => {
      let isAsked = false;
      const args = ["run", QUICKSTART, "--workload", path("long.yaml"), "--json"];
      const ended = await rebit(args, {
        onStderr: (said, child) => {
          if (!isAsked && said.includes(" left\n")) isAsked = child.kill("SIGINT");
        },
      });
      expect(ended.stderr).to.match(/rebit: iteration 1\/2, epoch \d+\/10000, \d+\.\d %, about .* left\n/);
      expect(ended.stderr).to.include("rebit: interrupted");
      expect(ended.stderr).to.not.match(/\p{Cc}(?<!\n)/u);
      expect({ code: ended.code, stdout: ended.stdout }).to.deep.equal({ code: 130, stdout: "" });
    });
  });
});
