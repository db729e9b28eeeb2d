import { expect } from "chai";
import { Memory } from "../../src/iss/memory.js";
import { MemoryFault } from "../../src/iss/memory-fault.js";

const ROM = { name: "ROM", base: 0x1000, size: 64, writable: false };
const RAM = { name: "RAM", base: 0x2000, size: 64, writable: true };

const createMemory = (): Memory => new Memory([ROM, RAM]);

/** `[loads, stores]` of each name. */
const counted = (memory: Memory): Record<string, readonly number[]> =>
  Object.fromEntries(memory.traffic().map(({ name, loads, stores }) => [name, [loads, stores]]));

describe("the memory of a simulated core", () => {
  it("is little-endian, and zero at first", () => {
    const memory = createMemory();
    expect(memory.load32(0x2000)).to.equal(0);
    memory.store32(0x2000, 0x11223344);
    memory.store16(0x2004, 0x15566);
    memory.store8(0x2006, -1);
    expect([...memory.view(0x2000, 8)]).to.deep.equal([0x44, 0x33, 0x22, 0x11, 0x66, 0x55, 0xff, 0]);
    expect([memory.load8(0x2003), memory.load16(0x2002), memory.load32(0x2000)]).to.deep.equal([
      0x11, 0x1122, 0x11223344,
    ]);
  });

  it("counts an access once, by the object it reaches, whatever its width", () => {
    const memory = createMemory();
    memory.watch("cells", 0x2000, 10);
    memory.watch("table", 0x1000, 4);
    memory.load8(0x2000);
    memory.load32(0x2008);
    memory.store16(0x2004, 1);
    memory.load16(0x1002);
    memory.store8(0x200c, 1);
    memory.fetch16(0x1000);
    expect(counted(memory)).to.deep.equal({ other: [0, 1], cells: [2, 1], table: [1, 0] });
    memory.clearTraffic();
    expect(counted(memory)).to.deep.equal({ other: [0, 0], cells: [0, 0], table: [0, 0] });
  });

  it("lets an object have several places, and no two share a word", () => {
    const memory = createMemory();
    memory.watch("deltas", 0x2000, 4);
    memory.watch("deltas", 0x2010, 4);
    memory.load32(0x2000);
    memory.load32(0x2010);
    expect(counted(memory).deltas).to.deep.equal([2, 0]);
    memory.watch("input", 0x2020, 5);
    expect(() => memory.watch("logits", 0x2026, 2)).to.throw(RangeError, "logits and input share a word");
  });

  it("can be filled where programs must not write", () => {
    const memory = createMemory();
    memory.write(0x1000, Uint8Array.of(1, 2));
    expect(memory.fetch16(0x1000)).to.equal(0x0201);
    expect(() => memory.store8(0x1000, 0)).to.throw(
      MemoryFault,
      "store of 1 bytes at 0x00001000: ROM is read-only",
    );
  });

  it("has nothing beside its regions, and no access across their ends or off its alignment", () => {
    const memory = createMemory();
    for (const address of [0, 0xffe, 0x1040, 0x2040, 0xfffffffc]) {
      expect(() => memory.load16(address), address.toString(16)).to.throw(
        MemoryFault,
        "no memory there; there is ROM",
      );
    }
    expect(() => memory.load32(0x203e)).to.throw(MemoryFault, "not a multiple of 4");
    expect(() => memory.store16(0x2001, 0)).to.throw(MemoryFault, "not a multiple of 2");
    expect(() => memory.write(0x203f, Uint8Array.of(1, 2))).to.throw(MemoryFault);
    expect(() => memory.view(0x2000, 65)).to.throw(MemoryFault);
    expect(() => memory.watch("cells", 0x203c, 8)).to.throw(MemoryFault);
  });

  it("refuses regions that overlap, and none", () => {
    expect(() => new Memory([ROM, { ...RAM, base: 0x103c }])).to.throw(RangeError, "ROM and RAM overlap");
    expect(() => new Memory([])).to.throw(RangeError, "at least one region");
  });
});
