import type { Command } from "./contender.js";
import { type Step, stepArguments } from "./step.js";
import type { Target } from "./targets.js";

/** Something that trains, under the name that tables and targets call it by. */
export interface Entrant {
  readonly name: string;
  readonly threads: number;
  readonly command: Command;
}

/** One network and batch, which all of its entrants train. */
export interface Scenario {
  readonly name: string;
  readonly entrants: readonly Entrant[];
  readonly targets: readonly Target[];
}

/** What the scenarios are made for. */
export interface Setting {
  /** A Python that imports torch, if there is one. */
  readonly python: string;
  /** Processors that this process may use. */
  readonly processors: number;
  /** IDX files of the training images and labels, for programs that do not load them through rebit. */
  readonly trainImages: string;
  readonly trainLabels: string;
}

const PLAIN = "rebit, plain reference";
const plural = (threads: number) => (threads === 1 ? "1 thread" : `${threads} threads`);
const rebit = (threads: number) => `rebit, ${plural(threads)}`;
const autograd = (threads: number) => `PyTorch autograd, ${plural(threads)}`;
const handWritten = (threads: number) => `PyTorch hand-written, ${plural(threads)}`;
const TFJS_AUTOGRAD = "TensorFlow.js autograd, wasm";
const TFJS_HAND_WRITTEN = "TensorFlow.js hand-written, wasm";

/** Every network and batch that is measured. */
export function scenariosFor(setting: Setting): Scenario[] {
  return [1, 100, 1000].flatMap((batch) =>
    (batch === 1 ? [100] : [100, 800]).map((hidden) => {
      const name = `784-${hidden}-10, batch ${batch}`;
      return {
        name,
        entrants: entrantsOf(setting, hidden, batch),
        targets: targetsOf(hidden, batch).map((target) => ({ scenario: name, ...target })),
      };
    }),
  );
}

function entrantsOf(setting: Setting, hidden: number, batch: number): Entrant[] {
  const { processors } = setting;
  const entrant = (name: string, threads: number, commandOf: (step: Step) => Command): Entrant => ({
    name,
    threads,
    command: commandOf({ hidden, batch, threads }),
  });
  const single = [
    entrant(rebit(1), 1, (step) => typescript("rebit-step.ts", ["wasm", ...stepArguments(step)])),
    entrant(PLAIN, 1, (step) => typescript("rebit-step.ts", ["plain", ...stepArguments(step)])),
    entrant(TFJS_AUTOGRAD, 1, (step) => typescript("tfjs-step.ts", ["autograd", ...stepArguments(step)])),
    entrant(TFJS_HAND_WRITTEN, 1, (step) => typescript("tfjs-step.ts", ["hand", ...stepArguments(step)])),
    entrant(autograd(1), 1, (step) => torch(setting, "autograd", step)),
    entrant(handWritten(1), 1, (step) => torch(setting, "hand", step)),
  ];
  if (batch === 1) return single;
  const several = [...new Set([2, processors])].filter((threads) => threads > 1 && threads <= processors);
  return [
    ...single,
    ...several.flatMap((threads) => [
      entrant(rebit(threads), threads, (step) =>
        typescript("rebit-step.ts", ["wasm", ...stepArguments(step)]),
      ),
      entrant(autograd(threads), threads, (step) => torch(setting, "autograd", step)),
      entrant(handWritten(threads), threads, (step) => torch(setting, "hand", step)),
    ]),
  ];
}

function targetsOf(hidden: number, batch: number): Omit<Target, "scenario">[] {
  const subject = rebit(1);
  if (batch === 1) return [{ subject, others: [PLAIN], against: "the plain reference", atLeast: 10 }];
  const pyTorch = {
    subject,
    others: [autograd(1), handWritten(1)],
    against: "the best PyTorch form, 1 thread",
    atLeast: batch === 100 ? 2 : 1.1,
  };
  // As TensorFlow.js is used. The form written by hand for this benchmark, six times as fast, is beside it in the tables, without a target.
  const tfjs = { subject, others: [TFJS_AUTOGRAD], against: TFJS_AUTOGRAD, atLeast: 10 };
  const threads = { subject: rebit(2), others: [subject], against: subject, atLeast: 1.5 };
  return hidden === 800 ? [pyTorch, tfjs, threads] : [pyTorch, tfjs];
}

function typescript(file: string, parameters: readonly string[]): Command {
  const path = `${import.meta.dirname}/${file}`;
  return { program: process.execPath, parameters: ["--import", "tsx", path, ...parameters] };
}

/**
 * OpenBLAS has threads of its own beside those of OpenMP, with a limit of their own; waiting ones of OpenMP must not
 * take the processor from them.
 */
function torch({ python, trainImages, trainLabels }: Setting, form: string, step: Step): Command {
  const threads = String(step.threads);
  return {
    program: python,
    parameters: [
      `${import.meta.dirname}/torch_step.py`,
      form,
      trainImages,
      trainLabels,
      ...stepArguments(step),
    ],
    environment: { OMP_NUM_THREADS: threads, OPENBLAS_NUM_THREADS: threads, OMP_WAIT_POLICY: "PASSIVE" },
  };
}
