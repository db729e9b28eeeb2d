import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { Report } from "../../src/report/report.js";
import { QUICKSTART, rebit, syntheticWorkload, withFiles } from "./support/rebit.js";

const parse = (text: string): Report => JSON.parse(text) as Report;

describe("the cache of finished trainings", function () {
  this.timeout(60_000);

  it("is filled by run, reused by run and estimate, listed and cleared", async () => {
    await withFiles({ "tiny.yaml": syntheticWorkload(1) }, async (path) => {
      const cache = path("cache");
      const args = [QUICKSTART, "--workload", path("tiny.yaml"), "--json"];
      const call = (...all: string[]) => rebit(all, { cache });

      const nothing = await call("cache");
      expect({ ...nothing }).to.deep.equal({ code: 0, stdout: `${cache} holds no outcomes\n`, stderr: "" });

      const trained = await call("run", ...args);
      const reused = await call("run", ...args, "--set", "chip.clocks.core=24 MHz");
      expect(reused.code, reused.stderr).to.equal(0);
      expect(reused.stderr).to.match(/^rebit: not trained again: /);
      expect(parse(reused.stdout).activity?.source).to.equal("cached");
      expect(parse(reused.stdout).accuracy).to.deep.equal(parse(trained.stdout).accuracy);
      const anew = await call("run", ...args, "--no-cache");
      expect(anew.stdout).to.equal(trained.stdout);

      const estimated = await call("estimate", ...args, "--activity", "cached");
      expect(parse(estimated.stdout).activity?.source).to.equal("cached");
      expect(parse(estimated.stdout).energy).to.deep.equal(parse(trained.stdout).energy);

      const listed = JSON.parse((await call("cache", "--json")).stdout);
      expect(listed).to.include({ schema: "rebit/cache@1", folder: cache });
      expect(listed.entries).to.have.lengthOf(1);
      const [{ key, workload, testErrorPercent }] = listed.entries;
      expect(workload).to.equal("synthetic");
      expect(testErrorPercent).to.equal(parse(trained.stdout).accuracy.testErrorPercent);
      expect((await call("cache")).stdout).to.match(new RegExp(`^ *${key.slice(0, 12)}  synthetic `, "m"));

      await call("run", ...args, "--seed", "2");
      const ambiguous = await call("cache", "clear", "");
      expect(ambiguous).to.include({ code: 2, stdout: "" });
      expect(ambiguous.stderr).to.match(
        /is the beginning of several keys \([0-9a-f]{12}, [0-9a-f]{12}\): write more of it/,
      );

      const cleared = await call("cache", "clear", key.slice(0, 6), "--json");
      expect(JSON.parse(cleared.stdout).removed).to.deep.equal([key]);
      expect(readdirSync(cache)).to.have.lengthOf(1);
      expect((await call("cache", "clear")).stdout).to.equal(`removed 1 outcome from ${cache}\n`);
      expect(readdirSync(cache)).to.deep.equal([]);
    });
  });

  it("is no trap when it is damaged or cannot be written", async () => {
    await withFiles({ "tiny.yaml": syntheticWorkload(1), file: "" }, async (path) => {
      const args = ["run", QUICKSTART, "--workload", path("tiny.yaml"), "--json"];
      const first = await rebit(args, { cache: path("cache") });
      const [name] = readdirSync(path("cache"));
      writeFileSync(join(path("cache"), name as string), "damaged");
      const refused = await rebit(["estimate", ...args.slice(1), "--activity", "cached"], {
        cache: path("cache"),
      });
      expect(refused).to.include({ code: 2, stdout: "" });
      expect(refused.stderr).to.match(/^error: .*truncated.*; rebit run .* replaces it\n$/);
      const damaged = await rebit(args, { cache: path("cache") });
      expect(damaged.stderr).to.match(/^rebit: warning: .*truncated.*; it is not reused\n/);
      expect({ ...damaged, stderr: "" }).to.deep.equal({ ...first, stderr: "" });
      const unwritable = await rebit(args, { cache: join(path("file"), "cache") });
      expect(unwritable.stderr).to.match(/^rebit: warning: .*; the outcome is not cached\n$/m);
      expect({ ...unwritable, stderr: "" }).to.deep.equal({ ...first, stderr: "" });
    });
  });
});
