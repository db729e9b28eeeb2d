import { Command } from "commander";
import { parseElf } from "../../data/elf.js";
import { readBytes } from "../../data/node-files.js";
import { sha256Hex } from "../../experiment/digest.js";
import { Program, type ProgramCall } from "../../iss/program.js";
import { left, right, table } from "../../report/text/table.js";
import { UsageError } from "../errors.js";
import { print, printDocument } from "../output.js";
import { shown } from "../printable.js";
import { type Call, parseCall } from "./firmware-call.js";

const EXAMPLES = `
Examples:
  rebit firmware run trainer.elf --call "forward(0)"
  rebit firmware run trainer.elf --call start --call "learn(10, &cells)" --json

Arguments are numbers or addresses of symbols. Calls follow each other on the same memory, which is at first as start-up
code leaves it: variables have their initial values. ARM programs run on a Cortex-M0+ (ARM DDI 0484C, without wait states),
RISC-V ones on an RV32IMC core with the cycles of Ibex.`;

/** Half a minute on the slower core. A choice: a program that does not return shall be noticed. */
const LIMIT = 1_000_000_000;

interface RunFlags {
  readonly call: readonly string[];
  readonly limit: string;
  readonly json?: boolean;
}

type Done = Call & { readonly cost: ProgramCall };

const CORES = { arm: "cortex-m0plus", riscv: "rv32imc" } as const;

const count = (value: number): string => value.toLocaleString("en");

function limitOf(text: string): number {
  const limit = Number(text);
  if (Number.isSafeInteger(limit) && limit > 0) return limit;
  throw new UsageError(`--limit ${text}: expected a whole number of instructions above 0`);
}

/** Objects that were reached, by the number of accesses. */
const reached = ({ traffic }: ProgramCall) =>
  traffic
    .filter(({ loads, stores }) => loads + stores > 0)
    .toSorted((a, b) => b.loads + b.stores - a.loads - a.stores);

function callText({ text, cost }: Done): string {
  const { result, instructions, cycles, stackBytes } = cost;
  const rows = reached(cost).map(({ name, loads, stores }) => [shown(name), count(loads), count(stores)]);
  return [
    `${text} = ${result} (0x${result.toString(16)})`,
    `  ${count(instructions)} instructions, ${count(cycles)} cycles, ${count(stackBytes)} bytes of stack written`,
    ...table([left("object"), right("loads"), right("stores")], rows),
  ].join("\n");
}

function runFirmware(path: string, { call: calls, limit: limitText, json }: RunFlags): void {
  const limit = limitOf(limitText);
  const bytes = readBytes(path);
  const elf = parseElf(bytes, path);
  const program = new Program(elf);
  const done = calls
    .map((text) => parseCall(text, program))
    .map((call): Done => ({ ...call, cost: program.call(call.name, call.args, limit) }));
  if (!json) {
    print(done.map(callText).join("\n\n"));
    return;
  }
  printDocument({
    schema: "rebit/firmware-run@1",
    file: { path, bytes: bytes.length, sha256: sha256Hex(bytes) },
    core: CORES[elf.machine],
    calls: done.map(({ text, name, args, cost }) => {
      const { result, instructions, cycles, stackBytes } = cost;
      return {
        call: text,
        function: name,
        arguments: args,
        result,
        instructions,
        cycles,
        stackBytes,
        traffic: reached(cost),
      };
    }),
  });
}

/** `rebit firmware run ELF`: what its functions take on a simulated core. */
export const runFirmwareCommand = (): Command =>
  new Command("run")
    .argument("<elf>", "an ELF32 executable for ARM (Cortex-M0+) or RISC-V (RV32IMC)")
    .summary("call functions of an executable on a simulated core: instructions, cycles, loads and stores")
    .description(
      "Calls functions of an executable on an instruction-set simulator, and counts instructions, cycles, and loads and " +
        "stores by object.",
    )
    .requiredOption(
      "--call <call>",
      'a function and its arguments, such as "learn(10, &cells)" (repeatable)',
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .option("--limit <n>", "instructions after which a call is given up", String(LIMIT))
    .option("--json", "print as one JSON document (rebit/firmware-run@1)")
    .addHelpText("after", EXAMPLES)
    .action(runFirmware);
