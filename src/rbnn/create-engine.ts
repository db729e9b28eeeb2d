import type { Engine, EngineOptions, EngineTask } from "./engine.js";
import { PlainEngine } from "./plain-engine.js";
import { createWasmEngine, fitsWasm } from "./wasm-engine.js";

/** @throws RangeError if the data do not fit into memory */
export function createEngine(task: EngineTask, options: EngineOptions = {}): Engine {
  return options.kernels !== "plain" && fitsWasm(task)
    ? createWasmEngine(task, options)
    : new PlainEngine(task);
}
