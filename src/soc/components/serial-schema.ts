import * as z from "zod";
import { type Cost, cost } from "../../config/cost-field.js";
import { either, flag, integer, list, oneOf, quantity, strict, text } from "../../config/fields.js";
import { fromField } from "../from-field.js";
import { partField } from "../part-field.js";

const clocks = (doc: string) => integer({ doc, min: 0, max: 1024 });
const lanes = (doc: string) => integer({ doc, min: 1, max: 8 });

const STATUSES = ["measured", "datasheet", "derived", "estimate", "placeholder"] as const;

const burst = strict(
  {
    name: text({ doc: "Name by which a chip chooses it, such as the opcode: EBh." }).optional(),
    lanes: lanes("Data lanes."),
    ddr: flag({
      doc: "Data change at both edges of the clock, 2 bits a lane and clock; the clocks below are as the datasheet counts them.",
    }).default(false),
    command: clocks("Clocks of the opcode."),
    address: clocks("Clocks of the address."),
    dummy: clocks("Clocks between address and data, mode bits included."),
    maxClock: quantity("frequency", {
      doc: "Highest bus clock of this command, where it is below the part's.",
      exclusiveMin: 0,
    }).optional(),
    status: oneOf(STATUSES, { doc: "How far these clocks can be trusted." }).optional(),
    source: text({ doc: "Command and datasheet section." }).optional(),
  },
  { doc: "Clocks before data." },
);

/** Fields that all memories on a serial bus share; a `part:` brings most of them. */
export const serialFields = {
  ...partField,
  ...fromField,
  capacity: quantity("capacity", { doc: "Size.", exclusiveMin: 0 }),
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
      lanes: lanes("Data lanes; one of the part's bursts must have as many."),
      clock: quantity("frequency", { doc: "Bus clock.", exclusiveMin: 0 }),
      ddr: flag({
        doc: "Bursts at both edges of the clock, or not. Without it, the first burst that fits the rest.",
      }).optional(),
      burst: text({
        doc: "Name of the burst, if the part has several of those lanes. Without it, the first of them.",
      }).optional(),
    },
    { doc: "How the chip drives the part." },
  ),
  bursts: list(burst, { doc: "Clocks before data, by data lanes.", min: 1 }),
};

/** A list of currents, for bytes in or bytes out. */
export const currentsByClock = (what: string) =>
  list(
    strict(
      {
        clock: quantity("frequency", { doc: "Up to this bus clock." }),
        ddr: flag({
          doc: "Only of bursts with DDR, or only of those without. Without it, of all.",
        }).optional(),
        value: cost("current", { doc: "Supply current." }),
      },
      { doc: `${what} current at a clock.` },
    ),
    { doc: "By clock: the first entry at or above the bus clock is used.", min: 1 },
  );

/** Energies of what happens on the bus. */
export const busEnergies = {
  command: cost("energyPerAccess", { doc: "Opcode, address and dummy clocks of one burst." }).optional(),
  read: cost("energyPerByte", { doc: "One byte out." }).optional(),
  write: cost("energyPerByte", { doc: "One byte in." }).optional(),
};

/** Currents when nothing happens. */
export const idleCurrents = {
  standby: cost("current", { doc: "Supply current when idle." }),
  powerDown: cost("current", { doc: "Supply current in deep power-down, or sleep." }).optional(),
};

/** Powers when nothing happens. */
export const idlePowers = strict(
  {
    standby: cost("power", { doc: "Idle." }).optional(),
    powerDown: cost("power", { doc: "Idle, where the firmware powers the part down." }).optional(),
  },
  { doc: "Power by state; wins over the part's currents." },
).prefault({});

/** What a memory withstands, as one whole number or with where that is from. */
export function enduranceOf<S extends z.ZodType>(amount: S, doc: string) {
  return either(
    [
      amount,
      strict(
        {
          value: amount,
          status: oneOf(STATUSES, { doc: "How far it can be trusted." }).optional(),
          source: text({ doc: "Where it is from." }).optional(),
        },
        { doc: `${doc.slice(0, -1)}, and where the figure is from.` },
      ),
    ],
    { doc },
  );
}

const commonFields = z.object(serialFields);

export type CurrentsByClock = readonly {
  readonly clock: number;
  readonly ddr?: boolean | undefined;
  readonly value: Cost;
}[];

/** What any validated serial memory says of its bus and its idle states. */
export type SerialConfig = z.infer<typeof commonFields> & {
  readonly current: {
    readonly read: CurrentsByClock;
    readonly write?: CurrentsByClock | undefined;
    readonly standby: Cost;
    readonly powerDown?: Cost | undefined;
  };
  readonly energy: { readonly [action in keyof typeof busEnergies]?: Cost | undefined };
  readonly power: z.infer<typeof idlePowers>;
};
