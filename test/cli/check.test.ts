import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { project, rebit } from "./support/rebit.js";

const SHIPPED = "configs/suites/shipped.yaml";

/** A copy of all configurations and firmware models, to change. */
async function withCopy(use: (path: (name: string) => string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "rebit-check-"));
  try {
    for (const name of ["configs", "firmware-models"]) {
      cpSync(join(project, name), join(folder, name), { recursive: true });
    }
    await use((name) => join(folder, name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function change(path: string, from: string, to: string): number {
  const text = readFileSync(path, "utf8");
  expect(text).to.include(from);
  writeFileSync(path, text.replace(from, to));
  return text.slice(0, text.indexOf(from)).split("\n").length;
}

describe("rebit check", function () {
  this.timeout(120_000);

  it("passes the experiments that come with rebit", async () => {
    const { code, stdout, stderr } = await rebit(["check", SHIPPED]);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.match(/^passed quickstart$/m);
    expect(stdout).to.match(/shipped\.yaml: \d+ cases by estimate, all passed\n$/);
  });

  it("fails when a line of a part changes, which it names first", async () => {
    await withCopy(async (path) => {
      // The chip takes the part of the copy in place of the shipped one.
      const chips = path("configs/chips/learner-m4-640k.yaml");
      change(chips, "part: W25Q128JV", "part: ../parts/W25Q128JV.yaml");
      expect((await rebit(["check", path(SHIPPED), "--bless"])).code).to.equal(0);
      const line = change(path("configs/parts/W25Q128JV.yaml"), "typical: 45 ms", "typical: 50 ms");
      const { code, stdout } = await rebit(["check", path(SHIPPED)]);
      expect(code).to.equal(1);
      const [first, second] = stdout.split("\n");
      expect(first).to.equal("FAILED paper-b1-batch1");
      expect(second).to.match(
        new RegExp(
          `^  .*configs/parts/W25Q128JV\\.yaml:${line}: chip\\.components\\.flash\\..*: 45 ms -> 50 ms; energy \\+.*100\\.0 %`,
        ),
      );
    });
  });

  it("blesses what changed, says what moved, and then passes", async () => {
    await withCopy(async (path) => {
      change(path("configs/chips/wearable-m3-64k.yaml"), "value: 30 pJ/cycle", "value: 31 pJ/cycle");
      const blessed = await rebit(["check", path(SHIPPED), "--bless"]);
      expect(blessed.code).to.equal(0);
      expect(blessed.stdout).to.match(
        /^moved quickstart\n {2}.*wearable-m3-64k\.yaml:\d+: .*30 pJ\/cycle -> 31 pJ\/cycle/m,
      );
      expect(blessed.stdout).to.match(/\d+ goldens written, [1-9]\d* of them moved\n$/);
      expect((await rebit(["check", path(SHIPPED)])).code).to.equal(0);
    });
  });

  it("writes the result for CI servers and pull requests", async () => {
    await withCopy(async (path) => {
      change(path(SHIPPED), "peakBytes <= 64 KiB", "peakBytes <= 1 KiB");
      const files = ["--junit", path("r.xml"), "--markdown", path("r.md")];
      const { code, stdout } = await rebit(["check", path(SHIPPED), "--json", ...files]);
      expect(code).to.equal(1);
      const result = JSON.parse(stdout);
      expect(result).to.include({ schema: "rebit/check@1", passed: false });
      const failed = result.cases.filter((each: { passed: boolean }) => !each.passed);
      expect(failed.map(({ name }: { name: string }) => name)).to.deep.equal(["quickstart"]);
      expect(readFileSync(path("r.xml"), "utf8")).to.include('failures="1"');
      expect(readFileSync(path("r.md"), "utf8")).to.include("over budget: storage.onChip.peakBytes <= 1 KiB");
    });
  });

  it("simulates on demand", async () => {
    await withCopy(async (path) => {
      const suite = `schema: rebit/suite@1\ncases: [{experiment: ${path("configs/experiments/quickstart.yaml")}, golden: goldens/quickstart.json}]\n`;
      writeFileSync(path("configs/suites/one.yaml"), suite);
      const { code, stdout } = await rebit(["check", path("configs/suites/one.yaml"), "--simulate"]);
      expect(code, stdout).to.equal(0);
      expect(stdout).to.include("1 cases by simulate, all passed");
    });
  });

  it("refuses what it cannot check, with its place", async () => {
    await withCopy(async (path) => {
      const refused = async (name: string, text: string): Promise<string> => {
        writeFileSync(path(`configs/suites/${name}`), text);
        const { code, stdout, stderr } = await rebit(["check", path(`configs/suites/${name}`)]);
        expect({ name, code, stdout }).to.deep.equal({ name, code: 2, stdout: "" });
        return stderr;
      };
      const quickstart = "experiment: ../experiments/quickstart.yaml";
      const suiteOf = (cases: string): string => `schema: rebit/suite@1\ncases: ${cases}\n`;
      expect(await refused("empty.yaml", "")).to.match(/empty\.yaml:1:1: /);
      expect(await refused("none.yaml", suiteOf("[]"))).to.match(/none\.yaml:2:8: .*cases/);
      expect(await refused("old.yaml", "schema: rebit/suite@0\ncases: []\n")).to.match(
        /old\.yaml:1:9: unknown-schema: .*reads rebit\/suite@1/,
      );
      expect(await refused("budget.yaml", suiteOf(`[{${quickstart}, budgets: ["x < 3"]}]`))).to.match(
        /budget\.yaml:2:\d+: bad-budget: /,
      );
      expect(await refused("missing.yaml", suiteOf(`[{${quickstart}, golden: new.json}]`))).to.match(
        /missing\.yaml:2:\d+: missing-file: there is no .*new\.json; --bless writes it/,
      );
      expect(
        await refused(
          "twice.yaml",
          suiteOf(`[{${quickstart}, golden: a.json}, {${quickstart}, golden: a.json}]`),
        ),
      ).to.match(/twice\.yaml:2:\d+: duplicate-golden: case 1 has this golden, too/);
      expect(await refused("wrong.yaml", suiteOf("[{experiment: nowhere.yaml}]"))).to.include("nowhere.yaml");
      const folder = await rebit(["check", "."]);
      expect(folder.code).to.equal(2);
      expect(folder.stderr).to.match(/^\.:1:1: /);
      writeFileSync(path("configs/suites/cut.json"), '{"schema": "rebit/golden@1"');
      expect(await refused("cut.yaml", suiteOf(`[{${quickstart}, golden: cut.json}]`))).to.match(
        /cut\.json: damaged: /,
      );
      expect(existsSync(path("configs/suites/new.json"))).to.equal(false);
    });
  });
});
