/** Instruction sets whose programs run here, each with what runs them. */
export const SIMULATORS = {
  "cortex-m0plus": "the Cortex-M0+ core of rp2040js 1.4.1",
  rv32imc: "rebit's RV32IMC core with the cycles of Ibex, small configuration",
} as const;

export type SimulatedIsa = keyof typeof SIMULATORS;
