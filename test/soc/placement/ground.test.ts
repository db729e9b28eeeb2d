import { expect } from "chai";
import type { TensorSpec } from "../../../src/firmware/tensors.js";
import { groundOf } from "../../../src/soc/placement/ground.js";
import { chipOf } from "../support/chips.js";
import { requestOf } from "../support/placements.js";

const samples: TensorSpec = {
  name: "samples",
  bits: 8 * 1000 * 65,
  rowCount: 1000,
  from: "load",
  to: "recycle",
  where: "offChip",
};
const logits: TensorSpec = { ...samples, name: "cachedLogits", bits: 32 * 1000, rowCount: 1000 };
const deltas: TensorSpec = { name: "deltas", bits: 80, from: "backward", to: "update", where: "pinned" };

const chip = chipOf();
const [flash] = chip.offChip as [(typeof chip.offChip)[number]];
const small = { ...flash, name: "small", capacityBytes: 16 * 4096 };
const two = { ...chip, offChip: [small, flash] };

describe("what is decided before anything is spilled", () => {
  it("puts samples where they are asked for, or into the first memory with room, and leaves the rest in sectors", () => {
    const anywhere = groundOf(requestOf([samples, deltas]), two);
    // 65,000 bytes are 15.9 sectors of 4 KiB.
    expect(anywhere.samples.map(({ region }) => region.memory.name)).to.deep.equal(["small"]);
    expect(anywhere.starts.get(small)).to.equal(16 * 4096);
    expect(anywhere.rooms.get(small)).to.equal(0);
    expect(anywhere.rooms.get(flash)).to.equal(flash.capacityBytes);
    const asked = groundOf(requestOf([samples], { samplesIn: "flash" }), two);
    expect(asked.samples.map(({ region }) => region.memory.name)).to.deep.equal(["flash"]);
    expect(asked.rooms.get(small)).to.equal(16 * 4096);
  });

  it("names what no memory has room for, with the memory that has most", () => {
    const many = { ...samples, bits: samples.bits * 1000, rowCount: 1_000_000 };
    const { unplaced, samples: placed } = groundOf(requestOf([many]), two);
    expect(placed).to.deep.equal([]);
    expect(unplaced).to.deep.equal([
      { tensor: "samples", demandBytes: 65_000_000, roomBytes: flash.capacityBytes, component: "flash" },
    ]);
    const none = groundOf(requestOf([samples]), { ...chip, offChip: [] });
    expect(none.unplaced).to.deep.equal([
      { tensor: "samples", demandBytes: 65_000, roomBytes: 0, component: undefined },
    ]);
  });

  it("keeps of the others what has room, samples and code in a memory of their own apart", () => {
    const { onChipTensors } = groundOf(requestOf([samples, logits, deltas], { codeBytes: 100 }), chip);
    expect(onChipTensors.map(({ name }) => name)).to.deep.equal(["cachedLogits", "deltas"]);
    const alone = groundOf(requestOf([samples, logits, deltas]), { ...chip, offChip: [] });
    expect(alone.onChipTensors.map(({ name }) => name)).to.deep.equal(["deltas"]);
  });

  it("counts code to the SRAM without a memory for it, and refuses more code than there is room", () => {
    const without = groundOf(requestOf([deltas], { codeBytes: 100 }), chipOf({ code: false }));
    expect(without.onChipTensors.map(({ name, bits }) => [name, bits])).to.deep.equal([
      ["code", 800],
      ["deltas", 80],
    ]);
    const much = groundOf(requestOf([deltas], { codeBytes: 200 * 1024 }), chip);
    expect(much.unplaced).to.deep.equal([
      { tensor: "code", demandBytes: 200 * 1024, roomBytes: 128 * 1024, component: "code" },
    ]);
  });
});
