import { expect } from "chai";
import { account } from "../../src/soc/account.js";
import type { Chip } from "../../src/soc/chip.js";
import type { EmbeddedNvm } from "../../src/soc/components/embedded-nvm.js";
import type { Ledger } from "../../src/soc/ledger.js";
import { place } from "../../src/soc/placement/place.js";
import { access, contextOf, cycles } from "../firmware/support/nests.js";
import { chipOf } from "./support/chips.js";
import { requestOf } from "./support/placements.js";

/** Ten runs of a kernel of 100 cycles that reads one word of 32 bits. */
function ledgerOn(chip: Chip): Ledger {
  const { names, bindings } = contextOf();
  const executions = { times: 10 };
  const [ledger] = account(
    [{ kernel: "loss", phase: "loss", iteration: 1, executions, names, bindings, options: {} }],
    {
      kernels: { loss: [access("read", "input", [0], { bits: 32 }), cycles(100)] },
      options: {},
      sensor: undefined,
    },
    chip,
    place(requestOf([]), chip),
  );
  return ledger as Ledger;
}

/** A chip whose SRAM answers in so many cycles. */
const answeringIn = (accessCycles: number, chip: Chip): Chip => ({
  ...chip,
  sram: { ...chip.sram, accessSeconds: accessCycles / chip.core.clockHertz },
});

describe("kernels on a narrow port", () => {
  it("stall for each access beyond those of a 32-bit port, as long as it takes", () => {
    for (const [widthBits, accesses] of [
      [8, 40],
      [16, 20],
      [32, 10],
      [64, 10],
    ] as const) {
      for (const accessCycles of [1, 3]) {
        const ledger = ledgerOn(answeringIn(accessCycles, chipOf({ widthBits })));
        expect(ledger.count("sram", "read")).to.equal(accesses);
        expect(ledger.kernelCycles).to.equal(1000);
        expect(ledger.stallCycles).to.equal(10 * (accessCycles - 1) + (accesses - 10) * accessCycles);
      }
    }
  });
});

describe("code fetches", () => {
  const chip = answeringIn(1, chipOf());
  const wide = (widthBits: number): Chip => ({ ...chip, code: { ...(chip.code as EmbeddedNvm), widthBits } });

  it("bring 16 bits a cycle in accesses of the memory's width, and stall where it is narrower", () => {
    const fetched = [8, 16, 32, 64, 128].map((width) => {
      const ledger = ledgerOn(wide(width));
      return [ledger.count("code", "read"), ledger.stallCycles];
    });
    expect(fetched).to.deep.equal([
      [2000, 1000],
      [1000, 0],
      [500, 0],
      [250, 0],
      [125, 0],
    ]);
  });

  it("come every cyclesPerFetch cycles where the chip says so", () => {
    const explicit = { ...wide(64), core: { ...chip.core, cyclesPerFetch: 3 } };
    expect(ledgerOn(explicit).count("code", "read")).to.equal(334);
  });

  it("in the SRAM take the cycles that the kernels' accesses leave to its port", () => {
    const none = answeringIn(1, chipOf({ code: false, widthBits: 16 }));
    // 1000 cycles fetch 1000 times and read 20 half words, of which 10 have a cycle of their own: 10 find no free cycle.
    const ledger = ledgerOn(none);
    expect(ledger.stalls.get("code fetch")).to.equal(1000 + 20 - 1000 - 10);
    const slow = ledgerOn(answeringIn(3, none));
    expect(slow.stalls.get("code fetch"), "each of three cycles").to.equal(10 + 2 * 1000);
  });

  it("read the SRAM on a chip without a code memory, at its width", () => {
    const none = answeringIn(1, chipOf({ code: false, widthBits: 64 }));
    expect(ledgerOn(none).count("sram", "read")).to.equal(10 + 250);
  });
});
