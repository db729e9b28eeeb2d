import { expect } from "chai";
import { timeBaseOf } from "../../src/soc/elapsed.js";
import { Ledger } from "../../src/soc/ledger.js";
import { chipOf } from "./support/chips.js";

describe("the stalls of a phase", () => {
  it("are added by cause, and a cause that costs nothing is none", () => {
    const chip = chipOf();
    const ledger = new Ledger("update", 1, timeBaseOf(chip, chip.sensor));
    ledger.addStalls("wait states", 3);
    ledger.addStalls("code fetch", 0);
    ledger.addStalls("wait states", 4);
    expect([...ledger.stalls]).to.deep.equal([["wait states", 7]]);
    expect(ledger.stallCycles).to.equal(7);
  });
});
