import { expect } from "chai";
import type { Executions } from "../../../src/firmware/context.js";
import type { Invocation } from "../../../src/firmware/lower.js";
import type { Statement } from "../../../src/firmware/nest.js";
import type { Chip } from "../../../src/soc/chip.js";
import type { OffChipMemory } from "../../../src/soc/components/off-chip-memory.js";
import { Enumeration } from "../../../src/soc/enumerate/enumeration.js";
import type { OffChipRegion } from "../../../src/soc/off-chip.js";
import type { Placement } from "../../../src/soc/placement/placement.js";
import { access, contextOf, loop, stream, updated } from "../../firmware/support/nests.js";
import { chipOf } from "../support/chips.js";

const nor = chipOf({ flash: "nor" });
const nand = chipOf({ flash: "nand" });
const inPlace: Chip = {
  ...nor,
  offChip: nor.offChip.map((memory) => ({ ...memory, rewrite: "inPlace", pageBytes: 1, sectorBytes: 1 })),
};

/** Four rows of 30 bytes each, of which all but the first are off chip: sectors of 64 bytes, pages of 16. */
const ROWS = { inputs: 20, outputs: 4, cellBits: 12 };
const item = (tensor: string, bytes: number, address: number) =>
  ({ tensor, component: "sram", bytes, address, from: "load", to: "recycle" }) as const;

function placementOn(chip: Chip, over: Partial<OffChipRegion> = {}): Placement {
  const memory: OffChipMemory = {
    ...(chip.offChip[0] as OffChipMemory),
    ...(chip.offChip[0]?.rewrite === "inPlace" ? {} : { pageBytes: 16, sectorBytes: 64 }),
  };
  const rows = new Map(
    [1, 2, 3].map((row, position) => [row, { start: 30 * position, end: 30 * position + 30 }]),
  );
  const region = { tensor: "weights", memory, address: 128, bytes: 90, rows, sampleRows: undefined, ...over };
  return {
    fits: true,
    onChip: [
      item("sectorBuffer", 64, 0),
      item("rowBuffer.weights", 30, 64),
      item("weights", 30, 96),
      item("input", 20, 128),
      item("logits", 16, 148),
    ],
    offChip: [],
    regions: new Map([["weights", region]]),
    peakBytes: 0,
    unspilledPeakBytes: 0,
    lowerBoundBytes: 0,
    spilledBytes: 90,
    unplaced: [],
    spilling: { objective: "energy", method: "search", cost: 0, lowerBound: 0, isOptimal: true },
  };
}

interface Given {
  readonly chip?: Chip;
  readonly placement?: Placement;
  readonly executions?: Executions;
}

function enumerated(statements: readonly Statement[], given: Given = {}) {
  const { chip = nor, executions = { times: 1 } } = given;
  const { names, bindings } = contextOf(ROWS);
  const program = { kernels: { update: statements }, options: {}, sensor: undefined };
  const invocation: Invocation = {
    kernel: "update",
    phase: "update",
    iteration: 1,
    executions,
    names,
    bindings,
    options: {},
  };
  const enumeration = new Enumeration(chip, program, given.placement ?? placementOn(chip));
  const [phase] = enumeration.count([invocation]);
  const counts = (phase?.counters ?? [])
    .filter(({ component, count }) => component !== "core" && count !== 0)
    .map(({ component, action, tensor, count }): [string, number] => [
      `${component} ${action} ${tensor}`,
      count,
    ]);
  return {
    counts: Object.fromEntries(counts),
    messages: enumeration.violations.map(({ message }) => message),
  };
}

const reads = stream("weights", ["row", "0"], "cellBits * inputs");
const writes = stream("weights", ["row", "0"], "cellBits * inputs", "write");
/** Words of 32 bit that four rows of 240 bits touch: 8 + 8 + 8 + 8, since 240 is 7.5 words. */
const WORDS = 32;

describe("enumerating an invocation", () => {
  it("fills the rows that are off chip, each in a burst, and no others", () => {
    const { counts, messages } = enumerated([loop("row", "outputs", [reads])]);
    expect(messages).to.deep.equal([]);
    expect(counts).to.deep.equal({
      "flash command weights": 3,
      "flash read weights": 90,
      "sram write weights": 3 * 8,
      "sram read weights": WORDS,
      "dma transfer all tensors": 90,
    });
  });

  it("loads the pages of NAND that the addresses of a row lie in", () => {
    const { counts } = enumerated([loop("row", "outputs", [reads])], { chip: nand });
    // Bytes 0-29, 30-59 and 60-89 lie in pages 0-1, 1-3 and 3-5 of 16 bytes.
    expect(counts).to.include({
      "flash load weights": 8,
      "flash command weights": 16,
      "flash read weights": 90,
    });
  });

  it("writes rows back where they are, in a memory that can do that", () => {
    const { counts } = enumerated([loop("row", "outputs", [writes])], { chip: inPlace });
    expect(counts).to.include({
      "flash command weights": 3,
      "flash write weights": 90,
      "sram read weights": 24,
    });
    // Bytes 128 to 217 once each: the steps between rows cancel.
    expect(counts).to.include({
      "flash writes in place from byte 128 on all tensors": 1,
      "flash writes in place from byte 218 on all tensors": -1,
    });
    expect(Object.keys(counts).filter((name) => name.includes("writes in place"))).to.have.length(2);
  });

  it("rewrites each sector once, when the loop leaves it", () => {
    const { counts, messages } = enumerated([loop("row", "outputs", [writes])]);
    expect(messages).to.deep.equal([]);
    // 90 bytes are a sector of 64 and one of 26: 4 pages and 2.
    expect(counts).to.deep.equal({
      "sram write weights": WORDS,
      // Merging three rows of 30 bytes.
      "sram read weights": 24,
      "sram write sectorBuffer": 24 + 16 + 7,
      "flash command sectorBuffer": 2,
      "flash read sectorBuffer": 90,
      "flash command weights": 2 + 6,
      "flash erase weights": 2,
      "flash erase of sector 2 all tensors": 1,
      "flash erase of sector 3 all tensors": 1,
      "sram read sectorBuffer": 5 * 4 + 3,
      "flash write weights": 90,
      "flash program weights": 6,
      "dma transfer all tensors": 90 + 90 + 90,
    });
  });

  it("rewrites a sector as often as its rows are updated in sum, but no more often than the loop runs", () => {
    const executions = { times: 10, rowTimes: [10, 2, 0, 9] };
    const { counts } = enumerated([updated("row", [writes])], { executions });
    // Sector 2 has rows 1, 2 and 3 (bytes 60 to 63 of it), sector 3 row 3 alone.
    expect(counts).to.include({
      "flash erase of sector 2 all tensors": 10,
      "flash erase of sector 3 all tensors": 9,
      "sram read weights": 11 * 8,
      "sram write weights": 21 * 8,
    });
    const few = enumerated([updated("row", [writes])], {
      executions: { times: 10, rowTimes: [10, 2, 3, 0] },
    });
    expect(few.counts).to.include({ "flash erase of sector 2 all tensors": 5 });
    expect(few.counts).to.not.have.property("flash erase of sector 3 all tensors");
  });
});

describe("an address out of place", () => {
  const faults = (statements: readonly Statement[], placement: Placement): string[] =>
    enumerated(statements, { placement }).messages;
  const sound = placementOn(nor);

  it("is one beyond its tensor, which several accesses from one on may reach", () => {
    const nest = [access("read", "input", ["inputs - 1"], { count: 2 })];
    expect(faults(nest, sound)).to.deep.equal(["a read of bits 160 to 168 leaves input, which has 160 bits"]);
  });

  it("is one beyond the rows in reach", () => {
    const nest = [loop("row", 1, [access("read", "weights", ["row", "inputs - 1"], { count: 2 })])];
    expect(faults(nest, sound)).to.deep.equal([
      "a read of bit 240 of weights is outside its rows in reach, bits 0 to 240",
    ]);
  });

  it("is one of a tensor that has no place", () => {
    const onChip = sound.onChip.filter(({ tensor }) => tensor !== "input");
    const nest = [access("read", "input", ["0"])];
    expect(faults(nest, { ...sound, onChip })[0]).to.match(/leaves input, which has 0 bits/);
  });

  it("is one that two tensors share while both are in use", () => {
    const onChip = sound.onChip.map((placed) =>
      placed.tensor === "input"
        ? { ...placed, address: 140, from: "infer" as const, to: "infer" as const }
        : placed,
    );
    const nest = [access("read", "input", ["0"]), access("read", "logits", ["0"])];
    expect(faults(nest, { ...sound, onChip })).to.deep.equal([
      "input and logits share addresses of sram while both are in use",
    ]);
  });

  it("is a row that does not fit the row buffer, and a sector that does not fit its buffer", () => {
    const onChip = sound.onChip.map((placed) =>
      placed.tensor.includes("Buffer") ? { ...placed, bytes: 29 } : placed,
    );
    const messages = faults([loop("row", "outputs", [reads, writes])], { ...sound, onChip });
    expect(messages).to.include("row 1 of weights has 30 bytes, the row buffer 29");
    expect(messages).to.include("sector 2 of flash has 64 live bytes, the sector buffer 29");
  });

  it("is a tile of several rows that does not fit the row buffer, rows on chip left out", () => {
    const tiles = [loop("row", "outputs", [reads], 2)];
    const tooMany = "rows 2 to 3 of weights have 60 bytes, the row buffer";
    expect(faults(tiles, sound)).to.deep.equal([`${tooMany} 30`]);
    const withBuffer = (bytes: number): Placement => ({
      ...sound,
      onChip: [
        ...sound.onChip.filter(({ tensor }) => tensor !== "rowBuffer.weights"),
        item("rowBuffer.weights", bytes, 164),
      ],
    });
    expect(faults(tiles, withBuffer(59))).to.deep.equal([`${tooMany} 59`]);
    expect(faults(tiles, withBuffer(60))).to.deep.equal([]);
  });

  it("is one beyond the memory, or in a region that does not begin at a sector", () => {
    const far = placementOn(nor, { address: (nor.offChip[0]?.capacityBytes ?? 0) - 64 });
    expect(faults([], far)[0]).to.match(/weights is bytes 16777152 to 16777242 of flash, which has 16777216/);
    expect(faults([], placementOn(nor, { address: 100 }))[0]).to.match(/within a sector of 64/);
  });

  it("is named with its kernel, phase and iteration", () => {
    const { names, bindings } = contextOf(ROWS);
    const kernels = { update: [access("read", "input", ["inputs - 1"], { count: 2 })] };
    const enumeration = new Enumeration(nor, { kernels, options: {}, sensor: undefined }, sound);
    enumeration.count([
      {
        kernel: "update",
        phase: "update",
        iteration: 3,
        executions: { times: 1 },
        names,
        bindings,
        options: {},
      },
    ]);
    expect(enumeration.violations[0]).to.include({
      component: "sram",
      tensor: "input",
      kernel: "update",
      phase: "update",
      iteration: 3,
    });
  });
});
