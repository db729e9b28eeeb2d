import { DataError } from "../../data/data-error.js";
import { parseElf } from "../../data/elf.js";
import { Program } from "../../iss/program.js";
import type { SimulatedIsa } from "../../iss/simulators.js";
import { sha256Hex } from "../digest.js";

/** An executable of the trainer, ready to run on a simulated core. */
export interface TrainerProgram {
  readonly isa: SimulatedIsa;
  readonly program: Program;
  readonly elf: { readonly path: string; readonly bytes: number; readonly sha256: string };
}

const ISA_OF = { arm: "cortex-m0plus", riscv: "rv32imc" } as const;

const FUNCTIONS = [
  "initialise",
  "load",
  "forward",
  "loss",
  "backward",
  "accumulate",
  "update",
  "snapshot",
  "recycle",
];
const OBJECTS = ["network", "weights", "input", "label", "deltas", "touched"];

/** @throws DataError for a file that is no such executable, or lacks a function or a tensor of the trainer */
export function trainerProgram(bytes: Uint8Array, path: string): TrainerProgram {
  const elf = parseElf(bytes, path);
  const has = (name: string, kind: string): boolean =>
    elf.symbols.some((symbol) => symbol.name === name && symbol.kind === kind);
  const missing = [
    ...FUNCTIONS.map((kernel) => `fw_${kernel}`).filter((name) => !has(name, "function")),
    ...OBJECTS.filter((name) => !has(name, "object")),
  ];
  if (missing.length > 0) {
    const reason = `this is no firmware of the trainer: it lacks the symbols ${missing.join(", ")}; firmware-models/packed-fields/src shows what they are`;
    throw new DataError("unsupported", path, 0, reason);
  }
  return {
    isa: ISA_OF[elf.machine],
    program: new Program(elf),
    elf: { path, bytes: bytes.length, sha256: sha256Hex(bytes) },
  };
}
