import { type Figure, given, type OriginOf } from "../costs.js";
import type { FlashConfig } from "./flash-schema.js";
import type { InternalOperation, OffChipMemory } from "./off-chip-memory.js";
import { driveOf } from "./serial-bus.js";

/**
 * Energies from supply voltage, currents and times: what the bus moves as `driveOf` says, a page program V I t, a sector
 * erase V I t, a page load V I t (docs/sources.md).
 * @throws DriveError if the bus does not fit the part; SupplyError if the chip's supply does not.
 */
export function buildFlash(
  kind: "nor-flash" | "nand-flash",
  name: string,
  config: FlashConfig,
  supplyVolts: number,
  originOf: OriginOf,
): OffChipMemory {
  const { current, time, energy, endurance } = config;
  const drive = driveOf(name, config, supplyVolts, originOf);
  const energyOf = (operation: InternalOperation): Figure | undefined => {
    const own = energy[operation];
    if (own !== undefined) return given(own, originOf(["energy", operation]));
    const amperes = current[operation];
    const duration = time[operation];
    if (amperes === undefined || duration === undefined) return undefined;
    const figure = given(amperes, originOf(["current", operation]));
    return {
      value: figure.value * duration.value * supplyVolts,
      low: figure.low * duration.low * supplyVolts,
      high: figure.high * duration.high * supplyVolts,
      status: duration.status === "placeholder" ? "placeholder" : figure.status,
      source: `${figure.source}: current at ${supplyVolts} V for ${duration.value * 1e3} ms`,
    };
  };
  const [load, program, erase] = [energyOf("load"), energyOf("program"), energyOf("erase")];
  return {
    kind,
    name,
    capacityBytes: config.capacity,
    rewrite: "sectors",
    isWornByReads: false,
    isPaged: kind === "nand-flash",
    pageBytes: config.page,
    sectorBytes: config.sector,
    enduranceCycles: typeof endurance === "number" ? endurance : endurance.value,
    enduranceStatus: typeof endurance === "number" ? "given" : (endurance.status ?? "given"),
    ...drive,
    seconds: { load: time.load?.value ?? 0, program: time.program.value, erase: time.erase.value },
    actions: {
      ...drive.actions,
      ...(program === undefined ? {} : { program }),
      ...(erase === undefined ? {} : { erase }),
      ...(load === undefined ? {} : { load }),
    },
  };
}
