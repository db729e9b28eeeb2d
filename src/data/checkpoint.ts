/** What a finished iteration reached, in percent; epochs count from 1. */
export interface IterationErrors {
  readonly bestEpoch: number;
  readonly trainErrorPercent: number;
  readonly validationErrorPercent: number;
  readonly testErrorPercent: number;
}

/** What an iteration has done so far: the counts of an activity (src/rbnn/activity.ts). */
export interface IterationCounts {
  readonly epochs: number;
  readonly snapshots: number;
  /** `[layer - 1][row]` */
  readonly rowUpdates: readonly (readonly number[])[];
  /** `[hidden layer - 1]` */
  readonly zeroDeltaSamples: readonly number[];
}

/** A training at the end of an epoch, after its validation: all that the rest of it depends on. */
export interface Checkpoint {
  /** Which training this is: `settings` as JSON, the SHA-256 of its data, and the arithmetic. */
  readonly settings: string;
  readonly dataDigest: Uint8Array;
  readonly numericsVersion: number;
  /** The iteration in progress and the epoch of it that has ended, from 1. */
  readonly iteration: number;
  readonly epoch: number;
  /** State of the chip's xorshift32. */
  readonly chip: number;
  /** State of the host's ARC4: two indices and a permutation of 0 .. 255. */
  readonly host: { readonly i: number; readonly j: number; readonly S: readonly number[] };
  /** Of the training samples. */
  readonly order: Uint32Array;
  /** The packed weight storage. */
  readonly cells: Uint8Array;
  /** The best epoch of the iteration in progress, with its signs: 1 bit a weight, 1 meaning -1. */
  readonly best: {
    readonly epoch: number;
    readonly trainErrorPercent: number;
    readonly validationErrorPercent: number;
    readonly signs: Uint8Array;
  };
  /** One entry for each finished iteration. */
  readonly finished: readonly IterationErrors[];
  /** The same, and a last entry for the iteration in progress. */
  readonly counts: readonly IterationCounts[];
}

/** Numbers of an {@link IterationErrors}. */
const ERRORS = 4;

/** The statistics of a checkpoint as one list of numbers. */
export function statisticsValues({ finished, counts }: Checkpoint): number[] {
  return [
    ...finished.flatMap((errors) => [
      errors.bestEpoch,
      errors.trainErrorPercent,
      errors.validationErrorPercent,
      errors.testErrorPercent,
    ]),
    ...counts.flatMap((entry) => [
      entry.epochs,
      entry.snapshots,
      ...entry.rowUpdates.flat(),
      ...entry.zeroDeltaSamples,
    ]),
  ];
}

/**
 * The statistics of a checkpoint in iteration `iteration`, of a network whose layers have `rows` rows, from what
 * {@link statisticsValues} gave; undefined if these numbers cannot be it.
 */
export function statisticsOf(
  values: readonly number[],
  iteration: number,
  rows: Uint32Array,
): Pick<Checkpoint, "finished" | "counts"> | undefined {
  const perIteration = 2 + rows.reduce((sum, layer) => sum + layer, 0) + rows.length - 1;
  if (rows.length < 2 || values.length !== ERRORS * (iteration - 1) + perIteration * iteration)
    return undefined;
  let at = 0;
  let isPossible = true;
  const percent = (): number => {
    const value = values[at++] as number;
    isPossible &&= value >= 0 && value <= 100;
    return value;
  };
  const count = (): number => {
    const value = values[at++] as number;
    isPossible &&= Number.isSafeInteger(value) && value >= 0;
    return value;
  };
  const finished = Array.from({ length: iteration - 1 }, () => ({
    bestEpoch: count(),
    trainErrorPercent: percent(),
    validationErrorPercent: percent(),
    testErrorPercent: percent(),
  }));
  const counts = Array.from({ length: iteration }, () => ({
    epochs: count(),
    snapshots: count(),
    rowUpdates: Array.from(rows, (layer) => Array.from({ length: layer }, count)),
    zeroDeltaSamples: Array.from({ length: rows.length - 1 }, count),
  }));
  return isPossible ? { finished, counts } : undefined;
}
