import type * as z from "zod";
import { oneOf, quantity, record, strict, text, variants } from "../config/fields.js";
import { isOffChip } from "./components/build-off-chip.js";
import { offChipContradictions } from "./components/cross-checks.js";
import { COMPONENT_SCHEMAS } from "./registry.js";
import { operatingPointsSchema, supplySchema } from "./supply.js";

/** rebit/chip@1, after the parts that it names are merged in (parts.ts). */
export const chipSchema = strict(
  {
    name: text({ doc: "Name in reports." }),
    description: text({ doc: "What this chip is." }).optional(),
    process: strict(
      {
        node: quantity("length", {
          doc: "Technology node; must be in the SRAM table (90, 65, 45, 32, 22 nm).",
        }),
        devices: oneOf(["lstp", "lop", "hp"], { doc: "ITRS device type of the memories." }),
        temperature: quantity("temperature", { doc: "Junction temperature; changes leakage." }).default(300),
      },
      { doc: "Technology of the on-chip memories." },
    ),
    supply: supplySchema,
    clocks: record(quantity("frequency", { doc: "Clock frequency.", exclusiveMin: 0 }), {
      doc: "Clocks by name.",
    }).default({}),
    operatingPoints: operatingPointsSchema.optional(),
    operatingPoint: text({
      doc: "Name of the operating point that holds; with `operatingPoints`, it must be there.",
    }).optional(),
    components: record(variants("kind", COMPONENT_SCHEMAS, { doc: "One component, told by its kind." }), {
      doc: "Components by name: one cpu, one sram, at most one embedded-nvm, dma and sensor, any number of off-chip memories.",
    }),
  },
  { doc: "A sensor SoC and its off-chip memories." },
).superRefine(({ components }, context) => {
  for (const [name, component] of Object.entries(components)) {
    if (!isOffChip(component)) continue;
    for (const { path, message } of offChipContradictions(component)) {
      const params = { code: "does-not-fit" };
      context.addIssue({ code: "custom", message, path: ["components", name, ...path], params });
    }
  }
});

export type ChipConfig = z.infer<typeof chipSchema>;
export type ComponentConfig = ChipConfig["components"][string];
