import type * as z from "zod";
import { strict, text, variants } from "../config/fields.js";
import { batterySchema } from "./components/battery.js";
import { isOffChip } from "./components/build-off-chip.js";
import { offChipContradictions } from "./components/cross-checks.js";
import { framSchema } from "./components/fram.js";
import { mramSchema } from "./components/mram.js";
import { nandFlashSchema } from "./components/nand-flash.js";
import { norFlashSchema } from "./components/nor-flash.js";
import { sensorSchema } from "./components/sensor.js";

/** A part takes no fields from another one. */
const asBattery = { part: true } as const;
const asPart = { ...asBattery, from: true } as const;

/** How it is driven is for the chip to say. */
const asMemoryPart = { ...asPart, bus: true } as const;

/** rebit/part@1: an off-chip part as its datasheet describes it. */
export const partSchema = strict(
  {
    name: text({ doc: "Name by which chips refer to it." }),
    description: text({ doc: "What it is." }),
    source: text({ doc: "The document that the figures come from." }),
    component: variants(
      "kind",
      [
        norFlashSchema.omit(asMemoryPart),
        nandFlashSchema.omit(asMemoryPart),
        framSchema.omit(asMemoryPart),
        mramSchema.omit(asMemoryPart),
        sensorSchema.omit(asPart),
        batterySchema.omit(asBattery),
      ],
      { doc: "Fields of a component of that kind; a chip's own values win over them." },
    ),
  },
  { doc: "An off-chip part." },
).superRefine(({ component }, context) => {
  if (!isOffChip(component)) return;
  for (const { path, message } of offChipContradictions(component)) {
    const params = { code: "does-not-fit" };
    context.addIssue({ code: "custom", message, path: ["component", ...path], params });
  }
});

export type PartDocument = z.infer<typeof partSchema>;
