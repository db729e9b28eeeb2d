import { suggest } from "../../config/suggest.js";
import type { Program } from "../../iss/program.js";
import { UsageError } from "../errors.js";

/** A function to call, and what with. */
export interface Call {
  readonly text: string;
  readonly name: string;
  readonly args: readonly number[];
}

const CALL = /^\s*([^()\s]+)\s*(?:\((.*)\))?\s*$/;
const NUMBER = /^-?(0x[0-9a-f]+|\d+)$/i;

/** Registers that both calling conventions pass arguments in. */
const MOST_ARGUMENTS = 4;

/** Numbers of 32 bits, with or without sign. */
const SMALLEST = -(2 ** 31);
const LARGEST = 2 ** 32 - 1;

/**
 * Reads a call such as `forward(0, -5, 0x10, &cells)`: numbers, and addresses of symbols.
 * @throws UsageError
 */
export function parseCall(text: string, program: Program): Call {
  const [, name = "", list = ""] = CALL.exec(text) ?? [];
  if (name === "") throw new UsageError(`'${text}' is no call; expected such as "forward(0, &cells)"`);
  if (!program.functionNames.includes(name)) {
    const meant = suggest(name, program.functionNames);
    const hint = meant === undefined ? "" : `\n(Did you mean ${meant}?)`;
    throw new UsageError(
      `the program has no function '${name}'; 'rebit firmware inspect --json' lists them${hint}`,
    );
  }
  const args = list.trim() === "" ? [] : list.split(",").map((arg) => argument(arg.trim(), text, program));
  if (args.length > MOST_ARGUMENTS) {
    throw new UsageError(
      `'${text}' has ${args.length} arguments; ${MOST_ARGUMENTS} is the most that registers pass`,
    );
  }
  return { text, name, args };
}

function argument(arg: string, text: string, program: Program): number {
  if (arg.startsWith("&")) {
    const address = program.addressOf(arg.slice(1));
    if (address === undefined)
      throw new UsageError(`the program has no symbol '${arg.slice(1)}', in '${text}'`);
    return address;
  }
  const isNegative = arg.startsWith("-");
  const value = NUMBER.test(arg)
    ? Number(isNegative ? arg.slice(1) : arg) * (isNegative ? -1 : 1)
    : Number.NaN;
  if (value >= SMALLEST && value <= LARGEST) return value;
  throw new UsageError(`'${arg}' in '${text}' is no argument; expected a number of 32 bits or &SYMBOL`);
}
