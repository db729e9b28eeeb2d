/**
 * The training step in TensorFlow.js with its wasm backend (SIMD, one thread: Node gives it no more) as a contender.
 * Arguments are the form (autograd or hand) and those of step.ts; the arithmetic is that of torch_step.py.
 *
 * Its gather takes longer than all the rest, so that both forms gather batches here, and `step` is ten times as fast as `sign`.
 * The hand-written form is the fastest found by measuring each operation. Its product of untransposed matrices is ten
 * times as fast as one that is told to transpose, so that transposes are operations of their own. Operands of one size beat a
 * scalar, so that scales are part of the images and of the small deltas.
 */
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { getThreadsCount, setThreadsCount, setWasmPaths, version_wasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { createRandom, shuffle } from "../src/rbnn/random.js";
import { loadMnist } from "./mnist.js";
import { answerSlices } from "./slices.js";
import { parseStep, TRAINING_SAMPLES } from "./step.js";

const CLASSES = 10;
const LEARNING_RATE = 0.05;
const MEAN_PIXEL = 33;

const [form, ...parameters] = process.argv.slice(2);
const { hidden, batch } = parseStep(parameters);
const require = createRequire(import.meta.url);
// The engine alone has no gradients of operations; in @tensorflow/tfjs this registers them.
if (form === "autograd") require("@tensorflow/tfjs-core/dist/register_all_gradients.js");
const backendFolder = dirname(require.resolve("@tensorflow/tfjs-backend-wasm"));
setWasmPaths(`${backendFolder}/`);
setThreadsCount(1);
await tf.setBackend("wasm");
await tf.ready();
if (!(await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT"))) throw new Error("the wasm backend found no SIMD");

const { inputs, trainImages, trainLabels } = loadMnist();
const hiddenScale = inputs ** -0.5;
const outputScale = hidden ** -0.5;
const images = Float32Array.from(
  trainImages.subarray(0, TRAINING_SAMPLES * inputs),
  (pixel) => (hiddenScale * (pixel - MEAN_PIXEL)) / 127.5,
);
const chosenImages = new Float32Array(batch * inputs);
const chosenLabels = new Float32Array(batch * CLASSES);
const ones = tf.ones([batch, hidden]);
let hiddenWeights: tf.Tensor2D = tf.randomUniform([inputs, hidden], -1, 1);
let outputWeights: tf.Tensor2D = tf.randomUniform([hidden, CLASSES], -1, 1);
const { host } = createRandom(1);
const order = Uint32Array.from({ length: TRAINING_SAMPLES }, (_, i) => i);
shuffle(order, host);
let next = 0;

function gatherBatch(): void {
  if (next + batch > order.length) {
    shuffle(order, host);
    next = 0;
  }
  chosenLabels.fill(0);
  for (let row = 0; row < batch; row++) {
    const sample = order[next++] as number;
    chosenImages.set(images.subarray(sample * inputs, (sample + 1) * inputs), row * inputs);
    chosenLabels[row * CLASSES + (trainLabels[sample] as number)] = 1;
  }
}

type Weights = [tf.Tensor2D, tf.Tensor2D];

/** The weights a step later, as users of TensorFlow.js write it: its own gradients of the loss, for the signs, go to the weights. */
function updatedByAutograd(): Weights {
  const x = tf.tensor2d(chosenImages, [batch, inputs]);
  const y = tf.tensor2d(chosenLabels, [batch, CLASSES]);
  const loss = tf.grads((hiddenSigns: tf.Tensor, outputSigns: tf.Tensor) => {
    const activations = tf.clipByValue(tf.matMul(x, hiddenSigns as tf.Tensor2D), -1, 1);
    const logits = tf.mul(tf.matMul(activations, outputSigns as tf.Tensor2D), outputScale);
    return tf.losses.softmaxCrossEntropy(y, logits) as tf.Scalar;
  });
  const gradients = loss([tf.step(hiddenWeights, -1), tf.step(outputWeights, -1)]);
  const [hiddenGradient, outputGradient] = gradients as Weights;
  const later = (weights: tf.Tensor2D, gradient: tf.Tensor2D, rate: number): tf.Tensor2D =>
    tf.clipByValue(tf.sub(weights, tf.mul(gradient, rate)), -1, 1) as tf.Tensor2D;
  return [
    later(hiddenWeights, hiddenGradient, LEARNING_RATE / hiddenScale),
    later(outputWeights, outputGradient, LEARNING_RATE / outputScale),
  ];
}

/** The weights a step later, in the fastest form. */
function updatedByHand(): Weights {
  const x = tf.tensor2d(chosenImages, [batch, inputs]);
  const y = tf.tensor2d(chosenLabels, [batch, CLASSES]);
  const outputSigns = tf.step(outputWeights, -1);
  const z = tf.matMul(x, tf.step(hiddenWeights, -1) as tf.Tensor2D);
  const activations = tf.clipByValue(z, -1, 1) as tf.Tensor2D;
  const logits = tf.mul(tf.matMul(activations, outputSigns as tf.Tensor2D), outputScale);
  const error = tf.sub(tf.softmax(logits), y);
  const outputDelta = tf.mul(error, LEARNING_RATE / batch) as tf.Tensor2D;
  const projectedDelta = tf.mul(outputDelta, outputScale / hiddenScale) as tf.Tensor2D;
  const projected = tf.matMul(projectedDelta, tf.transpose(outputSigns) as tf.Tensor2D);
  const slope = tf.step(tf.sub(ones, tf.square(z)));
  const hiddenDelta = tf.mul(projected, slope) as tf.Tensor2D;
  const hiddenStep = tf.matMul(tf.transpose(x), hiddenDelta);
  const outputStep = tf.matMul(tf.transpose(activations), outputDelta);
  return [
    tf.clipByValue(tf.sub(hiddenWeights, hiddenStep), -1, 1) as tf.Tensor2D,
    tf.clipByValue(tf.sub(outputWeights, outputStep), -1, 1) as tf.Tensor2D,
  ];
}

const updated = form === "autograd" ? updatedByAutograd : updatedByHand;

function step(): number {
  gatherBatch();
  const [hiddenNext, outputNext] = tf.tidy(updated);
  hiddenWeights.dispose();
  outputWeights.dispose();
  hiddenWeights = hiddenNext;
  outputWeights = outputNext;
  return batch;
}

await answerSlices(`backend-wasm ${version_wasm}, SIMD, threads: ${getThreadsCount()}`, step);
