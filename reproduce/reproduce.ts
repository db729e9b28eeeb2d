import { rmSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { writeAtomic } from "../src/data/node-atomic.js";
import { renderFigure } from "./figure.js";
import { studyHardware } from "./hardware/study.js";
import type { Options } from "./options.js";
import { renderPage } from "./page.js";
import { type PlannedTraining, planOf, trainingsOf } from "./plan.js";
import { duration, Progress } from "./progress.js";
import { finishedOf, readTrainings, type TrainingRecord, writeResults } from "./results.js";
import { runTrainings } from "./run-trainings.js";
import { summariesOf } from "./summary.js";

const RESULTS = "paper-results.json";
const PAGE = "paper-results.md";
const FIGURE = "paper-figure-4.svg";
/** The trainings that are done while others are not; git ignores it. */
const UNFINISHED = "paper-results.unfinished.json";

const MILLISECONDS_BETWEEN_LINES = 15_000;

/**
 * Trains what is missing and writes results, page and figure. Every finished training is on the disk at once.
 * @param say a line of progress
 * @returns false if the signal fired before the end
 */
export async function reproduce(
  { slice, out, jobs, reuse }: Options,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<boolean> {
  const file = (name: string): string => join(out, name);
  const plan = planOf(slice);
  const trainings = trainingsOf(plan);
  const known = [...(reuse ? readTrainings(file(RESULTS)) : []), ...readTrainings(file(UNFINISHED))];
  let records = finishedOf(trainings, known);
  const missing = without(trainings, records);
  say(`${trainings.length} trainings, ${records.length} of them done before, ${jobs} at a time`);

  const save = (record: TrainingRecord): void => {
    records = finishedOf(trainings, [...records, record]);
    writeResults(file(UNFINISHED), records);
  };
  if (!(await trainAll(missing, { jobs, doneBefore: records.length, save, signal, say }))) {
    say(
      `stopped; ${records.length} of ${trainings.length} trainings are saved, the same command goes on from there`,
    );
    return false;
  }

  const summaries = summariesOf(plan, records);
  const hardware = studyHardware(plan, records);
  writeResults(file(RESULTS), records, { summaries, hardware });
  writeText(file(FIGURE), await renderFigure(summaries));
  writeText(file(PAGE), renderPage(summaries, records, hardware));
  rmSync(file(UNFINISHED), { force: true });
  say(`wrote ${[RESULTS, PAGE, FIGURE].map(file).join(", ")}`);
  return true;
}

function without(
  trainings: readonly PlannedTraining[],
  records: readonly TrainingRecord[],
): PlannedTraining[] {
  const done = new Set(records.map(({ network, seed }) => `${network} ${seed}`));
  return trainings.filter(({ network, seed }) => !done.has(`${network} ${seed}`));
}

/** @returns false if the signal fired */
async function trainAll(
  trainings: readonly PlannedTraining[],
  {
    jobs,
    doneBefore,
    save,
    signal,
    say,
  }: {
    readonly jobs: number;
    readonly doneBefore: number;
    readonly save: (record: TrainingRecord) => void;
    readonly signal: AbortSignal;
    readonly say: (line: string) => void;
  },
): Promise<boolean> {
  const machine = `${cpus()[0]?.model.trim() ?? "unknown processor"}, Node ${process.versions.node}`;
  const progress = new Progress(trainings, doneBefore);
  const ticker = setInterval(() => say(progress.line()), MILLISECONDS_BETWEEN_LINES);
  try {
    await runTrainings(
      trainings,
      jobs,
      {
        onProgress: (training, share) => progress.at(training, share),
        onDone: (training, { iterations, activity, seconds, cpuSeconds }) => {
          const { network, title, seed, key, keepsActivity } = training;
          progress.done(training);
          const time = { seconds: hundredths(seconds), cpuSeconds: hundredths(cpuSeconds) };
          save({
            ...{ network, seed, key, iterations, ...time, machine },
            ...(keepsActivity ? { activity } : {}),
          });
          const error = iterations.at(-1)?.testErrorPercent.toFixed(2);
          say(`${title} seed ${seed}: test error ${error} % in ${duration(seconds)}; ${progress.line()}`);
        },
      },
      signal,
    );
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  } finally {
    clearInterval(ticker);
  }
}

const hundredths = (value: number): number => Math.round(100 * value) / 100;

function writeText(path: string, text: string): void {
  writeAtomic(path, new TextEncoder().encode(text));
}
