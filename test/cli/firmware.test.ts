import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { buildElf, PROGRAM } from "../data/support/elf-builder.js";
import { program } from "../data/support/programs.js";
import { project, rebit, withFiles } from "./support/rebit.js";

const CHIP = "configs/chips/tag-m0plus-32k.yaml";

/** A program with `bss` bytes of variables that begin as zeros. */
const programWith = (bss: number): Uint8Array => {
  const sections = PROGRAM.sections.map((section) =>
    section.name === ".bss" ? { ...section, size: bss } : section,
  );
  return buildElf({ ...PROGRAM, sections });
};

/** `use` with the path of a file that has these bytes. */
const withElf = (bytes: Uint8Array, use: (path: string) => Promise<void>): Promise<void> =>
  withFiles({}, async (path) => {
    writeFileSync(path("a.elf"), bytes);
    await use(path("a.elf"));
  });

describe("rebit firmware inspect", function () {
  this.timeout(30_000);

  it("says what a program takes, region by region, and its largest symbols", async () => {
    await withElf(buildElf(PROGRAM), async (path) => {
      const { code, stdout, stderr } = await rebit(["firmware", "inspect", path]);
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
      expect(stdout).to.match(/^stack +1 KiB \(1\.02 kB\) \(symbol __stack_size\)$/m);
      expect(stdout).to.match(/^flash +16 B: code, rodata and the initial values of data$/m);
      expect(stdout).to.match(/^0x20000000 \.\. 0x20000068 +104 +0 +0 +4 +100 +0x1000000c$/m);
      expect(stdout).to.match(/cells +object +0x20000004 +96\n.*learn +function +0x10000000 +4\n/);
    });
  });

  it("gives the same as one JSON document", async () => {
    const bytes = buildElf(PROGRAM);
    await withElf(bytes, async (path) => {
      const { code, stdout } = await rebit(["firmware", "inspect", path, "--json", "--chip", CHIP]);
      const document = JSON.parse(stdout);
      expect(code).to.equal(0);
      expect(document).to.deep.include({
        ...{ schema: "rebit/elf@1", machine: "arm", entry: 0x10000001 },
        ...{ codeBytes: 8, rodataBytes: 4, dataBytes: 4, bssBytes: 100, stackBytes: 1024 },
        ...{ flashBytes: 16, ramBytes: 1128 },
        file: { path, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") },
      });
      expect(document.symbols[0]).to.deep.equal({
        name: "cells",
        kind: "object",
        address: 0x20000004,
        bytes: 96,
      });
      expect(document.chip).to.include({ name: "tag-m0plus-32k", fits: true });
    });
  });

  it("ends with 3 if the program does not fit the chip, and says by how much", async () => {
    await withElf(programWith(32 * 1024), async (path) => {
      const { code, stdout } = await rebit(["firmware", "inspect", path, "--chip", CHIP]);
      expect(code).to.equal(3);
      expect(stdout).to.match(/^DOES NOT FIT tag-m0plus-32k$/m);
      expect(stdout).to.match(/ 1 KiB \(1\.03 kB\) too much$/m);
    });
  });

  it("shows names as they are, and nothing that a terminal would obey", async () => {
    const symbols = [{ name: "red\u001b[31m", value: 0x10000000, size: 4, type: 1 }];
    await withElf(buildElf({ ...PROGRAM, symbols }), async (path) => {
      const { stdout } = await rebit(["firmware", "inspect", path]);
      expect(stdout).to.include("red\\u{1b}[31m").and.not.include("\u001b");
    });
  });

  it("refuses what is no program, no chip or not there, with its place", async () => {
    const foreign = await rebit(["firmware", "inspect", "package.json"]);
    expect(foreign).to.include({ code: 2, stdout: "" });
    expect(foreign.stderr).to.equal(
      "error: package.json: wrong-magic: this is no ELF file: it does not start with 0x7f 'ELF'\n",
    );
    const missing = await rebit(["firmware", "inspect", "nowhere.elf"]);
    expect(missing).to.include({ code: 2, stderr: "error: nowhere.elf: there is no such file\n" });
    await withElf(buildElf(PROGRAM).subarray(0, 200), async (path) => {
      const { code, stderr } = await rebit(["firmware", "inspect", path]);
      expect(code).to.equal(2);
      expect(stderr).to.match(/a\.elf: truncated: .* the file ends at 200 \(at byte 32\)/);
    });
    await withElf(buildElf(PROGRAM), async (path) => {
      const { code, stderr } = await rebit(["firmware", "inspect", path, "--chip", "package.json"]);
      expect(code).to.equal(2);
      expect(stderr).to.include("package.json:");
    });
  });
});

describe("rebit firmware run", function () {
  this.timeout(30_000);

  for (const machine of ["arm", "riscv"] as const) {
    it(`calls functions of a program for ${machine} one after the other on the same memory`, async () => {
      await withElf(buildElf(program(machine)), async (path) => {
        const calls = ["--call", "put(&result, -0x10)", "--call", "total(&table, 5)"];
        const { code, stdout } = await rebit(["firmware", "run", path, ...calls, "--json"]);
        const document = JSON.parse(stdout);
        expect(code).to.equal(0);
        expect(document).to.deep.include({
          schema: "rebit/firmware-run@1",
          core: machine === "arm" ? "cortex-m0plus" : "rv32imc",
        });
        const [put, total] = document.calls;
        expect(put).to.deep.include({ function: "put", arguments: [0x20000010, -16] });
        expect(put.traffic).to.deep.equal([{ name: "result", loads: 0, stores: 1 }]);
        expect(total.result).to.equal(2 ** 32 + 10 - 16);
        expect(total.traffic).to.deep.include({ name: "table", loads: 4, stores: 0 });
      });
    });
  }

  it("prints the same as text", async () => {
    await withElf(buildElf(program("arm")), async (path) => {
      const { code, stdout } = await rebit(["firmware", "run", path, "--call", "total(&table, 4)"]);
      expect(code).to.equal(0);
      expect(stdout).to.match(
        /^total\(&table, 4\) = 10 \(0xa\)\n {2}22 instructions, 35 cycles, 8 bytes of stack written\n/,
      );
      expect(stdout).to.match(/^table +4 +0$/m);
    });
  });

  it("refuses calls that are none, with what would be one", async () => {
    await withElf(buildElf(program("arm")), async (path) => {
      const refused: readonly (readonly [string, string])[] = [
        ["totl(1)", "the program has no function 'totl'"],
        ["total(1", "'total(1' is no call"],
        ["total(1, 2, 3, 4, 5)", "has 5 arguments; 4 is the most"],
        ["total(&tabel)", "the program has no symbol 'tabel'"],
        ["total(1.5)", "'1.5' in 'total(1.5)' is no argument"],
        ["total(0x100000000)", "is no argument; expected a number of 32 bits"],
      ];
      for (const [call, message] of refused) {
        const { code, stdout, stderr } = await rebit(["firmware", "run", path, "--call", call]);
        expect({ code, stdout }, call).to.deep.equal({ code: 2, stdout: "" });
        expect(stderr).to.include(message);
      }
    });
  });

  it("says where a program cannot go on", async () => {
    await withElf(buildElf(program("riscv")), async (path) => {
      const fault = await rebit(["firmware", "run", path, "--call", "put(0x44, 1)"]);
      expect(fault).to.include({ code: 2, stdout: "" });
      expect(fault.stderr).to.match(
        /^error: the program cannot go on at 0x1000001a: in put \+ 0: store of 4 bytes at 0x00000044/,
      );
      const endless = await rebit(["firmware", "run", path, "--call", "total(&table, 2)", "--limit", "9"]);
      expect(endless.stderr).to.include("has not returned after 9 instructions");
    });
  });
});

describe("rebit firmware calibrate", function () {
  this.timeout(120_000);

  const folder = join(project, "firmware-models/packed-fields");
  const elf = ["--elf", join(folder, "rv32imc.elf")];
  const model = readFileSync(join(folder, "firmware.yaml"), "utf8");
  /** A figure of the kernel `load`, as the model has it, and another one. */
  const stale = model.replace("cortex-m4: 18, rv32imc: 21}}", "cortex-m4: 18, rv32imc: 99}}");

  it("writes the figures of the executable into the model, which then has them", async () => {
    expect(stale).not.to.equal(model);
    await withFiles({ "m.yaml": stale }, async (path) => {
      const check = await rebit(["firmware", "calibrate", path("m.yaml"), ...elf, "--check"]);
      expect(check.code).to.equal(1);
      expect(check.stdout).to.match(/m\.yaml: DIFFERS from these figures$/m);
      expect(readFileSync(path("m.yaml"), "utf8")).to.equal(stale);
      const { code, stdout, stderr } = await rebit(["firmware", "calibrate", path("m.yaml"), ...elf]);
      expect(code).to.equal(0);
      expect(stderr).to.match(/^rv32imc: 32-64-32-16, n = 8, batch 1$/m);
      expect(stdout).to.match(/^load +\d+ +10 21 +0\.00 +0\.00$/m);
      expect(stdout).to.match(/m\.yaml: written$/m);
      expect(readFileSync(path("m.yaml"), "utf8")).to.equal(model);
      const again = await rebit(["firmware", "calibrate", path("m.yaml"), ...elf, "--check", "--json"]);
      expect(again.code).to.equal(0);
      const document = JSON.parse(again.stdout);
      expect(document).to.include({ schema: "rebit/firmware-calibrate@1", differs: false, written: false });
      expect(document.cores[0]).to.deep.include({ isa: "rv32imc" });
    });
  });

  it("ends with 2 where nothing can be calibrated, and says why", async () => {
    const files = {
      "alone.yaml": model,
      "child.yaml": "schema: rebit/firmware@1\nextends: ./alone.yaml\n",
      "same.yaml": model.replace(
        "    - {fetch: samples, into: input}\n",
        "    - {fetch: samples, into: input}\n    - {cycles: {rv32imc: 1}}\n",
      ),
    };
    await withFiles(files, async (path) => {
      writeFileSync(path("other.elf"), buildElf(PROGRAM));
      const [alone, child, same, other, none] = await Promise.all([
        rebit(["firmware", "calibrate", path("alone.yaml")]),
        rebit(["firmware", "calibrate", path("child.yaml"), ...elf]),
        rebit(["firmware", "calibrate", path("same.yaml"), ...elf]),
        rebit(["firmware", "calibrate", path("alone.yaml"), "--elf", path("other.elf")]),
        rebit(["firmware", "calibrate", path("none.yaml")]),
      ]);
      for (const { code, stdout } of [alone, child, same, other, none]) {
        expect({ code, stdout }).to.deep.equal({ code: 2, stdout: "" });
      }
      expect(alone.stderr).to.match(
        /no executable beside .*alone.yaml: expected cortex-m0plus.elf or rv32imc.elf/,
      );
      expect(child.stderr).to.match(/alone\.yaml:\d+:\d+: bad-kernel: .*child.yaml extends this file/);
      expect(same.stderr).to.match(
        /same\.yaml:\d+:\d+: bad-kernel: kernel load: 3 figures cannot be told apart/,
      );
      expect(other.stderr).to.match(/other\.elf: unsupported: this is no firmware of the trainer/);
      expect(none.stderr).to.match(/none\.yaml: there is no such file|missing-file/);
      expect(readFileSync(path("alone.yaml"), "utf8")).to.equal(model);
    });
  });
});
