import { expect } from "chai";
import fc from "fast-check";
import { PHASES, type Phase } from "../../../src/firmware/phases.js";
import type { TensorSpec } from "../../../src/firmware/tensors.js";
import type { Chip } from "../../../src/soc/chip.js";
import type { OffChipMemory } from "../../../src/soc/components/off-chip-memory.js";
import type { Placed } from "../../../src/soc/placement/items.js";
import { place } from "../../../src/soc/placement/place.js";
import type { Placement } from "../../../src/soc/placement/placement.js";
import { chipOf } from "../support/chips.js";
import { requestOf } from "../support/placements.js";

const base = chipOf({ flash: "nor" });
const withSram = (capacityBytes: number, chip: Chip = base): Chip => ({
  ...chip,
  sram: { ...chip.sram, capacityBytes },
});

const span = fc
  .tuple(fc.nat(PHASES.length - 2), fc.nat(PHASES.length - 2))
  .map(([a, b]): [Phase, Phase] => [PHASES[Math.min(a, b)] as Phase, PHASES[Math.max(a, b)] as Phase]);
const pinned = fc
  .tuple(span, fc.integer({ min: 1, max: 90_000 }))
  .map(([[from, to], bits]): Omit<TensorSpec, "name"> => ({ where: "pinned", bits, from, to }));
const layered = fc
  .tuple(
    fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9000 })), {
      minLength: 1,
      maxLength: 3,
    }),
    fc.constantFrom<Phase>("update", "recycle", "recycle"),
  )
  .map(([layers, to]): Omit<TensorSpec, "name"> => {
    const rowBits = layers.flatMap(([rows, bits]) => new Array<number>(rows).fill(bits));
    return { where: "rows", bits: rowBits.reduce((sum, row) => sum + row, 0), rowBits, from: "load", to };
  });
const demands = fc
  .tuple(fc.array(pinned, { maxLength: 4 }), fc.array(layered, { minLength: 1, maxLength: 3 }))
  .map((parts) => parts.flat().map((spec, index): TensorSpec => ({ ...spec, name: `t${index}` })));

const sectors = fc.constantFrom(256, 4096, 32_768, 131_072);

const placed = (tensors: readonly TensorSpec[], capacity: number, chip = base): Placement =>
  place(requestOf(tensors, { codeBytes: 4096 }), withSram(capacity, chip));
const together = (a: Placed, b: Placed): boolean =>
  PHASES.indexOf(a.from) <= PHASES.indexOf(b.to) && PHASES.indexOf(b.from) <= PHASES.indexOf(a.to);

describe("placement, whatever is demanded", () => {
  const law = (
    check: (placement: Placement, tensors: readonly TensorSpec[], capacity: number) => void,
    seed: number,
  ) =>
    fc.assert(
      fc.property(demands, fc.integer({ min: 256, max: 40_000 }), (tensors, capacity) =>
        check(placed(tensors, capacity), tensors, capacity),
      ),
      { seed, numRuns: 150 },
    );

  it("gives what lives at the same time no byte in common", () => {
    law(({ onChip, offChip }) => {
      for (const items of [onChip.filter(({ component }) => component === "sram"), offChip]) {
        for (const [position, a] of items.entries()) {
          for (const b of items.slice(position + 1)) {
            const apart = a.address + a.bytes <= b.address || b.address + b.bytes <= a.address;
            expect(apart || (items !== offChip && !together(a, b)), `${a.tensor} ${b.tensor}`).to.equal(true);
          }
        }
      }
    }, 1);
  });

  it("stays within the capacity where it fits, and says what lacks room where it does not", () => {
    law(({ fits, onChip, peakBytes, unplaced }, _, capacity) => {
      const top = Math.max(
        ...onChip
          .filter(({ component }) => component === "sram")
          .map(({ address, bytes }) => address + bytes),
      );
      expect(peakBytes).to.equal(4 * Math.ceil(top / 4));
      expect(fits).to.equal(peakBytes <= capacity);
      expect(unplaced.length > 0).to.equal(!fits);
    }, 2);
  });

  it("keeps or spills every row, whole; a row keeps its bit phase in words of the port", () => {
    law((placement, tensors) => {
      let spilled = 0;
      for (const { name, rowBits = [] } of tensors) {
        const region = placement.regions.get(name);
        const here = placement.onChip.filter(({ tensor: placedTensor }) => placedTensor === name);
        spilled += region?.bytes ?? 0;
        if (region === undefined) {
          expect(here.length).to.equal(1);
          continue;
        }
        expect(region.address % 4096).to.equal(0);
        const kept = here.flatMap(({ rows }) =>
          rows === undefined
            ? []
            : Array.from({ length: rows.last - rows.first + 1 }, (_, at) => rows.first + at),
        );
        expect([...kept, ...region.rows.keys()].sort((x, y) => x - y)).to.deep.equal([...rowBits.keys()]);
        let bit = 0;
        for (const [row, bits] of rowBits.entries()) {
          const range = region.rows.get(row);
          if (range !== undefined) {
            expect(range.start % 4).to.equal(Math.floor((bit % 32) / 8));
            expect(range.end - range.start).to.equal(Math.ceil(((bit % 8) + bits) / 8));
            expect(range.end).to.be.at.most(region.bytes);
          }
          bit += bits;
        }
      }
      expect(placement.spilledBytes).to.equal(spilled);
    }, 3);
  });

  it("costs no more with more SRAM", () => {
    const property = fc.property(
      demands,
      fc.integer({ min: 256, max: 40_000 }),
      fc.integer({ min: 1, max: 20_000 }),
      (tensors, capacity, more) => {
        const [small, large] = [placed(tensors, capacity), placed(tensors, capacity + more)];
        if (small.fits) expect(large.fits).to.equal(true);
        if (small.fits) expect(large.spilling.cost).to.be.at.most(small.spilling.cost * (1 + 1e-12));
      },
    );
    fc.assert(property, { seed: 4, numRuns: 150 });
  });

  it("fits with another memory wherever it fits without, and costs no more", () => {
    const memories = fc.array(
      fc.record({ capacityBytes: fc.integer({ min: 64, max: 40_000 }), sectorBytes: sectors }),
      { minLength: 2, maxLength: 4 },
    );
    const [flash] = base.offChip;
    let decided = 0;
    const property = fc.property(
      demands,
      fc.integer({ min: 256, max: 40_000 }),
      memories,
      fc.nat(3),
      (tensors, capacity, drawn, position) => {
        const all = drawn.map((memory, index) => ({
          ...(flash as OffChipMemory),
          ...memory,
          name: `m${index}`,
        }));
        const fewer = all.toSpliced(position % all.length, 1);
        const [without, withIt] = [fewer, all].map((offChip) =>
          placed(tensors, capacity, { ...base, offChip }),
        ) as [Placement, Placement];
        if (!without.fits) return;
        decided += 1;
        expect(withIt.fits).to.equal(true);
        expect(withIt.spilling.cost).to.be.at.most(without.spilling.cost * (1 + 1e-12));
      },
    );
    fc.assert(property, { seed: 7, numRuns: 150 });
    expect(decided).to.be.above(20);
  });

  it("has a place for a row of each tensor and for a sector where anything is spilled, and for neither where nothing is", () => {
    law(({ fits, onChip, regions }) => {
      if (!fits) return;
      const buffers = onChip.map(({ tensor: name }) => name).filter((name) => name.includes("Buffer"));
      const rows = [...regions.keys()].map((name) => `rowBuffer.${name}`);
      expect(buffers).to.have.members(rows.length > 0 ? [...rows, "sectorBuffer"] : []);
    }, 5);
  });

  it("is proven to cost least, and says what it is for", () => {
    law(({ spilling, spilledBytes, fits }) => {
      expect(spilling.isOptimal).to.equal(true);
      if (fits) expect(spilling.cost > 0).to.equal(spilledBytes > 0);
    }, 8);
  });

  it("needs at least what lives at once", () => {
    law(({ lowerBoundBytes, unspilledPeakBytes }) => {
      expect(unspilledPeakBytes).to.be.at.least(lowerBoundBytes);
    }, 6);
  });
});

describe("placement beside a NAND and a NOR flash", () => {
  const [nor] = base.offChip as [OffChipMemory];
  const [nand] = chipOf({ flash: "nand" }).offChip as [OffChipMemory];
  const both: Chip = { ...base, offChip: [{ ...nand, name: "nand" }, nor] };
  const away = (bits: number): TensorSpec[] => [
    { name: "weights", bits, rowBits: [bits / 2, bits / 2], from: "load", to: "recycle", where: "rows" },
  ];
  const cached: TensorSpec = {
    name: "cachedLogits",
    bits: 3200,
    rowCount: 10,
    from: "load",
    to: "recycle",
    where: "offChip",
  };

  it("takes the memory whose sector fits beside the rest", () => {
    const { fits, offChip } = placed(away(8 * 20_000), 15_000, both);
    expect(fits).to.equal(true);
    expect(offChip.map(({ component }) => component)).to.deep.equal(["flash"]);
    expect(placed([cached], 15_000, both).offChip[0]?.component).to.equal("flash");
  });

  it("takes the memory that costs less where both would do", () => {
    const costOf = (offChip: readonly OffChipMemory[]): number =>
      placed([cached], 200_000, { ...both, offChip }).spilling.cost;
    const [first, second] = both.offChip as [OffChipMemory, OffChipMemory];
    expect(costOf(both.offChip)).to.equal(Math.min(costOf([first]), costOf([second])));
    expect(costOf([first])).not.to.equal(costOf([second]));
  });
});

describe("placement without a place to spill to", () => {
  it("keeps all on chip and says that it does not fit", () => {
    const none = chipOf({ flash: "none" });
    const rows: TensorSpec = {
      name: "weights",
      bits: 8000,
      rowBits: [4000, 4000],
      from: "load",
      to: "recycle",
      where: "rows",
    };
    const { fits, unplaced, spilledBytes } = placed([rows], 512, none);
    expect([fits, spilledBytes]).to.deep.equal([false, 0]);
    expect(unplaced[0]).to.include({ demandBytes: 1000, roomBytes: 512, component: "sram" });
  });
});
