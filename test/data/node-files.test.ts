import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { FileError } from "../../src/config/source.js";
import { parseIdxImages, parseIdxLabels } from "../../src/data/idx.js";
import { mnistPaths, nodeFiles, readBytes } from "../../src/data/node-files.js";

describe("files on the disk", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "rebit-files-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("that are missing or directories are told apart", () => {
    const code = (path: string) => {
      try {
        readBytes(path);
      } catch (error) {
        return error instanceof FileError ? error.code : String(error);
      }
      return "read";
    };
    expect(code(join(folder, "nothing"))).to.equal("missing-file");
    expect(code(folder)).to.equal("unreadable-file");
  });

  it("are named relative to the file that names them", () => {
    expect(nodeFiles.resolve("configs/chips/a.yaml", "../parts/b.yaml")).to.equal("configs/parts/b.yaml");
    expect(nodeFiles.resolve("a.yaml", "./b.yaml")).to.equal("b.yaml");
    expect(nodeFiles.resolve("configs/a.yaml", "/b.yaml")).to.equal("/b.yaml");
  });
});

describe("MNIST from npm", () => {
  const md5 = (path: string) => createHash("md5").update(readBytes(path)).digest("hex");

  it("is the original: 60,000 training and 10,000 test images", () => {
    const paths = mnistPaths();
    expect(parseIdxLabels(readBytes(paths.trainLabels), paths.trainLabels).count).to.equal(60000);
    expect(parseIdxLabels(readBytes(paths.testLabels), paths.testLabels).count).to.equal(10000);
    const train = parseIdxImages(readBytes(paths.trainImages), paths.trainImages);
    expect(train).to.include({ count: 60000, rows: 28, columns: 28 });
    const test = parseIdxImages(readBytes(paths.testImages), paths.testImages);
    expect(test).to.include({ count: 10000, rows: 28, columns: 28 });
  });

  it("has the known checksums", () => {
    const paths = mnistPaths();
    expect(md5(paths.trainImages)).to.equal("6bbc9ace898e44ae57da46a324031adb");
    expect(md5(paths.trainLabels)).to.equal("a25bea736e30d166cdddb491f175f624");
    expect(md5(paths.testImages)).to.equal("2646ac647ad5339dbf082846283269ea");
    expect(md5(paths.testLabels)).to.equal("27ae3e4e09519cfbb04c329615203637");
  });
});
