import * as z from "zod";
import { cost, strict } from "../../config/fields.js";
import type { OriginOf } from "../costs.js";
import { buildFlash } from "./flash.js";
import { currentFields, flashFields } from "./flash-schema.js";
import type { OffChipMemory } from "./off-chip-memory.js";

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

export function buildNorFlash(
  name: string,
  config: z.infer<typeof norFlashSchema>,
  supplyVolts: number,
  originOf: OriginOf,
): OffChipMemory {
  return buildFlash("nor-flash", name, config, supplyVolts, originOf);
}
