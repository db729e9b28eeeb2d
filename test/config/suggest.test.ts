import { expect } from "chai";
import { suggest } from "../../src/config/suggest.js";

describe("suggest", () => {
  it("finds typing errors and other case, nothing far-fetched", () => {
    const keys = ["capacity", "width", "banks", "kind", "a"];
    expect(suggest("capcity", keys)).to.equal("capacity");
    expect(suggest("Width", keys)).to.equal("width");
    expect(suggest("bnaks", keys)).to.equal("banks");
    expect(suggest("kidn", keys)).to.equal("kind");
    expect(suggest("b", keys)).to.equal(undefined);
    expect(suggest("voltage", keys)).to.equal(undefined);
    expect(suggest("", keys)).to.equal(undefined);
    expect(suggest("x", [])).to.equal(undefined);
  });
});
