import { expect } from "chai";
import { MemoryMap, onceEach } from "../../../src/soc/enumerate/memory-map.js";
import type { OffChipRegion } from "../../../src/soc/off-chip.js";
import type { Placed } from "../../../src/soc/placement/items.js";
import type { Placement } from "../../../src/soc/placement/placement.js";
import { chipOf } from "../support/chips.js";

const chip = chipOf();
const [flash] = chip.offChip as [(typeof chip.offChip)[number]];

const item = (tensor: string, address: number, bytes: number, over: Partial<Placed> = {}): Placed => ({
  tensor,
  component: "sram",
  address,
  bytes,
  from: "load",
  to: "recycle",
  ...over,
});

const region = (over: Partial<OffChipRegion> = {}): OffChipRegion =>
  ({
    tensor: "weights",
    memory: flash,
    address: 0,
    bytes: 100,
    rows: new Map([
      [4, { start: 0, end: 10 }],
      [5, { start: 10, end: 20 }],
    ]),
    sampleRows: undefined,
    ...over,
  }) as OffChipRegion;

const mapOf = (onChip: readonly Placed[], regions: readonly OffChipRegion[] = []): MemoryMap =>
  new MemoryMap(chip, {
    onChip,
    regions: new Map(regions.map((one) => [one.tensor, one])),
  } as unknown as Placement);

/** What a check complains of. */
function faults(check: (complain: (fault: { message: string }) => void) => void): string[] {
  const messages: string[] = [];
  check(({ message }) => messages.push(message));
  return messages;
}

const placing = (map: MemoryMap): string[] => faults((complain) => map.checkPlacement(complain));

describe("a map of the memories", () => {
  it("has no two tensors at an address while both live", () => {
    const early = { from: "load", to: "forward" } as const;
    const late = { from: "backward", to: "update" } as const;
    expect(placing(mapOf([item("a", 0, 10), item("b", 10, 10)]))).to.deep.equal([]);
    expect(placing(mapOf([item("a", 0, 10, early), item("b", 5, 10, late)]))).to.deep.equal([]);
    expect(placing(mapOf([item("a", 0, 10), item("b", 5, 10, { component: "code" })]))).to.deep.equal([]);
    const shared = "a and b share addresses of sram while both are in use";
    expect(placing(mapOf([item("a", 0, 10), item("b", 9, 10)]))).to.deep.equal([shared]);
    expect(
      placing(mapOf([item("a", 0, 10, early), item("b", 5, 10, { from: "forward", to: "loss" })])),
    ).to.deep.equal([shared]);
    expect(
      placing(mapOf([item("a", 0, 10, { from: "forward", to: "loss" }), item("b", 5, 10, early)])),
    ).to.deep.equal([shared]);
  });

  it("has nothing beyond a memory's end, or within a sector that begins before it", () => {
    const { capacityBytes } = chip.sram;
    expect(placing(mapOf([item("a", capacityBytes - 10, 10)]))).to.deep.equal([]);
    expect(placing(mapOf([item("a", capacityBytes - 9, 10)]))).to.deep.equal([
      `a is bytes ${capacityBytes - 9} to ${capacityBytes + 1} of sram, which has ${capacityBytes}`,
    ]);
    expect(placing(mapOf([item("code", 128 * 1024, 1, { component: "code" })])).join()).to.match(
      /of code, which has/,
    );
    expect(placing(mapOf([], [region()]))).to.deep.equal([]);
    expect(placing(mapOf([], [region({ address: 100 })]))).to.deep.equal([
      "weights begins at byte 100 of flash, within a sector of 4096",
    ]);
    expect(placing(mapOf([], [region({ bytes: 15 })]))).to.deep.equal([
      "row 5 of weights is bytes 10 to 20 of a region of 15",
    ]);
    expect(placing(mapOf([], [region(), region({ tensor: "gradient" })]))).to.deep.equal([
      "weights and gradient share addresses of flash while both are in use",
    ]);
  });

  it("knows what may be addressed, in one piece or in several", () => {
    const map = mapOf(
      [item("deltas", 0, 10), item("deltas", 20, 5), item("code", 0, 50, { component: "code" })],
      [
        region(),
        region({ tensor: "samples", sampleRows: { count: 3, bytes: 65 } } as Partial<OffChipRegion>),
      ],
    );
    expect(map.bytesOnChip("deltas")).to.equal(15);
    expect(map.bytesOnChip("code")).to.equal(0);
    expect(map.addressableBits("deltas")).to.equal(120);
    expect(map.addressableBits("weights")).to.equal(Number.POSITIVE_INFINITY);
    expect(map.addressableBits("samples")).to.equal(520);
  });

  it("finds rows that lie nowhere or are too short, and tiles larger than their buffer", () => {
    const map = mapOf([item("rowBuffer.weights", 0, 15)], [region()]);
    expect(faults((complain) => map.checkRow("weights", 4, 80, complain))).to.deep.equal([]);
    expect(faults((complain) => map.checkRow("weights", 4, 81, complain))).to.deep.equal([
      "row 4 of weights has 81 bits, but only 10 bytes",
    ]);
    expect(faults((complain) => map.checkRow("gradient", 0, 8, complain))).to.deep.equal([
      "row 0 of gradient lies nowhere",
    ]);
    expect(faults((complain) => map.checkTile("weights", 4, 1, complain))).to.deep.equal([]);
    expect(faults((complain) => map.checkTile("weights", 4, 2, complain))).to.deep.equal([
      "rows 4 to 5 of weights have 20 bytes, the row buffer 15",
    ]);
    expect(faults((complain) => map.checkTile("deltas", 0, 9, complain))).to.deep.equal([]);
  });

  it("fetches no more than there is room for beside the label", () => {
    const map = mapOf([item("input", 0, 64)]);
    expect(faults((complain) => map.checkFetch("input", 65, complain))).to.deep.equal([]);
    expect(faults((complain) => map.checkFetch("input", 66, complain))).to.have.lengthOf(1);
  });

  it("has tensors that are used together apart, whatever their lifetimes are", () => {
    const map = mapOf([
      item("a", 0, 10, { to: "load" }),
      item("b", 5, 10, { from: "recycle" }),
      item("c", 90, 1),
    ]);
    expect(faults((complain) => map.checkInUse(["a", "c"], complain))).to.deep.equal([]);
    expect(faults((complain) => map.checkInUse(["a", "b"], complain))).to.have.lengthOf(1);
  });

  it("says the same thing once", () => {
    const said: string[] = [];
    const once = onceEach(({ message }) => said.push(message));
    for (const message of ["x", "y", "x"]) once({ component: "sram", tensor: "a", message });
    expect(said).to.deep.equal(["x", "y"]);
  });
});
