import { expect } from "chai";
import { shownPair } from "../../src/cli/value-pair.js";

describe("two values beside each other", () => {
  it("are as they are written, and shown where there is none", () => {
    expect(shownPair("24 MHz", 7)).to.deep.equal(["24 MHz", "7"]);
    expect(shownPair(null, { a: 1 })).to.deep.equal(["(none)", '{"a":1}']);
  });

  it("are what differs, of two maps", () => {
    const data = { images: "a/images", labels: "a/labels" };
    expect(shownPair(data, { ...data, labels: "b/labels" })).to.deep.equal([
      '{"labels":"a/labels"}',
      '{"labels":"b/labels"}',
    ]);
  });

  it("keep both ends where they are long", () => {
    const [before, after] = shownPair(`a${"/x".repeat(30)}/1`, `a${"/x".repeat(30)}/2`);
    expect([before.length, after.length]).to.deep.equal([40, 40]);
    expect(before).to.match(/^a\/x.*\.\.\..*\/1$/);
    expect(after).to.match(/^a\/x.*\.\.\..*\/2$/);
  });
});
