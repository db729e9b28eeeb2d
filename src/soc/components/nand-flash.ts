import * as z from "zod";
import { cost } from "../../config/cost-field.js";
import { strict } from "../../config/fields.js";
import { currentFields, flashFields } from "./flash-schema.js";

export const nandFlashSchema = strict(
  {
    kind: z.literal("nand-flash"),
    ...flashFields,
    current: strict(
      { ...currentFields, load: cost("current", { doc: "Supply current during a page load." }) },
      { doc: "Supply currents; energies and powers follow from them." },
    ),
    time: strict(
      {
        load: cost("time", { doc: "One page from the array to the cache register." }),
        program: cost("time", { doc: "One page program." }),
        erase: cost("time", { doc: "One block erase." }),
      },
      { doc: "Durations." },
    ),
  },
  {
    doc: "Serial NAND flash: pages are loaded before they are read. Actions: command, load (pages), read, write (bytes), program (pages), erase (blocks). States: standby, powerDown.",
  },
);
