import type { Phase } from "../firmware/phases.js";
import type { Chip } from "./chip.js";
import type { Ledger } from "./ledger.js";

/** One exact number of a phase; what is of no single tensor has a word for all of them in its place. */
export interface Counter {
  readonly component: string;
  /** An action; for a core also an arithmetic operation. */
  readonly action: string;
  readonly tensor: string;
  readonly count: number;
  /** Useful bits, where there are any. */
  readonly bits: number;
}

/** Everything that one way of counting says about one phase of one iteration. */
export interface PhaseCounts {
  readonly phase: Phase;
  readonly iteration: number;
  readonly counters: readonly Counter[];
  /** Elapsed core cycles, rounded up once; undefined if this way does not tell the time. */
  readonly cycles: number | undefined;
}

/** Stand in the place of a tensor. */
export const KERNELS = "kernels";
export const COPIES = "copies";
export const OPERATIONS = "operations";
export const STALLS = "stalls";
export const ALL_TENSORS = "all tensors";

/** Cycles of the core, as an action; those of stalls are named by their cause. */
export const CYCLES = "cycles";

/** Erases of one sector of a memory, as an action. */
export const eraseOfSector = (sector: number): string => `erase of sector ${sector}`;

/** By how many the writes in place (and reads that wear like them) of a byte exceed those of the byte before it, as an action. */
export const writesFromByte = (address: number): string => `writes in place from byte ${address} on`;

/** The numbers of a ledger, as what it can be compared by. */
export function countersOf(ledger: Ledger, chip: Chip): Counter[] {
  const { core, dma } = chip;
  const of = (component: string, action: string, tensor: string, count: number): Counter => ({
    component,
    action,
    tensor,
    count,
    bits: 0,
  });
  return [
    ...ledger.traffic,
    of(core.name, CYCLES, KERNELS, ledger.kernelCycles),
    of(core.name, CYCLES, COPIES, ledger.copyCycles),
    ...[...ledger.stalls]
      // Collisions depend on the order in time: only a schedule knows them.
      .filter(([cause]) => cause !== "bank conflict")
      .map(([cause, cycles]) => of(core.name, cause, STALLS, cycles)),
    ...(dma === undefined ? [] : [of(dma.name, "transfer", ALL_TENSORS, ledger.dmaBytes)]),
    ...[...ledger.operations].map(([name, count]) => of(core.name, name, OPERATIONS, count)),
    ...[...ledger.erases].flatMap(([memory, sectors]) =>
      [...sectors].map(([sector, times]) => of(memory, eraseOfSector(sector), ALL_TENSORS, times)),
    ),
    ...[...ledger.writeSteps].flatMap(([memory, steps]) =>
      [...steps].map(([address, change]) => of(memory, writesFromByte(address), ALL_TENSORS, change)),
    ),
  ];
}
