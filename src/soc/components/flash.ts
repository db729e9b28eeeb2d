import { type Figure, given, type OriginOf, scaled } from "../costs.js";
import type { FlashConfig } from "./flash-schema.js";
import type { OffChipAction, OffChipMemory } from "./off-chip-memory.js";

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

/** The chip's supply voltage is none that the part runs at. */
export class SupplyError extends Error {
  override readonly name = "SupplyError";
}

/**
 * Energies from supply voltage, currents and times: a byte costs V I / (f lanes / 8), a burst's command V I clocks / f,
 * a page program V I t, a sector erase V I t (design.md section 6; page and erase figures as in docs/sources.md).
 * @throws FlashError if the bus does not fit the part; SupplyError if the chip's supply does not.
 */
export function buildFlash(
  kind: OffChipMemory["kind"],
  name: string,
  config: FlashConfig,
  supplyVolts: number,
  originOf: OriginOf,
): OffChipMemory {
  const { bus, current, time, energy, power } = config;
  if (supplyVolts < config.supply.low || supplyVolts > config.supply.high) {
    throw new SupplyError(
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
  const byteSeconds = 8 / bus.lanes / bus.clock;
  const commandClocks = burst.command + burst.address + burst.dummy;
  const commandSeconds = commandClocks / bus.clock;
  const energyOf = (action: OffChipAction, derived: Figure): Figure => {
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
    rewrite: "sectors",
    isPaged: kind === "nand-flash",
    pageBytes: config.page,
    sectorBytes: config.sector,
    enduranceErases: typeof config.endurance === "number" ? config.endurance : config.endurance.value,
    enduranceStatus: typeof config.endurance === "number" ? "given" : (config.endurance.status ?? "given"),
    busHertz: bus.clock,
    commandClocks,
    bitsPerClock: bus.lanes,
    seconds: { load: load?.seconds ?? 0, program: program.seconds, erase: erase.seconds },
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
