import type { Engine, EngineOptions, EngineTask } from "./engine.js";
import { PlainEngine } from "./plain-engine.js";
import { createWasmEngine } from "./wasm-engine.js";

/** The fast engine; the plain one if it is asked for, or if the data are more than the fast one can hold. */
export function createEngine(task: EngineTask, options: EngineOptions = {}): Engine {
  const fast = options.kernels === "plain" ? undefined : createWasmEngine(task, options);
  return fast ?? new PlainEngine(task);
}
