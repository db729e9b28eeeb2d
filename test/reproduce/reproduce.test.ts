import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";

const project = resolve(import.meta.dirname, "../..");

/** Runs `npm run reproduce` without npm; ends it by `signal` once stderr has `until`. */
function reproduce(
  args: readonly string[],
  stop?: { readonly until: string; readonly signal: NodeJS.Signals },
): Promise<{ code: number | null; stderr: string }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ["--import", "tsx", "reproduce/main.ts", ...args], {
      cwd: project,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      const had = stderr;
      stderr += text;
      if (stop && stderr.includes(stop.until) && !had.includes(stop.until)) child.kill(stop.signal);
    });
    child.on("error", fail);
    child.on("close", (code) => done({ code, stderr }));
  });
}

describe("npm run reproduce", function () {
  this.timeout(60_000);
  let folder: string;
  const slice = (name: string, seeds = 2): string[] => [
    ...["--only", "r3,b3,rbnn-100x6,bnn-100x6", "--samples", "200", "--epochs", "1"],
    ...["--seeds", String(seeds), "--jobs", "1", "--out", join(folder, name)],
  ];
  const results = (name: string) => {
    const text = readFileSync(join(folder, name, "paper-results.json"), "utf8");
    return JSON.parse(text, (key, value: unknown) => (/seconds$/i.test(key) ? 0 : value));
  };
  const unfinished = (name: string): string => join(folder, name, "paper-results.unfinished.json");

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "rebit-reproduce-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("trains a slice, and killed and started again gives the same results", async () => {
    const whole = await reproduce(slice("whole"));
    expect(whole.code, whole.stderr).to.equal(0);
    expect(results("whole").trainings).to.have.length(8);
    expect(results("whole").networks).to.have.length(4);
    for (const name of ["paper-results.md", "paper-figure-4.svg"]) {
      expect(existsSync(join(folder, "whole", name)), name).to.equal(true);
    }

    await reproduce(slice("cut"), { until: "3 of 8 done", signal: "SIGKILL" });
    expect(existsSync(unfinished("cut"))).to.equal(true);
    const resumed = await reproduce(slice("cut"));
    expect(resumed.code, resumed.stderr).to.equal(0);
    expect(resumed.stderr).to.match(/8 trainings, [3-7] of them done before/);
    expect(results("cut")).to.deep.equal(results("whole"));
    expect(existsSync(unfinished("cut"))).to.equal(false);
  });

  it("stops on Ctrl-C with code 130, says what is saved and leaves no results", async () => {
    const stopped = await reproduce(slice("stopped"), { until: "1 of 8 done", signal: "SIGINT" });
    expect(stopped.code, stopped.stderr).to.equal(130);
    expect(stopped.stderr).to.match(/stopped; \d of 8 trainings are saved/);
    expect(existsSync(join(folder, "stopped", "paper-results.json"))).to.equal(false);
  });

  it("with --reuse trains only what the results do not have", async () => {
    await reproduce(slice("grown", 1));
    const grown = await reproduce([...slice("grown", 2), "--reuse"]);
    expect(grown.stderr).to.include("8 trainings, 4 of them done before");
    expect(results("grown").trainings).to.have.length(8);
  });

  it("refuses bad usage with code 2 and trains nothing", async () => {
    const refused = await reproduce(["--only", "r9", "--out", folder]);
    expect(refused.code).to.equal(2);
    expect(refused.stderr).to.match(/^error: --only: there is no network "r9"/);
  });
});
