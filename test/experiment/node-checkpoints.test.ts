import nodeFs, { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { FileError } from "../../src/config/source.js";
import { checkpointFolder } from "../../src/experiment/node-checkpoints.js";

describe("a folder of checkpoints", () => {
  let parent: string;
  let folder: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), "rebit-checkpoints-"));
    folder = join(parent, "a", "b");
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  const bytes = (epoch: number) => Uint8Array.of(epoch);
  const saved = () =>
    checkpointFolder(folder)
      .saved()
      .map((file) => file.bytes[0]);

  it("is made, and empty at first", () => {
    expect(checkpointFolder(folder).saved()).to.deep.equal([]);
    expect(checkpointFolder(folder).place).to.equal(folder);
  });

  it("keeps the last two, the newest first, whatever the number of digits", () => {
    const store = checkpointFolder(folder);
    for (const epoch of [1, 2, 9, 10]) store.save({ iteration: 1, epoch }, bytes(epoch));
    expect(saved()).to.deep.equal([10, 9]);
    store.save({ iteration: 2, epoch: 1 }, bytes(100));
    expect(saved()).to.deep.equal([100, 10]);
    expect(readdirSync(folder)).to.deep.equal([
      "iteration-01-epoch-00010.checkpoint",
      "iteration-02-epoch-00001.checkpoint",
    ]);
  });

  it("loses what a killed process left unfinished, and nothing else", () => {
    mkdirSync(folder, { recursive: true });
    for (const mine of ["notes.txt", "notes.tmp", "old.checkpoint"])
      writeFileSync(join(folder, mine), "mine");
    writeFileSync(join(folder, "iteration-01-epoch-00001.checkpoint.ab12.tmp"), "unfinished");
    expect(saved()).to.deep.equal([]);
    checkpointFolder(folder).save({ iteration: 1, epoch: 1 }, bytes(1));
    expect(readdirSync(folder)).to.deep.equal([
      "iteration-01-epoch-00001.checkpoint",
      "notes.tmp",
      "notes.txt",
      "old.checkpoint",
    ]);
  });

  it("keeps what it has on a full disk, and says so", () => {
    const full = {
      ...nodeFs,
      writeSync: () => {
        throw Object.assign(new Error("write"), { code: "ENOSPC" });
      },
    } as unknown as typeof nodeFs;
    checkpointFolder(folder).save({ iteration: 1, epoch: 1 }, bytes(1));
    const attempt = () => checkpointFolder(folder, full).save({ iteration: 1, epoch: 2 }, bytes(2));
    expect(attempt).to.throw(FileError, /epoch-00002.* \(no space left on the device\)/);
    expect(saved()).to.deep.equal([1]);
    expect(readdirSync(folder)).to.have.lengthOf(1);
  });

  it("that cannot be one is told at once", () => {
    const file = join(parent, "file");
    writeFileSync(file, "content");
    expect(() => checkpointFolder(file)).to.throw(
      FileError,
      /cannot be made \(there is a file of this name\)/,
    );
    expect(() => checkpointFolder(join(file, "below"))).to.throw(FileError, /a part of the path is a file/);
    expect(readFileSync(file, "utf8")).to.equal("content");
  });
});
