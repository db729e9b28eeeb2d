import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { expect } from "chai";
import { buildElf, PROGRAM } from "../data/support/elf-builder.js";
import { rebit, withFiles } from "./support/rebit.js";

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
