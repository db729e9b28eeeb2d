import * as z from "zod";
import { cost } from "../../config/cost-field.js";
import { strict } from "../../config/fields.js";
import { currentFields, flashFields } from "./flash-schema.js";

export const norFlashSchema = strict(
  {
    kind: z.literal("nor-flash"),
    ...flashFields,
    current: strict(currentFields, { doc: "Supply currents; energies and powers follow from them." }),
    time: strict(
      {
        program: cost("time", { doc: "One page program." }),
        erase: cost("time", { doc: "One sector erase." }),
      },
      { doc: "Durations." },
    ),
  },
  {
    doc: "Serial NOR flash: byte reads, page programs, sector erases. Actions: command, read, write (bytes), program (pages), erase (sectors). States: standby, powerDown.",
  },
);
