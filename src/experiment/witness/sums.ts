import { countNest } from "../../firmware/count.js";
import type { KernelName } from "../../firmware/names.js";
import type { FirmwareModel } from "../../firmware/schema.js";
import { isOwnObject, stackOf, type WitnessedCall, witnessContext } from "./witness.js";

/** All calls of a kernel on the simulator, and what the firmware model says of them. */
export interface IssKernel {
  readonly kernel: KernelName;
  readonly calls: number;
  readonly instructions: number;
  readonly cycles: number;
  readonly modelled: number;
  readonly errorPercent: number;
  /** Loads and stores of the stack and the program's own variables. */
  readonly stackAccesses: number;
  readonly modelledStackAccesses: number;
}

/** Loads and stores of a tensor by a kernel, on the simulator and by the loop nest. */
export interface IssTensor {
  readonly kernel: KernelName;
  readonly tensor: string;
  readonly loads: number;
  readonly stores: number;
  readonly modelledLoads: number;
  readonly modelledStores: number;
}

/** Loads and stores of constants, which lie with the code. */
export interface IssObject {
  readonly kernel: KernelName;
  readonly object: string;
  readonly loads: number;
  readonly stores: number;
}

const NOTHING = {
  calls: 0,
  instructions: 0,
  cycles: 0,
  modelled: 0,
  stackAccesses: 0,
  modelledStackAccesses: 0,
} as const;

/** Adds calls up, by kernel and tensor. */
export class WitnessSums {
  readonly #kernels = new Map<KernelName, Omit<IssKernel, "errorPercent">>();
  readonly #tensors = new Map<string, IssTensor>();
  readonly #beside = new Map<string, IssObject>();

  constructor(
    readonly firmware: FirmwareModel,
    readonly isa: string,
  ) {}

  add({ invocation, cost }: WitnessedCall): void {
    const { kernel, executions } = invocation;
    const context = witnessContext(invocation, this.firmware, this.isa);
    const tally = countNest(this.firmware.kernels[kernel] ?? [], context, executions);
    const { reads, writes } = stackOf(cost.traffic);
    const modelledStack = tally.accesses
      .filter(({ tensor }) => tensor === "stack")
      .reduce((sum, { count }) => sum + count, 0);
    const before = this.#kernels.get(kernel) ?? { kernel, ...NOTHING };
    this.#kernels.set(kernel, {
      kernel,
      calls: before.calls + 1,
      instructions: before.instructions + cost.instructions,
      cycles: before.cycles + cost.cycles,
      modelled: before.modelled + tally.cycles,
      stackAccesses: before.stackAccesses + reads + writes,
      modelledStackAccesses: before.modelledStackAccesses + modelledStack,
    });
    const tensors = new Set(Object.values(invocation.bindings).map(({ tensor }) => tensor));
    for (const { name, loads, stores } of cost.traffic) {
      if (loads + stores === 0 || isOwnObject(name)) continue;
      if (tensors.has(name)) this.#tensor(kernel, name, { loads, stores });
      else this.#object(kernel, name, loads, stores);
    }
    for (const { tensor, action, count } of tally.accesses) {
      if (tensor === "stack") continue;
      this.#tensor(kernel, tensor, action === "read" ? { modelledLoads: count } : { modelledStores: count });
    }
  }

  get kernels(): IssKernel[] {
    return [...this.#kernels.values()].map((sum) => ({
      ...sum,
      errorPercent: 100 * (sum.modelled / sum.cycles - 1),
    }));
  }

  get tensors(): IssTensor[] {
    return [...this.#tensors.values()];
  }

  get beside(): IssObject[] {
    return [...this.#beside.values()];
  }

  #tensor(kernel: KernelName, tensor: string, more: Partial<Omit<IssTensor, "kernel" | "tensor">>): void {
    const key = `${kernel} ${tensor}`;
    const none = { kernel, tensor, loads: 0, stores: 0, modelledLoads: 0, modelledStores: 0 };
    const sum = this.#tensors.get(key) ?? none;
    this.#tensors.set(key, {
      ...sum,
      loads: sum.loads + (more.loads ?? 0),
      stores: sum.stores + (more.stores ?? 0),
      modelledLoads: sum.modelledLoads + (more.modelledLoads ?? 0),
      modelledStores: sum.modelledStores + (more.modelledStores ?? 0),
    });
  }

  #object(kernel: KernelName, object: string, loads: number, stores: number): void {
    const key = `${kernel} ${object}`;
    const sum = this.#beside.get(key) ?? { kernel, object, loads: 0, stores: 0 };
    this.#beside.set(key, { kernel, object, loads: sum.loads + loads, stores: sum.stores + stores });
  }
}
