import { quantileSorted, sampleStandardDeviation, variance } from "simple-statistics";

/** Quantiles of an outcome. */
export interface Quantiles {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

export function quantilesOf(values: ArrayLike<number>): Quantiles {
  const sorted = Array.from(values).toSorted((a, b) => a - b);
  const [p10 = 0, p50 = 0, p90 = 0] = [0.1, 0.5, 0.9].map((share) => quantileSorted(sorted, share));
  return { p10, p50, p90 };
}

/** Standard errors of the quantiles of all values, from those of independent parts of equal size. */
export function standardErrorsOf(parts: readonly Quantiles[]): Quantiles {
  const of = (key: keyof Quantiles): number =>
    sampleStandardDeviation(parts.map((part) => part[key])) / Math.sqrt(parts.length);
  return { p10: of("p10"), p50: of("p50"), p90: of("p90") };
}

/** Bins of an axis: enough samples in each for a mean. */
const binsOf = (samples: number): number => Math.min(50, Math.max(4, Math.floor(Math.sqrt(samples) / 2)));

/**
 * The share of the variance of `outcomes` that follows from one input alone, its first-order index: the variance of their mean given the input,
 * from equal bins of it. What bins differ by by chance is taken off (epsilon squared), so the share of an input without effect is 0 but for noise;
 * it is never shown below that.
 * @param axis of each sample the share of the input's probability below it, from 0 to below 1
 */
export function firstOrderShare(axis: ArrayLike<number>, outcomes: ArrayLike<number>): number {
  const samples = outcomes.length;
  const total = variance(Array.from(outcomes)) * samples;
  const bins = binsOf(samples);
  const sums = new Float64Array(bins);
  const counts = new Float64Array(bins);
  let mean = 0;
  for (let sample = 0; sample < samples; sample += 1) {
    const bin = Math.floor((axis[sample] as number) * bins);
    const outcome = outcomes[sample] as number;
    sums[bin] = (sums[bin] as number) + outcome;
    counts[bin] = (counts[bin] as number) + 1;
    mean += outcome / samples;
  }
  const between = sums.reduce((sum, of, bin) => {
    const size = counts[bin] as number;
    return size === 0 ? sum : sum + size * (of / size - mean) ** 2;
  }, 0);
  const within = (total - between) / (samples - bins);
  return Math.max(0, (between - (bins - 1) * within) / total);
}
