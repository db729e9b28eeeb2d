import type * as z from "zod";
import { number, oneOf, strict } from "../config/fields.js";

/** What an experiment says about a mean day of its device. */
export const dutySchema = strict(
  {
    trainingsPerDay: number({
      doc: "Whole trainings a day; 0.1 is one in ten days.",
      min: 0,
    }),
    inferencesPerDay: number({ doc: "Inferences with the final network a day.", min: 0 }).default(0),
    sleep: strict(
      {
        offChip: oneOf(["standby", "powerDown"], {
          doc: "State of off-chip memories; by default the firmware's offChipIdle.",
        }).optional(),
        sensor: oneOf(["standby", "off"], {
          doc: "off: a switch cuts the sensor's supply.",
        }).default("standby"),
      },
      { doc: "What is left on while the device sleeps." },
    ).prefault({}),
  },
  { doc: "How often the device trains and infers; it sleeps for the rest of the day." },
);

export type DutyConfig = z.infer<typeof dutySchema>;
