import * as z from "zod";
import { cost, integer, oneOf, strict, text } from "../../config/fields.js";
import { type Figure, given, type OriginOf } from "../costs.js";

/** Instruction sets with cycle figures. */
export const ISAS = ["cortex-m0plus", "cortex-m3", "cortex-m4", "rv32imc"] as const;

export const cpuSchema = strict(
  {
    kind: z.literal("cpu"),
    isa: oneOf(ISAS, { doc: "Instruction set; firmware models give cycles for it." }),
    clock: text({ doc: "Name of its clock under `clocks`." }),
    cyclesPerFetch: integer({
      doc: "Core cycles per access to the code memory; 2 where a 32-bit word holds two 16-bit instructions.",
      min: 1,
      max: 64,
    }).default(2),
    energy: strict(
      { active: cost("energyPerCycle", { doc: "Energy of a cycle without memories that are modelled." }) },
      { doc: "Energy by action." },
    ),
    power: strict(
      { sleep: cost("power", { doc: "While the core waits asleep." }) },
      { doc: "Power by state." },
    ),
  },
  { doc: "A processor core. Actions: active (cycles). States: sleep." },
);

/** A processor core: executes kernels, sleeps or polls while it waits. */
export interface Cpu {
  readonly kind: "cpu";
  readonly name: string;
  readonly isa: string;
  readonly clockHertz: number;
  readonly cyclesPerFetch: number;
  readonly actions: { readonly active: Figure };
  readonly states: { readonly sleep: Figure };
}

export function buildCpu(
  name: string,
  config: z.infer<typeof cpuSchema>,
  clockHertz: number,
  originOf: OriginOf,
): Cpu {
  return {
    kind: "cpu",
    name,
    isa: config.isa,
    clockHertz,
    cyclesPerFetch: config.cyclesPerFetch,
    actions: { active: given(config.energy.active, originOf(["energy", "active"])) },
    states: { sleep: given(config.power.sleep, originOf(["power", "sleep"])) },
  };
}
