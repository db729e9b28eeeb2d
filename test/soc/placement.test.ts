import { expect } from "chai";
import fc from "fast-check";
import { PHASES, type Phase } from "../../src/firmware/phases.js";
import type { TensorSpec } from "../../src/firmware/tensors.js";
import type { Chip } from "../../src/soc/chip.js";
import type { OffChipMemory } from "../../src/soc/components/off-chip-memory.js";
import type { Placed } from "../../src/soc/placement/items.js";
import { type Placement, place } from "../../src/soc/placement.js";
import { chipOf } from "./support/chips.js";
import { requestOf } from "./support/placements.js";

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
      expect(peakBytes).to.equal(top);
      expect(fits).to.equal(peakBytes <= capacity);
      expect(unplaced.length > 0).to.equal(!fits);
    }, 2);
  });

  it("keeps or spills every row, whole", () => {
    law((placement, tensors) => {
      let spilled = 0;
      for (const { name, bits, rowBits = [] } of tensors) {
        const region = placement.regions.get(name);
        const total = (rows: readonly number[]) => rows.reduce((sum, row) => sum + row, 0);
        const kept = region === undefined ? bits : total(rowBits.filter((_, row) => !region.rows.has(row)));
        const away = region === undefined ? 0 : total(rowBits.filter((_, row) => region.rows.has(row)));
        expect(kept + away).to.equal(bits);
        const here = placement.onChip.find((item) => item.tensor === name)?.bytes ?? 0;
        expect(here).to.equal(Math.ceil(kept / 8));
        expect(region?.bytes ?? 0).to.equal(Math.ceil(away / 8));
        expect(Math.max(0, ...[...(region?.rows.values() ?? [])].map(({ end }) => end))).to.equal(
          Math.ceil(away / 8),
        );
        expect((region?.address ?? 0) % 4096).to.equal(0);
        spilled += region?.bytes ?? 0;
      }
      expect(placement.spilledBytes).to.equal(spilled);
    }, 3);
  });

  it("spills no more with more SRAM", () => {
    const property = fc.property(
      demands,
      fc.integer({ min: 256, max: 40_000 }),
      fc.integer({ min: 1, max: 20_000 }),
      (tensors, capacity, more) => {
        const [small, large] = [placed(tensors, capacity), placed(tensors, capacity + more)];
        if (small.fits) expect(large.fits).to.equal(true);
        if (small.fits) expect(large.spilledBytes).to.be.at.most(small.spilledBytes);
      },
    );
    fc.assert(property, { seed: 4, numRuns: 150 });
  });

  it("fits with another memory wherever it fits without, and spills no more", () => {
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
        expect(withIt.spilledBytes).to.be.at.most(without.spilledBytes);
      },
    );
    fc.assert(property, { seed: 7, numRuns: 150 });
    expect(decided).to.be.above(20);
  });

  it("has a place for a row and a sector where anything is spilled, and for neither where nothing is", () => {
    law(({ onChip, spilledBytes }) => {
      const buffers = onChip
        .filter(({ tensor: name }) => name.endsWith("Buffer"))
        .map(({ tensor: name }) => name);
      expect(buffers).to.have.members(spilledBytes > 0 ? ["rowBuffer", "sectorBuffer"] : []);
    }, 5);
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

  it("takes the first of the file where that makes no difference", () => {
    expect(placed([cached], 200_000, both).offChip[0]?.component).to.equal("nand");
    const { fits, offChip } = placed(away(8 * 300_000), 200, both);
    expect([fits, offChip[0]?.component]).to.deep.equal([false, "nand"]);
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
