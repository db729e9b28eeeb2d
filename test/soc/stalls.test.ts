import { expect } from "chai";
import { addAmount, CORE, timeBaseOf } from "../../src/soc/elapsed.js";
import { Ledger } from "../../src/soc/ledger.js";
import { bottleneckOf, stallsOf } from "../../src/soc/stalls.js";
import { chipOf } from "./support/chips.js";

const chip = chipOf();
const base = timeBaseOf(chip, chip.sensor);
const slots = base.memories.get("flash") ?? { bus: 0, load: 0, program: 0, erase: 0 };

/** A phase that waits so many core cycles for what a slot counts. */
function waitingFor(amounts: readonly (readonly [number, number])[]): Ledger {
  const ledger = new Ledger("forward", 1, base);
  for (const [slot, cycles] of amounts)
    addAmount(ledger.waiting, slot, cycles / (base.cyclesEach[slot] ?? 1));
  return ledger;
}

describe("what a core waits for", () => {
  it("is told by component and cause over all phases, the longest first", () => {
    const first = waitingFor([
      [slots.bus, 96],
      [slots.program, 33_600],
    ]);
    first.addStalls("wait states", 7);
    first.addStalls("code fetch", 5);
    const second = waitingFor([
      [slots.bus, 96],
      [slots.erase, 2_160_000],
    ]);
    second.addStalls("wait states", 4);
    expect(stallsOf([first, second], chip, base)).to.deep.equal([
      { component: "flash", cause: "erase", cycles: 2_160_000 },
      { component: "flash", cause: "program", cycles: 33_600 },
      { component: "flash", cause: "transfer", cycles: 192 },
      { component: "sram", cause: "wait states", cycles: 11 },
      { component: "code", cause: "code fetch", cycles: 5 },
    ]);
  });

  it("is the SRAM's port with a DMA engine, its own copying without one, and less than nothing where both overlap", () => {
    const late = [waitingFor([[CORE, 12]])];
    expect(stallsOf(late, chip, base)).to.deep.equal([{ component: "sram", cause: "port", cycles: 12 }]);
    const copying = chipOf({ dma: false, code: false });
    const fetching = waitingFor([[CORE, 12]]);
    fetching.addStalls("code fetch", 3);
    expect(stallsOf([fetching], copying, base)).to.deep.equal([
      { component: "core", cause: "copy", cycles: 12 },
      { component: "sram", cause: "code fetch", cycles: 3 },
    ]);
    expect(stallsOf([waitingFor([[CORE, -12]])], chip, base)).to.deep.equal([
      { component: "core", cause: "overlap", cycles: -12 },
    ]);
  });

  it("has nothing of what takes no cycles", () => {
    const ledger = waitingFor([]);
    ledger.addStalls("bank conflict", 0);
    expect(ledger.stalls.size).to.equal(0);
    expect(stallsOf([ledger], chip, base)).to.deep.equal([]);
  });
});

describe("the bottleneck", () => {
  const flash = (cause: string, cycles: number) => ({ component: "flash", cause, cycles });

  it("is what most cycles go to, all causes of a component together", () => {
    expect(bottleneckOf(100, [flash("erase", 60), flash("transfer", 50)], chip)).to.equal("flash");
    expect(bottleneckOf(111, [flash("erase", 60), flash("transfer", 50)], chip)).to.equal("core");
    expect(bottleneckOf(0, [], chip)).to.equal("core");
  });

  it("does not count what overlaps", () => {
    expect(
      bottleneckOf(100, [{ component: "core", cause: "overlap", cycles: -60 }, flash("erase", 90)], chip),
    ).to.equal("core");
  });
});
