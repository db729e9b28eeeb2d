import { expect } from "chai";
import fc from "fast-check";
import { Tally } from "../../src/firmware/tally.js";
import type { OffChipMemory } from "../../src/soc/components/off-chip-memory.js";
import type { Sensor } from "../../src/soc/components/sensor.js";
import { timeBaseOf } from "../../src/soc/elapsed.js";
import { Ledger } from "../../src/soc/ledger.js";
import { Moves, oneByOne } from "../../src/soc/moves.js";
import type { OffChipRegion } from "../../src/soc/off-chip.js";
import type { Placement } from "../../src/soc/placement/placement.js";
import { bookTransfers } from "../../src/soc/transfers.js";
import { chipOf } from "./support/chips.js";

const nor = chipOf({ flash: "nor" });
const placementOf = (region: OffChipRegion): Placement => ({
  fits: true,
  onChip: [],
  offChip: [],
  regions: new Map([[region.tensor, region]]),
  peakBytes: 0,
  unspilledPeakBytes: 0,
  lowerBoundBytes: 0,
  spilledBytes: region.bytes,
  unplaced: [],
  spilling: { objective: "energy", method: "search", cost: 0, lowerBound: 0, isOptimal: true },
});
/** Rows from number 3 on, of `bits` bits each. */
const packed = (bits: number, rows: number): OffChipRegion["rows"] =>
  new Map(
    Array.from({ length: rows }, (_, row) => [
      3 + row,
      { start: Math.floor((row * bits) / 8), end: Math.ceil(((row + 1) * bits) / 8) },
    ]),
  );
const weights = (rowBytes: number, rows: number, over: Partial<OffChipRegion> = {}): OffChipRegion => ({
  tensor: "weights",
  memory: nor.offChip[0] as OffChipMemory,
  address: 8192,
  bytes: rowBytes * rows,
  rows: packed(rowBytes * 8, rows),
  sampleRows: undefined,
  ...over,
});

function book(tally: Tally, region: OffChipRegion, chip = nor, sensor?: Sensor): Ledger {
  const base = timeBaseOf(chip, sensor);
  const ledger = new Ledger("update", 1, base);
  bookTransfers(
    tally,
    placementOf(region),
    new Moves(chip, base, (bytes) => 8 * bytes, ledger, oneByOne(ledger.waiting)),
  );
  return ledger;
}

const body = { cycles: 0, accesses: 0 };

/** A loop over rows from number 3 on, visited so often each. */
function walk(visits: number[], { reads = false, writes = false, executions = Math.max(...visits) }): Tally {
  const tally = new Tally();
  tally.rowWalks.push({ tensor: "weights", reads, writes, executions, step: 1, firstRow: 3, visits, body });
  return tally;
}
const counts = (ledger: Ledger): Record<string, number> =>
  Object.fromEntries(
    ledger.traffic.map(({ component, action, tensor, count }) => [`${component} ${action} ${tensor}`, count]),
  );

describe("a spilled row", () => {
  it("is filled by one burst and an SRAM write under the tensor's name; rows before it are on chip", () => {
    const tally = new Tally();
    const visits = [10, 10, 10, 10, 10];
    tally.rowWalks.push({
      tensor: "weights",
      reads: true,
      writes: false,
      executions: 10,
      step: 1,
      firstRow: 0,
      visits,
      body,
    });
    expect(counts(book(tally, weights(100, 2)))).to.deep.equal({
      "flash command weights": 20,
      "flash read weights": 2000,
      "sram write weights": 20 * 25,
    });
  });

  it("goes into the sector buffer; the sector is read, erased and all its live pages programmed", () => {
    const ledger = book(walk([7, 0, 0, 0], { writes: true }), weights(1000, 4));
    expect(counts(ledger)).to.deep.equal({
      "sram read weights": 7 * 250,
      "sram write sectorBuffer": 7 * 250 + 7 * 1000,
      "flash command sectorBuffer": 7,
      "flash read sectorBuffer": 7 * 4000,
      "sram read sectorBuffer": 7 * 1000,
      // 4000 live bytes are 16 pages; a command for each and one for the erase.
      "flash command weights": 7 * 17,
      "flash erase weights": 7,
      "flash write weights": 7 * 4000,
      "flash program weights": 7 * 16,
    });
    expect([...(ledger.erases.get("flash") ?? [])]).to.deep.equal([[2, 7]]);
  });

  it("shares its sector's rewriting with the other rows that a loop visits", () => {
    const erases = (visits: number[], executions: number) =>
      book(walk(visits, { writes: true, executions }), weights(1000, 4)).count("flash", "erase");
    expect(erases([7, 7, 7, 7], 7), "all rows in each of 7 executions").to.equal(7);
    expect(erases([2, 0, 3, 0], 7), "at worst in different executions").to.equal(5);
    expect(erases([5, 6, 0, 0], 7), "never more often than the loop runs").to.equal(7);
  });

  it("across two sectors erases both", () => {
    const ledger = book(walk([0, 1], { writes: true }), weights(3000, 3));
    // Bytes 3000 to 6000 of 9000: sectors 0 (1096 of them) and 1 (1904).
    expect([...(ledger.erases.get("flash") ?? [])]).to.deep.equal([
      [2, 1],
      [3, 1],
    ]);
    expect(counts(ledger)).to.include({
      "flash read sectorBuffer": 2 * 4096,
      "flash program weights": 32,
    });
  });

  it("that starts within a byte moves the bytes that it touches", () => {
    const region = weights(0, 2, { bytes: 8, rows: packed(20, 2) });
    expect(counts(book(walk([0, 1], { reads: true }), region))["flash read weights"]).to.equal(3);
  });

  it("obeys the rewriting formula for all sizes", () => {
    const property = fc.property(
      fc.integer({ min: 1, max: 6000 }),
      fc.integer({ min: 1, max: 9 }),
      fc.nat(8),
      fc.integer({ min: 1, max: 1000 }),
      (rowBytes, rows, pick, times) => {
        const row = pick % rows;
        const visits = Array.from({ length: rows }, (_, other) => (other === row ? times : 0));
        const ledger = book(walk(visits, { writes: true }), weights(rowBytes, rows));
        const [start, end, bytes] = [row * rowBytes, (row + 1) * rowBytes, rowBytes * rows];
        let expected = { erases: 0, pages: 0, read: 0, written: 0 };
        for (let sector = 0; sector * 4096 < bytes; sector += 1) {
          const touched = Array.from({ length: 4096 }, (_, i) => sector * 4096 + i).filter(
            (byte) => byte >= start && byte < end,
          ).length;
          if (touched === 0) continue;
          const live = Math.min(4096, bytes - sector * 4096);
          expected = {
            erases: expected.erases + times,
            pages: expected.pages + times * Math.ceil(live / 256),
            read: expected.read + times * live,
            written: expected.written + times * live,
          };
        }
        const found = {
          erases: ledger.count("flash", "erase"),
          pages: ledger.count("flash", "program"),
          read: ledger.count("flash", "read"),
          written: ledger.count("flash", "write"),
        };
        expect(found).to.deep.equal(expected);
        const worn = [...(ledger.erases.get("flash")?.values() ?? [])].reduce(
          (sum, erases) => sum + erases,
          0,
        );
        expect(worn).to.equal(found.erases);
        expect(ledger.dmaBytes).to.equal(found.read + found.written + rowBytes * times);
      },
    );
    fc.assert(property, { seed: 1, numRuns: 100 });
  });
});

describe("samples and cached logits", () => {
  const cached = weights(0, 0, {
    tensor: "cachedLogits",
    bytes: 200 * 40,
    rows: new Map(),
    sampleRows: { count: 200, bytes: 40 },
  });

  it("are read a row a visit, and written in order: each sector once a pass", () => {
    const tally = new Tally();
    tally.addSampleVisits("cachedLogits", 500, 400);
    const ledger = book(tally, cached);
    expect(counts(ledger)).to.include({
      "flash read cachedLogits": 500 * 40,
      "flash erase cachedLogits": 2 * 2,
      "flash program cachedLogits": 2 * 32,
      "flash write cachedLogits": 2 * 8000,
    });
    expect([...(ledger.erases.get("flash") ?? [])]).to.deep.equal([
      [2, 2],
      [3, 2],
    ]);
  });

  it("that a sensor streams take its bytes and an SRAM write", () => {
    const tally = new Tally();
    tally.fetches.push({ tensor: "samples", into: "input", count: 9, bits: 785 * 8 });
    expect(counts(book(tally, cached, nor, nor.sensor))).to.deep.equal({
      "camera read input": 9 * 785,
      "sram write input": 9 * 197,
    });
  });
});

describe("moving bytes", () => {
  const tally = walk([5], { reads: true });

  it("is the DMA engine's work where there is one", () => {
    const ledger = book(tally, weights(100, 1));
    expect([ledger.dmaBytes, ledger.copyCycles]).to.deep.equal([500, 0]);
  });

  it("costs the core cycles where there is none", () => {
    const ledger = book(tally, weights(100, 1), chipOf({ flash: "nor", dma: false }));
    expect([ledger.dmaBytes, ledger.copyCycles]).to.deep.equal([0, 5 * 800]);
  });

  it("loads every page of NAND that samples touch, those that straddle two twice", () => {
    const nand = chipOf({ flash: "nand" });
    const sampleRows = { count: 100, bytes: 785 };
    const over = {
      tensor: "samples",
      memory: nand.offChip[0] as OffChipMemory,
      address: 0,
      bytes: 78_500,
      rows: new Map(),
      sampleRows,
    };
    const visits = new Tally();
    visits.fetches.push({ tensor: "samples", into: "input", count: 300, bits: 785 * 8 });
    const pages = Array.from(
      { length: 100 },
      (_, row) => Math.floor((785 * row + 784) / 2048) - Math.floor((785 * row) / 2048) + 1,
    );
    const total = pages.reduce((sum, touched) => sum + touched, 0);
    expect(total).to.be.above(130);
    const found = counts(book(visits, weights(785, 100, over), nand));
    expect(found).to.include({
      "flash load input": 3 * total,
      "flash command input": 6 * total,
      "flash read input": 300 * 785,
    });
  });

  it("loads a page of NAND before reading it", () => {
    const nand = chipOf({ flash: "nand" });
    const region = weights(3000, 2, { memory: nand.offChip[0] as OffChipMemory, address: 131_072 });
    const visits = walk([0, 10], { reads: true });
    // Bytes 3000 to 6000 lie in the pages of 2048 bytes 1 and 2.
    expect(counts(book(visits, region, nand))).to.include({
      "flash load weights": 20,
      "flash command weights": 40,
      "flash read weights": 30_000,
    });
  });
});
