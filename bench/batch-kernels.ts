import { Crew } from "../src/kernels/crew.js";
import { setStep } from "../src/kernels/wasm-kernels.js";
import { instantiate } from "../src/kernels/wasm-module.js";
import { chooseSamples, SAMPLES, writeBatchProgram } from "../src/rbnn/batch-program.js";
import { loadLayer } from "../src/rbnn/column-arrays.js";
import { planWasmArrays } from "../src/rbnn/wasm-arrays.js";
import { fillArrays } from "../src/rbnn/wasm-engine.js";
import type { KernelCase, LayerKernels } from "./kernel-case.js";

/** The kernels in WebAssembly that go through a whole batch, on one thread, after a pass through the whole network. */
export function batchKernels({ task, course, weights }: KernelCase): LayerKernels {
  const { wasm, arrays } = instantiate(planWasmArrays(task, 1));
  fillArrays(task, arrays);
  const program = writeBatchProgram(wasm, arrays, task);
  const crew = new Crew(wasm, arrays.crew);
  const run = (...tasks: readonly { readonly address: number }[]) =>
    crew.run(
      tasks.map(({ address }) => address),
      false,
    );
  chooseSamples(wasm, program, arrays.parts.train);
  program.samples[SAMPLES.order] = wasm.address(arrays.order);
  for (const { arrays: own, step } of program.learning) {
    setStep(step, course.fieldBits, course.stepBits[own.layer.index - 1] as number, course.narrowing);
  }
  for (const layer of arrays.layers) loadLayer(layer, weights);
  run(program.signCounts);
  run(...program.forward, ...program.backward);
  return {
    forward: ({ index }) => run(program.forward[index - 1] as (typeof program.forward)[number]),
    // Output deltas come first, then the hidden layers downwards.
    backward: ({ index }) => {
      const position = task.layers.length - index + 1;
      run(program.backward[position] as (typeof program.backward)[number]);
    },
    update: ({ index }) => {
      const { sumDeltas, update } = program.learning[index - 1] as (typeof program.learning)[number];
      run(sumDeltas);
      run(update);
      if (index === 1) run(program.signCounts);
    },
  };
}
