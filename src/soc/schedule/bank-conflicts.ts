import type { Tally } from "../../firmware/tally.js";
import type { Chip } from "../chip.js";
import { accessCycles } from "../moves.js";
import type { Placement } from "../placement/placement.js";

/** What the placement calls the buffers of spilled rows, before the name of their tensor. */
const ROW_BUFFER = "rowBuffer.";

/** Collisions of core and DMA engine in the banks of the SRAM, while rows are moved beside computing. */
export class BankConflicts {
  readonly #shared: ReadonlySet<string>;
  readonly #cyclesPerAccess: number;

  /** @param isLeftOut nothing collides */
  constructor({ onChip, regions }: Placement, chip: Chip, isLeftOut = false) {
    const { sram } = chip;
    const bankBytes = sram.capacityBytes / sram.banks;
    const banksOf = ({ address, bytes }: { address: number; bytes: number }): [number, number] => [
      Math.floor(address / bankBytes),
      Math.floor((address + Math.max(bytes, 1) - 1) / bankBytes),
    ];
    const items = onChip.filter(({ component }) => component === sram.name);
    const buffers = items.filter(({ tensor }) => tensor.startsWith(ROW_BUFFER)).map(banksOf);
    const meets = ([first, last]: [number, number]): boolean =>
      buffers.some(([from, to]) => first <= to && from <= last);
    const near = items.filter((item) => meets(banksOf(item))).map(({ tensor }) => tensor);
    // What is spilled is worked on in the row buffer itself.
    this.#shared = new Set(isLeftOut || buffers.length === 0 ? [] : [...near, ...regions.keys()]);
    this.#cyclesPerAccess = accessCycles(chip);
  }

  /** Accesses of the core to tensors of which any part lies in a bank with a row buffer. */
  accessesOf(tally: Tally): number {
    let accesses = 0;
    for (const { tensor, count } of tally.accesses) if (this.#shared.has(tensor)) accesses += count;
    return accesses;
  }

  /**
   * Cycles by which the DMA engine's accesses delay the core's, as if both came at random times: of `moved` words each meets
   * an access of the core with the probability that the bank is in use. Rounded up.
   * @param accesses of {@link accessesOf} within `cycles`
   */
  stallCycles(moved: number, accesses: number, cycles: number): number {
    if (cycles === 0) return 0;
    const busy = Math.min(1, (accesses * this.#cyclesPerAccess) / cycles);
    return Math.ceil(moved * this.#cyclesPerAccess * busy);
  }
}
