import { expect } from "chai";
import fc from "fast-check";
import { energyOf } from "../../src/soc/energy.js";
import { Ledger } from "../../src/soc/ledger.js";
import { timeOf, wholeCycles } from "../../src/soc/timing.js";
import { chipOf } from "./support/chips.js";

const chip = chipOf({ coreMegahertz: 48, flashMegahertz: 50 });
const bare = chipOf({ coreMegahertz: 48, flashMegahertz: 50, dma: false });

function ledgerOf(change: (ledger: Ledger) => void): Ledger {
  const ledger = new Ledger("update", 1);
  change(ledger);
  return ledger;
}

describe("the time of a phase", () => {
  it("is kernels, stalls, transfers, programs and erases, one after the other, rounded up once", () => {
    const ledger = ledgerOf((one) => {
      one.kernelCycles = 1000;
      one.stallCycles = 50;
      one.add("flash", "command", "weights", 2, 0);
      one.add("flash", "read", "weights", 25, 200);
      one.add("flash", "erase", "weights", 1, 0);
    });
    const bus = 2 * (40 / 50e6) + 25 / 25e6;
    const { cycles, timeSeconds, coreBusyCycles, busySeconds } = timeOf(ledger, chip, undefined, "sleep");
    expect(cycles).to.equal(Math.ceil(1050 + (bus + 45e-3) * 48e6));
    expect(timeSeconds).to.equal(cycles / 48e6);
    expect(coreBusyCycles).to.equal(1050);
    expect(busySeconds.get("flash")).to.be.closeTo(bus + 45e-3, 1e-12);
    expect(busySeconds.get("dma")).to.be.closeTo(bus, 1e-12);
  });

  it("keeps a polling core busy all the time", () => {
    const ledger = ledgerOf((one) => one.add("flash", "erase", "weights", 1, 0));
    const sleeping = timeOf(ledger, chip, undefined, "sleep");
    const polling = timeOf(ledger, chip, undefined, "poll");
    expect([sleeping.coreBusyCycles, polling.coreBusyCycles]).to.deep.equal([0, polling.cycles]);
    expect(polling.cycles).to.equal(sleeping.cycles);
  });

  it("without DMA is that of the slower of the copying core and the bus", () => {
    const bytes = (copyCycles: number) =>
      ledgerOf((one) => {
        one.add("flash", "read", "weights", 1000, 8000);
        one.copyCycles = copyCycles;
      });
    const bus = Math.ceil((1000 / 25e6) * 48e6);
    expect(timeOf(bytes(8000), bare, undefined, "sleep")).to.include({ cycles: 8000, coreBusyCycles: 8000 });
    expect(timeOf(bytes(10), bare, undefined, "sleep")).to.include({ cycles: bus, coreBusyCycles: bus });
  });

  it("is no shorter than the SRAM's port takes for what is transferred", () => {
    const ledger = ledgerOf((one) => {
      one.transferAccesses = 1_000_000;
      one.add("flash", "read", "weights", 1000, 8000);
    });
    expect(timeOf(ledger, chip, undefined, "sleep").cycles).to.equal(1_000_000);
  });

  it("counts a sensor's delivery", () => {
    const sensor = chip.sensor;
    const ledger = ledgerOf((one) => one.add("camera", "read", "input", 4608, 0));
    expect(timeOf(ledger, chip, sensor, "sleep").cycles).to.equal(48_000);
  });

  it("has whole cycles of accesses, exact products not rounded up by a hair", () => {
    expect(wholeCycles(15e-9, 200e6)).to.equal(3);
    expect(wholeCycles(15.01e-9, 200e6)).to.equal(4);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 20 }), (megahertz, cycles) => {
        expect(wholeCycles(cycles / (megahertz * 1e6), megahertz * 1e6)).to.equal(cycles);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe("the energy of phases", () => {
  const ledgers = [
    ledgerOf((one) => {
      one.kernelCycles = 48_000;
      one.add("sram", "read", "weights", 1000, 0);
      one.add("flash", "erase", "weights", 2, 0);
      one.dmaBytes = 10;
    }),
    ledgerOf((one) => {
      one.kernelCycles = 480;
    }),
  ];
  const times = ledgers.map((ledger) => timeOf(ledger, chip, chip.sensor, "sleep"));
  const entryOf = (idle: string, component: string, name: string) =>
    energyOf(ledgers, times, chip, chip.sensor, idle).entries.find(
      (entry) => entry.component === component && ("action" in entry ? entry.action : entry.state) === name,
    );

  it("lists actions as count x joules and states as time x watts", () => {
    expect(entryOf("standby", "core", "active")).to.include({ count: 48_480, joulesPerAction: 30e-12 });
    expect(entryOf("standby", "flash", "erase")).to.include({
      count: 2,
      energyJoules: 2 * (chip.offChip[0]?.actions.erase.value ?? 0),
    });
    expect(entryOf("standby", "dma", "transfer")).to.include({ count: 10, status: "placeholder" });
    expect(entryOf("standby", "sram", "write"), "what never happens has no entry").to.equal(undefined);
  });

  it("charges no idle power while a total current flows, and power-down only if the firmware says so", () => {
    const total = times.reduce((sum, time) => sum + time.timeSeconds, 0);
    const standby = entryOf("standby", "flash", "standby") as { timeSeconds: number; watts: number };
    expect(standby.timeSeconds).to.be.closeTo(total - 2 * 45e-3, 1e-9);
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
