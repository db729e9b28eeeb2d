import { expect } from "chai";
import { parseIdxImages, parseIdxLabels } from "../../src/data/idx.js";
import { dataError } from "./support/data-error.js";
import { idxImages, idxLabels } from "./support/idx-files.js";

describe("IDX images", () => {
  it("are read as one array of pixels", () => {
    const images = parseIdxImages(idxImages(2, 2, 3, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255]), "i");
    expect(images).to.include({ count: 2, rows: 2, columns: 3 });
    expect([...images.pixels]).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255]);
  });

  it("are read from the middle of a larger buffer", () => {
    const file = idxImages(1, 1, 2, [7, 8]);
    const buffer = new Uint8Array(file.length + 5);
    buffer.set(file, 5);
    expect([...parseIdxImages(buffer.subarray(5), "i").pixels]).to.deep.equal([7, 8]);
  });

  it("that are cut short are refused at the byte where they end", () => {
    const error = dataError(() => parseIdxImages(idxImages(2, 2, 2, [1, 2, 3, 4, 5]), "some/images"));
    expect(error).to.include({ code: "truncated", path: "some/images", offset: 21 });
    expect(error.message).to.contain("promises 2 images of 2 x 2 pixels (8 bytes), but only 5 bytes follow");
  });

  it("that are cut within the header are refused", () => {
    const whole = idxImages(1, 1, 1, [1]);
    for (let length = 0; length < 16; length++) {
      const error = dataError(() => parseIdxImages(whole.subarray(0, length), "i"));
      expect(error.code).to.equal("truncated");
    }
  });

  it("with bytes left over are refused", () => {
    const error = dataError(() => parseIdxImages(idxImages(1, 1, 2, [1, 2, 3]), "i"));
    expect(error).to.include({ code: "trailing-bytes", offset: 18 });
  });

  it("with another magic number are refused with what the file is instead", () => {
    const labels = dataError(() => parseIdxImages(idxLabels([1]), "i"));
    expect(labels.code).to.equal("wrong-magic");
    expect(labels.message).to.contain("0x00000801").and.to.contain("this is an IDX file of labels");
    const gzip = dataError(() => parseIdxImages(Uint8Array.of(0x1f, 0x8b, 8, 0, 0), "i"));
    expect(gzip.message).to.contain("gzip");
    const text = dataError(() => parseIdxImages(new TextEncoder().encode("not an IDX file at all"), "i"));
    expect(text.code).to.equal("wrong-magic");
  });

  it("without pixels are refused", () => {
    expect(dataError(() => parseIdxImages(idxImages(0, 28, 28, []), "i")).code).to.equal("bad-shape");
    expect(dataError(() => parseIdxImages(idxImages(3, 0, 28, []), "i")).code).to.equal("bad-shape");
  });

  it("with a header that promises more than memory are refused without allocating", () => {
    const huge = idxImages(0xffffffff, 0xffff, 0xffff, [1]);
    expect(dataError(() => parseIdxImages(huge, "i")).code).to.equal("truncated");
  });
});

describe("IDX labels", () => {
  it("are read", () => {
    const { count, labels } = parseIdxLabels(idxLabels([3, 0, 9]), "l");
    expect(count).to.equal(3);
    expect([...labels]).to.deep.equal([3, 0, 9]);
  });

  it("that are truncated, too long, empty or something else are refused", () => {
    const file = idxLabels([3, 0, 9]);
    expect(dataError(() => parseIdxLabels(file.subarray(0, 10), "l")).code).to.equal("truncated");
    expect(dataError(() => parseIdxLabels(file.subarray(0, 6), "l")).code).to.equal("truncated");
    expect(dataError(() => parseIdxLabels(Uint8Array.of(...file, 0), "l")).code).to.equal("trailing-bytes");
    expect(dataError(() => parseIdxLabels(idxLabels([]), "l")).code).to.equal("bad-shape");
    expect(dataError(() => parseIdxLabels(idxImages(1, 1, 1, [1]), "l")).code).to.equal("wrong-magic");
  });
});
