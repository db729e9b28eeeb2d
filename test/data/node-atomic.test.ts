import nodeFs, { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { FileError } from "../../src/config/source.js";
import { type AtomicSteps, writeAtomic } from "../../src/data/node-atomic.js";

const STEPS = ["openSync", "writeSync", "fsyncSync", "closeSync", "renameSync", "rmSync"] as const;

/** A file system whose call number `failing` (from 0) throws; if `isDead`, so does every call after it. */
function failingAt(failing: number, { isDead, code }: { isDead: boolean; code: string }) {
  let calls = 0;
  const called: string[] = [];
  const fs = Object.fromEntries(
    STEPS.map((step) => [
      step,
      (...parameters: unknown[]) => {
        called.push(step);
        const call = calls++;
        if (call === failing || (isDead && call > failing)) throw Object.assign(new Error(step), { code });
        // Two bytes at a time, so that a file takes several writes.
        const limited = step === "writeSync" ? [...parameters.slice(0, 3), 2] : parameters;
        return (nodeFs[step] as (...all: unknown[]) => unknown)(...limited);
      },
    ]),
  ) as unknown as AtomicSteps;
  return { fs, called };
}

const ORDER = [
  "openSync",
  "writeSync",
  "writeSync",
  "fsyncSync",
  "closeSync",
  "renameSync",
  "openSync",
  "fsyncSync",
  "closeSync",
];
const RENAMED = ORDER.indexOf("renameSync");

describe("an atomic write", () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "rebit-atomic-"));
    path = join(folder, "out");
    writeFileSync(path, "old");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const content = () => readFileSync(path, "utf8");
  const write = (fs: AtomicSteps) => writeAtomic(path, new TextEncoder().encode("new!"), fs);

  it("syncs the file before it takes the name, and the folder after it", () => {
    const { fs, called } = failingAt(-1, { isDead: false, code: "" });
    write(fs);
    expect(called).to.deep.equal(ORDER);
    expect(content()).to.equal("new!");
    expect(readdirSync(folder)).to.deep.equal(["out"]);
  });

  for (const [step, name] of ORDER.entries()) {
    it(`leaves old or new content, whole, if the process dies at step ${step + 1}, ${name}`, () => {
      expect(() => write(failingAt(step, { isDead: true, code: "EIO" }).fs)).to.throw();
      expect(content()).to.equal(step <= RENAMED ? "old" : "new!");
    });

    it(`leaves no remains if step ${step + 1}, ${name}, fails for want of space`, () => {
      const attempt = () => write(failingAt(step, { isDead: false, code: "ENOSPC" }).fs);
      expect(attempt).to.throw(FileError, /cannot be (written|synced) \(no space left on the device\)/);
      expect(content()).to.equal(step <= RENAMED ? "old" : "new!");
      expect(readdirSync(folder)).to.deep.equal(["out"]);
    });
  }

  it("does without syncing the folder where that is not possible", () => {
    write(failingAt(RENAMED + 2, { isDead: false, code: "EINVAL" }).fs);
    expect(content()).to.equal("new!");
  });

  it("says what is wrong with the place", () => {
    expect(() => writeAtomic(join(folder, "missing", "out"), Uint8Array.of(1))).to.throw(
      FileError,
      /no such folder/,
    );
    expect(() => writeAtomic(join(path, "out"), Uint8Array.of(1))).to.throw(
      FileError,
      /a part of the path is a file/,
    );
    expect(() => writeAtomic(folder, Uint8Array.of(1))).to.throw(FileError);
    expect(readdirSync(folder)).to.deep.equal(["out"]);
  });
});
