import { expect } from "chai";
import fc from "fast-check";
import { estimate } from "../../src/experiment/estimate.js";
import { lintFile } from "../../src/experiment/lint.js";
import { Tally } from "../../src/firmware/tally.js";
import type { OffChipMemory } from "../../src/soc/components/off-chip-memory.js";
import { timeBaseOf } from "../../src/soc/elapsed.js";
import { Ledger } from "../../src/soc/ledger.js";
import { Moves, oneByOne } from "../../src/soc/moves.js";
import type { OffChipRegion } from "../../src/soc/off-chip.js";
import { bookTransfers } from "../../src/soc/transfers.js";
import { chipText, experimentOf, overlay, workloadText } from "../experiment/support/experiments.js";
import { chipOf } from "./support/chips.js";

const FRAM = "{kind: fram, part: CY15B108QN, bus: {lanes: 1, clock: 40 MHz}}";
const MRAM = "{kind: mram, part: EM064LX, bus: {lanes: 8, clock: 200 MHz}}";
const chip = chipOf({ flash: FRAM });
const memory = chip.offChip[0] as OffChipMemory;
const base = timeBaseOf(chip, undefined);

/** Books a tally on a region of the FRAM at address 1000. */
function book(tally: Tally, region: Partial<OffChipRegion>): Ledger {
  const ledger = new Ledger("update", 1, base);
  const { tensor = "weights", ...rest } = region;
  const whole: OffChipRegion = {
    memory,
    tensor,
    address: 1000,
    bytes: 0,
    rows: new Map(),
    sampleRows: undefined,
    ...rest,
  };
  const placement = {
    fits: true,
    onChip: [],
    offChip: [],
    regions: new Map([[tensor, whole]]),
    peakBytes: 0,
    unspilledPeakBytes: 0,
    lowerBoundBytes: 0,
    spilledBytes: whole.bytes,
    unplaced: [],
    spilling: { objective: "energy", method: "search", cost: 0, lowerBound: 0, isOptimal: true } as const,
  };
  bookTransfers(tally, placement, new Moves(chip, base, () => 0, ledger, oneByOne(ledger.waiting)));
  return ledger;
}

/** How often each byte from address 1000 on is written. */
function writesOf(ledger: Ledger, bytes: number): number[] {
  const steps = ledger.writeSteps.get("flash") ?? new Map<number, number>();
  let writes = 0;
  return Array.from({ length: bytes }, (_, byte) => {
    writes += steps.get(1000 + byte) ?? 0;
    return writes;
  });
}

const counts = (ledger: Ledger): Record<string, number> =>
  Object.fromEntries(
    ledger.traffic.map(({ component, action, tensor, count }) => [`${component} ${action} ${tensor}`, count]),
  );

const body = { cycles: 0, accesses: 0 };

describe("a row of a memory that is written in place", () => {
  it("goes back in one burst, without erase, program or sector buffer", () => {
    const tally = new Tally();
    const visits = [0, 7];
    tally.rowWalks.push({
      tensor: "weights",
      reads: true,
      writes: true,
      executions: 7,
      step: 1,
      firstRow: 0,
      visits,
      body,
    });
    const rows = new Map([[1, { start: 0, end: 1001 }]]);
    expect(counts(book(tally, { rows, bytes: 1001 }))).to.deep.equal({
      "flash command weights": 2 * 7,
      "flash read weights": 7 * 1001,
      "sram write weights": 7 * 251,
      "flash write weights": 7 * 1001,
      "sram read weights": 7 * 251,
    });
  });

  it("shares a byte with the next one, which is then written with both", () => {
    const property = fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.array(fc.nat(9), { minLength: 1, maxLength: 12 }),
      (bits, visits) => {
        const rows = new Map(
          visits.map((_, row) => [
            row,
            { start: Math.floor((row * bits) / 8), end: Math.ceil(((row + 1) * bits) / 8) },
          ]),
        );
        const bytes = Math.ceil((bits * visits.length) / 8);
        const expected = new Array<number>(bytes).fill(0);
        for (const [row, { start, end }] of rows) {
          for (let byte = start; byte < end; byte += 1)
            expected[byte] = (expected[byte] ?? 0) + (visits[row] ?? 0);
        }
        const tally = new Tally();
        const executions = Math.max(...visits);
        const walk = { tensor: "weights", reads: false, writes: true, executions, step: 1, firstRow: 0 };
        tally.rowWalks.push({ ...walk, visits, body });
        expect(writesOf(book(tally, { rows, bytes }), bytes)).to.deep.equal(expected);
      },
    );
    fc.assert(property, { seed: 1, numRuns: 100 });
  });

  it("is written as often as the samples pass, if it holds one", () => {
    const tally = new Tally();
    tally.addSampleVisits("cachedLogits", 0, 600);
    const sampleRows = { count: 200, bytes: 40 };
    const ledger = book(tally, { tensor: "cachedLogits", bytes: 8000, sampleRows });
    expect(ledger.count("flash", "command")).to.equal(600);
    expect(ledger.count("flash", "write")).to.equal(600 * 40);
    expect(new Set(writesOf(ledger, 8000))).to.deep.equal(new Set([3]));
  });
});

describe("a training on a memory that is written in place", () => {
  const workload = workloadText({ hidden: [32], epochs: 1 });
  const reportOf = (flash: typeof FRAM | typeof MRAM, set: string[] = [], sramKibibytes = 2) => {
    const volts = flash === MRAM ? 1.8 : 3;
    const text = chipText({ sramKibibytes, banks: 1, flash, volts });
    return estimate(experimentOf({ chip: text, workload }, { set }));
  };

  it("needs a row buffer and no sector buffer", () => {
    const { storage } = reportOf(FRAM);
    const buffers = storage.onChip.items.filter(({ tensor }) => tensor.includes("Buffer"));
    expect(buffers.length).to.be.above(0);
    for (const { tensor } of buffers) expect(tensor).to.match(/^rowBuffer\./);
    expect(storage.onChip.spilledBytes).to.be.above(0);
  });

  it("takes what is spilled even behind a flash, whose sector buffer would spill more", () => {
    const nor = "  nor: {kind: nor-flash, part: W25Q128JV, bus: {lanes: 4, clock: 50 MHz}}";
    const text = chipText({ sramKibibytes: 8, banks: 1, flash: FRAM });
    const both = text.replace(/^ {2}flash:/m, `${nor}\n  flash:`);
    const { storage } = estimate(experimentOf({ chip: both, workload: workloadText({ hidden: [128] }) }));
    expect(storage.onChip.spilledBytes).to.be.above(0);
    expect(new Set(storage.offChip.items.map(({ component }) => component))).to.deep.equal(
      new Set(["flash"]),
    );
  });

  it("wears it by the writes of its most written byte", () => {
    const { wear, traffic } = reportOf(FRAM, ["chip.components.flash.endurance=1000000"]);
    const [{ writesPerByte = 0, trainingsUntilWornOut, ...rest }] = wear as [(typeof wear)[number]];
    const written = traffic
      .filter(({ component, action }) => component === "flash" && action === "write")
      .reduce((sum, { count }) => sum + count, 0);
    const read = traffic
      .filter(({ component, action }) => component === "flash" && action === "read")
      .reduce((sum, { count }) => sum + count, 0);
    expect(writesPerByte).to.be.within(1, written + read);
    // 300 updates of a row in each of 2 iterations, each with a read that is restored, and forward passes beside.
    expect(writesPerByte).to.be.above(1200);
    expect(trainingsUntilWornOut).to.equal(1e6 / writesPerByte);
    expect(rest).to.deep.equal({
      component: "flash",
      erasesPerSector: 0,
      enduranceCycles: 1e6,
      enduranceStatus: "given",
    });
  });

  it("is not worn by reads if it is no FRAM, which restores what it reads", () => {
    const wearOf = (flash: Parameters<typeof reportOf>[0]) => reportOf(flash).wear[0]?.writesPerByte ?? 0;
    // 300 updates of a row in each of 2 iterations, and the snapshots and narrowings beside.
    expect(wearOf(MRAM)).to.be.within(600, 650);
    expect(wearOf(FRAM)).to.be.above(3 * wearOf(MRAM));
  });

  it("never wears out what is unlimited, nor what nothing is written to", () => {
    const [unlimited] = reportOf(MRAM, ["chip.components.flash.endurance=unlimited"]).wear;
    expect(unlimited?.writesPerByte).to.be.above(0);
    expect(unlimited).to.include({ enduranceCycles: null, trainingsUntilWornOut: null });
    const [idle] = reportOf(FRAM, [], 64).wear;
    expect(idle).to.include({ writesPerByte: 0, enduranceCycles: 1e15, trainingsUntilWornOut: null });
  });

  it("prices reads and writes by their own currents", () => {
    const entries = reportOf(MRAM).energy?.entries.filter(({ component }) => component === "flash") ?? [];
    const perByte = (name: string) =>
      entries.flatMap((entry) =>
        "action" in entry && entry.action === name ? [entry.joulesPerAction] : [],
      )[0];
    expect(perByte("write")).to.be.closeTo((1.8 * 156e-3) / 400e6, 1e-15);
    expect(perByte("read")).to.be.closeTo((1.8 * 124e-3) / 400e6, 1e-15);
  });
});

describe("an off-chip memory that is driven wrongly", () => {
  const problemsOf = (flash: `{${string}}`, volts = 3): string[] => {
    const text = chipText({ flash, volts });
    return lintFile("memory/chip.yaml", overlay({ "memory/chip.yaml": text })).map(
      ({ line, code, message, suggestion }) => {
        const written = text.split("\n")[line - 1]?.trim() ?? "";
        return `${code} "${written.split(":")[0]}" ${message}${suggestion === undefined ? "" : ` [${suggestion}]`}`;
      },
    );
  };
  const nor = (bus: string): `{${string}}` => `{kind: nor-flash, part: W25Q128JV, bus: {${bus}}}`;
  const fram = (field: string): `{${string}}` => `{${field}, ${FRAM.slice(1, -1)}}`;
  const CASES: [string, `{${string}}`, RegExp][] = [
    [
      "names no burst of its lanes",
      nor("lanes: 4, clock: 50 MHz, burst: EBj"),
      /^does-not-fit "flash" flash has no burst "EBj" of 4 lanes; there are 6Bh, EBh \[EBh\]$/,
    ],
    [
      "names a burst of other lanes",
      nor("lanes: 1, clock: 50 MHz, burst: EBh"),
      /no burst "EBh" of 1 lane; there are 0Bh, 03h/,
    ],
    [
      "wants DDR of a part without",
      nor("lanes: 4, clock: 50 MHz, ddr: true"),
      /^does-not-fit "flash" flash has no burst of 4 lanes with DDR$/,
    ],
    [
      "outruns a command",
      nor("lanes: 1, clock: 80 MHz, burst: 03h"),
      /^does-not-fit "flash" flash runs at up to 50 MHz with 03h; its bus clock is 80 MHz$/,
    ],
    ["has pages although it is FRAM", fram("page: 256 B"), /^unknown-key "flash".*page/],
    [
      "withstands something odd",
      fram("endurance: forever"),
      /^unknown-value "flash".*unlimited|"flash".*endurance/,
    ],
    [
      "has a write current for slow clocks only",
      fram("current: {write: [{clock: 20 MHz, value: 1 mA}]}"),
      /^does-not-fit "flash" flash has no write current for 40 MHz; give current.write for it$/,
    ],
    [
      "has write currents out of order",
      fram("current: {write: [{clock: 50 MHz, value: 1 mA}, {clock: 40 MHz, value: 1 mA}]}"),
      /^does-not-fit "flash" .*: write currents ascend by clock, but 40 MHz follows 50 MHz$/,
    ],
    [
      "has two bursts of one name",
      fram(
        "bursts: [{name: a, lanes: 1, command: 8, address: 24, dummy: 0}, {name: a, lanes: 1, command: 8, address: 24, dummy: 8}]",
      ),
      /^does-not-fit "flash" .*: there is already a burst a of 1 lane; give it another name$/,
    ],
    [
      "is a part of another kind",
      "{kind: mram, part: CY15B108QN, bus: {lanes: 1, clock: 40 MHz}}",
      /^wrong-part/,
    ],
  ];
  for (const [what, flash, message] of CASES) {
    it(`${what}: a located error`, () => {
      const problems = problemsOf(flash);
      expect(problems).to.have.length(1);
      expect(problems[0]).to.match(message);
    });
  }

  it("gets a supply that it does not run at: an error at the chip's supply", () => {
    expect(problemsOf(MRAM).join()).to.match(/^does-not-fit "supply" flash needs a supply of 1.65 V to 2 V/);
  });
});
