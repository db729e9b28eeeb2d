import { expect } from "chai";
import fc from "fast-check";
import { estimate } from "../../src/experiment/estimate.js";
import type { Chip } from "../../src/soc/chip.js";
import type { OffChipMemory } from "../../src/soc/components/off-chip-memory.js";
import { timeBaseOf } from "../../src/soc/elapsed.js";
import { Ledger } from "../../src/soc/ledger.js";
import { Moves, oneByOne } from "../../src/soc/moves.js";
import { chipText, experimentOf, workloadText } from "../experiment/support/experiments.js";
import { chipWith, driven, drivings, memoryOf, memoryParts } from "./support/parts.js";

/** What the datasheets give in nJ/byte at V x mA x MHz x lanes, as docs/sources.md lists their figures. */
const BYTES = [
  ["W25Q128JV", 3, 50, 1, false, "read", 7.2, 6.2],
  ["W25Q128JV", 3, 50, 4, false, "read", 1.8, 25.0],
  ["W25Q128JV", 3, 104, 4, false, "read", 1.15, 52.0],
  ["KH25L8005", 3, 25, 1, false, "read", 3.84, 3.1],
  ["KH25L8005", 3, 66, 1, false, "read", 2.91, 8.2],
  ["AT25DL161", 1.8, 20, 1, false, "read", 7.2, 2.5],
  ["GD5F1GQ4UAYIG", 3, 108, 4, false, "read", 2.22, 54.0],
  ["MB85RS256TY", 3, 40, 1, false, "write", 1.5, 5.0],
  ["CY15B104QN", 3, 40, 1, false, "write", 1.44, 5.0],
  ["CY15B104QN", 1.8, 40, 1, false, "read", 0.86, 5.0],
  ["CY15B104QI", 1.8, 20, 1, false, "read", 0.86, 2.5],
  ["CY15B108QN", 1.8, 50, 1, false, "write", 0.81, 6.2],
  ["MB85RDP16LX", 1.8, 15, 1, false, "read", 0.67, 1.9],
  ["EM064LX", 1.8, 200, 8, true, "write", 0.7, 400.0],
] as const;

/** Page program, sector erase and page load at 3 V: microjoules and milliseconds of the typical time. */
const OPERATIONS = [
  ["W25Q128JV", "program", 42.0, 0.7],
  ["W25Q128JV", "erase", 2700, 45],
  ["KH25L8005", "program", 63.0, 1.4],
  ["KH25L8005", "erase", 2700, 60],
  ["GD5F1GQ4UAYIG", "program", 48.0, 0.4],
  ["GD5F1GQ4UAYIG", "erase", 360, 3],
  ["GD5F1GQ4UAYIG", "load", 14.4, 0.12],
] as const;

describe("the energies that follow from datasheets", () => {
  for (const [part, volts, megahertz, lanes, ddr, action, nanojoules, megabytes] of BYTES) {
    it(`${part} at ${volts} V, ${megahertz} MHz x${lanes}: ${nanojoules} nJ a byte ${action === "read" ? "out" : "in"}, ${megabytes} MB/s`, () => {
      const found = memoryParts
        .find(({ name }) => name === part)
        ?.derived.filter(
          ({ bus, supplyVolts }) =>
            supplyVolts === volts &&
            bus?.clockHertz === megahertz * 1e6 &&
            bus.lanes === lanes &&
            bus.ddr === ddr,
        );
      const figureOf = (name: string) => found?.find((figure) => figure.name === name)?.value ?? Number.NaN;
      expect(figureOf(`energy.${action}`) * 1e9).to.be.closeTo(nanojoules, 0.00501);
      expect(figureOf("bandwidth") / 1e6).to.be.closeTo(megabytes, 0.0501);
    });
  }

  for (const [part, operation, microjoules, milliseconds] of OPERATIONS) {
    it(`${part}: ${operation} takes ${microjoules} uJ and ${milliseconds} ms`, () => {
      const driving = drivings.find((one) => one.part === part);
      const memory = memoryOf({ ...(driving as (typeof drivings)[number]), volts: 3 });
      expect((memory.actions[operation]?.value ?? 0) * 1e6).to.be.closeTo(microjoules, microjoules * 1e-9);
      expect(memory.seconds[operation] * 1e3).to.be.closeTo(milliseconds, 1e-9);
    });
  }

  it("W25Q128JV at worst, 3.6 V: 270 uJ a page, 36 mJ a sector", () => {
    const { actions } = memoryOf({ part: "W25Q128JV", volts: 3.6, lanes: 4, megahertz: 50 });
    expect((actions.program?.high ?? 0) * 1e6).to.be.closeTo(270, 1e-6);
    expect((actions.erase?.high ?? 0) * 1e3).to.be.closeTo(36, 1e-9);
  });

  it("are those that rebit parts prints, for every way to drive every part", () => {
    for (const driving of drivings) {
      const { part, volts, burst = "", ddr, lanes, megahertz } = driving;
      const { actions, states } = memoryOf(driving);
      const { derived } = memoryParts.find(({ name }) => name === part) as (typeof memoryParts)[number];
      const printed = (name: string) =>
        derived.find(
          ({ name: known, bus, supplyVolts }) =>
            known === name &&
            supplyVolts === volts &&
            (bus === undefined ||
              (bus.burst === burst &&
                bus.ddr === ddr &&
                bus.lanes === lanes &&
                bus.clockHertz === megahertz * 1e6)),
        );
      for (const [action, figure] of Object.entries(actions)) {
        expect(printed(`energy.${action}`), `${part} ${action}`).to.include({ value: figure.value });
      }
      for (const [state, figure] of Object.entries(states)) {
        expect(printed(`power.${state}`), `${part} ${state}`).to.include({ value: figure.value });
      }
    }
  });
});

/** Bus clocks of one burst, with nothing else on the bus. */
function busClocks(chip: Chip, bytes: number, action: "fill" | "write"): number {
  const base = timeBaseOf(chip, undefined);
  const ledger = new Ledger("update", 1, base);
  const moves = new Moves(chip, base, () => 0, ledger, oneByOne(ledger.waiting));
  const memory = chip.offChip[0] as OffChipMemory;
  if (action === "fill") moves.fill(memory, "weights", bytes, 1, 1);
  else moves.write(memory, "weights", bytes, 1);
  return ledger.busy[base.memories.get("flash")?.bus ?? -1] ?? Number.NaN;
}

describe("an unloaded burst", () => {
  /** Clocks before data by the datasheets: opcode, address, dummy. */
  const BURSTS = [
    ["W25Q128JV", 3, 1, "03h", 8 + 24, 1],
    ["W25Q128JV", 3, 1, "0Bh", 8 + 24 + 8, 1],
    ["W25Q128JV", 3, 4, "6Bh", 8 + 24 + 8, 4],
    ["W25Q128JV", 3, 4, "EBh", 8 + 6 + 2 + 4, 4],
    ["MB85RS256TY", 3, 1, "03h", 8 + 16, 1],
    ["CY15B104QN", 3, 1, "03h", 8 + 24, 1],
    ["AT25DN256", 3, 2, "3Bh", 8 + 24 + 8, 2],
    ["EM064LX", 1.8, 4, "1s-4s-4s", 8 + 6 + 9, 4],
    ["EM064LX", 1.8, 4, "1s-4d-4d", 8 + 3 + 7, 8],
    ["EM064LX", 1.8, 8, "8d-8d-8d", 1 + 2 + 13, 16],
  ] as const;

  for (const [part, volts, lanes, burst, before, bitsPerClock] of BURSTS) {
    it(`of ${part}, ${burst}: ${before} clocks and 8 bits a byte at ${bitsPerClock} a clock`, () => {
      const chip = chipWith({ part, volts, lanes, burst, megahertz: 10 });
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 5000 }), fc.constantFrom("fill", "write"), (bytes, action) => {
          const clocks = before + Math.ceil((8 * bytes) / bitsPerClock);
          expect(busClocks(chip, bytes, action as "fill" | "write")).to.equal(clocks);
        }),
        { seed: 1, numRuns: 40 },
      );
    });
  }

  it("is the first of its lanes where the chip names none", () => {
    const clocksOf = (more: string) =>
      chipWithBus(`{lanes: 4, clock: 50 MHz${more}}`).offChip[0]?.commandClocks;
    expect(clocksOf("")).to.equal(40);
    expect(clocksOf(", burst: EBh")).to.equal(20);
  });

  it("moves two bits a lane and clock with DDR, at the current of DDR", () => {
    const at = (ddr: boolean) => memoryOf({ part: "EM064LX", volts: 1.8, lanes: 8, megahertz: 100, ddr });
    expect([at(false).bitsPerClock, at(true).bitsPerClock]).to.deep.equal([8, 16]);
    // 50 mA without and 124 mA with DDR, maker's typical figures.
    expect(at(false).actions.read.value).to.be.closeTo((1.8 * 50e-3) / 100e6, 1e-15);
    expect(at(true).actions.read.value).to.be.closeTo((1.8 * 124e-3) / 200e6, 1e-15);
  });
});

const chipWithBus = (bus: string): Chip =>
  experimentOf({ chip: chipText({ flash: `{kind: nor-flash, part: W25Q128JV, bus: ${bus}}` }) }).chip;

describe("every shipped memory", () => {
  // Weights spill beside so small an SRAM: a flash needs room for a sector of 4 KiB there, which a NAND block exceeds.
  const CASES = {
    "nor-flash": {
      hidden: 128,
      sramKibibytes: 8,
      from: "sensor",
      actions: ["read", "write", "program", "erase"],
    },
    "nand-flash": { hidden: 32, sramKibibytes: 8, from: "flash", actions: ["load", "read"] },
    fram: { hidden: 32, sramKibibytes: 2, from: "sensor", actions: ["read", "write"] },
    mram: { hidden: 32, sramKibibytes: 2, from: "sensor", actions: ["read", "write"] },
  };

  for (const { name: part, kind } of memoryParts) {
    it(`${part} serves a chip in an estimate`, () => {
      const driving = drivings.findLast((one) => one.part === part) as (typeof drivings)[number];
      const { hidden, sramKibibytes, from, actions } = CASES[kind as keyof typeof CASES];
      const chip = chipText({ sramKibibytes, banks: 1, flash: driven(driving), volts: driving.volts });
      const workload = workloadText({ hidden: [hidden], epochs: 1 });
      const set = [`firmware.samples.from=${from}`];
      const { energy, storage } = estimate(experimentOf({ chip, workload }, { set }));
      expect(storage.fits).to.equal(true);
      const used = energy?.entries.filter(({ component }) => component === "flash") ?? [];
      const found = used.flatMap((entry) => ("action" in entry ? [entry.action] : []));
      expect(found).to.have.members(["command", ...actions]);
      expect(Math.min(...used.map(({ energyJoules }) => energyJoules))).to.be.above(0);
    });
  }
});
