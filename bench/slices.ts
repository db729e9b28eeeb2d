import { createInterface } from "node:readline";

/** What one slice of a contender trained. */
export interface Slice {
  readonly samples: number;
  readonly seconds: number;
}

/** Seconds that a contender trains before it is measured, so that what it runs is compiled and its data is in memory. */
const WARM_UP_SECONDS = 0.5;

/**
 * The child's side of contender.ts: warms up, prints a line of JSON with its version, then trains for each line of
 * stdin at least that many seconds and prints the slice. `step` trains a little and returns the samples it took.
 */
export async function answerSlices(version: string, step: () => number): Promise<void> {
  const train = (seconds: number): Slice => {
    const begin = performance.now();
    let samples = 0;
    for (;;) {
      samples += step();
      const elapsed = (performance.now() - begin) / 1000;
      if (elapsed >= seconds) return { samples, seconds: elapsed };
    }
  };
  const answer = (reply: object) => process.stdout.write(`${JSON.stringify(reply)}\n`);
  train(WARM_UP_SECONDS);
  answer({ version });
  for await (const line of createInterface({ input: process.stdin })) answer(train(Number(line)));
}
