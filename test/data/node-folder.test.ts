import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { FileError } from "../../src/config/source.js";
import { makeFolder, namesIn, removeFile } from "../../src/data/node-folder.js";

describe("a folder", () => {
  let parent: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), "rebit-folder-"));
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  it("is made with those above it, or already there", () => {
    makeFolder(join(parent, "a", "b"));
    makeFolder(join(parent, "a", "b"));
    expect(readdirSync(join(parent, "a"))).to.deep.equal(["b"]);
  });

  it("that cannot be made is an error with a reason", () => {
    const file = join(parent, "file");
    writeFileSync(file, "");
    expect(() => makeFolder(file)).to.throw(FileError, /cannot be made \(there is a file of this name\)/);
    expect(() => makeFolder(join(file, "a", "b"))).to.throw(FileError, /a part of the path is a file/);
    expect(() => makeFolder("")).to.throw(FileError, /no such folder/);
  });

  it("that is not there holds nothing", () => {
    expect(namesIn(join(parent, "missing"), "")).to.deep.equal([]);
  });

  it("lists names by their ending and loses files, not folders", () => {
    for (const name of ["b.x", "a.x", "c.y"]) writeFileSync(join(parent, name), "");
    expect(namesIn(parent, ".x")).to.deep.equal(["a.x", "b.x"]);
    removeFile(join(parent, "a.x"));
    removeFile(join(parent, "a.x"));
    expect(readdirSync(parent)).to.deep.equal(["b.x", "c.y"]);
    expect(() => removeFile(parent)).to.throw(FileError, /cannot be removed \(/);
    expect(() => namesIn(join(parent, "b.x"), "")).to.throw(FileError, /cannot be read/);
  });
});
