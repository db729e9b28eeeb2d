import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { outcomeCache } from "../../src/experiment/node-outcomes.js";
import { decodeOutcome } from "../../src/experiment/outcome-file.js";
import { findOutcome, run } from "../../src/experiment/run.js";
import { renderJson } from "../../src/report/json.js";
import { dataError } from "../data/support/data-error.js";
import { chipText, experimentOf, workloadText } from "./support/experiments.js";

describe("the outcomes of finished trainings", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "rebit-outcomes-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const only = () => join(folder, readdirSync(folder)[0] as string);

  /** Runs with the cache; gives the report and what was said. */
  async function cached(experiment = experimentOf(), store = outcomeCache(folder)) {
    const notices: string[] = [];
    const report = await run(experiment, { outcomes: store, onNotice: (notice) => notices.push(notice) });
    return { report, notices };
  }

  it("are reused, and the report differs in nothing but the source of its activity", async () => {
    const first = await cached();
    const second = await cached();
    expect(first.notices).to.deep.equal([]);
    expect(first.report.activity?.source).to.equal("trained");
    expect(second.notices.join()).to.match(/^not trained again: /);
    const expected = renderJson(first.report).replace('"source": "trained"', '"source": "cached"');
    expect(renderJson(second.report)).to.equal(expected);
  });

  it("serve another chip, under another name", async () => {
    const { report } = await cached();
    const chip = chipText({ coreMegahertz: 24 });
    const renamed = workloadText().replace("name: test-workload", "name: other");
    const other = await cached(experimentOf({ chip, workload: renamed }));
    expect(other.report.activity?.source).to.equal("cached");
    expect(other.report.experiment.workload).to.equal("other");
    expect(other.report.accuracy).to.deep.equal(report.accuracy);
    expect(other.report.time?.clockHertz).to.equal(24e6);
  });

  it("do not serve another training", async () => {
    await cached();
    const { report } = await cached(experimentOf({}, { seed: 2 }));
    expect(report.activity?.source).to.equal("trained");
    expect(readdirSync(folder)).to.have.lengthOf(2);
  });

  it("are found by themselves", async () => {
    expect(await findOutcome(experimentOf(), outcomeCache(folder))).to.equal(undefined);
    const { report } = await cached();
    const found = await findOutcome(experimentOf(), outcomeCache(folder));
    expect(found?.activity.iterations).to.deep.equal(report.activity?.iterations);
  });

  for (const [what, damage] of [
    ["cut short", (bytes) => bytes.subarray(0, bytes.length - 1)],
    ["empty", () => new Uint8Array(0)],
    ["changed in one bit of its cells", (bytes) => bytes.with(bytes.length - 40, bytes.at(-40)! ^ 1)],
    ["something else", () => new TextEncoder().encode("{}".repeat(100))],
  ] as [string, (bytes: Uint8Array) => Uint8Array][]) {
    it(`that are ${what} are noticed, trained again and replaced`, async () => {
      const { report } = await cached();
      const whole = new Uint8Array(readFileSync(only()));
      writeFileSync(only(), damage(whole));
      const again = await cached();
      expect(again.notices.join()).to.match(/^warning: .*\.outcome: .*; it is not reused$/);
      expect(again.report).to.deep.equal(report);
      expect((await cached()).report.activity?.source).to.equal("cached");
    });
  }

  it("under the name of another training are noticed", async () => {
    await cached();
    const one = only();
    await cached(experimentOf({}, { seed: 2 }));
    const other = readdirSync(folder).find((name) => join(folder, name) !== one) as string;
    renameSync(one, join(folder, other));
    const { notices, report } = await cached(experimentOf({}, { seed: 2 }));
    expect(notices.join()).to.include("of another training than its name says; it is not reused");
    expect(report.activity?.source).to.equal("trained");
  });

  it("with any byte changed are refused", async () => {
    await cached();
    const bytes = new Uint8Array(readFileSync(only()));
    for (let at = 0; at < bytes.length; at += 7) {
      const changed = bytes.with(at, bytes[at]! ^ 0x10);
      expect(dataError(() => decodeOutcome({ path: "a", bytes: changed })).path).to.equal("a");
      expect(dataError(() => decodeOutcome({ path: "a", bytes: bytes.subarray(0, at) })).code).to.equal(
        "truncated",
      );
    }
  });

  it("that cannot be kept cost no run", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    const { report, notices } = await cached(experimentOf(), outcomeCache(join(file, "cache")));
    expect(report.activity?.source).to.equal("trained");
    expect(notices.join()).to.match(/^warning: .*; the outcome is not cached$/);
  });

  it("are listed, the damaged ones too, and removed", async () => {
    const cache = outcomeCache(folder);
    await cached();
    await cached(experimentOf({}, { seed: 2 }));
    const [name] = readdirSync(folder);
    writeFileSync(join(folder, name as string), "damaged");
    writeFileSync(join(folder, "left.behind.tmp"), "");
    const [whole, damaged, ...others] = cache.list();
    expect(others).to.deep.equal([]);
    expect(whole?.saved?.workload).to.equal("test-workload");
    expect(damaged).to.include({ key: name?.slice(0, 64), bytes: 7, saved: undefined });
    expect(damaged?.problem).to.match(/ends early/);
    cache.remove(cache.list());
    cache.removeRemains();
    expect(readdirSync(folder)).to.deep.equal([]);
  });
});
