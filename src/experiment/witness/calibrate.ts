import { syntheticDataset } from "../../data/synthetic.js";
import { countNest } from "../../firmware/count.js";
import { cyclePaths, cycleTerms, replaceCycles } from "../../firmware/cycle-terms.js";
import type { KernelName } from "../../firmware/names.js";
import type { StackAccesses } from "../../firmware/nest.js";
import type { FirmwareModel } from "../../firmware/schema.js";
import type { Program } from "../../iss/program.js";
import type { Workload } from "../../rbnn/workload.js";
import { fitCosts, IndistinctTerms, type Measurement } from "./least-squares.js";
import { FITTED, UNSEEN } from "./shapes.js";
import { stackOf, type TimedCall, witnessContext, witnessTraining } from "./witness.js";

/** A figure of a kernel: core cycles of one execution of a statement, or of a boundary of words in a stream. */
export interface CalibratedFigure {
  /** Of the statement, from the kernels of the firmware model on. */
  readonly path: readonly (string | number)[];
  readonly before: number | undefined;
  readonly cycles: number;
  /** Accesses to the stack beside them. */
  readonly stack: StackAccesses;
}

export interface CalibratedKernel {
  readonly kernel: KernelName;
  readonly figures: readonly CalibratedFigure[];
  /** Calls that were measured. */
  readonly calls: number;
  /** Largest error of a call: among those that were fitted, and among those of other shapes. */
  readonly fittedErrorPercent: number;
  readonly unseenErrorPercent: number;
  /** Largest difference of a call's accesses to the stack, in percent of its cycles, of other shapes. */
  readonly unseenStackErrorPercent: number;
}

/** A kernel whose statements the measurements cannot tell apart. */
export class CalibrationError extends Error {
  override readonly name = "CalibrationError";
  constructor(
    readonly kernel: KernelName,
    message: string,
  ) {
    super(message);
  }
}

/** Calls of the trainings of {@link FITTED} or {@link UNSEEN}, by kernel. */
export type TimedCalls = ReadonlyMap<KernelName, readonly TimedCall[]>;

/**
 * Fits the cycles of a firmware model to its program on a simulated core, kernel by kernel, and holds them to
 * trainings of other shapes. Statements that the program never comes to keep what they have.
 * @param onTraining told of each training before it runs
 * @throws CalibrationError
 */
export function calibrate(
  model: FirmwareModel,
  program: Program,
  isa: string,
  onTraining: (name: string) => void = () => undefined,
): CalibratedKernel[] {
  const timed = (workloads: readonly Workload[]) =>
    timedCalls(workloads, (workload, add) => {
      onTraining(workload.name);
      witnessTraining(program, workload, witnessData(workload), ({ invocation, cost }) =>
        add({ invocation, cycles: cost.cycles, stack: stackOf(cost.traffic) }),
      );
    });
  return fitKernels(model, isa, timed(FITTED), timed(UNSEEN));
}

/** The calls of some trainings by kernel. @param run runs a training and adds its calls */
export function timedCalls(
  workloads: readonly Workload[],
  run: (workload: Workload, add: (call: TimedCall) => void) => void,
): TimedCalls {
  const calls = new Map<KernelName, TimedCall[]>();
  for (const workload of workloads) {
    run(workload, (call) => {
      const { kernel } = call.invocation;
      const known = calls.get(kernel) ?? [];
      known.push(call);
      calls.set(kernel, known);
    });
  }
  return calls;
}

/** Fits to some calls, and holds the fit to others. @throws CalibrationError */
export function fitKernels(
  model: FirmwareModel,
  isa: string,
  fitted: TimedCalls,
  unseen: TimedCalls,
): CalibratedKernel[] {
  return [...fitted].map(([kernel, calls]) => {
    const statements = model.kernels[kernel] ?? [];
    const counted = calls.map(({ invocation, ...measured }) => ({
      ...measured,
      executions: cycleTerms(statements, witnessContext(invocation, model, isa), invocation.executions),
    }));
    const costsOf = (totalOf: (call: Omit<TimedCall, "invocation">) => number) => {
      const measurements = counted.map((call) => ({ executions: call.executions, total: totalOf(call) }));
      return fitOrExplain(kernel, distinct(measurements));
    };
    const cycles = costsOf((call) => call.cycles);
    const reads = costsOf((call) => call.stack.reads);
    const writes = costsOf((call) => call.stack.writes);
    const paths = cyclePaths(statements);
    const terms = new Map(paths.map(({ statement }, term) => [statement, term]));
    const calibrated = replaceCycles(statements, isa, (statement) => {
      const before = statement.byIsa.get(isa);
      const term = terms.get(statement) ?? -1;
      const kept = statement.stackByIsa.get(isa) ?? { reads: 0, writes: 0 };
      return {
        cost: { status: undefined, source: undefined, cycles: cycles[term] ?? before?.cycles ?? 0 },
        stack: { reads: reads[term] ?? kept.reads, writes: writes[term] ?? kept.writes },
      };
    });
    const errorsOf = ({ invocation, ...measured }: TimedCall) => {
      const context = witnessContext(invocation, model, isa);
      const tally = countNest(calibrated, context, invocation.executions);
      const stack = tally.accesses.filter(({ tensor }) => tensor === "stack");
      const accesses = stack.reduce((sum, { count }) => sum + count, 0);
      const { reads: loads, writes: stores } = measured.stack;
      return {
        cycles: 100 * Math.abs(tally.cycles / measured.cycles - 1),
        stack: (100 * Math.abs(accesses - loads - stores)) / measured.cycles,
      };
    };
    const unseenErrors = (unseen.get(kernel) ?? []).map(errorsOf);
    return {
      kernel,
      figures: paths.flatMap(({ path, statement }, term) => {
        const figure = cycles[term];
        if (figure === undefined) return [];
        const before = statement.byIsa.get(isa)?.cycles;
        const stack = { reads: reads[term] ?? 0, writes: writes[term] ?? 0 };
        return [{ path: [kernel, ...path], before, cycles: figure, stack }];
      }),
      calls: calls.length,
      fittedErrorPercent: largest(calls.map((call) => errorsOf(call).cycles)),
      unseenErrorPercent: largest(unseenErrors.map((error) => error.cycles)),
      unseenStackErrorPercent: largest(unseenErrors.map((error) => error.stack)),
    };
  });
}

/** The synthetic data of a training of {@link FITTED} or {@link UNSEEN}. */
export function witnessData({ synthetic, data, training }: Workload) {
  const { inputs = 0, classes = 0 } = synthetic ?? {};
  return syntheticDataset({ inputs, classes, train: data.train, test: 0, seed: training.seed });
}

const largest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), 0);

function distinct(measurements: readonly Measurement[]): Measurement[] {
  return [...new Map(measurements.map((each) => [JSON.stringify(each), each])).values()];
}

function fitOrExplain(kernel: KernelName, measurements: readonly Measurement[]): (number | undefined)[] {
  try {
    return fitCosts(measurements);
  } catch (error) {
    if (!(error instanceof IndistinctTerms)) throw error;
    throw new CalibrationError(
      kernel,
      `kernel ${kernel}: ${error.message}; leave one out, or let it count something else`,
    );
  }
}
