import * as z from "zod";
import { fieldInfo } from "../../src/config/field.js";
import { DIMENSIONS, type Dimension } from "../../src/units/dimensions.js";
import { code } from "./markdown.js";
import { peel, type Schema } from "./peel.js";

/** What one writes for a field, in words: "a capacity such as 64 KiB, above 0". */
export function writingOf(core: Schema): string {
  const info = fieldInfo(core);
  if (info !== undefined) {
    if (core instanceof z.ZodUnion) return `cost: ${info.expected}`;
    return info.dimension === undefined ? info.expected : `${info.expected}${rangeOf(core, info.dimension)}`;
  }
  if (core instanceof z.ZodObject) return "a map";
  if (core instanceof z.ZodRecord) return "a map by name";
  if (core instanceof z.ZodDiscriminatedUnion) return `a map, told by ${code(core.def.discriminator)}`;
  if (core instanceof z.ZodUnion) {
    return core.options.map((option) => writingOf(peel(option as Schema).core)).join(", or ");
  }
  if (core instanceof z.ZodLiteral) return [...core.values].map((value) => code(String(value))).join(" or ");
  if (core instanceof z.ZodArray) return listWriting(core);
  throw new Error(`the reference has no words for a ${core._zod.def.type}`);
}

/** Ranges are part of the check and not of its description: asks the schema whether it takes zero. */
function rangeOf(schema: Schema, dimension: Dimension): string {
  const [unit] = DIMENSIONS[dimension].units;
  return z.safeParse(schema, `0 ${unit?.name ?? ""}`).success ? "" : ", above 0";
}

function listWriting(list: z.ZodArray): string {
  const element = peel(list.element as Schema).core;
  const { minimum, maximum } = list._zod.bag;
  const least = minimum === undefined ? "" : `${maximum === undefined ? "at least " : ""}${String(minimum)} `;
  const most =
    maximum === undefined ? "" : `${minimum === undefined ? "at most " : "to "}${String(maximum)} `;
  if (element instanceof z.ZodObject) return `a list of ${least}${most}maps`;
  return `a list of ${least}${most}entries, each ${writingOf(element)}`;
}
