import { spawnSync } from "node:child_process";
import { expect } from "chai";
import { missingTools } from "../../scripts/qemu/play.js";
import { project } from "../cli/support/rebit.js";

const missing = missingTools();
const why = missing.length === 0 ? "" : ` (skipped: ${missing.join(", ")} not installed)`;

describe(`the firmware under qemu-system-arm${why}`, function () {
  this.timeout(300_000);

  it("has the weights of the Cortex-M0+ on a Cortex-M3 and M4, and the figures of the models", function () {
    if (missing.length > 0) this.skip();
    const args = ["--import", "tsx", "scripts/calibrate-qemu.ts", "--check"];
    const { status, stderr, stdout } = spawnSync(process.execPath, args, { cwd: project, encoding: "utf8" });
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
    expect(stdout).to.match(/^packed-fields cortex-m4 update: .*unseen 0\.00 %$/m);
  });
});
