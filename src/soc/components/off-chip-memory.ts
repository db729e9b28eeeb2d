import type { Figure } from "../costs.js";

/** What a serial memory does; `load`, `program` and `erase` are its internal operations, without the bus. */
export type OffChipAction = "command" | "load" | "read" | "write" | "program" | "erase";

/** What only flash does. */
export type InternalOperation = "load" | "program" | "erase";

/** A memory beside the chip, on a serial bus. */
export interface OffChipMemory {
  readonly kind: "nor-flash" | "nand-flash" | "fram" | "mram";
  readonly name: string;
  readonly capacityBytes: number;
  /** How changed bytes get back: written where they are, or with their whole sector, which is erased and programmed. */
  readonly rewrite: "inPlace" | "sectors";
  /** A page is brought from the array into a register before it is read. */
  readonly isPaged: boolean;
  /** Unit of programming and of page loads; 1 in a memory that is written in place. */
  readonly pageBytes: number;
  /** Unit of erasing; 1 in a memory that is written in place. */
  readonly sectorBytes: number;
  /** A read destroys what it reads, so that the memory writes it back: it wears a byte as a write does. */
  readonly isWornByReads: boolean;
  /** Erases of a sector that it withstands, or writes of a byte if it is written in place; null if there is no limit. */
  readonly enduranceCycles: number | null;
  readonly enduranceStatus: string;
  readonly busHertz: number;
  /** Clocks of a burst's opcode, address and dummy cycles. */
  readonly commandClocks: number;
  /** Bits that a clock moves: a bit a lane, or two with DDR. */
  readonly bitsPerClock: number;
  /** Time of one internal operation; 0 of one that it does not have. */
  readonly seconds: Readonly<Record<InternalOperation, number>>;
  /** A memory that is written in place neither programs nor erases; only NAND loads pages. */
  readonly actions: Readonly<Record<Exclude<OffChipAction, InternalOperation>, Figure>> &
    Readonly<Partial<Record<InternalOperation, Figure>>>;
  readonly states: { readonly standby: Figure; readonly powerDown?: Figure };
}
