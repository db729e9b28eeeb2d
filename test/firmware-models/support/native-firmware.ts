import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Firmware } from "../../../src/experiment/witness/firmware-driver.js";
import type { Model } from "./models.js";

const project = resolve(import.meta.dirname, "../../..");

export const hasGcc = (): boolean => spawnSync("gcc", ["--version"]).error === undefined;

/** Compiles the firmware of a model for this computer. @returns the path of the program, in a folder of its own */
export function buildNative(model: Model): string {
  const program = join(mkdtempSync(join(tmpdir(), "rebit-firmware-")), "native");
  const host = join(import.meta.dirname, "native-host.c");
  const common = join(project, "firmware-models/common");
  const sources = [join(project, "firmware-models", model, "src"), common].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".c"))
      .map((name) => join(folder, name)),
  );
  execFileSync("gcc", ["-O2", "-rdynamic", `-I${common}`, "-o", program, host, ...sources, "-ldl"]);
  return program;
}

/** Stands for what the last call returned, since calls are logged and run together at a read. */
const LAST_RESULT = 0xffff_ffff;

/** The firmware on this computer. */
export function nativeFirmware(program: string): Firmware {
  const log: Uint8Array[] = [];
  const add = (
    kind: number,
    value: number,
    length: number,
    symbol: string,
    bytes: Uint8Array = new Uint8Array(),
  ) => {
    log.push(new Uint8Array(Uint32Array.of(kind, value, length, symbol.length).buffer));
    log.push(Buffer.from(symbol), Uint8Array.from(bytes));
  };
  return {
    call: (symbol, argument = 0) => {
      add(argument === LAST_RESULT ? 3 : 0, argument, 0, symbol);
      return LAST_RESULT;
    },
    write: (symbol, bytes, offset = 0) => add(1, offset, bytes.length, symbol, bytes),
    read: (symbol, size) => {
      add(2, 0, size, symbol);
      const { status, stdout } = spawnSync(program, { input: Buffer.concat(log), maxBuffer: 2 ** 26 });
      if (status !== 0) throw new Error(`the native firmware ended with ${status}`);
      return new Uint8Array(stdout);
    },
  };
}
