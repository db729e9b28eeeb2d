import * as z from "zod";
import { either, integer, oneOf, strict } from "../../config/fields.js";
import type { OriginOf } from "../costs.js";
import type { OffChipMemory } from "./off-chip-memory.js";
import { driveOf } from "./serial-bus.js";
import {
  busEnergies,
  currentsByClock,
  enduranceOf,
  idleCurrents,
  idlePowers,
  serialFields,
} from "./serial-schema.js";

const WRITES = "Writes that a byte withstands.";

/** Fields that FRAM and MRAM share: bytes are written where they are, so there are no pages, sectors and times. */
export const byteMemoryFields = {
  ...serialFields,
  current: strict(
    {
      read: currentsByClock("Read"),
      write: currentsByClock("Write").optional(),
      ...idleCurrents,
    },
    { doc: "Supply currents; energies and powers follow from them. Without `write`, that of reads." },
  ),
  endurance: enduranceOf(
    either([integer({ doc: WRITES, min: 1 }), oneOf(["unlimited"], { doc: "No limit is known." })], {
      doc: WRITES,
    }),
    WRITES,
  ),
  energy: strict(busEnergies, { doc: "Energy by action; wins over the part's currents." }).prefault({}),
  power: idlePowers,
};

const commonFields = z.object(byteMemoryFields);

/** A validated memory that is written byte by byte. */
type ByteMemoryConfig = z.infer<typeof commonFields>;

/**
 * A memory that takes bytes as fast as its bus brings them.
 * @throws DriveError if the bus does not fit the part; SupplyError if the chip's supply does not.
 */
export function buildByteMemory(
  kind: "fram" | "mram",
  name: string,
  config: ByteMemoryConfig,
  supplyVolts: number,
  originOf: OriginOf,
): OffChipMemory {
  const { endurance } = config;
  const writes = typeof endurance === "object" ? endurance.value : endurance;
  return {
    kind,
    name,
    capacityBytes: config.capacity,
    rewrite: "inPlace",
    isPaged: false,
    pageBytes: 1,
    sectorBytes: 1,
    // Makers of FRAM give one endurance for reads and writes together (DS501-00046, 002-19436: docs/sources.md).
    isWornByReads: kind === "fram",
    enduranceCycles: writes === "unlimited" ? null : writes,
    enduranceStatus: typeof endurance === "object" ? (endurance.status ?? "given") : "given",
    seconds: { load: 0, program: 0, erase: 0 },
    ...driveOf(name, config, supplyVolts, originOf),
  };
}
