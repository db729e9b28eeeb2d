import type { PlannedTraining } from "./plan.js";

/** A sample at batch 1 updates all weights at once: about as much time as this many in a batch of 100. */
const BATCH_1_FACTOR = 5;

/** Work of a training, in weights visited; only ratios matter. */
export function workOf({ workload }: PlannedTraining): number {
  const { data, network, storage, training } = workload;
  const widths = [784, ...network.hidden, 10];
  const weights = widths.slice(1).reduce((sum, width, index) => sum + width * (widths[index] as number), 0);
  const factor = training.batch === 1 ? BATCH_1_FACTOR : 1;
  return storage.iterations * training.epochs * (data.train + data.validation / 3) * weights * factor;
}

/** Follows all trainings of a reproduction, to say how far it is and when it will be done. */
export class Progress {
  private readonly running = new Map<PlannedTraining, number>();
  private readonly start: number;
  private workDone = 0;
  private doneHere = 0;

  constructor(
    private readonly waiting: readonly PlannedTraining[],
    private readonly doneBefore: number,
    private readonly now: () => number = () => performance.now() / 1000,
  ) {
    this.start = this.now();
  }

  at(training: PlannedTraining, share: number): void {
    this.running.set(training, share);
  }

  done(training: PlannedTraining): void {
    this.running.delete(training);
    this.workDone += workOf(training);
    this.doneHere += 1;
  }

  /** "12 of 176 done, R3 seed 4 (55 %), about 23 min left" */
  line(): string {
    const total = this.waiting.length + this.doneBefore;
    const parts = [`${this.doneHere + this.doneBefore} of ${total} done`];
    for (const [{ title, seed }, share] of this.running) {
      parts.push(`${title} seed ${seed} (${Math.round(100 * share)} %)`);
    }
    const left = this.secondsLeft();
    if (left !== undefined && left > 0) parts.push(`about ${duration(left)} left`);
    return parts.join(", ");
  }

  /** Seconds until all is done, at the pace so far; undefined before there is one. */
  private secondsLeft(): number | undefined {
    const all = this.waiting.reduce((sum, training) => sum + workOf(training), 0);
    let done = this.workDone;
    for (const [training, share] of this.running) done += share * workOf(training);
    if (done === 0) return undefined;
    return ((this.now() - this.start) * (all - done)) / done;
  }
}

/** "45 s", "23 min", "1 h 5 min" */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
