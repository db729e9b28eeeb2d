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

const commonFields = z.object(flashFields);

/** A validated flash component; only NAND loads pages. */
export type FlashConfig = z.infer<typeof commonFields> & {
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
