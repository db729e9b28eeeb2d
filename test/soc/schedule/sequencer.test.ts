import { expect } from "chai";
import { type MemorySlots, timeBaseOf } from "../../../src/soc/elapsed.js";
import { Ledger } from "../../../src/soc/ledger.js";
import { Sequencer } from "../../../src/soc/schedule/sequencer.js";
import { chipOf } from "../support/chips.js";

const chip = chipOf({ coreMegahertz: 50, flashMegahertz: 50 });
const base = timeBaseOf(chip, chip.sensor);
const { bus } = base.memories.get("flash") as MemorySlots;
const camera = base.sensor as { name: string; slot: number };
const perByte = base.cyclesEach[camera.slot] as number;

const sequencerOf = (channels: number) => new Sequencer(base, new Ledger("load", 1, base), channels);
const burst = (sequencer: Sequencer, clocks: number): number =>
  sequencer.transfer(sequencer.start, () =>
    sequencer.take({ part: "flash", isInternal: false, slot: bus, amount: clocks }, 1),
  ).cycles;
const delivery = (sequencer: Sequencer, bytes: number): number =>
  sequencer.transfer(sequencer.start, () =>
    sequencer.take({ part: camera.name, isInternal: false, slot: camera.slot, amount: bytes }, 1),
  ).cycles;

describe("transfers on the channels of a DMA engine", () => {
  it("go on the channel that is free first", () => {
    const sequencer = sequencerOf(2);
    const copy = (cycles: number): number =>
      sequencer.transfer(sequencer.start, () =>
        sequencer.take({ part: undefined, isInternal: false, slot: 0, amount: cycles }, 1),
      ).cycles;
    expect([copy(100), copy(300), copy(50), copy(200)]).to.deep.equal([100, 300, 150, 350]);
  });

  it("wait for each other on the bus of the off-chip memories, but not for the sensor, which has its own", () => {
    const [shared, apart] = [sequencerOf(2), sequencerOf(2)];
    expect([burst(shared, 100), burst(shared, 100)]).to.deep.equal([100, 200]);
    expect(burst(apart, 1000)).to.equal(1000);
    expect(delivery(apart, 10)).to.equal(10 * perByte);
  });
});
