import * as z from "zod";
import { type Cost, cost } from "../../config/cost-field.js";
import { integer, quantity, strict } from "../../config/fields.js";
import {
  busEnergies,
  currentsByClock,
  enduranceOf,
  idleCurrents,
  idlePowers,
  type SerialConfig,
  serialFields,
} from "./serial-schema.js";

/** Fields that SPI NOR and SPI NAND share; a `part:` brings most of them. */
export const flashFields = {
  ...serialFields,
  page: quantity("capacity", { doc: "Unit of programming.", exclusiveMin: 0 }),
  sector: quantity("capacity", { doc: "Unit of erasing.", exclusiveMin: 0 }),
  endurance: enduranceOf(
    integer({ doc: "Erases a sector withstands.", min: 1 }),
    "Erases a sector withstands.",
  ),
  energy: strict(
    {
      ...busEnergies,
      load: cost("energyPerPage", { doc: "NAND: one page from the array to the cache register." }).optional(),
      program: cost("energyPerPage", { doc: "One page program." }).optional(),
      erase: cost("energyPerSector", { doc: "One sector erase." }).optional(),
    },
    { doc: "Energy by action; wins over the part's currents and times." },
  ).prefault({}),
  power: idlePowers,
};

/** Currents of a part. All include what the part draws when idle (`basis: total`). */
export const currentFields = {
  read: currentsByClock("Read"),
  program: cost("current", { doc: "Supply current during a page program." }),
  erase: cost("current", { doc: "Supply current during a sector erase." }),
  ...idleCurrents,
};

const commonFields = z.object(flashFields);

/** A validated flash component; only NAND loads pages. */
export type FlashConfig = z.infer<typeof commonFields> & {
  readonly current: SerialConfig["current"] & {
    readonly load?: Cost | undefined;
    readonly program: Cost;
    readonly erase: Cost;
  };
  readonly time: {
    readonly load?: Cost | undefined;
    readonly program: Cost;
    readonly erase: Cost;
  };
};
