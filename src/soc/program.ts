import type { CountContext } from "../firmware/context.js";
import { countNest } from "../firmware/count.js";
import { ExpressionError } from "../firmware/expression.js";
import type { Invocation } from "../firmware/lower.js";
import type { Statement } from "../firmware/nest.js";
import type { Chip } from "./chip.js";
import type { Sensor } from "./components/sensor.js";
import type { CopyCycles } from "./moves.js";

/** What the firmware does, as far as a chip is concerned. */
export interface Program {
  readonly kernels: Readonly<Record<string, readonly Statement[] | undefined>>;
  readonly options: Readonly<Record<string, string>>;
  /** The sensor that samples come from, if one does. */
  readonly sensor: Sensor | undefined;
}

/** A kernel of the firmware that cannot be counted on this chip; `path` leads to the statement, from its name on. */
export class KernelError extends Error {
  override readonly name = "KernelError";
  constructor(
    readonly path: readonly (string | number)[],
    message: string,
  ) {
    super(message);
  }
}

/** The statements of a kernel. @throws KernelError if the firmware does not have it */
export function statementsOf(program: Program, kernel: string): readonly Statement[] {
  const statements = program.kernels[kernel];
  if (statements !== undefined) return statements;
  throw new KernelError([kernel], `the options need a kernel "${kernel}", which the firmware does not have`);
}

/** What an invocation is counted under, at a port of so many bits. */
export function contextOf(
  { names, bindings, options }: Invocation,
  program: Program,
  chip: Chip,
  portBits = chip.sram.widthBits,
): CountContext {
  return { names, bindings, options: { ...program.options, ...options }, isa: chip.core.isa, portBits };
}

/** The result of counting in a kernel. @throws KernelError with the path of the statement that is wrong */
export function countLocated<T>(kernel: string, count: () => T): T {
  try {
    return count();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const below = error instanceof ExpressionError ? error.path : [];
    throw new KernelError([kernel, ...below], `kernel ${kernel}: ${error.message}`);
  }
}

/** What the kernel `copy` takes for a number of bytes. */
export function copyCost(program: Program, chip: Chip): CopyCycles {
  const known = new Map<number, number>();
  return (bytes) => {
    const before = known.get(bytes);
    if (before !== undefined) return before;
    const statements = program.kernels.copy;
    if (statements === undefined) {
      throw new KernelError(
        ["copy"],
        `${chip.name} has no DMA engine, so the firmware needs a kernel "copy"`,
      );
    }
    const context = {
      names: { bytes },
      bindings: {},
      options: program.options,
      isa: chip.core.isa,
      portBits: chip.sram.widthBits,
    };
    const { cycles } = countLocated("copy", () => countNest(statements, context, { times: 1 }));
    known.set(bytes, cycles);
    return cycles;
  };
}
