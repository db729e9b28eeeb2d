/** A recursive and a conventional network of about the same error, on a chip whose SRAM holds the weights of the first only. */
export interface Pair {
  /** Names of networks. */
  readonly recursive: string;
  readonly conventional: string;
  /** Of both networks. */
  readonly batch: number;
  /** Name of the chip with the first of {@link MEMORIES}. */
  readonly chip: string;
}

/** R1 has 310 KiB of weights, B1 930; R3 has 116 KiB, B2 465 (arXiv 1709.05306, Table 2). */
export const PAIRS: readonly Pair[] = [
  { recursive: "r1-batch1", conventional: "b1-batch1", batch: 1, chip: "learner-m4-640k" },
  { recursive: "r3-batch1", conventional: "b2-batch1", batch: 1, chip: "node-m4-256k" },
  { recursive: "r1", conventional: "b1", batch: 100, chip: "learner-m4-640k" },
  { recursive: "r3", conventional: "b2", batch: 100, chip: "node-m4-256k" },
];

/** What lies off chip. */
export interface Memory {
  readonly title: string;
  /** Of the chips' names. */
  readonly suffix: string;
}

export const MEMORIES: readonly Memory[] = [
  { title: "NOR", suffix: "" },
  { title: "FRAM", suffix: "-fram" },
];

/** The trainings that chips are priced with: one of each network, for seeds hardly change what is updated. */
const PRICED_SEED = 1;

export const isPriced = (network: string, seed: number): boolean =>
  seed === PRICED_SEED &&
  PAIRS.some(({ recursive, conventional }) => network === recursive || network === conventional);
