import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import * as z from "zod";
import { FileError } from "../src/config/source.js";
import { writeAtomic } from "../src/data/node-atomic.js";
import { activitySchema } from "../src/experiment/activity-schema.js";
import type { HardwareResults } from "./hardware/study.js";
import type { PlannedTraining } from "./plan.js";
import type { NetworkSummary } from "./summary.js";

/** The `schema` of the results. */
export const RESULTS_KIND = "rebit/paper-results@1";

const percent = z.number().min(0).max(100);
const count = z.int().min(1);

const iteration = z.object({
  iteration: count,
  hiddenUnits: z.array(count),
  weights: count,
  plasticBits: count,
  bitsPerWeight: z.number(),
  epochs: count,
  bestEpoch: count,
  trainErrorPercent: percent,
  validationErrorPercent: percent,
  testErrorPercent: percent,
});

const training = z.object({
  network: z.string(),
  seed: count,
  /** Digest of the workload and of rebit's arithmetic: {@link PlannedTraining.key}. */
  key: z.string(),
  iterations: z.array(iteration).min(1),
  /** By the clock, with as many trainings beside it as there were jobs. */
  seconds: z.number().min(0),
  /** Of processor time. */
  cpuSeconds: z.number().min(0),
  machine: z.string(),
  /** What depended on the data, of a training that is priced on chips. */
  activity: activitySchema.optional(),
});

const results = z.object({ schema: z.literal(RESULTS_KIND), trainings: z.array(training) });

/** A finished training. */
export type TrainingRecord = z.infer<typeof training>;

/** The trainings of a results file; none if there is no such file. @throws FileError if it is something else */
export function readTrainings(path: string): TrainingRecord[] {
  if (!existsSync(path)) return [];
  try {
    return results.parse(JSON.parse(readFileSync(path, "utf8"))).trainings;
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    const reason = `it is no ${RESULTS_KIND} file; remove it to start over (${why})`;
    throw new FileError("unreadable-file", path, reason);
  }
}

/** The records of planned trainings that are done, in the order of the plan: same network, seed and key, nothing missing. */
export function finishedOf(
  planned: readonly PlannedTraining[],
  records: readonly TrainingRecord[],
): TrainingRecord[] {
  const known = new Map(records.map((record) => [`${record.network} ${record.seed} ${record.key}`, record]));
  return planned.flatMap(({ network, seed, key, keepsActivity }) => {
    const record = known.get(`${network} ${seed} ${key}`);
    return record === undefined || (keepsActivity && record.activity === undefined) ? [] : [record];
  });
}

/** What follows from the trainings. */
export interface Computed {
  readonly summaries: readonly NetworkSummary[];
  readonly hardware: HardwareResults;
}

/** Writes a results file whole or not at all; a training is a line, so that versions can be compared. */
export function writeResults(path: string, trainings: readonly TrainingRecord[], computed?: Computed): void {
  mkdirSync(dirname(path), { recursive: true });
  writeAtomic(path, new TextEncoder().encode(resultsText(trainings, computed)));
}

/** A results file. */
export function resultsText(trainings: readonly TrainingRecord[], computed?: Computed): string {
  const lines = (name: string, items: readonly unknown[]): string =>
    `  "${name}": [\n${items.map((item) => `    ${JSON.stringify(item)}`).join(",\n")}\n  ]`;
  const parts = [`  "schema": "${RESULTS_KIND}"`];
  if (computed !== undefined) {
    const { summaries, hardware } = computed;
    parts.push(lines("networks", summaries));
    parts.push(lines("hardware", hardware.costs), lines("hardwareRatios", hardware.comparisons));
  }
  parts.push(lines("trainings", trainings));
  return `{\n${parts.join(",\n")}\n}\n`;
}
