import type * as z from "zod";
import { either, flag, integer, list, oneOf, strict, text } from "../config/fields.js";
import { workloadProblems } from "./resolve-numerics.js";
import { SYNTHETIC_DEFAULTS, type Workload } from "./workload.js";

/** The `schema:` line of a workload. */
export const WORKLOAD_KIND = "rebit/workload@1";

// Far above anything that fits a sensor's chip; they keep every count exact and every buffer allocatable.
const MAX_SAMPLES = 1_000_000;
export const MAX_HIDDEN_LAYERS = 8;
export const MAX_UNITS = 4096;
export const MIN_WEIGHT_BITS = 2;
export const MAX_WEIGHT_BITS = 16;
const MAX_SYNTHETIC_INPUTS = 4096;
const MAX_SYNTHETIC_CLASSES = 64;
const MAX_EPOCHS = 10_000;

// Bounds of docs/numerics.md: a batch for which a gradient stays in 24 bits, and shifts that are possible.
const MAX_BATCH = 1000;
const MIN_ACTIVATION_SHIFT = 2;
const MAX_SHIFT = 16;
const MAX_STEP_SHIFT = 24;

const path = (what: string) => text({ doc: `IDX file of the ${what}, relative to this file.` });

const dataset = either(
  [
    oneOf(["mnist", "synthetic"], { doc: "A data set that comes with rebit." }),
    strict(
      {
        trainImages: path("training images"),
        trainLabels: path("training labels, 0 to 9"),
        testImages: path("test images"),
        testLabels: path("test labels, 0 to 9"),
      },
      { doc: "A data set of four IDX files." },
    ),
  ],
  { doc: "What is learned: mnist, synthetic, or four IDX files." },
);

const synthetic = strict(
  {
    inputs: integer({ doc: "Inputs a sample.", min: 1, max: MAX_SYNTHETIC_INPUTS }).default(
      SYNTHETIC_DEFAULTS.inputs,
    ),
    classes: integer({ doc: "Classes.", min: 2, max: MAX_SYNTHETIC_CLASSES }).default(
      SYNTHETIC_DEFAULTS.classes,
    ),
  },
  { doc: "Size of the synthetic data set; only with `dataset: synthetic`." },
);

const samples = (doc: string) => integer({ doc, min: 1, max: MAX_SAMPLES });

const data = strict(
  {
    train: samples("Training samples: the first of the training file."),
    validation: samples("Validation samples: the last of the training file. They choose the best epoch."),
    test: samples("Test samples: the first of the test file."),
  },
  { doc: "How many samples each part takes; training and validation must not overlap." },
);

const network = strict(
  {
    hidden: list(integer({ doc: "Units of one hidden layer, in one column.", min: 1, max: MAX_UNITS }), {
      doc: "Hidden layers of one column; every iteration of the recursion adds a column beside the others.",
      min: 1,
      max: MAX_HIDDEN_LAYERS,
    }),
  },
  { doc: "The network; inputs and classes follow from the data set." },
);

const storage = strict(
  {
    weightBits: integer({
      doc: "Bits a weight in the first iteration, n: the storage is n bits times the weights of one column.",
      min: MIN_WEIGHT_BITS,
      max: MAX_WEIGHT_BITS,
    }),
    iterations: integer({
      doc: "Iterations of the recursion, K, at most weightBits; 1 is a conventional binary-weight network.",
      min: 1,
      max: MAX_WEIGHT_BITS,
    }),
  },
  { doc: "Weight storage and how often it is recycled." },
);

const training = strict(
  {
    batch: integer({ doc: "Samples an update; the last partial batch is dropped.", min: 1, max: MAX_BATCH }),
    epochs: integer({ doc: "Epochs an iteration, at most.", min: 1, max: MAX_EPOCHS }),
    seed: integer({
      doc: "Seed of the host's random generator.",
      min: 0,
      max: Number.MAX_SAFE_INTEGER,
    }).default(1),
    patience: either(
      [
        oneOf(["none"], { doc: "Run all epochs." }),
        integer({ doc: "Epochs without a better validation error.", min: 1, max: MAX_EPOCHS }),
      ],
      { doc: "Epochs without a better validation error after which an iteration ends, or none." },
    ).default("none"),
    stopRecursion: flag({
      doc: "End after an iteration that is no better in validation than the one before; its column stays.",
    }).default(false),
  },
  { doc: "The course of the training." },
);

const numerics = strict(
  {
    inputShift: integer({
      doc: "Pre-activations after the input layer are shifted right by this; default 4.",
      min: MIN_ACTIVATION_SHIFT,
      max: MAX_SHIFT,
    }).optional(),
    hiddenShift: integer({
      doc: "Pre-activations after a hidden layer are shifted right by this; default 3.",
      min: MIN_ACTIVATION_SHIFT,
      max: MAX_SHIFT,
    }).optional(),
    outputShift: integer({
      doc: "A logit's last bit is 2^-(6 + outputShift); default 3 for one hidden layer up to 200 units, else 4.",
      min: 0,
      max: MAX_SHIFT,
    }).optional(),
    stepShift: integer({
      doc: "The learning rate as a shift; default 7 for a batch up to 128, else 9.",
      min: 0,
      max: MAX_STEP_SHIFT,
    }).optional(),
    narrowing: oneOf(["truncate", "nearest", "dither"], {
      doc: "How gradients become steps; default dither for a batch below 100, else by field width.",
    }).optional(),
  },
  { doc: "Settings of the fixed-point arithmetic; the defaults are tuned for 784 inputs." },
);

/** The schema of a workload: what is learned, by which network, in how many bits, how long. */
export const workloadSchema: z.ZodType<Workload> = strict(
  {
    name: text({ doc: "Name in reports." }),
    dataset,
    synthetic: synthetic.optional(),
    data,
    network,
    storage,
    training,
    numerics: numerics.optional(),
  },
  { doc: "A training: data, network, storage, course." },
).superRefine((workload, context) => {
  for (const { path: at, message } of workloadProblems(workload)) {
    context.addIssue({ code: "custom", message, path: [...at], params: { code: "out-of-range" } });
  }
});
