import { expect } from "chai";
import fc from "fast-check";
import type { Chip } from "../../src/soc/chip.js";
import type { OffChipMemory } from "../../src/soc/components/off-chip-memory.js";
import { noTime, roundedUp, timeBaseOf } from "../../src/soc/elapsed.js";
import { energyOf } from "../../src/soc/energy.js";
import { bookFetches } from "../../src/soc/execution.js";
import { Ledger } from "../../src/soc/ledger.js";
import { Moves, oneByOne } from "../../src/soc/moves.js";
import { timeOf } from "../../src/soc/timing.js";
import { chipOf } from "./support/chips.js";

const chip = chipOf({ coreMegahertz: 48, flashMegahertz: 50 });
const bare = chipOf({ coreMegahertz: 48, flashMegahertz: 50, dma: false });

const base = timeBaseOf(chip, chip.sensor);

function ledgerOf(change: (ledger: Ledger) => void): Ledger {
  const ledger = new Ledger("update", 1, base);
  change(ledger);
  return ledger;
}

/** A ledger with moves of the part `flash`, where the core copies a byte in so many cycles. */
function moved(on: Chip, move: (moves: Moves, flash: OffChipMemory) => void, cyclesPerByte = 8): Ledger {
  return ledgerOf((ledger) =>
    move(
      new Moves(on, base, (bytes) => cyclesPerByte * bytes, ledger, oneByOne(ledger.waiting)),
      on.offChip[0] as OffChipMemory,
    ),
  );
}

describe("the time of a phase", () => {
  it("is kernels, stalls, transfers, programs and erases, one after the other, rounded up once", () => {
    const ledger = moved(chip, (moves, flash) => {
      moves.fill(flash, "weights", 25, 1, 1);
      moves.erase(flash, "weights", 1);
      moves.program(flash, "weights", 2);
    });
    ledger.kernelCycles = 1000;
    ledger.addStalls("wait states", 50);
    const bus = (2 * 40 + (25 * 8) / 4) / 50e6;
    const { cycles, timeSeconds, coreBusyCycles, busySeconds } = timeOf(ledger, chip, base, "sleep");
    expect(cycles).to.equal(Math.ceil(1050 + (bus + 45e-3 + 2 * 0.7e-3) * 48e6));
    expect(timeSeconds).to.equal(cycles / 48e6);
    expect(coreBusyCycles).to.equal(1050);
    expect(busySeconds.get("flash")).to.be.closeTo(bus + 45e-3 + 1.4e-3, 1e-12);
    expect(busySeconds.get("dma")).to.be.closeTo(bus, 1e-12);
  });

  it("has a DMA engine busy with moves that nobody waits for, and no longer than the phase takes", () => {
    const beside = ledgerOf((ledger) => {
      const moves = new Moves(chip, base, () => 0, ledger, oneByOne(noTime(base)));
      moves.fill(chip.offChip[0] as OffChipMemory, "weights", 25, 1, 1);
    });
    beside.kernelCycles = 1000;
    const bus = (40 + (25 * 8) / 4) / 50e6;
    expect(timeOf(beside, chip, base, "sleep").busySeconds.get("dma")).to.be.closeTo(bus, 1e-12);
    beside.kernelCycles = 10;
    expect(timeOf(beside, chip, base, "sleep").busySeconds.get("dma")).to.equal(10 / 48e6);
  });

  it("has a code memory busy for the access time of each fetch", () => {
    const { code } = chip;
    if (code === undefined) throw new Error("the chip has no code memory");
    const slow: Chip = { ...chip, code: { ...code, accessSeconds: 60e-9 } };
    const ledger = ledgerOf((empty) => {
      empty.kernelCycles = 1000;
      bookFetches(slow, empty);
    });
    // 500 words of 32 bit, 3 cycles each at 48 MHz: the core waits 500 cycles for them.
    const { cycles, busySeconds } = timeOf(ledger, slow, base, "sleep");
    expect(cycles).to.equal(1500);
    expect(busySeconds.get("code")).to.be.closeTo(1500 / 48e6, 1e-12);
  });

  it("keeps a polling core busy all the time", () => {
    const ledger = moved(chip, (moves, flash) => moves.program(flash, "weights", 1));
    const sleeping = timeOf(ledger, chip, base, "sleep");
    const polling = timeOf(ledger, chip, base, "poll");
    expect([sleeping.coreBusyCycles, polling.coreBusyCycles]).to.deep.equal([0, polling.cycles]);
    expect(polling.cycles).to.equal(sleeping.cycles);
  });

  it("of a move without DMA is that of the slower of the copying core and the bus", () => {
    const time = (cyclesPerByte: number) => {
      const ledger = moved(bare, (moves, flash) => moves.fill(flash, "weights", 1000, 1, 1), cyclesPerByte);
      return timeOf(ledger, bare, base, "sleep");
    };
    const bus = Math.ceil(((40 + 2000) / 50e6) * 48e6);
    expect(time(8)).to.include({ cycles: 8000, coreBusyCycles: 8000 });
    expect(time(0.01)).to.include({ cycles: bus, coreBusyCycles: bus });
  });

  it("of a move is no shorter than the SRAM's port takes for its words", () => {
    const slow = { ...chip, sram: { ...chip.sram, accessSeconds: 100 / 48e6 } };
    const ledger = moved(slow, (moves, flash) => moves.fill(flash, "weights", 1000, 1, 3));
    expect(timeOf(ledger, slow, base, "sleep").cycles).to.equal(3 * 250 * 100);
    expect(
      timeOf(
        moved(slow, (moves) => moves.merge("a", "b", 4, 1)),
        slow,
        base,
        "sleep",
      ).cycles,
    ).to.equal(200);
  });

  it("of a stream within the SRAM is its words times the access time: a port's width an access", () => {
    const property = fc.property(
      fc.integer({ min: 1, max: 1 << 20 }),
      fc.constantFrom(8, 16, 32, 64, 128),
      fc.integer({ min: 1, max: 5 }),
      (bytes, widthBits, accessCycles) => {
        const sram = { ...chip.sram, widthBits, accessSeconds: accessCycles / chip.core.clockHertz };
        const wide = { ...chip, sram };
        const ledger = moved(wide, (moves) => moves.merge("a", "b", bytes, 1));
        const { cycles, busySeconds } = timeOf(ledger, wide, base, "sleep");
        const words = Math.ceil((8 * bytes) / widthBits);
        // Each word is read and written.
        expect(cycles).to.equal(2 * words * accessCycles);
        expect(busySeconds.get("sram")).to.be.closeTo(cycles / chip.core.clockHertz, 1e-12);
      },
    );
    fc.assert(property, { seed: 1, numRuns: 100 });
  });

  it("counts a sensor's delivery", () => {
    const ledger = moved(chip, (moves) => moves.fromSensor("input", 4608, 1));
    expect(timeOf(ledger, chip, base, "sleep").cycles).to.equal(48_000);
  });

  it("has whole cycles, exact products not rounded up by a hair", () => {
    const wholeCycles = (seconds: number, hertz: number) => roundedUp(seconds * hertz);
    expect(wholeCycles(15e-9, 200e6)).to.equal(3);
    expect(wholeCycles(15.01e-9, 200e6)).to.equal(4);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 20 }), (megahertz, cycles) => {
        expect(wholeCycles(cycles / (megahertz * 1e6), megahertz * 1e6)).to.equal(cycles);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("is exact whatever the clocks: n moves take n times as long, to the cycle", () => {
    const property = fc.property(fc.nat(5000), fc.integer({ min: 1, max: 1e6 }), (bytes, times) => {
      const at = (repeat: (moves: Moves, flash: OffChipMemory) => void) =>
        timeOf(moved(chip, repeat), chip, base, "sleep").cycles;
      const parts = Math.min(times, 100);
      const split = at((moves, flash) => {
        for (let part = 0; part < parts; part += 1) {
          const share = Math.floor((times * (part + 1)) / parts) - Math.floor((times * part) / parts);
          moves.fill(flash, "weights", bytes, 1, share);
        }
      });
      expect(split).to.equal(at((moves, flash) => moves.fill(flash, "weights", bytes, 1, times)));
    });
    fc.assert(property, { seed: 1, numRuns: 50 });
  });
});

describe("the energy of phases", () => {
  const ledgers = [
    ledgerOf((one) => {
      one.kernelCycles = 48_000;
      one.add("sram", "read", "weights", 1000, 0);
      const moves = new Moves(chip, base, () => 0, one, oneByOne(one.waiting));
      moves.erase(chip.offChip[0] as OffChipMemory, "weights", 2);
      one.dmaBytes = 10;
    }),
    ledgerOf((one) => {
      one.kernelCycles = 480;
    }),
  ];
  const times = ledgers.map((ledger) => timeOf(ledger, chip, base, "sleep"));
  const entryOf = (idle: string, component: string, name: string) =>
    energyOf(ledgers, times, chip, chip.sensor, idle).entries.find(
      (entry) => entry.component === component && ("action" in entry ? entry.action : entry.state) === name,
    );

  it("lists actions as count x joules and states as time x watts", () => {
    expect(entryOf("standby", "core", "active")).to.include({ count: 48_480, joulesPerAction: 30e-12 });
    expect(entryOf("standby", "flash", "erase")).to.include({
      count: 2,
      energyJoules: 2 * (chip.offChip[0]?.actions.erase?.value ?? 0),
    });
    expect(entryOf("standby", "dma", "transfer")).to.include({ count: 10, status: "placeholder" });
    expect(entryOf("standby", "sram", "write"), "what never happens has no entry").to.equal(undefined);
  });

  it("charges no idle power while a total current flows, and power-down only if the firmware says so", () => {
    const total = times.reduce((sum, time) => sum + time.timeSeconds, 0);
    const standby = entryOf("standby", "flash", "standby") as { timeSeconds: number; watts: number };
    expect(standby.timeSeconds).to.be.closeTo(total - 2 * (45e-3 + 40 / 50e6), 1e-9);
    const down = entryOf("powerDown", "flash", "powerDown") as { watts: number };
    expect(down.watts).to.be.closeTo(3e-6, 1e-12);
    expect(entryOf("powerDown", "flash", "standby")).to.equal(undefined);
  });

  it("lets the SRAM leak all the time and the core sleep when it waits", () => {
    const [leak, sleep] = ["on", "sleep"].map((state, i) =>
      entryOf("standby", ["sram", "core"][i] ?? "", state),
    ) as { timeSeconds: number }[];
    const total = times.reduce((sum, time) => sum + time.timeSeconds, 0);
    expect(leak?.timeSeconds).to.be.closeTo(total, 1e-12);
    expect(sleep?.timeSeconds).to.be.closeTo(total - 48_480 / 48e6, 1e-9);
  });
});
