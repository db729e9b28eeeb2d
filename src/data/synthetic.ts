import type { Dataset, Part } from "./dataset.js";

/** What {@link syntheticDataset} makes. */
export interface SyntheticOptions {
  readonly inputs: number;
  readonly classes: number;
  readonly train: number;
  readonly test: number;
  readonly seed: number;
}

// Chosen for tests, no physical meaning: like MNIST mostly constant background, and learnable but not trivial.
const STROKE_SHARE = 0.25;
const STROKE_LIT = 0.5;
const BACKGROUND_LIT = 0.125;
const STROKE_PIXEL = 200;
const STROKE_SPREAD = 56;

/** Uniform numbers in [0, 1) from xorshift32 (Marsaglia, J. Stat. Softw. 8(14), 2003). */
function uniform(seed: number): () => number {
  let x = (seed ^ 0x5bd1e995) >>> 0 || 1;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 2 ** 32;
  };
}

/**
 * A small seeded data set in the manner of MNIST: each class has a prototype of bright pixels on a background of 0,
 * and each sample is the prototype of its class with some strokes missing and some background lit.
 * Labels go round all classes.
 */
export function syntheticDataset(options: SyntheticOptions): Dataset {
  const { inputs, classes, train, test, seed } = options;
  const random = uniform(seed);
  const prototypes = Array.from({ length: classes }, () =>
    Uint8Array.from({ length: inputs }, () => (random() < STROKE_SHARE ? 1 : 0)),
  );
  const samples = (count: number): Part => {
    const labels = Uint8Array.from({ length: count }, (_, i) => i % classes);
    const pixels = new Uint8Array(count * inputs);
    for (let sample = 0; sample < count; sample++) {
      const prototype = prototypes[sample % classes] as Uint8Array;
      for (let i = 0; i < inputs; i++) {
        const lit = random() < (prototype[i] === 1 ? STROKE_LIT : BACKGROUND_LIT);
        if (lit) {
          pixels[sample * inputs + i] = STROKE_PIXEL + Math.floor(random() * STROKE_SPREAD);
        }
      }
    }
    return { pixels, labels };
  };
  const trainPart = samples(train);
  const testPart = samples(test);
  return {
    name: "synthetic",
    inputs,
    classes,
    trainImages: trainPart.pixels,
    trainLabels: trainPart.labels,
    testImages: testPart.pixels,
    testLabels: testPart.labels,
  };
}
