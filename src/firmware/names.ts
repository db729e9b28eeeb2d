/** Names that the expressions of a kernel may use, each with its meaning; the configuration reference prints them. */
export const EXPRESSION_NAMES = {
  inputs: "inputs of the layer, in one column",
  outputs: "outputs of the layer, in one column",
  columns: "columns that a forward pass computes: all of them, or 1 with cached logits",
  frozenColumns: "columns frozen so far",
  inputColumns: "columns of the layer's input: 1 for the first layer, `columns` above it",
  outputColumns: "columns of the layer's output: `columns` for hidden layers, 1 for the output layer",
  cellBits: "n, the bits of a storage cell",
  fieldBits: "b = n - k + 1, the bits of a plastic weight",
  stepBits: "S, the shift of a weight update and the random bits of a dithered one",
  batch: "samples in a batch",
  classes: "outputs of the network",
  iteration: "k, the iteration of the recursion, from 1",
  hiddenLayer: "1 in a hidden layer, else 0",
  outputLayer: "1 in the output layer, else 0",
  firstLayer: "1 in the first layer, else 0",
  dithered: "1 if the update is dithered, else 0",
  cached: "1 if frozen columns' logits are read from the cache here, else 0",
  sample: "the sample at hand; only as an index",
  bytes: "bytes to copy; only in the kernel `copy`",
} as const;

/** How a row keeps the n bits of each of its weights; each with what its bits are. */
export const LAYOUTS = {
  packedFields: 'a cell of n bits for each weight (docs/numerics.md, "Cell")',
  bitPlanes:
    "a plane of signs for each column so far, then the n - k bits below the sign of each plastic weight",
} as const;

export type Layout = keyof typeof LAYOUTS;

/** Tensors that a kernel may name, each with its meaning, shape and element. */
export const TENSOR_NAMES = {
  weights: "[outputs, inputs] of `cellBits` bits: the layer's rows of the recycled cells",
  planes: "[outputs, cellBits * inputs] of 1 bit: the same rows bit by bit, for other layouts of their bits",
  "activations.in": "[inputColumns, inputs] of 8 bits: the input, or the layer below's activations",
  "activations.out": "[outputColumns, outputs]: 8-bit activations; 32-bit logits in the output layer",
  "activations.batch": "[batch, inputs] of 8 bits: the layer's inputs of a batch (gradient: replay)",
  "deltas.in": "[inputs] of 8 bits: deltas of the layer below",
  "deltas.out": "[outputs] of 8 bits: deltas of the layer's outputs",
  "deltas.batch": "[batch, outputs] of 8 bits: deltas of a batch (gradient: replay)",
  accumulator:
    "[largest layer input] of 32 bits: the backward sums (of the layers above the first), and one gradient row under replay (of all layers)",
  sums: "[iterations] of 32 bits: a unit's sum in each column, for firmware that computes all columns together",
  gradient: "[outputs, inputs] of 32 bits: gradient of a batch (gradient: accumulate)",
  touched: "[outputs] of 8 bits: rows with a delta in this batch (gradient: accumulate)",
  logits: "[classes] of 32 bits",
  label: "[1] of 8 bits",
  input: "[inputs] of 8 bits: the input buffer",
  snapshot: "[outputs, inputs] of 1 bit: signs of the best epoch",
  samples: "[training + validation samples, inputs + 1] of 8 bits: pixels and label",
  cachedLogits: "[training + validation samples, classes] of 32 bits (frozen: cachedLogits)",
} as const;

export type TensorName = keyof typeof TENSOR_NAMES;

/** Kernels of a firmware model, each with what one invocation covers. */
export const KERNEL_NAMES = {
  initialise: "draw the plastic fields of a new column in the recycled bits; one layer",
  load: "bring in one sample and normalise it; one sample",
  forward: "one layer, one sample",
  loss: "softmax, cross-entropy and output deltas; one sample",
  backward: "deltas of the layer below; one layer, one sample",
  accumulate: "add one sample to the gradient (only with gradient: accumulate); one layer, one sample",
  update: "change the weights of one layer, once a batch",
  snapshot: "save the signs of the best epoch; one layer",
  recycle: "write the best signs back, which freezes the column; one layer",
  cache: "store one sample's frozen logits (only with frozen: cachedLogits); one sample",
  copy: "the core moves `bytes` bytes between a serial part and SRAM (where the chip has no DMA)",
} as const;

export type KernelName = keyof typeof KERNEL_NAMES;

/** Kernels that only some options or chips need. */
export const OPTIONAL_KERNELS: ReadonlySet<string> = new Set<KernelName>(["accumulate", "cache", "copy"]);

/** Instruction sets that kernels may give cycles for. */
export const ISAS = ["cortex-m0plus", "cortex-m3", "cortex-m4", "rv32imc"] as const;

/** Options of a firmware model and their values; the first is the default, but for `gradient`, which follows the batch. */
export const FIRMWARE_OPTIONS = {
  gradient: ["perSample", "accumulate", "replay"],
  frozen: ["recompute", "cachedLogits"],
  buffering: ["single", "double"],
  wait: ["sleep", "poll"],
  placement: ["energy", "time"],
  offChipIdle: ["standby", "powerDown"],
} as const;
