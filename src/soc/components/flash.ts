import * as z from "zod";
import {
  type Cost,
  cost,
  either,
  integer,
  list,
  oneOf,
  quantity,
  strict,
  text,
} from "../../config/fields.js";
import { type Figure, given, type OriginOf, scaled } from "../costs.js";
import { partField } from "../part-field.js";

const clocks = (doc: string) => integer({ doc, min: 0, max: 1024 });

/** Fields that SPI NOR and SPI NAND share; a `part:` brings most of them. */
export const flashFields = {
  ...partField,
  capacity: quantity("capacity", { doc: "Size.", exclusiveMin: 0 }),
  page: quantity("capacity", { doc: "Unit of programming.", exclusiveMin: 0 }),
  sector: quantity("capacity", { doc: "Unit of erasing.", exclusiveMin: 0 }),
  supply: strict(
    {
      low: quantity("voltage", { doc: "Lowest supply." }),
      high: quantity("voltage", { doc: "Highest supply." }),
    },
    { doc: "Supply range; the chip's supply voltage must lie in it." },
  ),
  maxClock: quantity("frequency", { doc: "Highest bus clock.", exclusiveMin: 0 }),
  bus: strict(
    {
      lanes: integer({ doc: "Data lanes; one of the part's bursts must have as many.", min: 1, max: 8 }),
      clock: quantity("frequency", { doc: "Bus clock.", exclusiveMin: 0 }),
    },
    { doc: "How the chip drives the part." },
  ),
  bursts: list(
    strict(
      {
        lanes: integer({ doc: "Data lanes.", min: 1, max: 8 }),
        command: clocks("Clocks of the opcode."),
        address: clocks("Clocks of the address."),
        dummy: clocks("Clocks before data."),
        source: text({ doc: "Command and datasheet section." }).optional(),
      },
      { doc: "Clocks before data." },
    ),
    { doc: "Clocks before data, by data lanes.", min: 1 },
  ),
  endurance: either(
    [
      integer({ doc: "Erases a sector withstands.", min: 1 }),
      strict(
        {
          value: integer({ doc: "Erases a sector withstands.", min: 1 }),
          status: oneOf(["measured", "datasheet", "derived", "estimate", "placeholder"], {
            doc: "How far it can be trusted.",
          }).optional(),
          source: text({ doc: "Where it is from." }).optional(),
        },
        { doc: "Erases a sector withstands, and where the figure is from." },
      ),
    ],
    { doc: "Erases a sector withstands." },
  ),
  energy: strict(
    {
      command: cost("energyPerAccess", { doc: "Opcode, address and dummy clocks of one burst." }).optional(),
      load: cost("energyPerPage", { doc: "NAND: one page from the array to the cache register." }).optional(),
      read: cost("energyPerByte", { doc: "One byte out." }).optional(),
      write: cost("energyPerByte", { doc: "One byte in, before a program." }).optional(),
      program: cost("energyPerPage", { doc: "One page program." }).optional(),
      erase: cost("energyPerSector", { doc: "One sector erase." }).optional(),
    },
    { doc: "Energy by action; wins over the part's currents and times." },
  ).prefault({}),
  power: strict(
    {
      standby: cost("power", { doc: "Idle." }).optional(),
      powerDown: cost("power", { doc: "Idle, where the firmware powers the part down." }).optional(),
    },
    { doc: "Power by state; wins over the part's currents." },
  ).prefault({}),
};

/** Currents of a part. All include what the part draws when idle (`basis: total`). */
export const currentFields = {
  read: list(
    strict(
      {
        clock: quantity("frequency", { doc: "Up to this bus clock." }),
        value: cost("current", { doc: "Supply current." }),
      },
      { doc: "Read current at a clock." },
    ),
    { doc: "By clock: the first entry at or above the bus clock is used.", min: 1 },
  ),
  program: cost("current", { doc: "Supply current during a page program." }),
  erase: cost("current", { doc: "Supply current during a sector erase." }),
  standby: cost("current", { doc: "Supply current when idle." }),
  powerDown: cost("current", { doc: "Supply current in deep power-down." }).optional(),
};

export type FlashAction = "command" | "load" | "read" | "write" | "program" | "erase";

/** A serial flash memory: bursts, page programs and sector erases. */
export interface Flash {
  readonly kind: "nor-flash" | "nand-flash";
  readonly name: string;
  readonly capacityBytes: number;
  readonly pageBytes: number;
  readonly sectorBytes: number;
  readonly enduranceErases: number;
  readonly enduranceStatus: string;
  /** Time of one action; all actions of a part follow one another. */
  readonly seconds: Readonly<Record<FlashAction, number>>;
  readonly actions: Readonly<Record<Exclude<FlashAction, "load">, Figure>> & { readonly load?: Figure };
  readonly states: { readonly standby: Figure; readonly powerDown?: Figure };
}

const commonFields = z.object(flashFields);

/** A validated flash component; only NAND loads pages. */
type FlashConfig = z.infer<typeof commonFields> & {
  readonly current: {
    readonly read: readonly { readonly clock: number; readonly value: Cost }[];
    readonly load?: Cost | undefined;
    readonly program: Cost;
    readonly erase: Cost;
    readonly standby: Cost;
    readonly powerDown?: Cost | undefined;
  };
  readonly time: {
    readonly load?: Cost | undefined;
    readonly program: Cost;
    readonly erase: Cost;
  };
};

/** What is wrong with how a chip drives a part; `path` is below the component. */
export class FlashError extends Error {
  override readonly name = "FlashError";
  constructor(
    readonly path: readonly (string | number)[],
    message: string,
  ) {
    super(message);
  }
}

/**
 * Energies from supply voltage, currents and times: a byte costs V I / (f lanes / 8), a burst's command V I clocks / f,
 * a page program V I t, a sector erase V I t (design.md section 6; page and erase figures as in docs/sources.md).
 * @throws FlashError if the bus does not fit the part.
 */
export function buildFlash(
  kind: Flash["kind"],
  name: string,
  config: FlashConfig,
  supplyVolts: number,
  originOf: OriginOf,
): Flash {
  const { bus, current, time, energy, power } = config;
  if (supplyVolts < config.supply.low || supplyVolts > config.supply.high) {
    throw new FlashError(
      ["supply"],
      `${name} needs a supply of ${config.supply.low} V to ${config.supply.high} V; the chip's is ${supplyVolts} V`,
    );
  }
  if (bus.clock > config.maxClock) {
    throw new FlashError(
      ["bus", "clock"],
      `${name} runs at up to ${config.maxClock / 1e6} MHz; its bus clock is ${bus.clock / 1e6} MHz`,
    );
  }
  const burst = config.bursts.find((candidate) => candidate.lanes === bus.lanes);
  if (burst === undefined) {
    const lanes = config.bursts.map((candidate) => candidate.lanes).join(", ");
    throw new FlashError(["bus", "lanes"], `${name} has bursts of ${lanes} lanes; ${bus.lanes} are wanted`);
  }
  const position = current.read.findIndex((candidate) => candidate.clock >= bus.clock);
  const reading = current.read[position];
  if (reading === undefined) {
    throw new FlashError(
      ["bus", "clock"],
      `${name} has no read current for ${bus.clock / 1e6} MHz; give current.read for it`,
    );
  }
  const at = `at ${supplyVolts} V`;
  const readCurrent = given(reading.value, originOf(["current", "read", position, "value"]));
  const clocksSeconds = (count: number): number => count / bus.clock;
  const byteSeconds = clocksSeconds(8 / bus.lanes);
  const commandSeconds = clocksSeconds(burst.command + burst.address + burst.dummy);
  const energyOf = (action: FlashAction, derived: Figure): Figure => {
    const own = energy[action];
    return own === undefined ? derived : given(own, originOf(["energy", action]));
  };
  const reads = (seconds: number, what: string): Figure =>
    scaled(readCurrent, supplyVolts * seconds, `${readCurrent.source}: read current ${at} for ${what}`);
  const operation = (
    action: "load" | "program" | "erase",
  ): { figure: Figure; seconds: number } | undefined => {
    const amperes = current[action];
    const duration = time[action];
    if (amperes === undefined || duration === undefined) return undefined;
    const figure = given(amperes, originOf(["current", action]));
    const source = `${figure.source}: current ${at} for ${duration.value * 1e3} ms`;
    const worst = duration.status === "placeholder" ? "placeholder" : figure.status;
    return {
      seconds: duration.value,
      figure: {
        value: figure.value * duration.value * supplyVolts,
        low: figure.low * duration.low * supplyVolts,
        high: figure.high * duration.high * supplyVolts,
        status: worst,
        source,
      },
    };
  };
  const load = operation("load");
  const program = operation("program");
  const erase = operation("erase");
  if (program === undefined || erase === undefined)
    throw new FlashError([], `${name} needs program and erase`);
  const idle = (state: "standby" | "powerDown"): Figure | undefined => {
    const own = power[state];
    if (own !== undefined) return given(own, originOf(["power", state]));
    const amperes = current[state];
    if (amperes === undefined) return undefined;
    const figure = given(amperes, originOf(["current", state]));
    return scaled(figure, supplyVolts, `${figure.source}: ${state} current ${at}`);
  };
  const powerDown = idle("powerDown");
  const standby = idle("standby");
  if (standby === undefined) throw new FlashError(["current"], `${name} needs a standby current`);
  return {
    kind,
    name,
    capacityBytes: config.capacity,
    pageBytes: config.page,
    sectorBytes: config.sector,
    enduranceErases: typeof config.endurance === "number" ? config.endurance : config.endurance.value,
    enduranceStatus: typeof config.endurance === "number" ? "given" : (config.endurance.status ?? "given"),
    seconds: {
      command: commandSeconds,
      load: load?.seconds ?? 0,
      read: byteSeconds,
      write: byteSeconds,
      program: program.seconds,
      erase: erase.seconds,
    },
    actions: {
      command: energyOf("command", reads(commandSeconds, "the clocks before data")),
      read: energyOf("read", reads(byteSeconds, "a byte")),
      write: energyOf("write", reads(byteSeconds, "a byte")),
      program: energyOf("program", program.figure),
      erase: energyOf("erase", erase.figure),
      ...(load === undefined ? {} : { load: energyOf("load", load.figure) }),
    },
    states: { standby, ...(powerDown === undefined ? {} : { powerDown }) },
  };
}
