import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { QUICKSTART, rebit, syntheticWorkload, withFiles } from "./support/rebit.js";

/** Two iterations of these take a second: long enough to be killed in the middle. */
const EPOCHS = 150;

const checkpointsIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".checkpoint")) : [];

/** Epochs up to the newest checkpoint. */
function epochsSaved(folder: string): number {
  const [, iteration, epoch] = /(\d+)-epoch-(\d+)/.exec(checkpointsIn(folder).at(-1) ?? "") ?? [0, 1, 0];
  return (Number(iteration) - 1) * EPOCHS + Number(epoch);
}

/** Runs until `epochs` are saved in `folder` and kills the process `milliseconds` later, without a warning. */
async function runKilled(args: readonly string[], folder: string, epochs: number, milliseconds: number) {
  return rebit(args, {
    onStart: (child) => {
      const watch = setInterval(() => {
        if (epochsSaved(folder) < epochs) return;
        clearInterval(watch);
        setTimeout(() => child.kill("SIGKILL"), milliseconds);
      }, 1);
      child.on("close", () => clearInterval(watch));
    },
  });
}

describe("rebit run --checkpoint", function () {
  this.timeout(120_000);

  const withRun = (use: (args: string[], folder: string) => Promise<void>, epochs = EPOCHS) =>
    withFiles({ "w.yaml": syntheticWorkload(epochs) }, (path) => {
      const args = ["run", QUICKSTART, "--workload", path("w.yaml"), "--json", "--no-cache"];
      return use(args, path("checkpoints"));
    });

  it("loses nothing but the epoch in progress to kill -9, and ends with the same report", async () => {
    await withRun(async (args, folder) => {
      const whole = await rebit(args);
      const resuming = [...args, "--checkpoint", folder, "--resume"];
      // Different places in an epoch and its saving; the second kill is in the other iteration.
      for (const [epochs, milliseconds] of [
        [10, 0],
        [EPOCHS - 1, 3],
        [EPOCHS + 40, 7],
      ] as const) {
        const before = epochsSaved(folder);
        const killed = await runKilled(resuming, folder, epochs, milliseconds);
        expect(killed).to.include({ code: null, stdout: "" });
        expect(killed.stderr).to.match(before === 0 ? /holds no checkpoint yet/ : /going on after iteration/);
        expect(epochsSaved(folder)).to.be.within(epochs, 2 * EPOCHS - 1);
      }
      const ended = await rebit(resuming);
      expect(ended.stderr).to.match(/^rebit: going on after iteration 2, epoch \d+, from /);
      expect({ ...ended, stderr: "" }).to.deep.equal({ ...whole, stderr: "" });
    });
  });

  it("says on Ctrl-C where it stopped and how to go on", async () => {
    await withRun(async (args, folder) => {
      const ended = await rebit([...args, "--checkpoint", folder], {
        onStderr: (said, child) => {
          if (!child.killed && said.includes(" left\n")) child.kill("SIGINT");
        },
      });
      expect({ code: ended.code, stdout: ended.stdout }).to.deep.equal({ code: 130, stdout: "" });
      expect(ended.stderr).to.match(
        /^rebit: stopped in iteration \d\/2, epoch \d+\/10000; the same command with --resume goes on from .*\.checkpoint$/m,
      );
    }, 10_000);
  });

  it("refuses to lose, mix up or trust checkpoints, with exit code 2", async () => {
    await withRun(async (args, folder) => {
      const saving = [...args, "--checkpoint", folder];
      const whole = await rebit(saving);
      expect(whole.code, whole.stderr).to.equal(0);
      expect(checkpointsIn(folder)).to.have.lengthOf(2);
      const refused = async (call: readonly string[], reason: RegExp) => {
        const { code, stdout, stderr } = await rebit(call);
        expect(stderr).to.match(reason);
        expect(stderr).to.match(/^error: .*\n$/);
        expect({ code, stdout }).to.deep.equal({ code: 2, stdout: "" });
      };
      await refused(saving, /checkpoint-exists: .* add --resume to go on from it, or remove/);
      await refused(
        [...saving, "--resume", "--seed", "2"],
        /wrong-training: .*training\.seed: 1 there, 2 here/,
      );
      await refused([...args, "--resume"], /--resume needs --checkpoint DIR/);
      await refused(
        [...args, "--checkpoint", join(folder, checkpointsIn(folder)[0]!)],
        /there is a file of this name/,
      );

      const newest = join(folder, checkpointsIn(folder).at(-1)!);
      const bytes = readFileSync(newest);
      for (const [damaged, reason] of [
        [
          bytes.subarray(0, 1000),
          /truncated: .*; remove it to go on from .*epoch-00002\.checkpoint \(at byte 1000\)/,
        ],
        [Buffer.alloc(0), /truncated/],
        [Buffer.alloc(bytes.length), /wrong-magic/],
        [bytes.fill(0x55, 400, 401), /damaged: .* its SHA-256 differs/],
      ] as const) {
        writeFileSync(newest, damaged);
        await refused([...saving, "--resume"], reason);
      }
      rmSync(newest);
      const again = await rebit([...saving, "--resume"]);
      expect({ ...again, stderr: "" }).to.deep.equal({ ...whole, stderr: "" });
    }, 3);
  });

  it("finds out before training that its folder cannot be used", async () => {
    await withRun(async (args, folder) => {
      mkdirSync(folder);
      writeFileSync(join(folder, "file"), "");
      const { code, stderr } = await rebit([...args, "--checkpoint", join(folder, "file", "below")]);
      expect(stderr).to.match(
        /^error: .*below: this folder cannot be made \(a part of the path is a file\)\n$/,
      );
      expect(code).to.equal(2);
    }, 10_000);
  });
});
