import * as z from "zod";
import { cost } from "../../config/cost-field.js";
import { integer, oneOf, strict, text } from "../../config/fields.js";
import { ISAS } from "../../firmware/names.js";
import { INSTRUCTION_CYCLES, type InstructionCycles } from "../../iss/instruction-cycles.js";
import type { CoreDomain } from "../core-domain.js";
import { atVoltage, type Figure, given, type OriginOf } from "../costs.js";
import { fromField } from "../from-field.js";

export const cpuSchema = strict(
  {
    kind: z.literal("cpu"),
    ...fromField,
    isa: oneOf(ISAS, { doc: "Instruction set; firmware models give cycles for it." }),
    clock: text({ doc: "Name of its clock under `clocks`." }),
    cyclesPerFetch: integer({
      doc: "Core cycles per access to the memory that holds the code. Without it, 16 bits of code a cycle: 2 for 32-bit words.",
      min: 1,
      max: 64,
    }).optional(),
    energy: strict(
      {
        active: cost("energyPerCycle", {
          doc: "Energy of a cycle without memories that are modelled, at supply.core.voltage if that is given.",
        }),
      },
      { doc: "Energy by action." },
    ),
    power: strict(
      {
        sleep: cost("power", {
          doc: "While the core waits asleep; what the chip draws from its supply, at any operating point.",
        }),
      },
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
  /** Of its instructions by class, as far as its manual goes; what kernels take is in the firmware model. */
  readonly instructionCycles: InstructionCycles;
  readonly clockHertz: number;
  /** Undefined: as many accesses as 16 bits of code a cycle need. */
  readonly cyclesPerFetch: number | undefined;
  readonly actions: { readonly active: Figure };
  readonly states: { readonly sleep: Figure };
}

export function buildCpu(
  name: string,
  config: z.infer<typeof cpuSchema>,
  clockHertz: number,
  domain: CoreDomain | undefined,
  originOf: OriginOf,
): Cpu {
  return {
    kind: "cpu",
    name,
    isa: config.isa,
    instructionCycles: INSTRUCTION_CYCLES[config.isa],
    clockHertz,
    cyclesPerFetch: config.cyclesPerFetch,
    actions: { active: atVoltage(given(config.energy.active, originOf(["energy", "active"])), domain) },
    states: { sleep: given(config.power.sleep, originOf(["power", "sleep"])) },
  };
}
