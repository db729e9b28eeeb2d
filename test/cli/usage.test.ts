import { expect } from "chai";
import { QUICKSTART, rebit } from "./support/rebit.js";

const COMMANDS = ["run", "estimate", "verify", "lint", "schema", "parts", "cache"];

/** What must end with exit code 2, and what stderr must say. */
const MISTAKES: readonly (readonly [string[], RegExp])[] = [
  [[], /Usage: rebit/],
  [["rnu"], /unknown command 'rnu'\n\(Did you mean run\?\)/],
  [["run"], /missing required argument 'experiment'/],
  [["run", "a.yaml", "b.yaml"], /too many arguments/],
  [["run", QUICKSTART, "--workloda", "x"], /unknown option '--workloda'\n\(Did you mean --workload\?\)/],
  [["run", QUICKSTART, "--seed", "1.5"], /--seed <n>.*Expected a whole number from 0 to 9007199254740991/],
  [["run", QUICKSTART, "--set", "chip.clocks.core"], /Expected PATH=VALUE/],
  [["run", QUICKSTART, "--set", "chip.clokcs.core=24 MHz"], /--set:1:.*clokcs[\s\S]*did you mean clocks\?/],
  [["run", QUICKSTART, "--set", "chip.clocks.core=24"], /--set:1:\d+: bare-number/],
  [["run", "nowhere.yaml"], /nowhere\.yaml:1:1: missing-file/],
  [["estimate", QUICKSTART, "--chip", "nowhere.yaml"], /nowhere\.yaml:1:1: missing-file/],
  [["estimate", QUICKSTART, "--json", "--csv"], /'--json' cannot be used with option '--csv'/],
  [
    ["estimate", QUICKSTART, "--activity", "cached"],
    /no cached activity: .* has no outcome of this training \(workload quickstart, seed 1\); rebit run/,
  ],
  [["estimate", QUICKSTART, "--activity", "package.json"], /package\.json:1:1: wrong-activity/],
  [["estimate", "configs/workloads/quickstart.yaml"], /unknown-schema|rebit\/experiment@1/],
  [["schema", "chpi"], /unknown kind 'chpi'[\s\S]*\(Did you mean chip\?\)/],
  [["parts", "W25Q128J"], /unknown part 'W25Q128J'[\s\S]*\(Did you mean W25Q128JV\?\)/],
  [["cache", "clear", "12ab"], /no cached outcome has a key that begins with '12ab'/],
  [["cache", "claer"], /Did you mean clear\?|too many arguments/],
  [["parts", "--jsn"], /Did you mean --json\?/],
];

describe("bad usage and bad input", function () {
  this.timeout(30_000);

  for (const [args, message] of MISTAKES) {
    it(`ends with 2 and an empty stdout: rebit ${args.join(" ")}`, async () => {
      const { code, stdout, stderr } = await rebit(args);
      expect(stderr).to.match(message);
      expect(stderr).to.not.match(/\n {4}at /);
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: "" });
    });
  }
});

describe("help", function () {
  this.timeout(30_000);

  it("lists the commands, examples and exit codes", async () => {
    const { code, stdout, stderr } = await rebit(["--help"]);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    for (const command of COMMANDS) expect(stdout).to.match(new RegExp(`^  ${command} `, "m"));
    expect(stdout).to.include("Examples:").and.to.include("Exit codes:");
  });

  for (const command of COMMANDS) {
    it(`explains ${command} with examples`, async () => {
      const { code, stdout } = await rebit([command, "--help"]);
      expect(code).to.equal(0);
      expect(stdout).to.match(new RegExp(`Examples:\n  rebit ${command}`));
    });
  }

  it("prints the version", async () => {
    const { code, stdout } = await rebit(["--version"]);
    expect(code).to.equal(0);
    expect(stdout).to.match(/^\d+\.\d+\.\d+\n$/);
  });
});
