import type { RunProgress } from "../index.js";

/** "iteration 2/4, epoch 1/3" */
export const where = ({ iteration, iterations, epoch, epochs }: RunProgress): string =>
  `iteration ${iteration}/${iterations}, epoch ${epoch}/${epochs}`;

/** "2 min 5 s": the time that is left if the rest goes as fast as what this process has done. */
export function timeLeft(progress: RunProgress, elapsedSeconds: number): string {
  const { samplesBefore, samplesDone, samplesTotal } = progress;
  if (samplesDone <= samplesBefore) return "?";
  const secondsPerSample = elapsedSeconds / (samplesDone - samplesBefore);
  const seconds = Math.round(secondsPerSample * (samplesTotal - samplesDone));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** One line of a log. */
export function progressLine(progress: RunProgress, elapsedSeconds: number): string {
  const percent = ((100 * progress.samplesDone) / progress.samplesTotal).toFixed(1);
  return `rebit: ${where(progress)}, ${percent} %, about ${timeLeft(progress, elapsedSeconds)} left\n`;
}
