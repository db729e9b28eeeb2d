import { Presets, SingleBar } from "cli-progress";
import type { RunProgress, VerifyProgress } from "../index.js";
import { progressLine, timeLeft, where } from "./progress-text.js";

/** Shows how far a run is. */
export interface ProgressDisplay {
  update(progress: RunProgress): void;
  /** Clears a bar away; safe to call twice. */
  stop(): void;
}

/** On a terminal: one bar that redraws itself and vanishes at the end. */
function bar(stream: NodeJS.WriteStream): ProgressDisplay {
  const format = "{where} [{bar}] {percentage} %, {left} left";
  const options = { stream, format, barsize: 24, clearOnComplete: true, hideCursor: true };
  const drawn = new SingleBar(options, Presets.legacy);
  const start = performance.now();
  let isDrawn = false;
  return {
    update(progress) {
      const seconds = (performance.now() - start) / 1000;
      const payload = { where: where(progress), left: timeLeft(progress, seconds) };
      if (!isDrawn) drawn.start(progress.samplesTotal, 0, payload);
      isDrawn = true;
      drawn.update(progress.samplesDone, payload);
    },
    stop() {
      if (isDrawn) drawn.stop();
      isDrawn = false;
    },
  };
}

/** Seconds after which a plain line is due even within an epoch, and between two lines at least. */
const LINE_DUE_SECONDS = 10;
const LINE_GAP_SECONDS = 1;

/** Elsewhere (a log, a pipe): a plain line at the end of an epoch, and every ten seconds of a long one. */
export function plainLines(
  write: (text: string) => void,
  now: () => number = () => performance.now() / 1000,
): ProgressDisplay {
  const start = now();
  let lastLine = start;
  let last: RunProgress | undefined;
  return {
    update(progress) {
      const waited = now() - lastLine;
      const isNewEpoch = last?.epoch !== progress.epoch || last.iteration !== progress.iteration;
      if (last !== undefined && (waited >= LINE_DUE_SECONDS || (isNewEpoch && waited >= LINE_GAP_SECONDS))) {
        write(progressLine(progress, now() - start));
        lastLine = now();
      }
      last = progress;
    },
    stop: () => undefined,
  };
}

/** A plain line for each kernel that begins, no more often than every ten seconds. */
export function kernelLines(
  write: (text: string) => void,
  now: () => number = () => performance.now() / 1000,
): (progress: VerifyProgress) => void {
  let lastLine = now();
  return ({ kernel, iteration, iterations }) => {
    if (now() - lastLine < LINE_DUE_SECONDS) return;
    write(`rebit: walking kernel ${kernel}, iteration ${iteration}/${iterations}\n`);
    lastLine = now();
  };
}

/** Progress on stderr, as fits what stderr is. */
export function progressDisplay(): ProgressDisplay {
  return process.stderr.isTTY ? bar(process.stderr) : plainLines((text) => process.stderr.write(text));
}
